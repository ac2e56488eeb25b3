"""The old place of the data classes: they are ``quotes.Quote`` and so on, defined in ``quotes.types``."""

from typing import Any

_CLASSES = ("Article", "Mention", "Quote", "QuoteType", "Span", "Speaker", "SpeakerType", "Statement")
_PLACES = dict.fromkeys(_CLASSES, "quotes") | {"Attribution": "quotes:AttributionMethod"}


def __getattr__(name: str) -> Any:
    from quotes.deprecated import from_new_place

    return from_new_place(__name__, name, _PLACES)
