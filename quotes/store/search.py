"""Search: which quotations have these words and pass these filters, one by one or by statement."""

import json
import re
import sqlite3
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

from quotes.store.fts import fts_query, name_query

OPEN, CLOSE = "\x01", "\x02"  # around a matched word, between SQLite and us

QUOTE = """
    quotes.id, quotes.content, quotes.type, quotes.published, quotes.source, quotes.cue, quotes.via,
    quotes.statement, quotes.attribution, quotes.confidence, quotes.thought, quotes.position,
    quotes.speaker, speakers.name as speaker_name, speakers.type as speaker_type,
    speakers.description as speaker_description,
    quotes.article, articles.title as article_title, articles.publication, articles.url, articles.path,
    articles.copy_of, corrections.by as corrected_by, corrections.at as corrected_at
"""
JOINED = """
    join articles on articles.id = quotes.article
    left join speakers on speakers.id = quotes.speaker
    left join corrected on corrected.quote = quotes.id
    left join corrections on corrections.id = corrected.correction
"""


class Filters(TypedDict, total=False):
    """What a quotation must be to be found; None lets everything through.

    ``speaker``: words of a name or an alias, or an id; ``by``: an id only. ``publication``: part of its name.
    ``since`` and ``until``: year, month or day, both included.
    """

    speaker: str | None
    by: str | None
    type: str | None
    publication: str | None
    since: str | None
    until: str | None
    min_confidence: float | None


@dataclass
class _Query:
    """The parts of a query for quotations."""

    source: str = "quotes"
    order: str = "quotes.published desc, quotes.article, quotes.position"
    marked: str = "quotes.content"
    where: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def sql(self, columns: str, *more: str) -> str:
        where = " and ".join([*self.where, *more]) or "true"
        return f"select {columns} from {self.source} {JOINED} where {where} order by {self.order}"


class Search:
    """Quotations and statements by their words. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def quotations(
        self, words: str = "", *, limit: int = 20, **filters: Unpack[Filters]
    ) -> list[dict[str, Any]]:
        """Quotations with all of the words, best first; without words the newest first.

        A result's ``matches`` are the offsets of the words in its ``content``.
        """
        query = _query(words, filters)
        if query is None:
            return []
        sql = query.sql(f"{QUOTE}, {query.marked} as marked") + " limit :limit"
        return [_found(dict(row)) for row in self.db.execute(sql, query.values | {"limit": limit})]

    def statements(
        self, words: str = "", *, limit: int = 20, **filters: Unpack[Filters]
    ) -> list[dict[str, Any]]:
        """Statements, in the order in which ``quotations`` finds the first quotation of each.

        Each is a row of its table (a quotation that is not linked yet has only the ``id``), with the
        ``quotations`` that were found as ``quotations`` returns them and in its order.
        """
        query = _query(words, filters)
        if query is None:
            return []
        groups: dict[str, dict[str, Any]] = {}
        for row in self.db.execute(query.sql("coalesce(quotes.statement, quotes.id)"), query.values):
            if row[0] not in groups:
                if len(groups) == limit:
                    break
                groups[row[0]] = {"id": row[0]}
        some = {"some": json.dumps(list(groups))}
        listed = "(select value from json_each(:some))"
        for row in self.db.execute(f"select * from statements where id in {listed}", some):
            groups[row["id"]] |= dict(row)
        for group in groups.values():
            group["quotations"] = []
        among = f"(quotes.statement in {listed} or quotes.id in {listed})"
        sql = query.sql(f"{QUOTE}, {query.marked} as marked", among)
        for row in self.db.execute(sql, query.values | some):
            # a statement has the id of one of its quotations, which a correction may have moved elsewhere
            if (key := row["statement"] or row["id"]) in groups:
                groups[key]["quotations"].append(_found(dict(row)))
        return list(groups.values())


def _query(words: str, filters: Filters) -> _Query | None:
    """What to ask the database; None when nothing can be found, because there is no word in ``words``."""
    query = _Query()
    found = fts_query(words)
    if words.strip():
        if not found:
            return None
        query.source = "quotes_fts join quotes on quotes.rowid = quotes_fts.rowid"
        query.order = "quotes_fts.rank, quotes.id"
        query.marked = f"highlight(quotes_fts, 0, '{OPEN}', '{CLOSE}')"
        query.where.append("quotes_fts match :words")
        query.values["words"] = found
    for name, value in filters.items():
        if value is not None:
            query.where.append(_FILTERS[name])
            query.values[name] = value
    speaker, publication = filters.get("speaker"), filters.get("publication")
    if speaker is not None:
        query.values["name"] = name_query(speaker)
    if publication is not None:
        query.values["publication"] = "%" + re.sub(r"([\\%_])", r"\\\1", publication) + "%"
    return query


_FILTERS = {
    "speaker": "(quotes.speaker = :speaker or quotes.speaker in (select speakers.id from speakers_fts "
    "join speakers on speakers.rowid = speakers_fts.rowid where speakers_fts match :name))",
    "by": "quotes.speaker = :by",
    "publication": r"articles.publication like :publication escape '\'",
    "since": "substr(quotes.published, 1, length(:since)) >= :since",
    "until": "substr(quotes.published, 1, length(:until)) <= :until",
    "type": "quotes.type = :type",
    "min_confidence": "quotes.confidence >= :min_confidence",
}


def _found(row: dict[str, Any]) -> dict[str, Any]:
    """A search result with the offsets of the matched words, taken from the marks around them."""
    matches, offset = [], 0
    for n, piece in enumerate(re.split(f"[{OPEN}{CLOSE}]", row.pop("marked"))):
        if n % 2:
            matches.append([offset, offset + len(piece)])
        offset += len(piece)
    return row | {"matches": matches if offset == len(row["content"]) else []}
