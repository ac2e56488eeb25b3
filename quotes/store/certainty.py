"""How sure it is who said a quotation: found with doubt or without, or decided by a person."""

from collections.abc import Mapping
from typing import Any

from quotes.text.dates import readable_date

DOUBT_THRESHOLD = 0.5  # confidence below which a speaker is shown as uncertain; probabilities are calibrated
# The same as ``certainty``, as SQL, where a person's decision makes certain.
CONFIDENCE_SQL = (
    "case when quotes.attribution = 'correction' then 1.0 "
    "else quotes.confidence * coalesce(quotes.speaker_confidence, 1.0) end"
)


def is_corrected(quote: Mapping[str, Any]) -> bool:
    """Whether a person decided who said a quotation, or that nobody knows: then no doubt of the model is shown."""
    return quote.get("attribution") == "correction"


def certainty(quote: Mapping[str, Any]) -> float:
    """The probability that content, source and speaker of a quotation are all right."""
    sure = quote.get("speaker_confidence")
    return (quote.get("confidence") or 0.0) * (1.0 if sure is None else sure)


def is_doubtful(quote: Mapping[str, Any]) -> bool:
    """Whether the speaker of a quotation must look uncertain."""
    return not is_corrected(quote) and (not quote.get("speaker") or certainty(quote) < DOUBT_THRESHOLD)


def decision(quote: Mapping[str, Any]) -> str:
    """Who decided about a quotation, its words or its speaker, or about a statement, and when; "" when nobody did.

    >>> decision({"attribution": "correction", "corrected_by": "ed", "corrected_at": "2026-11-27T09:30:00Z"})
    'corrected by ed, 27 November 2026'
    """
    if not is_corrected(quote) and not quote.get("corrected_by"):
        return ""
    by, at = quote.get("corrected_by"), readable_date((quote.get("corrected_at") or "")[:10])
    return ", ".join(filter(None, [f"corrected by {by}" if by else "corrected", at]))
