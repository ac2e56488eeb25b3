"""What is kept of the attributions: what was said, not what is too doubtful; all else for whoever asks for it."""

from quotes.lexicon import cues
from quotes.quotations.attribution import Attribution
from quotes.quotations.settings import SETTINGS
from quotes.types import Act, Keep, QuoteType


def is_hearsay(text: str, attribution: Attribution) -> bool:
    """Whether nobody in particular says it: "It is believed that the ship left". Kept, however doubtful."""
    if attribution.source is not None or attribution.cue is None:
        return False
    return cues.is_hearsay(text[slice(*attribution.cue)])


def is_said(kind: QuoteType, act: Act, *, is_clause: bool) -> bool:
    """Whether an act is one by which words were said: no belief, no refusal, no request for a mere thing.

    What is in quotation marks was said, whatever the cue is, unless it is what somebody refused to say.
    """
    if act == "declines":
        return False
    return (
        kind != "indirect"
        or act in ("asserts", "denies", "asks", "promises")
        or (act == "requests" and is_clause)
    )


def is_too_unsure(text: str, attribution: Attribution, kind: QuoteType, *, keep: Keep) -> bool:
    """Whether an attribution is too unsure to be kept. What is in marks never is."""
    if kind == "direct":
        return False
    if keep == "said":
        return attribution.confidence < SETTINGS.least_confidence
    words = sum(len(text[start:end].split()) for start, end in attribution.content)
    return attribution.confidence < SETTINGS.least_confidence_with_thoughts / max(words, 1)


def is_kept(
    text: str, attribution: Attribution, kind: QuoteType, act: Act, *, is_clause: bool, keep: Keep
) -> bool:
    """Whether an attribution becomes a quotation. ``is_clause``: the content is no mere noun phrase."""
    if is_hearsay(text, attribution):
        return True
    wanted = (
        keep == "all" or is_said(kind, act, is_clause=is_clause) or (keep == "thoughts" and act == "thinks")
    )
    return wanted and not is_too_unsure(text, attribution, kind, keep=keep)
