"""Decisions of people as data, and how they change what was linked."""

from typing import Any

_RECORDS = ("QuoteRef", "SpeakerRef", "read_correction")
_PLACES = {"Correction": "quotes"} | dict.fromkeys(_RECORDS, "quotes.corrections.records")


def __getattr__(name: str) -> Any:
    from quotes.deprecated import from_new_place

    return from_new_place(__name__, name, _PLACES)
