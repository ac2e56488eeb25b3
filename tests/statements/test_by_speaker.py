"""Statements made from the quotations of one speaker after the other, as a large database gives them."""

import os
import subprocess
import sys

import pytest
from support.paths import ROOT

from quotes.statements import meaning
from quotes.statements.exact import group_exact
from quotes.statements.group import link_statements, statements_by_speaker, stray_shingles
from quotes.statements.meaning import Meaning
from quotes.statements.records import QuotationLink, StatementQuote
from quotes.statements.unattributed import shingles_of

PLEDGE = "The ferry will run every night of the year, and no islander will pay more for it than today"


def quote(ident: str, speaker: str | None, text: str, *, doubtful: bool = False) -> StatementQuote:
    return StatementQuote(ident, f"art-{ident}", speaker, text, "direct", "2024-05-01", doubtful=doubtful)


ROWS = [
    quote("a", "ida-moen", PLEDGE),
    quote("b", "ida-moen", "We have asked for the drawings of the second pier, and we are still waiting"),
    quote("c", None, f"{PLEDGE}."),
    quote("d", "per-lund", PLEDGE.removesuffix(" for it than today"), doubtful=True),
    quote("e", "per-lund", "The harbour is not for sale, not this year and not in my time as its warden"),
    quote("f", None, "The harbour is deep enough for both of the ships that are on their way from the yard"),
]


@pytest.mark.parametrize("order", [(None, "ida-moen", "per-lund"), ("per-lund", "ida-moen", None)])
def test_one_speaker_after_the_other_gives_the_same_in_any_order(order: tuple[str | None, ...]) -> None:
    whole = link_statements(ROWS)
    assert [statement.quotes for statement in whole] == [("a", "c", "d"), ("b",), ("e",), ("f",)]
    parts = [[row for row in ROWS if row.speaker == speaker] for speaker in order]
    linked = statements_by_speaker(parts, stray_shingles(ROWS), Meaning())
    assert sorted(linked, key=lambda statement: statement.id) == whole


def test_what_shares_no_words_with_a_stray_is_given_at_once() -> None:
    first = next(iter(statements_by_speaker([ROWS[:2], ROWS[2:]], stray_shingles(ROWS), Meaning())))
    assert first.quotes == ("b",)


@pytest.mark.parametrize("words", [7, 8])
def test_as_many_words_as_leave_no_doubt_are_enough_to_be_found_by(words: int) -> None:
    said = "Ruiz promised lanterns, ropes, benches, awnings, buoys, ladders, paint".split()[-words:]
    rows = [
        quote(
            "a", "ida-moen", f"The yard will have {' '.join(said)}, and whatever else it has been asked for"
        ),
        quote("b", None, " ".join(said)),
    ]
    found = [statement.quotes for statement in link_statements(rows)]
    assert found == ([("a", "b")] if words == 8 else [("a",), ("b",)])


@pytest.mark.parametrize("at_once", [1, 4])
def test_pairs_are_decided_alike_however_many_are_held(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wordings = [
        "We will run the night ferry all year round, and the fare stays what it is",
        "We will run the night ferry all year round",
        "the night ferry would run all year round and the fare would stay what it is",
        "The fare of the night ferry will rise in the autumn",
    ]
    rows = [quote(str(at), "ida-moen", text) for at, text in enumerate(wordings)]
    links: list[QuotationLink] = []
    whole = list(statements_by_speaker([rows], frozenset(), Meaning(), links.append))
    assert [statement.quotes for statement in whole] == [("0", "1", "2"), ("3",)]
    monkeypatch.setattr(meaning, "PAIRS_AT_ONCE", at_once)
    some: list[QuotationLink] = []
    assert list(statements_by_speaker([rows], frozenset(), Meaning(), some.append)) == whole
    assert some == links


def test_shingles_are_the_same_in_every_process() -> None:
    code = (
        "from quotes.statements.exact import group_exact\n"
        "from quotes.statements.records import StatementQuote\n"
        "from quotes.statements.unattributed import shingles_of\n"
        f"row = StatementQuote('a', 'art-a', None, {PLEDGE!r}, 'direct')\n"
        "print(*[key for group in group_exact([row]) for key in shingles_of(group)])\n"
    )
    env = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    here = [key for group in group_exact([quote("a", None, PLEDGE)]) for key in shingles_of(group)]
    assert here
    assert list(map(int, done.stdout.split())) == here
