"""Quotations as corrections make them: set aside, with other words, or added; and what made things what they are."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from quotes.corrections.quotations import StoredQuotation
from quotes.text.spans import Offsets

READ_TABLES = ("quotes", "spans", "mentions", "candidates", "embeddings")  # what reading an article writes
SURE = 1.0  # confidence in words that a person has chosen


class QuotationTables:
    """Tables ``set_aside`` and ``decided``, and their quotations. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def forget(self, article: str) -> None:
        """Forget what corrections made of an article's quotations, which are about to be read anew."""
        own = "select id from quotes where article = ?"
        self.db.execute(f"delete from decided where kind = 'quote' and id in ({own})", (article,))
        self.db.execute("delete from set_aside where article = ?", (article,))

    def as_read(self, article: str) -> dict[str, StoredQuotation]:
        """The quotations of an article as they were read, put back in place of what corrections made of them."""
        changed = [
            row[0]
            for row in self.db.execute(
                "select decided.id from decided join quotes on quotes.id = decided.id "
                "where kind = 'quote' and article = ?",
                (article,),
            )
        ]
        for quote in changed:
            self._delete(quote)
        query = "select quote, rows from set_aside where article = ?"
        for _, rows in self.db.execute(query, (article,)).fetchall():
            for table, listed in json.loads(rows).items():
                for row in listed:
                    self._insert(table, row)
        self.db.execute("delete from set_aside where article = ?", (article,))
        self.db.executemany("delete from decided where kind = 'quote' and id = ?", ((q,) for q in changed))
        return self._stored(article)

    def _stored(self, article: str) -> dict[str, StoredQuotation]:
        spans: dict[str, list[Offsets]] = {}
        query = (
            'select quote, start, "end" from spans join quotes on quotes.id = spans.quote '
            "where article = ? and role = 'content' order by start"
        )
        for quote, start, end in self.db.execute(query, (article,)):
            spans.setdefault(quote, []).append((start, end))
        rows = self.db.execute("select id, content from quotes where article = ? order by id", (article,))
        return {row[0]: StoredQuotation(row[1], tuple(spans.get(row[0], ()))) for row in rows}

    def set_aside(self, quote: str, article: str) -> None:
        """Take a quotation, as it was read, out of its tables and keep it."""
        kept: dict[str, list[dict[str, Any]]] = {}
        for table in READ_TABLES:
            rows = self.db.execute(f"select * from {table} where {_key(table)} = ?", (quote,)).fetchall()
            kept[table] = [{name: _plain(row[name]) for name in row.keys()} for row in rows]  # noqa: SIM118
        for row in kept["quotes"]:  # linking finds these again
            row |= {"speaker": None, "statement": None, "statement_confidence": None}
        for row in kept["mentions"]:
            row |= {"mention_group": None, "place": None}
        text = json.dumps(kept, ensure_ascii=False)
        self.db.execute("insert into set_aside values (?, ?, ?)", (quote, article, text))
        self._delete(quote)

    def put_trimmed(self, quote: str, correction: str, words: Mapping[str, Any]) -> None:
        """Put a quotation that was set aside back, with other words: see ``put_added`` for ``words``."""
        [kept] = self.db.execute("select rows from set_aside where quote = ?", (quote,)).fetchone()
        tables = json.loads(kept)
        span = words["span"]
        [row] = tables["quotes"]
        row |= {"content": words["content"], "type": words["type"], "position": span[0], "confidence": SURE}
        others = [one for one in tables["spans"] if one["role"] != "content"]
        tables["spans"] = [*others, {"quote": quote, "role": "content", "start": span[0], "end": span[1]}]
        tables["embeddings"] = []  # that of other words
        for table, rows in tables.items():
            for one in rows:
                self._insert(table, one)
        self._decided(quote, correction)

    def put_added(self, quote: str, article: str, correction: str, words: Mapping[str, Any]) -> None:
        """Store a quotation that a person has added.

        ``words``: its ``content`` as it is shown, ``span`` and ``type``.
        """
        [published, publication] = self.db.execute(
            "select published, publication from articles where id = ?", (article,)
        ).fetchone()
        start, end = words["span"]
        row = {
            "id": quote,
            "content": words["content"],
            "type": words["type"],
            "published": published,
            "article": article,
            "attribution": "none",
            "confidence": SURE,
            "thought": 0,
            "position": start,
            "publication": publication,
        }
        self._insert("quotes", row)
        self._insert("spans", {"quote": quote, "role": "content", "start": start, "end": end})
        self._decided(quote, correction)

    def save_decided(
        self, kind: str, decided: Mapping[str, str], *, anew: Iterable[str], active: Iterable[str]
    ) -> None:
        """Note which corrections made speakers or statements what they are.

        ``anew``: the corrections that were applied again; ``active``: all that are not undone.
        """
        again, stays = set(anew), set(active)
        query = "select id, correction from decided where kind = ?"
        gone = [
            row["id"]
            for row in self.db.execute(query, (kind,))
            if row["correction"] in again or row["correction"] not in stays
        ]
        self.db.executemany("delete from decided where kind = ? and id = ?", ((kind, one) for one in gone))
        rows = ((kind, ident, correction) for ident, correction in decided.items())
        self.db.executemany("insert or replace into decided values (?, ?, ?)", rows)

    def _decided(self, quote: str, correction: str) -> None:
        self.db.execute("insert or replace into decided values ('quote', ?, ?)", (quote, correction))

    def _delete(self, quote: str) -> None:
        for table in (*READ_TABLES, "inferred"):
            self.db.execute(f"delete from {table} where {_key(table)} = ?", (quote,))

    def _insert(self, table: str, row: Mapping[str, Any]) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        values = [bytes.fromhex(one["hex"]) if isinstance(one, dict) else one for one in row.values()]
        self.db.execute(f"insert into {table} ({names}) values ({', '.join('?' * len(row))})", values)


def _key(table: str) -> str:
    return "id" if table == "quotes" else "quote"


def _plain(value: Any) -> Any:
    """A value as JSON can have it."""
    return {"hex": value.hex()} if isinstance(value, bytes) else value
