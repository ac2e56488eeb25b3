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
SURE_SQL = f"{CONFIDENCE_SQL} >= {DOUBT_THRESHOLD}"  # of a quotation with a speaker: ``is_sure``
# The same as ``speaker_certainty``, as SQL, where a person's decision makes certain.
SPEAKER_CONFIDENCE_SQL = (
    "case when quotes.attribution = 'correction' then 1.0 "
    "else coalesce(quotes.speaker_confidence, quotes.confidence) end"
)

# What counts as said: not where the text says that nobody said it, nor where the article was taken back.
COUNTED_SQL = "(quotes.asserted and quotes.withdrawn is null)"
# What stands in an article that is nearly the same as another one is said there, and counts there.
# (Of "is not null" SQLite does not know that it is rare, and would look at every article.)
NOT_IN_COPIES_SQL = "quotes.article not in (select id from articles where copy_of > '')"

QUESTION_BEGINNINGS = ("whether ", "if ", "who ", "what ", "which ", "when ", "where ", "why ", "how ")


def is_corrected(quote: Mapping[str, Any]) -> bool:
    """Whether a person decided who said a quotation, or that nobody knows: then no doubt of the model is shown."""
    return quote.get("attribution") == "correction"


def certainty(quote: Mapping[str, Any]) -> float:
    """The probability that content, source and speaker of a quotation are all right."""
    sure = quote.get("speaker_confidence")
    return (quote.get("confidence") or 0.0) * (1.0 if sure is None else sure)


def speaker_certainty(quote: Mapping[str, Any]) -> float:
    """The probability that the name is right; in a database from before it was kept apart, that everything is."""
    sure = quote.get("speaker_confidence")
    return (quote.get("confidence") or 0.0) if sure is None else sure


def is_doubtful(quote: Mapping[str, Any]) -> bool:
    """Whether the speaker of a quotation must look uncertain, however sure its words are."""
    return not is_corrected(quote) and (
        not quote.get("speaker") or speaker_certainty(quote) < DOUBT_THRESHOLD
    )


def is_content_doubtful(quote: Mapping[str, Any]) -> bool:
    """Whether it must look uncertain that these words were said, however sure the speaker would be.

    Never where one number stands for both, in a database from before they were kept apart.
    """
    apart = quote.get("speaker_confidence") is not None or not quote.get("speaker")
    return apart and not is_corrected(quote) and (quote.get("confidence") or 0.0) < DOUBT_THRESHOLD


def doubt(quote: Mapping[str, Any]) -> str:
    """How uncertain the speaker of a quotation is, in words: "speaker uncertain, 34%"."""
    what = "uncertain" if quote.get("speaker_confidence") is None else "speaker uncertain"
    return f"{what}, {speaker_certainty(quote):.0%}"


def is_sure(quote: Mapping[str, Any]) -> bool:
    """Whether words and speaker of a quotation are certain enough to be shown without its details."""
    return is_corrected(quote) or (bool(quote.get("speaker")) and certainty(quote) >= DOUBT_THRESHOLD)


def is_denied(quote: Mapping[str, Any]) -> bool:
    """Whether the speaker says that it is not so: then the words are the opposite of what the speaker says."""
    return quote.get("act") == "denies" and not is_unsaid(quote)


ACT_LABELS = {
    "denies": ("denies", "did not deny"),
    "asks": ("asked", "did not ask"),
    "requests": ("requested", "did not request"),
    "promises": ("promised", "did not promise"),
    "thinks": ("thinks", "does not think"),
    "declines": ("declined", "declined"),
}
NOT_SAID = "did not say"


def is_unsaid(quote: Mapping[str, Any]) -> bool:
    """Whether the text says that the words were not said, or only might be: never shown as the speaker's own."""
    return quote.get("asserted") in (0, False)


def is_counted(quote: Mapping[str, Any]) -> bool:
    """The same as ``COUNTED_SQL``: whether a quotation counts as its speaker's."""
    return not is_unsaid(quote) and not quote.get("withdrawn")


def act_label(quote: Mapping[str, Any]) -> str:
    """What stands before the words of a quotation; "" where they are simply said.

    >>> act_label({"act": "denies", "asserted": 1}), act_label({"act": "asserts", "asserted": 0})
    ('denies', 'did not say')
    >>> act_label({"act": "declines", "asserted": 1, "content": "whether she will run"})
    'did not say'
    """
    act = quote.get("act") or "asserts"
    if act == "declines" and (quote.get("content") or "").lower().startswith(QUESTION_BEGINNINGS):
        return NOT_SAID
    if act not in ACT_LABELS:
        return NOT_SAID if is_unsaid(quote) else ""
    return ACT_LABELS[act][is_unsaid(quote)]


def decision(quote: Mapping[str, Any]) -> str:
    """Who decided about a quotation, its words or its speaker, or about a statement, and when; "" when nobody did.

    >>> decision({"attribution": "correction", "corrected_by": "ed", "corrected_at": "2026-11-27T09:30:00Z"})
    'corrected by ed, 27 November 2026'
    """
    if not is_corrected(quote) and not quote.get("corrected_by"):
        return ""
    by, at = quote.get("corrected_by"), readable_date((quote.get("corrected_at") or "")[:10])
    return ", ".join(filter(None, [f"corrected by {by}" if by else "corrected", at]))
