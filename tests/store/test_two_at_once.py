"""Several programs write to one database at the same time: all end well, and nothing is lost."""

import os
import sqlite3
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest
from support import two_at_once
from support.by_hand import ARTICLES, VERSION, contents, fill, sound
from support.commands import wait_until
from support.paths import ROOT

from quotes.errors import DatabaseError
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.connection import DatabaseBusy
from quotes.store.database import Store
from quotes.store.migration_names import MIGRATIONS

FORMER = ROOT / "tests" / "data" / "former_database.sql"


def python(*args: str) -> subprocess.Popen:
    path = os.pathsep.join([str(ROOT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, *args], stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path}
    )


def end_well(*running: subprocess.Popen) -> None:
    told = [process.communicate()[1] for process in running]
    assert [(process.returncode, said) for process, said in zip(running, told, strict=True)] == [
        (0, "") for _ in running
    ]


@pytest.mark.parametrize("seed", range(3))
def test_two_that_store_link_search_and_correct_leave_what_one_leaves(tmp_path: Path, seed: int) -> None:
    """Both make the file, store articles of their own and some of the other's, and link."""
    both, alone = tmp_path / "both.db", tmp_path / "alone.db"
    parts = (("0", "14", "corrects"), ("9", "24", "reads"))  # five articles are stored by both
    end_well(
        *(
            python("-m", "support.two_at_once", str(both), *part[:2], f"{seed}{at}", part[2])
            for at, part in enumerate(parts)
        )
    )
    with Store(alone, create=True) as store:
        for number in range(24):
            save_article(store, *two_at_once.article(number), version=VERSION)
        link(store)
    left, right = contents(both), contents(alone)
    assert left["corrections"]
    assert all(row[5] == "undone" for row in left["corrections"])
    # Links that were made in between compared other pairs: their embeddings are kept, too.
    assert set(left["embeddings"]) >= set(right["embeddings"])
    assert {**left, "corrections": [], "embeddings": []} == {**right, "embeddings": []}
    assert sound(both)


def test_two_that_bring_a_database_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "former.db"
    db = sqlite3.connect(path)
    db.executescript(FORMER.read_text(encoding="utf-8"))
    db.close()
    opened = f"from quotes.store.database import Store\nStore({str(path)!r}).close()"
    end_well(*(python("-W", "ignore", "-c", opened) for _ in range(3)))
    with Store(path) as store:
        assert store._check_ours() == list(MIGRATIONS)
    copies = [file for file in tmp_path.iterdir() if ".before-" in file.name]
    assert len(copies) == 1  # by the one that did it
    assert sound(path)


def test_opening_while_another_makes_the_tables(tmp_path: Path) -> None:
    """Half-made tables are not taken for a database of something else, and are waited for."""
    path = tmp_path / "quotes.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("begin exclusive")
    other.execute("create table articles (id text)")
    opened: list[str] = []

    def open_it() -> None:
        with Store(path, create=True) as store:
            fill(store, ARTICLES)
        opened.append("opened")

    thread = threading.Thread(target=open_it)
    thread.start()
    thread.join(1)
    assert not opened
    other.execute("rollback")
    other.close()
    thread.join()
    assert opened
    assert sound(path)


def test_a_change_waits_for_a_reader_and_is_kept_whole_when_that_never_ends(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = sqlite3.connect(database)
    rows = reader.execute("select * from quotes")
    rows.fetchone()  # as an export into a pager: what it reads must not change
    monkeypatch.setattr("quotes.store.database.WRITE_WAIT", 0.3)
    with Store(database, create=True) as store:
        with pytest.raises(DatabaseError, match="another program"):
            save_article(store, *two_at_once.article(1), version=VERSION)
        assert not store.db.in_transaction
        rows.close()
        save_article(store, *two_at_once.article(1), version=VERSION)
        link(store)
    reader.close()
    assert sound(database)


def test_who_waits_long_is_told_why(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.store.connection.TOLD_AFTER", 0.1)
    other = sqlite3.connect(database, check_same_thread=False)
    other.execute("begin exclusive")

    def search() -> None:
        with Store(database) as store:
            store.search("ferry")

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        thread = threading.Thread(target=search)
        thread.start()
        wait_until(lambda: bool(told))
        other.rollback()
        other.close()
        thread.join()
    assert [warning.category for warning in told] == [DatabaseBusy]
    assert f"{database} is being written" in str(told[0].message)
