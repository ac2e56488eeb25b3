"""Two databases compared row by row."""

import sqlite3
from pathlib import Path

APART = {  # what differs from run to run, or is SQLite's own
    "sqlite_stat1",
    "sqlite_stat4",
    "sqlite_sequence",
    "_sqlite_migrations",
}


def rows(path: Path, *, without: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Table -> its rows as text, sorted; full-text indexes as what they find, no rowids."""
    db = sqlite3.connect(path)
    tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
    found = {}
    for table in tables:
        if table not in APART and "_fts" not in table and table not in without:
            columns = sorted(row[1] for row in db.execute(f"pragma table_info({table})"))
            query = f"select {', '.join(f'{chr(34)}{name}{chr(34)}' for name in columns)} from {table}"
            found[table] = sorted(map(repr, db.execute(query)))
    for table, column in (
        ("quotes", "content"),
        ("articles", "text"),
        ("speakers", "name"),
        ("statements", "text"),
    ):
        matching = f"select rowid from {table}_fts where {column} match 'the OR moen'"
        query = f"select id from {table} where rowid in ({matching})"
        found[f"{table} found"] = sorted(map(repr, db.execute(query)))
    schema = "select name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null"
    found["schema"] = sorted(map(repr, db.execute(schema)))
    db.close()
    return found


def differences(
    one: Path, other: Path, *, without: tuple[str, ...] = ()
) -> dict[str, tuple[list[str], list[str]]]:
    """The rows that only one of two databases has, by table."""
    a, b = rows(one, without=without), rows(other, without=without)
    assert a.keys() == b.keys()
    return {
        table: (
            [row for row in a[table] if row not in b[table]],
            [row for row in b[table] if row not in a[table]],
        )
        for table in a
        if a[table] != b[table]
    }
