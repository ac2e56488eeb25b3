"""The columns of what commands list, flat for tables and spreadsheets: one set for all commands and formats."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

Row = Mapping[str, Any]


class Table(NamedTuple):
    """Columns and their types, and what makes a flat row of what is listed."""

    columns: Mapping[str, type]
    flat: Callable[[Row], dict[str, Any]]

    def only(self, names: Iterable[str]) -> "Table":
        """The table with these columns, in this order. Raises KeyError for a name that it does not have."""
        columns = {name: self.columns[name] for name in names}
        return Table(columns, self.flat)

    def cells(self, row: Row) -> list[Any]:
        """The cells of what is listed, in the order of the columns."""
        flat = self.flat(row)
        return [flat.get(name) for name in self.columns]


def _quotation(record: Row) -> dict[str, Any]:
    """A record of ``store.records`` without nesting, spans as ``start-end;start-end``, candidates left out."""
    names = ("speaker", "cue", "source", "addressee")
    speaker, cue, source, addressee = (record[name] or {} for name in names)
    return {
        **record,
        "speaker": speaker.get("name"),
        "speaker_id": speaker.get("id"),
        "speaker_type": speaker.get("type"),
        "speaker_outside_id": speaker.get("outside_id"),
        "cue": cue.get("text"),
        "source": source.get("text"),
        "addressee": addressee.get("text"),
        "spans": ";".join(f"{start}-{end}" for start, end in record["spans"]),
    }


def _with_lists_as_json(row: Row) -> dict[str, Any]:
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple | dict) else value
        for name, value in row.items()
    }


QUOTATIONS = Table(
    {
        "id": str,
        "content": str,
        "speaker": str,
        "speaker_id": str,
        "description": str,
        "speaker_type": str,
        "speaker_outside_id": str,
        "type": str,
        "act": str,
        "asserted": bool,
        "thought": bool,
        "attribution": str,
        "confidence": float,
        "speaker_confidence": float,
        "statement": str,
        "statement_confidence": float,
        "said_on": str,
        "occasion": str,
        "via": str,
        "cue": str,
        "source": str,
        "addressee": str,
        "headline": str,
        "publication": str,
        "published": str,
        "author": str,
        "url": str,
        "article": str,
        "article_id": str,
        "copy_of": str,
        "withdrawn": bool,
        "start": int,
        "end": int,
        "spans": str,
        "text": str,
        "correction": str,
        "corrected_by": str,
        "corrected_at": str,
    },
    _quotation,
)
FOUND = Table(  # in a text that is in no database
    {
        name: kind
        for name, kind in QUOTATIONS.columns.items()
        if name in (
            "id", "content", "speaker", "description", "speaker_type", "type", "act", "asserted", "addressee",
            "thought", "attribution", "confidence", "speaker_confidence", "said_on", "occasion", "via", "cue",
            "source", "start", "end", "spans", "text",
        )
    },
    _quotation,
)  # fmt: skip
SPEAKERS = Table(
    {
        "id": str,
        "name": str,
        "type": str,
        "description": str,
        "pronouns": str,
        "outside_id": str,
        "aliases": str,
        "quotes": int,
        "articles": int,
    },
    _with_lists_as_json,
)
CORRECTIONS = Table(
    dict.fromkeys(("id", "at", "by", "kind", "summary", "state", "undone_at", "undone_by", "data"), str),
    _with_lists_as_json,
)
