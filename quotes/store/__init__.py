"""The database: tables, rows and search."""

from typing import Any

_PLACES = {"Store": "quotes"}  # where they were in the version before


def __getattr__(name: str) -> Any:
    from quotes.deprecated import from_new_place

    return from_new_place(__name__, name, _PLACES)
