"""How likely the tagger finds the spans of an attribution: evidence for the filter, and for what the parse adds."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from quotes.nlp.decoding import log_softmax
from quotes.nlp.encoder import Logits
from quotes.quotations.attribution import Attribution, Offsets

CONTENT, CUE, SOURCE = slice(1, 3), slice(3, 5), slice(5, 7)  # the labels B- and I- of each


class LabelProbabilities:
    """The probabilities that the wordpieces of a text are content, cue and source."""

    def __init__(self, logits: Logits) -> None:
        likely = np.exp(log_softmax(logits.attribution))
        self._likely = np.stack([likely[:, labels].sum(1) for labels in (CONTENT, CUE, SOURCE)], axis=1)
        self._starts, self._ends = np.asarray(logits.pieces.start), np.asarray(logits.pieces.end)

    def of(self, span: Offsets | None, kind: int) -> np.ndarray:
        """Those of a span's wordpieces, in text order; ``kind``: content 0, cue 1, source 2."""
        found: np.ndarray = self._likely[self.pieces_of(span) if span else slice(0), kind]
        return found

    def pieces_of(self, span: Offsets) -> slice:
        """The numbers of a span's wordpieces."""
        first = np.searchsorted(self._ends, span[0], side="right")
        return slice(int(first), int(np.searchsorted(self._starts, span[1], side="left")))

    def of_content(self, spans: Sequence[Offsets]) -> float:
        """The mean probability that words are content, of all wordpieces of some spans; 0 without any."""
        found = np.concatenate([self.of(span, 0) for span in spans]) if spans else np.zeros(0)
        return math.fsum(found.tolist()) / len(found) if len(found) else 0.0


def with_label_probabilities(logits: Logits, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, in the order given, with ``labels`` where they have a cue that the encoder has seen.

    These are the probabilities that a wordpiece is content (the mean, and that of the least sure fifth), of the cue and
    of the source (of its surest piece).
    """
    of = LabelProbabilities(logits).of
    result = []
    for attribution in attributions:
        content = np.sort(np.concatenate([of(span, 0) for span in attribution.content]))
        if attribution.acts is not None and len(content):
            fifth = content[: max(1, len(content) // 5)]
            cue, source = of(attribution.cue, 1), of(attribution.source, 2)
            surest = [float(role.max()) if len(role) else 0.0 for role in (cue, source)]
            attribution = replace(attribution, labels=(float(content.mean()), float(fifth.mean()), *surest))
        result.append(attribution)
    return result
