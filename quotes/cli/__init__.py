"""The command line."""

from typing import Any

_PLACES = {"app": "quotes.cli.main"}  # where it was in the version before


def __getattr__(name: str) -> Any:
    from quotes.deprecated import from_new_place

    return from_new_place(__name__, name, _PLACES)
