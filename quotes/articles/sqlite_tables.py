"""A table of an SQLite database -> articles; ``news.db::stories`` names it. The database is only read."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from quotes.articles import fields
from quotes.articles.fields import NAMES, plain
from quotes.articles.source import Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a table or a view, a row each."""
    if source.file is None:  # compressed, or in an archive
        with tempfile.NamedTemporaryFile(suffix=".db") as copy:
            while data := source.stream.read(1 << 20):
                copy.write(data)
            copy.flush()
            yield from _read(source, Path(copy.name))
    else:
        yield from _read(source, source.file)


def _read(source: Source, file: Path) -> Iterator[Article | Failure]:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            db.text_factory = lambda data: data.decode("utf-8", "replace")
            table = source.part or _only_table(db, source)
            names = _tables(db)
            if table not in names:
                raise Unreadable(f"has no table {table!r}, only {', '.join(names) or 'none'}")
            source.part = table
            quoted = '"' + table.replace('"', '""') + '"'
            columns = [row[1] for row in db.execute(f"pragma table_info({quoted})")]
            keys = [row[1] for row in db.execute(f"pragma table_info({quoted})") if row[5]]
            rows = _rows(db, f"select * from {quoted}", keys, columns)
            yield from fields.articles(source, rows, table=table)
    except sqlite3.Error as error:
        raise Unreadable(f"cannot be read as an SQLite database: {error}") from None


def _rows(
    db: sqlite3.Connection, query: str, keys: list[str], columns: list[str]
) -> Iterator[tuple[int, Any]]:
    named = {plain(column) for column in columns} & set(NAMES["id"])
    for number, row in enumerate(db.execute(query), 1):
        values = {name: row[name] for name in row.keys()}  # noqa: SIM118 (a sqlite3.Row)
        if not named and len(keys) == 1:  # a primary key by another name
            values["id"] = row[keys[0]]
        yield number, values


def _tables(db: sqlite3.Connection) -> list[str]:
    query = (
        "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' "
        "and name not like '%_fts%' and name not glob '_*' order by name"
    )
    return [row[0] for row in db.execute(query)]


def _only_table(db: sqlite3.Connection, source: Source) -> str:
    """The table that is meant where none is named: the only one that has a text and a title or a date."""
    tables = _tables(db)
    fitting = []
    for table in tables:
        quoted = '"' + table.replace('"', '""') + '"'
        columns = {plain(row[1]) for row in db.execute(f"pragma table_info({quoted})")}
        if columns & set(NAMES["text"]) and columns & {*NAMES["title"], *NAMES["published"], *NAMES["url"]}:
            fitting.append(table)
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(fitting or tables) or "none"
    raise Unreadable(f"is an SQLite database with these tables: {listed}. Name one: {source.path}::TABLE")
