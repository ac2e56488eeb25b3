"""Spans of a text: (start, end) offsets, the end excluded."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from itertools import accumulate
from typing import Generic, TypeVar

Offsets = tuple[int, int]  # characters of a text
Owner = TypeVar("Owner")


class SpanIndex(Generic[Owner]):
    """Spans with their owners, sorted, so that those at one place are found without a look at all the others."""

    def __init__(self, owned: Iterable[tuple[Owner, Offsets]]) -> None:
        self._owned = sorted(owned, key=lambda pair: pair[1])
        self._starts = [start for _, (start, _) in self._owned]
        self._last_ends = list(accumulate((end for _, (_, end) in self._owned), max))

    def overlapping(self, stretch: Offsets) -> list[tuple[Owner, Offsets]]:
        """The spans that have a character in common with a stretch of text, in text order, with their owners.

        >>> SpanIndex([("a", (0, 3)), ("b", (5, 9))]).overlapping((2, 5))
        [('a', (0, 3))]
        """
        first, last = bisect_right(self._last_ends, stretch[0]), bisect_left(self._starts, stretch[1])
        return [(owner, span) for owner, span in self._owned[first:last] if overlap(span, stretch)]


def overlap(a: Offsets, b: Offsets) -> bool:
    """Whether two spans have a character in common; an empty span inside another counts.

    >>> overlap((0, 3), (2, 5)), overlap((0, 3), (3, 5))
    (True, False)
    """
    return a[0] < b[1] and b[0] < a[1]


def overlaps_any(span: Offsets, others: Iterable[Offsets | None]) -> bool:
    """Whether a span has a character in common with one of the others; a missing one (None) has none."""
    return any(other is not None and overlap(span, other) for other in others)


def any_overlap(spans: Iterable[Offsets], others: Collection[Offsets]) -> bool:
    """Whether one of the spans has a character in common with one of the others."""
    return any(overlaps_any(span, others) for span in spans)


def contains(outer: Offsets, inner: Offsets) -> bool:
    """Whether the first span holds all of the second."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def trim(text: str, start: int, end: int) -> Offsets:
    """The span without white space at its edges; empty, at its end, where it has nothing else.

    >>> trim("he  said ", 2, 9)
    (4, 8)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def subtract(span: Offsets, others: Iterable[Offsets]) -> list[Offsets]:
    """What is left of a span without others, in text order.

    >>> subtract((0, 9), [(2, 4), (8, 12)])
    [(0, 2), (4, 8)]
    """
    left, at = [], span[0]
    for start, end in sorted(others):
        if start > at:
            left.append((at, min(start, span[1])))
        at = max(at, end)
    left.append((at, span[1]))
    return [(start, end) for start, end in left if start < end]
