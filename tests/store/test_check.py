"""A database is sound, or it is told what is not and what helps."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database
from support.commands import run

from quotes import __version__
from quotes.store.schema import migrations

DAMAGE = {
    "update articles set text = 'x' || text": "are not at their place",
    "update spans set end = 100000 where role = 'content'": "outside its article's text",
    "update quotes set speaker = 'nobody'": "names a row of speakers that is not there",
    "drop trigger quotes_au; update quotes set content = content || ' more'": "Search of quotes is out of step",
}


def test_a_sound_database(database: Path) -> None:
    with sqlite3.connect(database) as db:  # what is counted nowhere else is looked at, too
        db.execute("update quotes set withdrawn = 1 where id = (select min(id) from quotes)")
        [(articles, quotations)] = db.execute(
            "select (select count(*) from articles), (select count(*) from quotes)"
        )
    result = run("check", "-d", database)
    assert result.stdout == ""
    assert f"{database} is sound: {articles} articles, {quotations} quotations." in result.stderr


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_told_with_what_helps(damage: str, database: Path) -> None:
    with sqlite3.connect(database) as db:
        db.executescript(damage)
    told = run("check", "-d", database, code=1).stdout
    assert DAMAGE[damage] in told
    assert "--force PATH" in told or "rebuild-fts" in told


def test_a_damaged_file(database: Path) -> None:
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 8192)
    result = run("check", "-d", database, code=1)
    assert "The file is damaged" in result.stdout


def test_checking_changes_nothing(database: Path) -> None:
    before = database.read_bytes()
    run("check", "-d", database)
    assert database.read_bytes() == before


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("taken", [False, True])
def test_a_copy_is_made_before_a_database_is_brought_up_to_date(tmp_path: Path, taken: bool) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    migrations.apply(db, stop_before="m009_facets")
    db["articles"].insert({"id": "a", "title": "A", "text": "words", "words": 1, "sha": "", "version": ""})
    db.close()
    first_copy = copy = path.with_name(f"old.db.before-{__version__}")
    if taken:
        first_copy.write_text("of yesterday")
        copy = path.with_name(f"{copy.name}-2")
    first = run("speakers", "-d", path)
    assert f"a copy of it as it was is in {copy}" in first.stderr
    with sqlite3.connect(copy) as old:
        assert old.execute("select id from articles").fetchall() == [("a",)]
        assert ("m009_facets",) not in old.execute("select name from _sqlite_migrations").fetchall()
    assert "Note:" not in run("speakers", "-d", path).stderr
    if taken:
        assert first_copy.read_text() == "of yesterday"


def test_nothing_is_changed_where_no_copy_can_be_made(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = Database(path)
    migrations.apply(db, stop_before="m009_facets")
    db.close()
    before = path.read_bytes()
    path.with_name(f"old.db.before-{__version__}").symlink_to(tmp_path / "missing" / "folder")
    result = run("speakers", "-d", path, code=1)
    assert "Error: " in result.stderr
    assert path.read_bytes() == before
