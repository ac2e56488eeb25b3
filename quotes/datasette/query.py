"""What a reader types into a search box, as a query that FTS5 always accepts."""

from quotes.store.fts import fts_query

NOTHING = '""'  # a valid query that no row matches
WORDS = 60  # of a search that are looked for: many more exceed what FTS5 can nest


def words_query(typed: str | None) -> str:
    """Words looked for in quotations, as ``quotes search`` looks for them. Never raises."""
    return fts_query(_first(typed)) or NOTHING


def names_query(typed: str | None) -> str:
    """Words of a name, or their beginnings, looked for in the names and aliases of speakers. Never raises."""
    found = fts_query(_first(typed), prefix=True)
    return f"{{name aliases}} : ({found})" if found else NOTHING


def _first(typed: str | None) -> str:
    return " ".join(str(typed or "").split()[:WORDS])
