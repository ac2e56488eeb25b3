"""``Attribution``: a content, its cue and its source. What the room ``quotations`` hands from pass to pass."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from quotes.quotations.settings import SETTINGS
from quotes.text.spans import Offsets as Offsets


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution relation, as offsets into the text; content, cue and source after Pareti (2012), PARC.

    It comes before a ``quotes.Quote``: nobody has asked yet whom the source refers to.

    >>> text = "“We waited,” Okoro said."
    >>> attribution = Attribution(content=((0, 12),), cue=(19, 23), source=(13, 18))
    >>> text[slice(*attribution.source)]
    'Okoro'
    """

    content: tuple[Offsets, ...]  # its fragments, in text order
    cue: Offsets | None = None
    source: Offsets | None = None
    confidence: float = 1.0  # the model's own, 0 to 1, before ``calibration``
    thought: float = 0.0  # probability that the cue reports a belief, an intention or a feeling, not words
    # Probability of each of ``ACTS``, by the encoder; None without a cue
    acts: tuple[float, ...] | None = None
    # Probability of the labels of content, its least sure fifth, cue and source; None without a cue
    labels: tuple[float, ...] | None = None
    via: Offsets | None = None  # the relay: "Bloomberg" in "Sources told Bloomberg"
    # By a label, a name line or a dash: no word of a sentence ties content and source
    by_layout: bool = False
    verbatim: bool = False  # the words themselves although no mark shows it: a dash opens them
    doubtful: bool = False  # seen with a lower bar for the tagger's labels only

    @property
    def spans(self) -> tuple[Offsets, ...]:
        """The content's fragments, then the cue and the source if there are any."""
        return tuple(span for span in (*self.content, self.cue, self.source) if span)


def shown_by_layout(
    content: Sequence[Offsets], cue: Offsets | None, source: Offsets | None, *, verbatim: bool = False
) -> Attribution:
    """The attribution that a label, a name line or a dash gives."""
    confidence = SETTINGS.labelled_confidence
    return Attribution(tuple(content), cue, source, confidence, by_layout=True, verbatim=verbatim)


def token_span(doc: Doc, offsets: Offsets | None) -> Span | None:
    """The tokens that characters of a Doc lie in, whole; None for no characters, and for those outside of the text."""
    return doc.char_span(*offsets, alignment_mode="expand") if offsets else None
