"""Where the paragraphs of a text are, hard-wrapped texts included."""

import itertools
import re
from collections.abc import Sequence

WRAP_WIDTHS = range(40, 131)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Paragraphs of ``text`` as (start, end) offsets, blank ones left out.

    A paragraph ends at a line break, except where the text is hard-wrapped: no line is longer than 130
    characters and most breaks come just where the next word would not have fitted any more.

    >>> paragraphs("First one.\\n\\nSecond one.")
    [(0, 10), (12, 23)]
    """
    lines = [match.span() for match in re.finditer(r"[^\r\n]+", text)]
    lines = [line for line in lines if not text[line[0] : line[1]].isspace()]
    soft = _soft_breaks(text, lines)
    joined: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(lines):
        if number and number - 1 in soft:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _soft_breaks(text: str, lines: Sequence[tuple[int, int]]) -> set[int]:
    """Numbers of the lines that run on into the next one."""
    width = max((end - start for start, end in lines), default=0)
    if len(lines) < 4 or width not in WRAP_WIDTHS:
        return set()
    single: list[int] = []
    soft: set[int] = set()
    for number, ((start, end), (next_start, next_end)) in enumerate(itertools.pairwise(lines)):
        if text.count("\n", end, next_start) > 1 or text.count("\r", end, next_start) > 1:
            continue
        single.append(number)
        word = re.compile(r"\s*\S+").match(text, next_start, next_end)
        if end - start + 1 + (len(word.group().strip()) if word else 0) > width:
            soft.add(number)
    return soft if len(soft) >= 3 and 2 * len(soft) >= len(single) else set()
