"""Search in a store: the quotations with these words that pass these filters, one by one or by statement."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Unpack

from quotes.store.search_sql import PUBLICATIONS, QUOTATION_JOINS, Filters, SearchQuery, search_for

MATCH_START, MATCH_END = "\x01", "\x02"  # around a matched word, between SQLite and us

QUOTATION_COLUMNS = """
    quotes.id, quotes.content, quotes.type, quotes.published, quotes.source, quotes.cue, quotes.via,
    quotes.statement, quotes.attribution, quotes.confidence, quotes.speaker_confidence,
    quotes.thought, quotes.act, quotes.asserted, quotes.addressee, quotes.position,
    quotes.said_on, quotes.occasion, quotes.statement_confidence, quotes.withdrawn,
    quotes.speaker, speakers.name as speaker_name, speakers.type as speaker_type,
    speakers.description as speaker_description, speakers.outside_id as speaker_outside_id,
    quotes.article, articles.title as article_title, articles.publication, articles.author, articles.url,
    articles.path, articles.copy_of, corrections.kind as correction, corrections.by as corrected_by,
    corrections.at as corrected_at
"""


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
        search = self.search_for(words, filters)
        hits = self.db.execute(search.hits(limit=limit), search.values)
        return list(self._rows(search, (row["id"] for row in hits)))

    def statements(
        self, words: str = "", *, limit: int = 20, **filters: Unpack[Filters]
    ) -> list[dict[str, Any]]:
        """Statements, in the order in which ``quotations`` finds the first quotation of each.

        Each is a row of its table (a quotation that is not linked yet has only the ``id``), with the
        ``quotations`` that were found as ``quotations`` returns them and in its order.
        """
        search = self.search_for(words, filters)
        groups: dict[str, dict[str, Any]] = {}
        for row in self.db.execute(search.hits(), search.values):
            key = row["statement"] or row["id"]
            if key not in groups:
                if len(groups) == limit:
                    break
                groups[key] = {"id": key, "quotations": []}
        keys = {"keys": json.dumps(list(groups))}
        listed = "(select value from json_each(:keys))"
        for row in self.db.execute(f"select * from statements where id in {listed}", keys):
            groups[row["id"]] |= dict(row)
        among = f"(quotes.statement in {listed} or quotes.id in {listed})"
        hits = self.db.execute(search.hits(among), search.values | keys)
        for quotation in self._rows(search, (row["id"] for row in hits)):
            # a statement has the id of one of its quotations, which a correction may have moved elsewhere
            if (key := quotation["statement"] or quotation["id"]) in groups:
                groups[key]["quotations"].append(quotation)
        return list(groups.values())

    def grouped(self, idents: Iterable[str], *, limit: int) -> list[dict[str, Any]]:
        """The statements of these quotations, as ``statements`` returns them, in the order of the first of each."""
        groups: dict[str, dict[str, Any]] = {}
        for row in self._rows(search_for(), idents):
            key = row["statement"] or row["id"]
            if key in groups or len(groups) < limit:
                groups.setdefault(key, {"id": key, "quotations": []})["quotations"].append(row)
        for key, group in groups.items():
            stored = self.db.execute("select * from statements where id = ?", (key,)).fetchone()
            group |= dict(stored) if stored else {}
        return list(groups.values())

    def search_for(self, words: str, filters: Filters) -> SearchQuery:
        """The search for words and filters as SQL."""
        names: Iterable[str] = ()
        if filters.get("publication") is not None:
            names = [row[0] for row in self.db.execute(PUBLICATIONS)]
        return search_for(words, publications=names, **filters)

    def _rows(self, search: SearchQuery, hits: Iterable[str]) -> Iterator[dict[str, Any]]:
        """The quotations with these ids, in this order, each with its ``matches``."""
        sql = (
            f"select {QUOTATION_COLUMNS}, {search.marked(MATCH_START, MATCH_END)} as marked "
            f"from json_each(:hits) as hit cross join quotes on quotes.id = hit.value {QUOTATION_JOINS} "
            "order by hit.key"
        )
        for row in self.db.execute(sql, search.values | {"hits": json.dumps(list(hits))}):
            yield with_matches(dict(row))


def with_matches(row: dict[str, Any]) -> dict[str, Any]:
    """A search result with the offsets of the matched words, taken from the signs around them."""
    matches, offset = [], 0
    for n, piece in enumerate(re.split(f"[{MATCH_START}{MATCH_END}]", row.pop("marked"))):
        if n % 2:
            matches.append([offset, offset + len(piece)])
        offset += len(piece)
    return row | {"matches": matches if offset == len(row["content"]) else []}
