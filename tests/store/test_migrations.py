"""A database of an older version opens, and keeps every quotation and every decision."""

import re
import sqlite3
from contextlib import closing
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
KEPT = {
    "articles": "id, title, publication, author, published, url, text, path, words, sha, version, copy_of",
    "spans": "*",
    "embeddings": "*",
    "corrected": "*",
    "statements": "speaker, text, variants, articles, first_published, last_published, publications, wordings",
}


@pytest.fixture
def former(tmp_path: Path) -> Path:
    path = tmp_path / "former.db"
    db = sqlite3.connect(path)
    db.executescript(FORMER.read_text(encoding="utf-8"))
    db.close()
    return path


class Former(sqlite3.Connection):
    """A database whose rows are read under the ids that its articles had before they had those of now."""

    def rows(self, query: str) -> list[tuple]:
        renamed = dict[str, str]()
        if self.execute("select 1 from sqlite_master where name = 'former_ids'").fetchone():
            renamed = {now: former for former, now in self.execute("select id, article from former_ids")}
        pattern = re.compile("|".join(renamed) or "$^")

        def former(value: object) -> object:
            return pattern.sub(lambda match: renamed[match[0]], value) if isinstance(value, str) else value

        return sorted((tuple(map(former, row)) for row in self.execute(query)), key=repr)


def said(path: Path) -> dict[str, tuple[str | None, str]]:
    with closing(sqlite3.connect(path, factory=Former)) as db:
        return {row[0]: row[1:] for row in db.rows("select id, speaker, attribution from quotes")}


def kept(path: Path) -> dict[str, list[tuple]]:
    db = sqlite3.connect(path, factory=Former)
    tables = {name: db.rows(f"select {columns} from {name}") for name, columns in KEPT.items()}
    tables["mentions"] = db.rows("select quote, name, type, description, aliases, pronouns from mentions")
    tables["corrections"] = db.rows(
        "select id, at, by, kind, summary, state, undone_at, undone_by, data from corrections"
    )
    tables["speakers"] = db.rows("select id, name, aliases, quotes, articles from speakers")
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
        found = {row["id"] for row in store.search("bridge waited")}
        assert found == {store.queries.current_id(f"a{n}-031971") for n in (1, 2, 3)}
        row = store.show("a1-83fcb6")  # its former id leads to it
        assert row is not None
        assert re.fullmatch("[0-9a-f]{16}-83fcb6", row["id"])
        assert (row["corrected_by"], row["corrected_at"]) == ("ann", "2025-07-01T00:00:00.000000Z")
        assert link(store)
    assert said(former) == now
    speakers = {row[0]: row for row in before["speakers"]}
    speakers["ann-okoro"] = (*speakers["ann-okoro"][:3], 2, 2)  # a3, a copy of a1, is not counted any more
    assert kept(former) == before | {"speakers": sorted(speakers.values(), key=repr)}
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
        assert (speaker["name"], speaker["quotes"]) == (
            "Ann Okoro",
            3,
        )  # four in four articles, of which one is a copy
    assert sound(former)
