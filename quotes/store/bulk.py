"""Many articles into a new database at once: rows in large portions, what is looked up by made of all of them.

Row by row an index is searched and changed for each row, and full-text search as well. Made at the end they are sorted
once. So are the rows of tables whose keys are hashes, which would come in no order at all.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self

from quotes.store.changes import Change
from quotes.store.database import Store
from quotes.store.rows import ArticleIndex, article_row, quote_rows, text_sha
from quotes.types import Article, Quote

ROWS_HELD = 50_000  # of all tables, before they are written
TABLES = (  # of which indexes and triggers are made at the end
    "articles",
    "quotes",
    "spans",
    "mentions",
    "candidates",
    "embeddings",
    "shingle_hashes",
    "fingerprints",
    "speakers",
    "statements",
)
SEARCHED = ("articles", "quotes", "speakers", "statements")  # with a table for full-text search
LINKED_BY = (  # indexes that linking asks, made when all articles are there
    "idx_quotes_article",
    "idx_quotes_speaker",
    "idx_quotes_statement",
    "idx_mentions_mention_group",
)
HASHED = ("fingerprints", "shingle_hashes")  # sorted when all articles are there
SHARED = {  # what several articles give
    "mention_groups": " on conflict (id) do update set articles = articles + 1",
    "article_sources": " on conflict do nothing",
    "blocking_keys": " on conflict do nothing",
}


class BulkLoad:
    """Articles that are stored together, and linked, in a ``with`` block within a transaction, into an empty database.

    When all are added, ``end_articles`` is called, and they can be linked. What the pages need is there at the end.
    """

    def __init__(self, store: Store) -> None:
        self._store, self._db = store, store.db
        self._columns: dict[str, tuple[str, ...]] = {}  # of each table
        self._rows: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._held = 0
        self._made_later: dict[str, str] = {}  # indexes and triggers by name

    def __enter__(self) -> Self:
        marks = ", ".join("?" * len(TABLES))
        rows = self._db.execute(
            "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null "
            f"and tbl_name in ({marks})",
            TABLES,
        ).fetchall()
        for row in rows:
            self._db.execute(f'drop {row["type"]} "{row["name"]}"')
            self._made_later[row["name"]] = row["sql"]
        for table in HASHED:
            self._db.execute(f"create temp table {_staged(table)} as select * from {table}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            for sql in self._made_later.values():
                self._db.execute(sql)
            for table in SEARCHED:
                self._db.execute(f"insert into {table}_fts ({table}_fts) values ('rebuild')")

    def end_articles(self) -> None:
        """Make what linking asks for, when all articles are added."""
        self._write()
        for table in HASHED:
            staged = _staged(table)
            self._db.execute(f"insert into {table} select distinct * from temp.{staged} order by 1, 2")
            self._db.execute(f"drop table temp.{staged}")
        for name in LINKED_BY:
            self._db.execute(self._made_later.pop(name))
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
        self._put("articles", [article_row(article, version)])
        for ident, quote in quotes.items():
            for table, rows in quote_rows(ident, article, quote).items():
                if table == "mentions":
                    rows[0]["mention_group"], rows[0]["place"] = places[ident]
                self._put(table, rows)
        self._put("article_sources", [{"path": source, "article": article.id, "sha": text_sha(article)}])
        for group in index.mention_groups:
            self._put("mention_groups", [{"id": group.id, "data": group.data, "articles": 1, "changed": 1}])
            self._put("blocking_keys", ({"key": key, "mention_group": group.id} for key in group.keys))
        hashes = ((value, article.id) for value in index.shingle_hashes)
        self._rows["shingle_hashes"] += hashes
        self._rows["fingerprints"] += index.fingerprints
        self._held += len(index.shingle_hashes) + len(index.fingerprints)
        if self._held >= ROWS_HELD:
            self._write()

    def _put(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        held = self._rows[table]
        for row in rows:
            if table not in self._columns:
                self._columns[table] = tuple(row)
            held.append(tuple(row.values()))
            self._held += 1

    def _write(self) -> None:
        for table, rows in self._rows.items():
            if table in HASHED:
                self._db.executemany(f"insert into temp.{_staged(table)} values (?, ?)", rows)
            elif rows:
                columns = self._columns[table]
                names = ", ".join(f'"{column}"' for column in columns)
                marks = ", ".join("?" * len(columns))
                rows.sort(key=lambda row: row[0])  # the key
                self._db.executemany(
                    f"insert into {table} ({names}) values ({marks}){SHARED.get(table, '')}", rows
                )
        self._rows.clear()
        self._held = 0


def _staged(table: str) -> str:
    return f"bulk_{table}"


def is_empty(db: sqlite3.Connection) -> bool:
    """Whether no article is stored."""
    return db.execute("select 1 from articles limit 1").fetchone() is None
