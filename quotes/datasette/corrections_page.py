"""The page of all corrections, for readers: what was decided, by whom, when, and what became of it."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from quotes.datasette.fetch import fetch_rows, fetch_value

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

CORRECTIONS_SHOWN = 500  # the last ones; the rest is a link to the table
LIST = f"""
    select id, at, by, kind, summary, state, undone_at, undone_by, data from corrections
    order by number desc, id limit {CORRECTIONS_SHOWN}"""
THERE = "select id from {} where id in (select value from json_each(:ids))"
# Which correction made a speaker or a statement what it is.
DECIDED = """
    select corrections.by as corrected_by, corrections.at as corrected_at, corrections.summary
    from decided join corrections on corrections.id = decided.correction
    where decided.kind = :kind and decided.id = :key"""


async def load(db: "Database") -> dict[str, Any]:
    """The last corrections, the newest first, each with the pages that it is about, and how many there are."""
    rows = await fetch_rows(db, LIST)
    for row in rows:
        row["about"] = list(_about(json.loads(row.pop("data") or "{}")))
    for table in ("speakers", "quotes", "articles"):
        ids = [key for row in rows for kind, key in row["about"] if kind == table]
        there = {one["id"] for one in await fetch_rows(db, THERE.format(table), ids=json.dumps(ids))}
        for row in rows:
            row["about"] = [(kind, key) for kind, key in row["about"] if kind != table or key in there]
    return {
        "corrections": [
            row | {"about": [{"table": kind, "id": key} for kind, key in row["about"]]} for row in rows
        ],
        "total": await fetch_value(db, "select count(*) from corrections"),
        "applied": await fetch_value(
            db, "select count(*) from corrections where undone_at is null and state = 'applied'"
        ),
        "undone": await fetch_value(db, "select count(*) from corrections where undone_at is not null"),
    }


async def decided(db: "Database", kind: str, key: str) -> dict[str, Any]:
    """Who made a speaker or a statement what it is, and when; nothing when nobody did."""
    rows = await fetch_rows(db, DECIDED, kind=kind, key=key)
    return rows[0] if rows else {}


def _about(data: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Table and id of what a correction refers to: its speakers, else the first of its quotations and their article."""
    for speaker in data.get("speakers", ()):
        yield "speakers", speaker["id"]
    if not data.keys() & {"speakers", "quotes", "statements"}:
        for article in data.get("articles", ()):
            yield "articles", article
    parts = [data.get("quotes", ()), *data.get("statements", ())]
    for part in parts:
        for ref in part[:1]:
            yield "quotes", ref["quote"]
            yield "articles", ref["article"]
