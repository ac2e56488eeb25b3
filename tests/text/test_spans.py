"""Spans: (start, end) offsets, the end excluded."""

from itertools import product

import pytest

from quotes.text.spans import any_overlap, contains, overlap, overlaps_any, trim

SPANS = [(start, end) for start in range(5) for end in range(start + 1, 6)]


def test_overlap_is_a_character_in_common() -> None:
    for a, b in product(SPANS, SPANS):
        assert overlap(a, b) == bool(set(range(*a)) & set(range(*b)))
        assert contains(a, b) == (set(range(*b)) <= set(range(*a)))


def test_neighbours_do_not_overlap() -> None:
    assert not overlap((0, 3), (3, 5))
    assert overlaps_any((0, 3), [None, (5, 6), (2, 4)])
    assert not overlaps_any((0, 3), [None])
    assert any_overlap([(0, 1), (4, 6)], [(5, 7)])
    assert not any_overlap([], [(5, 7)])


@pytest.mark.parametrize("text", ["", " ", "\n a\t", "a b", "said\u00a0", " \n "])
def test_trim_takes_white_space_off_the_edges(text: str) -> None:
    start, end = trim(text, 0, len(text))
    assert text[start:end] == text.strip()
