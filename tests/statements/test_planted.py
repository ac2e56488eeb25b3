"""Statements of many generated quotations: what was planted is found, and the members of each belong together."""

import random
from collections import Counter
from itertools import combinations

import pytest
from support.generated import benchmark

from quotes.linking.link import meaning
from quotes.statements.exact import day_of, group_exact
from quotes.statements.group import link_statements
from quotes.statements.meaning import compare_groups
from quotes.statements.records import StatementQuote
from quotes.statements.settings import TIME


@pytest.fixture(scope="module")
def rows() -> list[StatementQuote]:
    return list(benchmark().generate(3000, 120, seed=7))


def test_members_of_a_statement_have_each_other_and_nothing_contradicts(rows: list[StatementQuote]) -> None:
    by_id = {row.id: row for row in rows}
    several = [statement for statement in link_statements(rows, meaning()) if len(statement.quotes) > 1]
    assert len(several) > 300
    for statement in several:
        members = [by_id[ident] for ident in statement.quotes]
        assert len({row.speaker for row in members}) == 1
        groups = group_exact(members)
        pairs = {
            (a, b): compare_groups(groups[a], groups[b], meaning())
            for a, b in combinations(range(len(groups)), 2)
        }
        assert not any(decision.conflict for decision in pairs.values()), statement
        for at in range(len(groups) if len(groups) > 1 else 0):
            assert any(decision.same for pair, decision in pairs.items() if at in pair), groups[at].key
        distance = {abs((day_of(a) or 0) - (day_of(b) or 0)) for a, b in combinations(members, 2)}
        assert max(distance) <= 2 * TIME.paraphrase or "paraphrase" not in " ".join(statement.quotes)


def test_what_is_planted_is_found_and_little_else(rows: list[StatementQuote]) -> None:
    planted = benchmark().planted
    statements = link_statements(rows, meaning())
    of = {ident: statement.id for statement in statements for ident in statement.quotes}
    said = {planted(row.id): row.id for row in rows if "-said-" in row.id}
    reports = [row.id for row in rows if row.id not in said.values() and planted(row.id) in said]
    assert len(reports) > 600
    assert sum(of[ident] == of[said[planted(ident)]] for ident in reports) >= 0.94 * len(reports)
    sizes = [len(statement.quotes) for statement in statements]
    pairs = sum(n * (n - 1) // 2 for n in sizes)
    right = sum(
        n * (n - 1) // 2 for statement in statements for n in Counter(map(planted, statement.quotes)).values()
    )
    assert right >= 0.98 * pairs


def test_any_order_and_each_speaker_alone_gives_the_same(rows: list[StatementQuote]) -> None:
    expected = link_statements(rows, meaning())
    shuffled = list(rows)
    random.Random(3).shuffle(shuffled)
    assert link_statements(shuffled, meaning()) == expected
    speakers = sorted({str(row.speaker) for row in rows})
    alone = [
        statement
        for who in speakers
        for statement in link_statements((row for row in rows if row.speaker == who), meaning())
    ]
    assert sorted(alone, key=lambda statement: statement.id) == expected
