"""Text for a terminal: colour, wrapping to the width, and two columns beside each other."""

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from quotes.text.highlight import Highlight, segments
from quotes.text.sanitise import clean_for_terminal

MAX_LEFT_WIDTH = 24  # the most that the left column takes; a quarter of a narrow terminal
COLUMN_GAP = 2  # between the columns
MIN_WIDTH, MAX_WIDTH = 40, 120  # lines are never shorter, and never longer, as those are hard to read
STYLES = {"match": "1;33", "content": "1;33", "source": "36", "cue": "35", "name": "1", "quiet": "2"}
STYLES |= {"left_out": "9;31", "changed": "32", "added": "32", "bracket": "34"}
# Without colour, as wdiff prints them.
SIGNS = {"match": "*{}*", "content": "*{}*", "left_out": "[-{}-]", "changed": "{{+{}+}}", "added": "{{+{}+}}"}
Paint = Callable[[str, str], str]


def painter(colour: bool) -> Paint:
    """A function (text, style) -> text: in colour, or else with signs around what differs or matches."""

    def paint(text: str, style: str) -> str:
        if colour:
            return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if text and style in STYLES else text
        return SIGNS.get(style, "{}").format(text)

    return paint


def terminal() -> dict[str, Any]:
    """``width`` and ``paint`` for stdout: colour only on a terminal that has it and without NO_COLOR."""
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns
    return {"width": max(MIN_WIDTH, min(width, MAX_WIDTH)), "paint": painter(colour)}


def wrap(text: str, width: int, paint: Paint, marks: Sequence[Highlight] = ()) -> list[str]:
    """Lines of at most ``width`` visible characters, where words allow, with the marks painted."""
    text = clean_for_terminal(text)

    def signs(start: int, end: int) -> int:
        """How many characters the marks add to a line."""
        return sum(len(paint("", mark.role)) for mark in marks if mark.start < end and mark.end > start)

    lines: list[tuple[int, int]] = []
    for word in re.finditer(r"\S+", text):
        start, end = word.span()
        same_line = lines and "\n" not in text[lines[-1][1] : start]
        if same_line and end - lines[-1][0] + signs(lines[-1][0], end) <= width:
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((start, end))
    out = []
    for start, end in lines:
        moved = [Highlight(mark.quote, mark.role, mark.start - start, mark.end - start) for mark in marks]
        pieces = segments(text[start:end], moved)
        out.append("".join(paint(p.text, p.highlights[-1].role if p.highlights else "plain") for p in pieces))
    return out


def quiet(text: str, width: int, paint: Paint) -> list[str]:
    """Lines of text that is not to catch the eye."""
    return [
        paint(line, "quiet")
        for line in textwrap.wrap(clean_for_terminal(text), width, break_on_hyphens=False)
    ]


def left_of(width: int) -> int:
    """How wide the left column is."""
    return min(MAX_LEFT_WIDTH, width // 4)


def room(width: int) -> int:
    """How wide the right column is."""
    return width - left_of(width) - COLUMN_GAP


def beside(
    left: Sequence[tuple[str, str]], right: Sequence[str], ident: str, *, width: int, paint: Paint
) -> Iterator[str]:
    """Two columns: texts with their styles on the left, lines that are painted already on the right.

    ``ident`` comes last and is never broken, so that it can be copied: one too long for its column begins
    further to the left.
    """
    edge = left_of(width)
    texts = [(line, style) for text, style in left for line in textwrap.wrap(clean_for_terminal(text), edge)]
    lines = [*right, paint(ident, "quiet")] if ident and len(ident) <= room(width) else list(right)
    for n in range(max(len(texts), len(lines))):
        text, style = texts[n] if n < len(texts) else ("", "quiet")
        end = lines[n] if n < len(lines) else ""
        gap = " " * (edge + COLUMN_GAP - len(text)) if len(text) < edge + COLUMN_GAP else " "
        yield (paint(text, style) + gap + end).rstrip()
    if ident and len(ident) > room(width):
        yield " " * max(0, width - len(ident)) + paint(ident, "quiet")
