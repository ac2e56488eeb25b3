"""The old place of the data classes: they are ``quotes.Quote`` and so on, defined in ``quotes.types``."""

from quotes.deprecated import moved

_CLASSES = ("Article", "Mention", "Quote", "QuoteType", "Span", "Speaker", "SpeakerType", "Statement")
__getattr__ = moved(__name__, dict.fromkeys(_CLASSES, "quotes") | {"Attribution": "quotes:AttributionMethod"})
