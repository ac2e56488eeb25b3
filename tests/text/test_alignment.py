"""Two sequences side by side: what both have, and how alike they are."""

import pytest

from quotes.text.alignment import Alignment, similarity

OLD, NEW = "we will never leave the harbour".split(), "we never leave a harbour".split()


def test_blocks_are_runs_that_both_have() -> None:
    aligned = Alignment(OLD, NEW)
    runs = [OLD[block.a : block.a + block.size] for block in aligned.blocks]
    assert runs == [NEW[block.b : block.b + block.size] for block in aligned.blocks]
    assert runs == [["we"], ["never", "leave"], ["harbour"]]
    assert aligned.longest_run in aligned.blocks
    assert aligned.longest_run.size == 2


def test_edits_turn_the_one_into_the_other() -> None:
    made = list(OLD)
    for tag, i, j, m, n in reversed(Alignment(OLD, NEW).edits):
        assert (tag == "equal") == (OLD[i:j] == NEW[m:n])
        made[i:j] = NEW[m:n]
    assert made == NEW


def test_nothing_in_common() -> None:
    aligned = Alignment(["a"], [])
    assert (aligned.blocks, aligned.longest_run.size) == ([], 0)


@pytest.mark.parametrize(("least", "expected"), [(0.0, 0.5), (0.5, 0.5), (0.51, 0.0)])
def test_similarity_below_the_least_is_none(least: float, expected: float) -> None:
    assert similarity("abcd", "abxy", least) == expected
