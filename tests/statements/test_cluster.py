"""Which wordings make a statement of several: the surest first, and two alone only where they are sure enough."""

from dataclasses import replace
from typing import Any

import pytest

from quotes.statements.cluster import agglomerate
from quotes.statements.compare import Decision
from quotes.statements.decision import pair_model
from quotes.statements.exact import group_exact
from quotes.statements.group import link_statements
from quotes.statements.records import StatementQuote


def clusters(probabilities: dict[tuple[int, int], float], number: int) -> list[list[int]]:
    rows = [
        StatementQuote(
            str(n), f"article-{n}", "dana-holt", f"pier number {n} is old", "indirect", "2024-03-04"
        )
        for n in range(number)
    ]
    groups: list[Any] = group_exact(rows)

    def compare(a: int, b: int) -> Decision:
        return Decision(probabilities.get((min(a, b), max(a, b)), 0.0))

    return sorted(map(sorted, agglomerate(groups, list(probabilities), compare)))


@pytest.fixture
def weak() -> float:
    model = pair_model()
    assert model.merge < model.entry
    return (model.merge + model.entry) / 2


def test_two_wordings_alone_must_be_surer_than_one_beside_others(weak: float) -> None:
    assert clusters({(0, 1): weak}, 2) == [[0], [1]]
    assert clusters({(0, 1): pair_model().entry}, 2) == [[0, 1]]
    assert clusters({(0, 1): 0.9, (1, 2): weak, (0, 2): weak}, 3) == [[0, 1, 2]]


def test_what_is_not_sure_does_not_begin_a_statement_in_any_order(weak: float) -> None:
    assert clusters({(0, 1): weak, (1, 2): weak, (0, 2): weak}, 3) == [[0], [1], [2]]
    assert clusters({(1, 2): weak, (0, 2): weak, (0, 1): 0.9}, 3) == [[0, 1, 2]]


def test_a_fragment_of_a_claim_and_of_its_denial_goes_with_what_was_said_first() -> None:
    said = "The old ferry will sail to the northern islands as long as there is one lamp burning at the pier."
    rows = [
        StatementQuote("a", "one", "dana-holt", said.replace("will", "will not"), "direct", "2024-03-05"),
        StatementQuote("b", "two", "dana-holt", said, "direct", "2024-03-04"),
        StatementQuote(
            "c",
            "three",
            "dana-holt",
            "“as long as there is one lamp burning at the pier”",
            "mixed",
            "2024-03-06",
        ),
    ]
    found = {frozenset(statement.quotes) for statement in link_statements(rows)}
    assert found == {frozenset("a"), frozenset("bc")}
    # what more report is preferred to what was said first
    again = [replace(rows[0], id=ident, article=ident) for ident in ("d", "e")]
    found = {frozenset(statement.quotes) for statement in link_statements([*rows, *again])}
    assert found == {frozenset("acde"), frozenset("b")}
