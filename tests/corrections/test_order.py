"""Corrections come one after the other whatever the clock says."""

import json
from pathlib import Path

import pytest
from support.by_hand import VERSION
from support.commands import run

from quotes.linking import decisions
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

TEXT = "The bridge is closed.\nNobody may cross it.\n"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The times that the next corrections get, the first first."""
    times: list[str] = []
    monkeypatch.setattr(decisions, "now", lambda: times.pop(0))
    return times


def holts(path: Path) -> Path:
    """A database of one speaker with two quotations."""
    speaker = Mention("Dana Holt", "person")
    quotes = [
        Quote((Span(at, at + len(line), line),), "direct", speaker=speaker)
        for line in TEXT.splitlines()
        for at in [TEXT.index(line)]
    ]
    with Store(path, create=True) as store:
        save_article(store, Article("a1", TEXT, "a1.txt", published="2025-06-10"), quotes, version=VERSION)
        link(store)
    return path


def rename(path: Path, *names: str) -> None:
    for name in names:
        run("rename", "dana-holt", name, "-d", path)


def shown(path: Path) -> tuple[str, list[str]]:
    """The name of the speaker, and the states of the corrections in their order."""
    with Store(path) as store:
        row = store.speaker("dana-holt")
        assert row is not None
        return row["name"], [str(state).split()[0] for _, state in store.corrections()]


def relink(path: Path) -> None:
    with Store(path, create=True) as store:
        with store.transaction():
            store.db.execute("delete from settings where key in ('linked', 'indexed')")
        assert link(store)


def test_a_clock_that_was_set_back_does_not_overrule_the_newer(tmp_path: Path, clock: list[str]) -> None:
    path = holts(tmp_path / "quotes.db")
    clock += ["2026-05-01", "2026-05-02", "2020-01-01"]
    rename(path, "First", "Second", "Third")
    for _ in range(2):
        assert shown(path) == ("Third", ["overruled", "overruled", "applied"])
        relink(path)
    clock += ["2019-01-01", "2018-01-01"]
    with Store(path) as store:
        third = store.corrections()[-1][0]
        decisions.undo(store, third.id, by="ed")
        assert store.corrections()[-1][0].undone_at == "2019-01-01"
    assert shown(path) == ("Second", ["overruled", "applied", "undone"])
    rename(path, "Fourth")
    assert shown(path) == ("Fourth", ["overruled", "overruled", "undone", "applied"])


def test_statements_are_corrected_in_order(tmp_path: Path, clock: list[str]) -> None:
    path = holts(tmp_path / "quotes.db")
    with Store(path) as store:
        first, second = store.lookup.quote_ids_of_article("a1")
    clock += ["2026-05-01", "2020-01-01"]
    run("merge-statements", first, second, "-d", path)
    run("split-statement", first, first, "-d", path)
    with Store(path) as store:
        assert store.lookup.statement_of(first) != store.lookup.statement_of(second)
    assert shown(path)[1] == ["overruled", "applied"]


def exported(path: Path, *, at: Path) -> Path:
    at.write_text(run("corrections", "--nl", "-d", path).stdout, encoding="utf-8")
    return at


def names_in_order(path: Path) -> list[str]:
    lines = run("corrections", "--nl", "-d", path).stdout.splitlines()
    return [json.loads(line)["data"]["name"] for line in lines]


def test_imported_corrections_keep_their_order_and_the_order_of_those_there(
    tmp_path: Path, clock: list[str]
) -> None:
    here, there = holts(tmp_path / "here.db"), holts(tmp_path / "there.db")
    clock += ["2026-05-02", "2020-01-01", "2026-05-03"]  # set back for a while
    rename(there, "T2", "T0", "T3")
    clock += ["2026-05-01", "2026-05-04"]
    rename(here, "H1", "H4")
    file = exported(there, at=tmp_path / "there.jsonl")
    for new in ("3 new corrections", "0 new corrections"):
        assert new in run("corrections", "--import", file, "-d", here).stderr
        assert names_in_order(here) == ["H1", "T2", "T0", "T3", "H4"]
        assert shown(here)[0] == "H4"


def test_corrections_of_a_copy_come_after_those_that_both_have(tmp_path: Path, clock: list[str]) -> None:
    here, copy = holts(tmp_path / "here.db"), tmp_path / "copy.db"
    clock += ["2026-05-02"]
    rename(here, "Both")
    copy.write_bytes(here.read_bytes())
    clock += ["2020-01-01"]  # the clock of the copy's machine is wrong
    rename(copy, "Copy")
    run("corrections", "--import", exported(copy, at=tmp_path / "copy.jsonl"), "-d", here)
    assert names_in_order(here) == ["Both", "Copy"]
    assert shown(here)[0] == "Copy"
