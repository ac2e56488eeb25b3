"""Decisions of people as data, and how they change what was linked."""

from quotes.deprecated import moved

_RECORDS = ("QuoteRef", "SpeakerRef", "read_correction")
__getattr__ = moved(
    __name__, {"Correction": "quotes"} | dict.fromkeys(_RECORDS, "quotes.corrections.records")
)
