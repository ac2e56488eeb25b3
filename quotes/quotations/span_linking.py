"""Span linking: which fragment belongs to which cue, and which cue to which source; features and scores, in numpy.

A span is (first, last) piece. Its vector is relu(P_first[first] + P_last[last]); a pair's score is a bilinear form
of two vectors plus learned scalars for distance, number of candidates and paragraphs in between: mention ranking with
a score for "none of them", as in coreference (Lee et al. 2017).
"""

from typing import Literal

import numpy as np

from quotes.quotations.settings import SETTINGS

SPAN_SIZE = 64  # dimensions of a span's vector
FRAGMENT, CUE_HEAD, CUE_CHOOSING, SOURCE = range(4)  # the four roles, two projections each
DISTANCE_BINS = np.array([1, 2, 3, 5, 8, 15, 30, 60])  # wordpieces
PAIR_FEATURES = 18 + 8 + 5
SAME_PARAGRAPH_FEATURE = 28  # id of the feature "no paragraph in between"
Piece = tuple[int, int]  # a span: its first and its last wordpiece


def pair_features(choosing: list[Piece], candidates: list[Piece], paragraph: np.ndarray) -> np.ndarray:
    """The ids of three features per pair: int array [choosing, candidates, 3].

    Side and distance, side and number of candidates in between, paragraphs in between. ``paragraph`` gives the
    paragraph of each piece.
    """
    a = np.array(choosing, np.int64).reshape(-1, 2)
    b = np.array(candidates, np.int64).reshape(-1, 2)
    after = b[None, :, 0] >= a[:, None, 1]
    gap = np.where(after, b[None, :, 0] - a[:, None, 1], a[:, None, 0] - b[None, :, 1])
    distance = np.searchsorted(DISTANCE_BINS, np.maximum(gap, 1), "left")
    starts = np.sort(b[:, 0])
    between_after = np.searchsorted(starts, b[None, :, 0], "left") - np.searchsorted(
        starts, a[:, None, 1], "right"
    )
    between_before = np.searchsorted(starts, a[:, None, 0], "left") - np.searchsorted(
        starts, b[None, :, 0], "right"
    )
    between = np.clip(np.where(after, between_after, between_before), 0, 3)
    side = np.where(after, 0, 1)
    paragraphs = np.clip(paragraph[b[:, 0]][None] - paragraph[a[:, 0]][:, None], -2, 2)
    features: np.ndarray = np.stack([side * 9 + distance, 18 + side * 4 + between, 28 + paragraphs], axis=-1)
    return features


def span_vectors(link: np.ndarray, role: int, spans: list[Piece]) -> np.ndarray:
    """The vectors of spans in a role: [spans, SPAN_SIZE], from the ``link`` logits of a window."""
    i, j = np.array(spans, np.int64).reshape(-1, 2).T
    k = 2 * role * SPAN_SIZE
    both = link[i, k : k + SPAN_SIZE] + link[j, k + SPAN_SIZE : k + 2 * SPAN_SIZE]
    rectified: np.ndarray = np.maximum(both, 0).astype(np.float64)
    return rectified


def link_log_probabilities(
    link: np.ndarray,
    paragraph: np.ndarray,
    choosing: list[Piece],
    candidates: list[Piece],
    kind: Literal["cue", "source"],
    weights: dict[str, np.ndarray],
) -> np.ndarray:
    """Log-probabilities [choosing, 1 + candidates]; column 0 is "none of them".

    ``kind``: what the candidates are, cues for fragments or sources for cues. Those in another paragraph are rare, and
    cost a penalty.
    """
    of_cue, of_source = SETTINGS.other_paragraph_cue_penalty, SETTINGS.other_paragraph_source_penalty
    penalty = of_cue if kind == "cue" else of_source
    first, second = (FRAGMENT, CUE_HEAD) if kind == "cue" else (CUE_CHOOSING, SOURCE)
    left = span_vectors(link, first, choosing)
    none = left @ weights[f"{kind}_none"] + weights[f"{kind}_none_bias"]
    table = none[:, None]
    if candidates:
        pairs = left @ weights[f"{kind}_bilinear"] @ span_vectors(link, second, candidates).T
        features = pair_features(choosing, candidates, paragraph)
        pairs = pairs + weights[f"{kind}_pair"][features].sum(-1)
        pairs = np.where(features[..., 2] == SAME_PARAGRAPH_FEATURE, pairs, pairs - penalty)
        table = np.concatenate([table, pairs], axis=1)
    table = table - table.max(1, keepdims=True)
    normalised: np.ndarray = table - np.log(np.exp(table).sum(1, keepdims=True))
    return normalised
