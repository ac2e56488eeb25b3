"""How the pages read: rows as dicts, raw for JSON and cleaned for HTML."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from quotes.lexicon.headlines import TITLE_SQL as TITLE_SQL
from quotes.store.search_sql import PUBLICATIONS
from quotes.text.sanitise import clean

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

# keys and addresses: never shown as text
RAW_KEYS = {
    "key",
    "one_id",
    "other_id",
    "id",
    "article",
    "speaker",
    "statement",
    "quote",
    "url",
    "copy_of",
    "previous_url",
    "next_url",
    "previous",
    "next",
}
# A publication date that begins with a year: anything else sorts in no useful order.
IS_DATED = "glob '[0-9][0-9][0-9][0-9]*'"
# The quotations of our lists, with what tells whose they are and where they stand.
LISTED_COLUMNS = f"""
    quotes.id, quotes.content, quotes.type, quotes.thought, quotes.act, quotes.asserted, quotes.addressee,
    quotes.withdrawn,
    quotes.speaker, quotes.attribution, quotes.confidence,
    quotes.speaker_confidence, quotes.published, quotes.article, quotes.via, quotes.statement, speakers.name,
    speakers.description, {TITLE_SQL} as title, articles.publication, articles.copy_of,
    corrections.by as corrected_by, corrections.at as corrected_at
"""


async def fetch_rows(db: "Database", sql: str, **parameters: Any) -> list[dict[str, Any]]:
    """Rows as dicts, as they are stored. Raises QueryInterrupted when it takes too long."""
    return [dict(row) for row in (await db.execute(sql, parameters)).rows]


async def fetch_value(db: "Database", sql: str, **parameters: Any) -> Any:
    """The first column of the only row."""
    return (await db.execute(sql, parameters)).rows[0][0]


async def publication_names(db: "Database") -> list[str]:
    """The names of all publications."""
    return [row["publication"] for row in await fetch_rows(db, PUBLICATIONS)]


def among(idents: Iterable[str]) -> tuple[str, dict[str, str]]:
    """SQL for a list of ids, and its parameters. (``json_each`` ends an id at a NUL, which a hostile one may have.)"""
    values = {f"ident{number}": ident for number, ident in enumerate(idents)}
    return f"({', '.join(f':{name}' for name in values)})", values


def cleaned(data: Any) -> Any:
    """``data`` with every text in it made safe for display, except for keys and addresses."""
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, list):
        return [cleaned(item) for item in data]
    if isinstance(data, dict):
        raw = {key for key, item in data.items() if key in RAW_KEYS and isinstance(item, str)}
        return {key: item if key in raw else cleaned(item) for key, item in data.items()}
    return data


def whole_name(typed: str, names: Iterable[str]) -> str:
    """The name that was chosen from a list, as it is stored; pages show it with its steering characters replaced."""
    return next((name for name in names if typed in (name, clean(name))), typed)
