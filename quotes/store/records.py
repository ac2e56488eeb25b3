"""Quotations as other programs get them: all that is known of each, nested, as many as there are."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Unpack

from quotes.store.search import MATCH_END, MATCH_START, QUOTATION_COLUMNS, Search, with_matches
from quotes.store.search_sql import QUOTATION_JOINS, Filters, ResultOrder, SearchQuery
from quotes.types import public_name

RECORDS_PER_QUERY = 500  # quotations that are read at once, so that memory does not grow with their number
SPANS_OF = """
    select quote, role, start, "end" from spans where quote in (select value from json_each(?))
    order by start, "end"
"""
CANDIDATES_OF = """
    select quote, name, type, probability from candidates where quote in (select value from json_each(?))
    order by quote, rank
"""
PLAIN_KEYS = (  # columns that a record has as they are
    "via", "statement", "statement_confidence", "said_on", "occasion", "attribution", "confidence",
    "speaker_confidence", "corrected_by", "corrected_at", "correction", "content", "publication", "published",
    "author", "url", "copy_of",
)  # fmt: skip


class Records:
    """The records of quotations. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection, finder: Search) -> None:
        self.db, self.finder = db, finder

    def find(
        self,
        words: str = "",
        *,
        order: ResultOrder = "best",
        limit: int | None = None,
        **filters: Unpack[Filters],
    ) -> Iterator[dict[str, Any]]:
        """Every quotation with the words that passes the filters, ``limit`` of them at most.

        ``order``: "best" (without words the newest first), "newest", or "article": by article and in text order. With
        words a record has their offsets in its content in ``matches``.
        """
        search = self.finder.search_for(words, filters)
        sql = search.hits(order=order, limit=limit, every=True)
        hits = (row["id"] for row in self.db.execute(sql, search.values))
        yield from self.of(hits, search if search.has_words else None)

    def of(self, idents: Iterable[str], search: SearchQuery | None = None) -> Iterator[dict[str, Any]]:
        """The records of the quotations with these ids, in this order."""
        waiting = iter(idents)
        while batch := list(islice(waiting, RECORDS_PER_QUERY)):
            yield from self._batch(batch, search)

    def _batch(self, idents: Sequence[str], search: SearchQuery | None) -> Iterator[dict[str, Any]]:
        listed = json.dumps(idents)
        spans: dict[str, list[sqlite3.Row]] = {}
        for span in self.db.execute(SPANS_OF, [listed]):
            spans.setdefault(span["quote"], []).append(span)
        candidates: dict[str, list[dict[str, Any]]] = {}
        for row in self.db.execute(CANDIDATES_OF, [listed]):
            other = {name: row[name] for name in ("name", "type", "probability")}
            candidates.setdefault(row["quote"], []).append(other)
        marked = f", {search.marked(MATCH_START, MATCH_END)} as marked" if search else ""
        sql = (
            f"select {QUOTATION_COLUMNS}, articles.text, articles.source_id{marked} from json_each(:hits) as hit "
            f"cross join quotes on quotes.id = hit.value {QUOTATION_JOINS} order by hit.key"
        )
        for row in self.db.execute(sql, (search.values if search else {}) | {"hits": listed}):
            record = _record(row, spans.get(row["id"], []), candidates.get(row["id"], []))
            yield record | {"matches": with_matches(dict(row))["matches"]} if search else record


def _record(
    row: sqlite3.Row, spans: Sequence[sqlite3.Row], candidates: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """A quotation. ``spans`` are those of the content, offsets into the article's text; ``text`` is what they hold."""
    text = row["text"]
    content = [[span["start"], span["end"]] for span in spans if span["role"] == "content"]
    pieces = {span["role"]: _piece(text, span["start"], span["end"]) for span in spans}
    speaker = {"id": row["speaker"], "name": row["speaker_name"], "type": row["speaker_type"]}
    if row["speaker_outside_id"] is not None:
        speaker["outside_id"] = row["speaker_outside_id"]
    return {
        "id": row["id"],
        "article": public_name(row["article"], row["path"], row["source_id"]),
        "spans": content,
        "text": " ".join(text[start:end] for start, end in content),
        "type": row["type"],
        "act": row["act"],
        "asserted": bool(row["asserted"]),
        "cue": pieces.get("cue"),
        "source": pieces.get("source"),
        "addressee": pieces.get("addressee"),
        "speaker": speaker if row["speaker"] else None,
        **{name: row[name] for name in PLAIN_KEYS},
        "candidates": list(candidates),
        "description": row["speaker_description"],
        "thought": bool(row["thought"]),
        "withdrawn": bool(row["withdrawn"]),
        "headline": row["article_title"],
        "article_id": row["article"],
        "start": content[0][0] if content else None,
        "end": content[-1][1] if content else None,
    }


def _piece(text: str, start: int, end: int) -> dict[str, Any]:
    return {"text": text[start:end], "start": start, "end": end}
