"""Words in lines of a width, for pictures: SVG breaks no lines by itself."""

import unicodedata

from quotes.text.plural import shortened

# Widths in em, a little more than those of DejaVu Serif, the widest of the fonts that the pages name: a line may be
# shorter than there is room for, never longer.
_NARROW, _WIDE = frozenset("ijlftrI.,;:!'|’‘()[] "), frozenset("mwMWOQGD@%—…")
_UPPER_WIDTH, _LOWER_WIDTH, _NARROW_WIDTH, _WIDE_WIDTH, _FULL_WIDTH = 0.76, 0.63, 0.41, 0.98, 1.05


def text_width(text: str, size: float) -> float:
    """The most that a text of this font size is wide."""
    return size * sum(_width(character) for character in text)


def lines(text: str, size: float, width: float) -> list[str]:
    """The text in lines that are no wider than ``width``; a word that is wider than a line is cut."""
    found: list[str] = []
    for word in text.split():
        for piece in _pieces(word, size, width):
            longer = f"{found[-1]} {piece}" if found else piece
            if found and text_width(longer, size) <= width:
                found[-1] = longer
            else:
                found.append(piece)
    return found


def fitted(
    text: str, sizes: tuple[int, ...], width: float, height: float, leading: float
) -> tuple[int, list[str]]:
    """The largest of the font sizes at which the text has room, and its lines; the text is cut where none is."""
    for size in sizes:
        found = lines(text, size, width)
        if len(found) * size * leading <= height:
            return size, found
    size = sizes[-1]
    kept = int(height / (size * leading))
    while len(found) > kept:  # of a text of n lines, what the lines kept have room for
        text = shortened(text, int(len(text) * kept / len(found)) if len(found) > kept + 1 else len(text) - 8)
        found = lines(text, size, width)
    return size, found


def _pieces(word: str, size: float, width: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return _FULL_WIDTH
    if character in _NARROW:
        return _NARROW_WIDTH
    if character in _WIDE:
        return _WIDE_WIDTH
    return _UPPER_WIDTH if character.isupper() else _LOWER_WIDTH
