"""What slices of time find, and marks, is what is found among all of a speaker's quotations."""

import random
from dataclasses import replace
from itertools import chain

import pytest
from support.generated import benchmark

from quotes.statements.blocking import candidate_pairs, marks_at_any_time, span_of
from quotes.statements.exact import ExactGroup, day_of, group_exact
from quotes.statements.records import StatementQuote
from quotes.statements.slices import cut_days, pairs_far_apart, pairs_in_slice, slices_of


def of_one_speaker(seed: int, count: int = 500) -> list[StatementQuote]:
    """Quotations, some without a date, some repeated, whole or in part, whenever."""
    chance = random.Random(seed)
    rows = [replace(row, speaker="ines-duarte") for row in benchmark().generate(count, 1, seed)]
    days = [row.published for row in rows]
    rows += [
        replace(
            row, id=f"{row.id}-again", text=" ".join(row.text.split()[: chance.choice([9, 40])]),
            published=chance.choice(days), type=chance.choice(["direct", "indirect"]),
        )
        for row in chance.sample(rows, count // 4)
    ]  # fmt: skip
    return [replace(row, published=None) if chance.random() < 0.1 else row for row in rows]


@pytest.mark.parametrize(("seed", "size"), [(1, 40), (2, 200), (3, 10_000)])
def test_pairs_of_all_slices_and_marks_are_those_of_the_whole(seed: int, size: int) -> None:
    groups = group_exact(sorted(of_one_speaker(seed), key=lambda row: row.id))
    days = [day_of(row) for group in groups for row in group.rows]
    cuts = cut_days({day: days.count(day) for day in days if day is not None}, size)
    assert len(cuts) >= 600 // size - 1
    found: list[tuple[str, str]] = []
    for at in range(len(cuts) + 1):
        known = [group for group in groups if at in slices_of(group, cuts)]
        found += keys(known, pairs_in_slice(known, at, cuts))
    span = span_of(groups)
    sharing = [group for group in groups if marks_at_any_time(group, span)]
    far = keys(sharing, pairs_far_apart(sharing, span))
    assert len(far) > 5
    assert sorted(chain(found, far)) == sorted(keys(groups, candidate_pairs(groups)))


def test_pairs_far_apart_share_a_mark() -> None:
    groups = group_exact(sorted(of_one_speaker(4), key=lambda row: row.id))
    span = span_of(groups)
    marks = [marks_at_any_time(group, span) for group in groups]
    assert all(marks[a] & marks[b] for a, b in pairs_far_apart(groups, span))


def keys(groups: list[ExactGroup], pairs: list[tuple[int, int]]) -> list[tuple[str, str]]:
    return [(groups[a].key, groups[b].key) for a, b in pairs]
