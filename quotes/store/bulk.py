"""Many articles into a new database at once: rows in large portions, what is looked up by made of all of them.

Row by row an index is searched and changed for each row, and full-text search as well. Made at the end they are sorted
once.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from quotes.store.changes import Change
from quotes.store.database import Store
from quotes.store.rows import ArticleIndex, article_row, quote_rows, text_sha
from quotes.types import Article, Quote

ROWS_HELD = 20_000  # of all tables, before they are written
TABLES = (  # of which indexes and triggers are made at the end
    "articles",
    "quotes",
    "spans",
    "mentions",
    "candidates",
    "embeddings",
    "shingle_hashes",
    "fingerprints",
)


class BulkLoad:
    """Articles that are stored together, in a ``with`` block within a transaction; no article may be stored yet."""

    def __init__(self, store: Store) -> None:
        self._store, self._db = store, store.db
        self._rows: defaultdict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        self._held = 0
        self._made_later: list[str] = []

    def __enter__(self) -> Self:
        marks = ", ".join("?" * len(TABLES))
        rows = self._db.execute(
            "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null "
            f"and tbl_name in ({marks})",
            TABLES,
        ).fetchall()
        for row in rows:
            self._db.execute(f'drop {row["type"]} "{row["name"]}"')
            self._made_later.append(row["sql"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._write()
            for sql in self._made_later:
                self._db.execute(sql)
            for table in ("articles", "quotes"):
                self._db.execute(f"insert into {table}_fts ({table}_fts) values ('rebuild')")
            self._store.changes.note_selected(Change.ARTICLE, "select id from articles")

    def add(
        self, article: Article, quotes: Mapping[str, Quote], index: ArticleIndex, *, version: str, source: str
    ) -> None:
        """Store an article and its quotations, as ``Store.save_article`` does. ``source``: the file that gives it."""
        places = {
            quote: (group.id, place)
            for group in index.mention_groups
            for place, said in enumerate(group.quotes)
            for quote in said
        }
        self._put("articles", article_row(article, version))
        for ident, quote in quotes.items():
            for table, rows in quote_rows(ident, article, quote).items():
                for row in rows:
                    if table == "mentions":
                        row["mention_group"], row["place"] = places[ident]
                    self._put(table, row)
        self._put("article_sources", {"path": source, "article": article.id, "sha": text_sha(article)})
        for group in index.mention_groups:
            self._put("mention_groups", {"id": group.id, "data": group.data, "articles": 1, "changed": 1})
            for key in group.keys:
                self._put("blocking_keys", {"key": key, "mention_group": group.id})
        for value in index.shingle_hashes:
            self._put("shingle_hashes", {"hash": value, "article": article.id})
        for fingerprint, ident in index.fingerprints:
            self._put("fingerprints", {"fingerprint": fingerprint, "quote": ident})
        if self._held >= ROWS_HELD:
            self._write()

    def _put(self, table: str, row: Mapping[str, Any]) -> None:
        self._rows[table, *row].append(tuple(row.values()))
        self._held += 1

    def _write(self) -> None:
        for (table, *columns), rows in self._rows.items():
            names = ", ".join(f'"{column}"' for column in columns)
            known = {
                "mention_groups": " on conflict (id) do update set articles = articles + 1",
                "article_sources": " on conflict do nothing",
                "blocking_keys": " on conflict do nothing",
                "fingerprints": " on conflict do nothing",
                "shingle_hashes": " on conflict do nothing",
            }.get(table, "")
            marks = ", ".join("?" * len(columns))
            self._db.executemany(f"insert into {table} ({names}) values ({marks}){known}", sorted_rows(rows))
        self._rows.clear()
        self._held = 0


def sorted_rows(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in the order of their first column, the key."""
    return sorted(rows, key=lambda row: row[0])


def is_empty(db: sqlite3.Connection) -> bool:
    """Whether no article is stored."""
    return db.execute("select 1 from articles limit 1").fetchone() is None
