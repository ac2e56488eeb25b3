"""Text and spans -> segments: what the command line colours and the pages highlight."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Highlight:
    """A span to show in a style of its own: the ``role`` (content, source, cue, match) of the quotation ``quote``."""

    quote: str
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that the same highlights cover, the longest one first and so the innermost last."""

    text: str
    highlights: tuple[Highlight, ...]
    start: int = 0  # offset in the text that was cut


def segments(text: str, highlights: Iterable[Highlight]) -> list[Segment]:
    """The text, cut where a highlight begins or ends. Every character is in exactly one segment, in order.

    Highlights may nest and overlap; empty ones and what lies outside of the text are ignored.

    >>> [segment.text for segment in segments("Ann said so.", [Highlight("q1", "source", 0, 3)])]
    ['Ann', ' said so.']
    """
    size = len(text)
    visible = [h for h in highlights if max(h.start, 0) < min(h.end, size)]
    cuts = sorted({0, size, *(max(h.start, 0) for h in visible), *(min(h.end, size) for h in visible)})
    waiting = sorted(visible, key=lambda h: h.start, reverse=True)
    opened: list[Highlight] = []
    cut_text = []
    for start, end in pairwise(cuts):
        opened = [h for h in opened if h.end > start]
        while waiting and waiting[-1].start <= start:
            opened.append(waiting.pop())
        covering = sorted(opened, key=lambda h: (h.start - h.end, h.start, h.quote, h.role))
        cut_text.append(Segment(text[start:end], tuple(covering), start))
    return cut_text


def window(text: str, start: int, end: int, *, context: int = 280) -> tuple[int, int]:
    """The start and end of the text to show around ``text[start:end]``: about ``context`` characters to either side.

    It begins and ends at a line break when there is one within reach, else between words.
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
