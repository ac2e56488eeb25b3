"""Text and spans -> segments: what the command line colours and the pages mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch to mark: the ``role`` (content, source, cue, match) of the quotation with id ``quote``."""

    quote: str
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same marks cover, the longest mark first and so the innermost last."""

    text: str
    marks: tuple[Mark, ...]
    start: int = 0  # offset in the text that was cut


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """Cut a text where a mark begins or ends. Every character is in exactly one segment, in order.

    Marks may nest and overlap; empty ones and what lies outside of the text are ignored.
    """
    size = len(text)
    live = [mark for mark in marks if max(mark.start, 0) < min(mark.end, size)]
    cuts = sorted({0, size, *(max(m.start, 0) for m in live), *(min(m.end, size) for m in live)})
    waiting = sorted(live, key=lambda mark: mark.start, reverse=True)
    open_marks: list[Mark] = []
    out = []
    for start, end in pairwise(cuts):
        open_marks = [mark for mark in open_marks if mark.end > start]
        while waiting and waiting[-1].start <= start:
            open_marks.append(waiting.pop())
        covering = sorted(
            open_marks, key=lambda mark: (mark.start - mark.end, mark.start, mark.quote, mark.role)
        )
        out.append(Segment(text[start:end], tuple(covering), start))
    return out


def window(text: str, start: int, end: int, *, context: int = 280) -> tuple[int, int]:
    """The stretch of text to show around ``text[start:end]``: about ``context`` characters to either side.

    It ends at a line break when there is one within reach, else between words. Returns start and end offsets.
    """
    left, right = max(0, start - context), min(len(text), end + context)
    if left > 0:
        line = text.find("\n", left, start)
        space = text.find(" ", left, start)
        left = line + 1 if line >= 0 else space + 1 if space >= 0 else left
    if right < len(text):
        line = text.rfind("\n", end, right)
        space = text.rfind(" ", end, right)
        right = line if line >= 0 else space if space >= 0 else right
    return left, right
