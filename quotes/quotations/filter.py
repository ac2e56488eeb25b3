"""What is kept of the attributions: not what is too doubtful, and thoughts only for whoever asks for them."""

from quotes.lexicon import cues
from quotes.quotations.attribution import Attribution
from quotes.quotations.settings import SETTINGS
from quotes.types import QuoteType


def is_hearsay(text: str, attribution: Attribution) -> bool:
    """Whether nobody in particular says it: "It is believed that the ship left". Kept, however doubtful."""
    if attribution.source is not None or attribution.cue is None:
        return False
    return cues.is_hearsay(text[slice(*attribution.cue)])


def is_thought(text: str, attribution: Attribution, kind: QuoteType) -> bool:
    """Whether a content is a belief, an intention or a feeling: not hearsay, and nothing of it in marks."""
    return (
        kind == "indirect"
        and attribution.thought > SETTINGS.thought_probability
        and not is_hearsay(text, attribution)
    )


def is_too_unsure(text: str, attribution: Attribution, kind: QuoteType, *, thoughts: bool) -> bool:
    """Whether an attribution is too unsure to be kept, where thoughts are kept or not. What is in marks never is."""
    if kind == "direct":
        return False
    if not thoughts:
        return attribution.confidence < SETTINGS.least_confidence
    words = sum(len(text[start:end].split()) for start, end in attribution.content)
    return attribution.confidence < SETTINGS.least_confidence_with_thoughts / max(words, 1)


def is_kept(text: str, attribution: Attribution, kind: QuoteType, *, thoughts: bool) -> bool:
    """Whether an attribution becomes a quotation. ``kind``: direct, mixed or indirect; ``thoughts``: are wanted."""
    if is_hearsay(text, attribution):
        return True
    if is_thought(text, attribution, kind) and not thoughts:
        return False
    return not is_too_unsure(text, attribution, kind, thoughts=thoughts)
