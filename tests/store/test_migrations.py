"""A database of an older version opens, and keeps every quotation and every decision."""

import sqlite3
from pathlib import Path

import pytest
from support.by_hand import sound
from support.paths import ROOT

from quotes.linking.link import link
from quotes.store.database import Store

FORMER = ROOT / "tests" / "data" / "former_database.sql"
SAID = {  # id of a quotation -> its speaker and how that is known, as the former version had it, and as it is now
    "a1-031971": ("ann-okoro", "name", "name"),
    "a1-83fcb6": ("thomas-lind", "coreference", "correction"),
    "a1-f251a8": ("drivers-union_a1", "name", "name"),
    "a2-031971": ("ann-okoro", "statement", "statement"),
    "a2-6ab9f9": (None, "name", "correction"),
    "a2-aa5712": ("thomas-lind", "name", "name"),
    "a2-e55ef8": ("thomas-lind", "name", "name"),
    "a3-031971": ("ann-okoro", "name", "name"),
}
KEPT = ("articles", "spans", "embeddings", "corrected", "statements")


@pytest.fixture
def former(tmp_path: Path) -> Path:
    path = tmp_path / "former.db"
    db = sqlite3.connect(path)
    db.executescript(FORMER.read_text(encoding="utf-8"))
    db.close()
    return path


def said(path: Path) -> dict[str, tuple[str | None, str]]:
    db = sqlite3.connect(path)
    rows = db.execute("select id, speaker, attribution from quotes").fetchall()
    db.close()
    return {row[0]: row[1:] for row in rows}


def kept(path: Path) -> dict[str, list[tuple]]:
    db = sqlite3.connect(path)
    tables = {name: sorted(db.execute(f"select * from {name}").fetchall(), key=repr) for name in KEPT}
    tables["mentions"] = db.execute(
        "select quote, name, type, description, aliases, pronouns from mentions order by quote"
    ).fetchall()
    tables["corrections"] = db.execute(
        "select id, at, by, kind, summary, state, undone_at, undone_by, data from corrections order by at, id"
    ).fetchall()
    tables["speakers"] = db.execute(
        "select id, name, aliases, quotes, articles from speakers order by id"
    ).fetchall()
    db.close()
    return tables


def test_a_database_of_the_former_version_keeps_everything(former: Path) -> None:
    assert said(former) == {ident: (who, was) for ident, (who, was, _) in SAID.items()}
    before = kept(former)
    Store(former).close()  # opening it is enough
    now = {ident: (who, how) for ident, (who, _, how) in SAID.items()}
    assert said(former) == now
    assert kept(former) == before
    with Store(former) as store:
        assert store.changes.linked_by() == "0"  # it has to be linked again
        assert {row["id"] for row in store.search("bridge waited")} == {"a1-031971", "a2-031971", "a3-031971"}
        row = store.quotation("a1-83fcb6")
        assert row is not None
        assert (row["corrected_by"], row["corrected_at"]) == ("ann", "2025-07-01T00:00:00.000000Z")
        assert link(store)
    assert said(former) == now
    assert kept(former) == before
    assert sound(former)


def test_what_the_former_version_corrected_can_be_undone(former: Path) -> None:
    from quotes.linking import decisions

    with Store(former, create=True) as store:
        for correction, _ in store.corrections():
            if not correction.undone_at:
                decisions.undo(store, correction.id, by="eve")
        assert said(former) == {ident: (who, was) for ident, (who, was, _) in SAID.items()} | {
            "a1-83fcb6": ("ann-okoro", "coreference"),
            "a2-6ab9f9": ("official_a2", "name"),
        }
        speaker = store.speaker("ann-okoro")
        assert speaker is not None
        assert (speaker["name"], speaker["quotes"]) == ("Ann Okoro", 4)
    assert sound(former)
