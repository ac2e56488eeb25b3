"""Files, folders and streams in, articles or failures out."""

from typing import Any

_PLACES = {"Failure": "quotes", "read_articles": "quotes"}  # where they were in the version before


def __getattr__(name: str) -> Any:
    from quotes.deprecated import from_new_place

    return from_new_place(__name__, name, _PLACES)
