"""Statements of many generated quotations: what was planted is found, and the members of each belong together."""

import random
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pytest
from support.generated import benchmark

from quotes.linking.link import word_similarity
from quotes.statements.exact import ExactGroup, compare_groups, day_of, group_exact
from quotes.statements.group import link_statements
from quotes.statements.records import StatementQuote
from quotes.statements.settings import TIME


@pytest.fixture(scope="module")
def rows() -> list[StatementQuote]:
    return list(benchmark().generate(3000, 120, seed=7))


def qualify(members: list[StatementQuote]) -> Iterable[tuple[StatementQuote, StatementQuote, bool]]:
    """Each two members of a statement, and whether they are one utterance, by themselves or by a third."""
    groups: dict[str, ExactGroup] = {row.id: group_exact([row])[0] for row in members}
    for a, b in combinations(members, 2):
        decision = compare_groups(groups[a.id], groups[b.id], word_similarity())
        third = any(
            compare_groups(groups[a.id], groups[c.id], word_similarity()).same
            and compare_groups(groups[b.id], groups[c.id], word_similarity()).same
            for c in members
            if c not in (a, b)
        )
        equal = groups[a.id].text.words == groups[b.id].text.words
        yield a, b, not decision.conflict and (decision.same or third or equal)


def test_the_most_distant_members_of_each_statement_still_qualify(rows: list[StatementQuote]) -> None:
    by_id = {row.id: row for row in rows}
    several = [
        statement for statement in link_statements(rows, word_similarity()) if len(statement.quotes) > 1
    ]
    assert len(several) > 300
    for statement in several:
        members = [by_id[ident] for ident in statement.quotes]
        assert len({row.speaker for row in members}) == 1
        for a, b, good in qualify(members):
            assert good, (a, b)
            distance = abs((day_of(a) or 0) - (day_of(b) or 0))
            assert distance <= 2 * TIME.paraphrase or "paraphrase" not in a.id + b.id


def test_what_is_planted_is_found_and_little_else(rows: list[StatementQuote]) -> None:
    planted = benchmark().planted
    statements = link_statements(rows, word_similarity())
    of = {ident: statement.id for statement in statements for ident in statement.quotes}
    said = {planted(row.id): row.id for row in rows if "-said-" in row.id}
    reports = [row.id for row in rows if row.id not in said.values() and planted(row.id) in said]
    assert len(reports) > 600
    assert sum(of[ident] == of[said[planted(ident)]] for ident in reports) >= 0.95 * len(reports)
    sizes = [len(statement.quotes) for statement in statements]
    pairs = sum(n * (n - 1) // 2 for n in sizes)
    right = sum(
        n * (n - 1) // 2 for statement in statements for n in Counter(map(planted, statement.quotes)).values()
    )
    assert right >= 0.98 * pairs


def test_any_order_and_each_speaker_alone_gives_the_same(rows: list[StatementQuote]) -> None:
    expected = link_statements(rows, word_similarity())
    shuffled = list(rows)
    random.Random(3).shuffle(shuffled)
    assert link_statements(shuffled, word_similarity()) == expected
    speakers = sorted({str(row.speaker) for row in rows})
    alone = [
        statement
        for who in speakers
        for statement in link_statements((row for row in rows if row.speaker == who), word_similarity())
    ]
    assert sorted(alone, key=lambda statement: statement.id) == expected
