"""Spans of a text: (start, end) offsets, the end excluded."""

from collections.abc import Collection, Iterable

Offsets = tuple[int, int]  # characters of a text


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
