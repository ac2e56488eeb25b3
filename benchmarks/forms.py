"""One article in other forms: the same words in other marks, lines and letters; offsets lead back.

Every form takes a text and gives edits: (start, end, replacement), in order, not overlapping.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from quotes.text import quotation_marks as marks

Edit = tuple[int, int, str]
Form = Callable[[str], Iterator[Edit]]
WIDTH = 72  # of a hard-wrapped line


def straight(text: str) -> Iterator[Edit]:
    """Typewriter marks."""
    for found in re.finditer("[“”‘’]", text):
        yield found.start(), found.end(), '"' if found.group() in "“”" else "'"


def no_blank_lines(text: str) -> Iterator[Edit]:
    """One line break between paragraphs."""
    for found in re.finditer(r"\s*\n\s*", text):
        yield found.start(), found.end(), "\n"


def hard_wrapped(text: str) -> Iterator[Edit]:
    """Lines of at most 72 characters, blank lines between paragraphs."""
    for line in re.finditer(r"[^\n]+", text):
        column = line.start()
        for word in re.finditer(r"(\s+)(\S+)", line.group()):
            start, end = line.start() + word.start(2), line.start() + word.end()
            if end - column > WIDTH:
                yield line.start() + word.start(), start, "\n"
                column = start


def spaced(text: str) -> Iterator[Edit]:
    """Blank lines between paragraphs."""
    for found in re.finditer(r"\s*\n\s*(?=\S)", text):
        yield found.start(), found.end(), "\n\n"


def capital_headlines(text: str) -> Iterator[Edit]:
    """The headline, and section headings (short lines without a full stop), in capitals."""
    for number, line in enumerate(re.finditer(r"[^\n]+", text)):
        words = line.group().split()
        heading = len(words) <= 12 and words and line.group().rstrip()[-1] not in ".!?:”\"’'"
        if heading or (number == 0 and len(words) <= 25):
            for at, letter in enumerate(line.group(), line.start()):
                if len(letter.upper()) == 1:
                    yield at, at + 1, letter.upper()


def british(text: str) -> Iterator[Edit]:
    """Single marks outside, double ones inside."""
    edits = []
    for pair in marks.pairs(text):
        width = 2 if pair.kind == "apostrophes" else 1
        opening, closing = "“”" if pair.depth else "‘’"
        edits.append((pair.start, pair.start + width, opening))
        if pair.closed:
            edits.append((pair.end - width, pair.end, closing))
    yield from sorted(edits)


def dateline(text: str) -> Iterator[Edit]:
    """A dateline glued to the first paragraph after the headline."""
    lines = list(re.finditer(r"[^\n]+", text))
    for line in lines[1:]:
        if len(line.group().split()) > 12:
            start = line.start() + len(line.group()) - len(line.group().lstrip())
            yield start, start, "LISBON —"
            return


FORMS: dict[str, tuple[Form, ...]] = {
    "as it is": (),
    "straight marks": (straight,),
    "no blank lines": (no_blank_lines,),
    "hard-wrapped": (spaced, hard_wrapped),
    "capital headlines": (capital_headlines,),
    "British singles": (british,),
    "glued dateline": (dateline,),
}


def reform(text: str, form: Form) -> tuple[str, Callable[[int, int], tuple[int, int]]]:
    """``text`` in another form, and from where in ``text`` a span of that form comes."""
    out: list[str] = []
    olds, news, at, length = [0], [0], 0, 0
    for start, end, replacement in form(text):
        out += [text[at:start], replacement]
        length += start - at
        olds += [start, end]
        news += [length, length + len(replacement)]
        length += len(replacement)
        at = end
    out.append(text[at:])

    def back(position: int, *, ends: bool) -> int:
        """Within an edit, offsets move in step as far as the replaced text goes."""
        k = bisect_right(news, position - ends) - 1
        limit = olds[k + 1] if k + 1 < len(olds) else len(text)
        return min(olds[k] + position - news[k], limit)

    return "".join(out), lambda start, end: (back(start, ends=False), back(end, ends=True))
