"""How likely the tagger finds the spans that an attribution has after all passes: evidence for the filter."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from quotes.nlp.decoding import log_softmax
from quotes.nlp.encoder import Logits
from quotes.quotations.attribution import Attribution, Offsets

CONTENT, CUE, SOURCE = slice(1, 3), slice(3, 5), slice(5, 7)  # the labels B- and I- of each


def with_label_probabilities(logits: Logits, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, in the order given, with ``labels`` where they have a cue that the encoder has seen.

    These are the probabilities that a wordpiece is content (the mean, and that of the least sure fifth), of the cue and
    of the source (of its surest piece).
    """
    likely = np.exp(log_softmax(logits.attribution))
    likely = np.stack([likely[:, labels].sum(1) for labels in (CONTENT, CUE, SOURCE)], axis=1)
    starts, ends = np.asarray(logits.pieces.start), np.asarray(logits.pieces.end)

    def of(span: Offsets | None, kind: int) -> np.ndarray:
        start, end = span or (0, 0)
        found: np.ndarray = likely[
            np.searchsorted(ends, start, side="right") : np.searchsorted(starts, end, side="left"), kind
        ]
        return found if span else found[:0]

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
