"""``quotes topics`` on a small linked database: all is embedded, and a second run agrees."""

import sqlite3
import sys
from pathlib import Path

import pytest
from support.commands import run


def topics(database: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as db:
        return db.execute("select * from topics order by id").fetchall()


def test_topics_are_found_stored_and_found_again(database: Path) -> None:
    run("topics", "--database", database)
    with sqlite3.connect(database) as db:
        [missing] = db.execute(
            "select count(*) from quotes where id not in (select quote from embeddings)"
        ).fetchone()
        [lost] = db.execute(
            "select count(*) from statement_topics where statement not in (select id from statements)"
        ).fetchone()
        counted = db.execute("select topic, count(*) from statement_topics group by 1 order by 1").fetchall()
        kept = db.execute("select id, statements from topics order by id").fetchall()
    assert (missing, lost) == (0, 0)
    assert counted == kept
    first = topics(database)
    run("topics", "--database", database)
    assert topics(database) == first


def test_without_scipy_it_says_what_to_install(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "scipy"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert "quote-tracker[topics]" in run("topics", "--database", database, code=1).output
