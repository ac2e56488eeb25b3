"""Where the paragraphs of a text are, hard-wrapped texts included."""

import itertools
import re
from collections.abc import Sequence, Set

WRAP_WIDTHS = range(40, 131)
# What no line goes on with: a time, a change of speaker, a name in capitals and a colon, an item of a list.
HARD_START = re.compile(
    r"[ \t]*(?:>>|[\[(]?\d{1,2}:\d{2}[:\d.]*[\])]?[ \t]|[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z .]+)?:|[-–—•*][ \t])"
)
ENDED_SHARE = 0.7  # of soft breaks, up to which they may stand behind the end of a sentence
OVERLONG_SHARE = 0.1  # of the lines, up to which longer ones do not speak against wrapping


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Paragraphs of ``text`` as (start, end) offsets, blank ones left out.

    A paragraph ends at a line break, except where the text is hard-wrapped: hardly a line is longer than 130
    characters (an address, a table) and most breaks come just where the next word would not have fitted any more.

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
    widths = [end - start for start, end in lines]
    if len(lines) < 4:
        return set()
    for width in sorted({width for width in widths if width in WRAP_WIDTHS}, reverse=True):
        overlong = {number for number, length in enumerate(widths) if length > width}
        if len(overlong) > max(1, OVERLONG_SHARE * len(lines)):
            break
        if soft := _soft_breaks_at(text, lines, width, overlong):
            return soft
    return set()


def _soft_breaks_at(text: str, lines: Sequence[tuple[int, int]], width: int, overlong: Set[int]) -> set[int]:
    """The same, of a text wrapped at a width but for lines that are ``overlong``; none, if it is not."""
    single: list[int] = []
    soft: set[int] = set()
    for number, ((start, end), (next_start, next_end)) in enumerate(itertools.pairwise(lines)):
        if text.count("\n", end, next_start) > 1 or text.count("\r", end, next_start) > 1:
            continue
        if number in overlong or number + 1 in overlong:
            continue
        single.append(number)
        if HARD_START.match(text, next_start, next_end):
            continue
        word = re.compile(r"\s*\S+").match(text, next_start, next_end)
        if end - start + 1 + (len(word.group().strip()) if word else 0) > width:
            soft.add(number)
    ended = sum(text[lines[number][1] - 1] in '.!?:”"' for number in soft)
    is_wrapped = len(soft) >= 3 and 2 * len(soft) >= len(single) and ended <= ENDED_SHARE * len(soft)
    return soft if is_wrapped else set()
