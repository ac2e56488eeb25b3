"""The tables of the database, as migrations: a database made by an older version is brought up to date.

A migration that was released is never edited: a change of the tables is a new function at the end, and
its name goes into ``store.MIGRATIONS``. Foreign keys are named after the thing they point to, ids are text
and serve as permalinks, and every foreign key and every column worth a facet has an index.
"""

import sqlite3
from typing import Any, cast

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

TOKENIZE = "porter unicode61"
SEARCHED = {
    "articles": ["title", "text"],
    "quotes": ["content"],
    "speakers": ["name", "description", "aliases"],
    "statements": ["text"],
}
INDEXED = {
    "articles": ["publication", "published"],
    "quotes": ["article", "speaker", "statement", "type", "published", "attribution", "via"],
    "speakers": ["type", "quotes"],
    "statements": ["speaker", "variants", "last_published"],
}

migrations = Migrations("quotes")


def migrate(connection: sqlite3.Connection) -> None:
    """Create the tables that are missing, all or nothing.

    Raises sqlite3.Error when the database cannot be written.
    """
    db = Database(connection, execute_plugins=False)
    with db.atomic():
        migrations.apply(db)


def _table(db: Database, name: str) -> Table:
    return cast(Table, db[name])


@migrations()
def m001_tables(db: Database) -> None:
    """Articles, quotations and what ties them together."""
    text, whole, real, blob = str, int, float, bytes
    tables: dict[str, dict[str, Any]] = {
        "articles": {
            "id": text,
            "title": text,
            "publication": text,
            "author": text,
            "published": text,
            "url": text,
            "text": text,
            "path": text,
            "words": whole,
            "sha": text,
            "version": text,
        },
        "speakers": {
            "id": text,
            "name": text,
            "type": text,
            "description": text,
            "aliases": text,
            "pronouns": text,
            "quotes": whole,
            "articles": whole,
        },
        "statements": {
            "id": text,
            "speaker": text,
            "text": text,
            "variants": whole,
            "articles": whole,
            "first_published": text,
            "last_published": text,
        },
        "quotes": {
            "id": text,
            "content": text,
            "speaker": text,
            "type": text,
            "published": text,
            "article": text,
            "source": text,
            "cue": text,
            "via": text,
            "statement": text,
            "attribution": text,
            "confidence": real,
            "thought": whole,
            "position": whole,
        },
        "spans": {"quote": text, "role": text, "start": whole, "end": whole},
        "mentions": {
            "quote": text,
            "name": text,
            "type": text,
            "description": text,
            "aliases": text,
            "pronouns": text,
        },
        "embeddings": {"quote": text, "vector": blob},
        "settings": {"key": text, "value": text},
    }
    keys: dict[str, Any] = {
        "spans": ("quote", "role", "start"),
        "mentions": "quote",
        "embeddings": "quote",
        "settings": "key",
    }
    required = {
        "articles": {"title", "text", "words", "sha", "version"},
        "speakers": {"name", "type"},
        "statements": {"text"},
        "quotes": {"content", "type", "article", "attribution", "position"},
        "spans": {"end"},
        "mentions": {"name", "type"},
        "embeddings": {"vector"},
    }
    points_to = {"speaker": "speakers", "article": "articles", "statement": "statements", "quote": "quotes"}
    for name, columns in tables.items():
        _table(db, name).create(
            columns,
            pk=keys.get(name, "id"),
            not_null=required.get(name),
            foreign_keys=[(column, points_to[column], "id") for column in columns if column in points_to],
        )
    for name, indexed in INDEXED.items():
        for column in indexed:
            _table(db, name).create_index([column])


@migrations()
def m002_search(db: Database) -> None:
    """Full-text search: external content, kept right by triggers."""
    for name, columns in SEARCHED.items():
        _table(db, name).enable_fts(columns, create_triggers=True, tokenize=TOKENIZE)
