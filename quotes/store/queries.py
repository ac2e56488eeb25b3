"""What is asked of the database: counts and show. Nothing here writes."""

import json
import sqlite3
from typing import Any

from quotes.store.certainty import COUNTED_SQL, NOT_IN_COPIES_SQL
from quotes.store.search import QUOTATION_COLUMNS
from quotes.store.search_sql import DESCRIPTIONS, QUOTATION_JOINS, STATEMENT_LINKS, SUGGESTIONS
from quotes.text.highlight import window
from quotes.text.word_diff import compare


class Queries:
    """What is shown of what is stored. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    # what users ask

    def counts(self) -> dict[str, int]:
        """How many there are: articles, quotes, speakers, statements, words, and quotations by type.

        Only what was said is in ``quotes`` and its types; the rest are ``not_said``. What copies of an article have
        counts there; how much that is, is ``in_copies``. Articles that were taken back are
        ``withdrawn`` articles, and what they say is in none of the other numbers.
        """
        tables = {
            "articles": "articles where withdrawn is null",
            "withdrawn": "articles where withdrawn",
            "speakers": "speakers",
            "statements": "statements",
        }
        counts = {
            name: self.db.execute(f"select count(*) from {table}").fetchone()[0]
            for name, table in tables.items()
        }
        counts["words"] = self.db.execute("select coalesce(sum(words), 0) from articles").fetchone()[0]
        once = f"{COUNTED_SQL} and {NOT_IN_COPIES_SQL}"
        by_type = f"select type, count(*) from quotes where {once} group by type"
        types = {"direct": 0, "mixed": 0, "indirect": 0} | dict(self.db.execute(by_type).fetchall())
        not_said = self.db.execute(
            "select count(*) from quotes where not asserted and withdrawn is null"
        ).fetchone()[0]
        said = self.db.execute(f"select count(*) from quotes where {COUNTED_SQL}").fetchone()[0]
        quotes = sum(types.values())
        return counts | types | {"quotes": quotes, "not_said": not_said, "in_copies": said - quotes}

    def most_quoted(self) -> str | None:
        """The name of the person with the most quotations, None when there is none."""
        query = "select name from speakers where type = 'person' order by quotes desc, id limit 1"
        row = self.db.execute(query).fetchone()
        return row[0] if row else None

    def show(self, key: str) -> dict[str, Any] | None:
        """The quotation, speaker, statement or article with this id (see ``kind``); None when there is none.

        A statement shares the id of one of its quotations, which is then shown with its other wordings.
        """
        for ident in (key, self.current_id(key)):
            if ident is not None and (
                shown := self.quotation(ident)
                or self.speaker(ident)
                or self.statement(ident)
                or self.article(ident)
            ):
                return shown
        return self.former(key)

    def quotation(self, key: str, *, context: int = 280) -> dict[str, Any] | None:
        """A quotation with its context in the article and the other wordings of its statement."""
        query = f"select {QUOTATION_COLUMNS}, articles.text from quotes {QUOTATION_JOINS} where quotes.id = ?"
        row = self.db.execute(query, (key,)).fetchone()
        if row is None:
            return None
        shown = {"kind": "quotation", **dict(row)}
        text = shown.pop("text")
        spans = [dict(span) for span in self.db.execute(SPANS, (key,))]
        left, right = window(
            text, min(s["start"] for s in spans), max(s["end"] for s in spans), context=context
        )
        shown["spans"] = spans
        shown["candidates"] = self._candidates(key)
        shown["context"] = {"start": left, "text": text[left:right]}
        statement = self.statement(row["statement"]) if row["statement"] else None
        wordings = statement.pop("quotations") if statement else []
        shown["difference"] = next(
            (wording["difference"] for wording in wordings if wording["id"] == key), None
        )
        shown["wordings"] = [wording for wording in wordings if wording["id"] != key]
        shown["reported"] = statement
        return shown

    def speaker(self, key: str) -> dict[str, Any] | None:
        """A speaker and all quotations, oldest first."""
        speaker = self.about(key)
        return speaker and speaker | {"quotations": self._quotations("quotes.speaker = ?", key)}

    def about(self, key: str) -> dict[str, Any] | None:
        """A speaker, and what articles call them."""
        row = self.db.execute("select * from speakers where id = ?", (key,)).fetchone()
        if row is None:
            return None
        speaker = {"kind": "speaker", **dict(row)}
        del speaker["nameless"]  # only the order of lists depends on it
        speaker["aliases"] = json.loads(speaker["aliases"] or "[]")
        return speaker | {"descriptions": self._descriptions(key)} | self._decided("speaker", key)

    def statement(self, key: str) -> dict[str, Any] | None:
        """A statement and its wordings, oldest first, each with its ``difference`` to the statement's text."""
        statement = self._with_quotations("statement", "statements", key)
        if statement:
            statement |= self._decided("statement", key)
            statement["links"] = [dict(row) for row in self.db.execute(STATEMENT_LINKS, {"key": key})]
        for row in statement["quotations"] if statement else ():
            compared = compare(statement["text"], row["content"])  # type: ignore[index]
            row["difference"] = {"kind": compared.kind, "pieces": compared.pieces}
        return statement

    def suggestions(self, *, kind: str | None = None, limit: int | None = None) -> list[dict[str, Any]]:
        """Pairs of statements that have to do with each other and were not merged, the likeliest first.

        Each has ``kind`` and ``probability``, the speaker, and of both the id and the text.
        """
        query = f"{SUGGESTIONS} limit :limit"
        rows = self.db.execute(query, {"kind": kind, "limit": -1 if limit is None else limit})
        return [dict(row) for row in rows]

    def article(self, key: str) -> dict[str, Any] | None:
        """An article, its quotations in text order, and the ids of its copies."""
        article = self._with_quotations("article", "articles", key)
        if article:
            query = "select id from articles where copy_of = ? order by published, id"
            article["copies"] = [row[0] for row in self.db.execute(query, (key,))]
            former = f"{FORMER} where former_quotes.article = ? order by version desc, position"
            article["former"] = [dict(row) for row in self.db.execute(former, (key,))]
        return article

    def _decided(self, kind: str, key: str) -> dict[str, Any]:
        """Who made a speaker or a statement what it is, and when; nothing known when nobody did."""
        row = self.db.execute(DECIDED, {"kind": kind, "key": key}).fetchone()
        return dict(row) if row else {"corrected_by": None, "corrected_at": None}

    def corrected(self) -> int:
        """How many quotations people decided about: whose they are, which words they are, or that they are none."""
        return int(self.db.execute(CORRECTED).fetchone()[0])

    def former(self, key: str) -> dict[str, Any] | None:
        """A quotation that no longer stands in its article, with the article's title and the day of that version."""
        row = self.db.execute(f"{FORMER} where former_quotes.id = ?", (key,)).fetchone()
        return {"kind": "former quotation", **dict(row)} if row else None

    def current_id(self, key: str) -> str | None:
        """The id that an article, or what its id is a part of, has now; None where ``key`` is no former id."""
        article, _, end = key.rpartition("-")
        name, _, local = key.rpartition("_")
        for former, before, after in ((key, "", ""), (article, "", f"-{end}"), (local, f"{name}_", "")):
            row = self.db.execute("select article from former_ids where id = ?", (former,)).fetchone()
            if row:
                return f"{before}{row[0]}{after}"
        return None

    def copies(self) -> int:
        """How many articles are copies of another one."""
        return int(self.db.execute("select count(*) from articles where copy_of > ''").fetchone()[0])

    def _candidates(self, quotation: str) -> list[dict[str, Any]]:
        """Who else a quotation's speaker could be, the likeliest first."""
        return [dict(row) for row in self.db.execute(CANDIDATES, (quotation,))]

    def _with_quotations(self, kind: str, table: str, key: str) -> dict[str, Any] | None:
        row = self.db.execute(f"select * from {table} where id = ?", (key,)).fetchone()
        if row is None:
            return None
        return {"kind": kind, **dict(row), "quotations": self._quotations(f"quotes.{kind} = ?", key)}

    def _descriptions(self, speaker: str) -> list[dict[str, Any]]:
        """What articles call a speaker, each with the first article that does, the most frequent first."""
        names = ("description", "article", "published", "title", "publication", "articles")
        rows = self.db.execute(DESCRIPTIONS, {"speaker": speaker, "limit": -1})
        return [{name: row[name] for name in names} for row in rows]

    def _quotations(self, where: str, key: str) -> list[dict[str, Any]]:
        order = "quotes.published, quotes.article, quotes.position"
        query = f"select {QUOTATION_COLUMNS} from quotes {QUOTATION_JOINS} where {where} order by {order}"
        return [dict(row) for row in self.db.execute(query, (key,))]


DECIDED = """
    select corrections.by as corrected_by, corrections.at as corrected_at
    from decided join corrections on corrections.id = decided.correction
    where decided.kind = :kind and decided.id = :key
"""
CORRECTED = """
    select count(*) from (select quote from corrected union select id from decided where kind = 'quote'
    union select quote from set_aside)
"""
CANDIDATES = "select name, type, probability from candidates where quote = ? order by rank"
# What only earlier versions of an article said; the day is that of the version that said it last
FORMER = """
    select former_quotes.*, article_versions.title as title, articles.publication, articles.url
    from former_quotes join article_versions on article_versions.article = former_quotes.article
        and article_versions.number = former_quotes.version
    join articles on articles.id = former_quotes.article
"""
SPANS = 'select role, start, "end" from spans where quote = ? order by start, "end"'
