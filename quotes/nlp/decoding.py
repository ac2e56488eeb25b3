"""Viterbi decoding of B/I labels, and spanning trees: the two exact searches over the encoder's scores."""

from collections.abc import Sequence
from operator import add

import numpy as np

CERTAINLY_OUTSIDE = 0.998  # probability of O from which no span begins, goes on or ends at a piece

FORBIDDEN = -1e4  # added to the score of a span that goes on without having begun


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Log-probabilities along the last axis."""
    logits = logits.astype(np.float64)  # so that no decision hangs on digits in which processors differ
    shifted = logits - logits.max(-1, keepdims=True)
    normalised: np.ndarray = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return normalised


def viterbi(logp: np.ndarray, *, breaks: Sequence[int] = ()) -> np.ndarray:
    """The likeliest sequence of BIO labels: I-x only follows B-x or I-x.

    ``logp`` is [pieces, 1 + 2k], labels O, B-1, I-1, B-2, ...; at ``breaks`` (piece indexes) no span goes on.
    Where O is nearly certain the search starts anew, which costs no accuracy and saves most of the time. Nor is there
    anything to search where the likeliest labels of the pieces, one by one, are a sequence already.
    """
    length = len(logp)
    if not length:
        return np.zeros(length, np.int64)
    busy = logp[:, 0] < np.log(CERTAINLY_OUTSIDE)
    changes = np.flatnonzero(np.diff(busy.astype(np.int8)) != 0) + 1
    bounds = np.unique([0, *changes.tolist(), *breaks, length])
    labels: np.ndarray = np.where(busy, logp.argmax(1), 0)
    before = np.roll(labels, 1)
    before[bounds[:-1]] = 0
    goes_on = (labels > 0) & (labels % 2 == 0)
    impossible = np.flatnonzero(goes_on & (before != labels) & (before != labels - 1))
    for stretch in np.unique(np.searchsorted(bounds, impossible, "right")).tolist():
        first, last = bounds[stretch - 1], bounds[stretch]
        labels[first:last] = _best_path(logp[first:last].tolist())
    return labels


def _best_path(rows: list[list[float]]) -> list[int]:
    """The likeliest path: Viterbi (1967). ``rows`` are log-probabilities.

    All labels but I-x, which are the even ones, follow the best label before them, whichever it is. Numbers in lists:
    stretches are short, and a row has few labels.
    """
    score = rows[0][:]
    score[2::2] = [value + FORBIDDEN for value in score[2::2]]
    scores = [score]
    for row in rows[1:]:
        best, inside = max(score), map(max, score[1::2], score[2::2])
        score = [best + value for value in row]
        score[2::2] = map(add, inside, row[2::2])
        scores.append(score)
    label = score.index(max(score))
    labels = [label]
    for score in reversed(scores[:-1]):
        if label and label % 2 == 0:
            label -= score[label - 1] >= score[label]
        else:
            label = score.index(max(score))
        labels.append(label)
    return labels[::-1]


def bio_spans(labels: np.ndarray) -> list[tuple[int, int, int]]:
    """The spans (kind, first, last) that a sequence of BIO labels marks; kinds count from 0.

    >>> bio_spans(np.array([0, 1, 2, 0, 3]))
    [(0, 1, 2), (1, 4, 4)]
    """
    spans: list[tuple[int, int, int]] = []
    begin = -1
    for i, label in enumerate([*labels.tolist(), 0]):
        if begin >= 0 and (label == 0 or label % 2 == 1):
            spans.append(((int(labels[begin]) - 1) // 2, begin, i - 1))
            begin = -1
        if label % 2 == 1:
            begin = i
    return spans


def spanning_tree(scores: np.ndarray) -> np.ndarray:
    """The heads of a dependency tree with one root: int array [words], the root is its own head.

    ``scores[child, head]`` are the arc scores; the diagonal scores being the root. Each word takes its best head;
    then each cycle is opened where that costs least. Nearly always the maximum spanning tree (Chu & Liu 1965, Edmonds
    1967), in little memory for any length.
    """
    count = len(scores)
    diagonal = scores.diagonal().copy()
    arcs = scores.copy()
    np.fill_diagonal(arcs, -np.inf)
    if count == 1:
        return np.zeros(1, np.int64)
    root = int((diagonal - arcs.max(1)).argmax())
    heads: np.ndarray = arcs.argmax(1)
    heads[root] = root
    while cycle := _cycle(heads):
        outside = ~_descendants(heads, cycle[0])
        table = np.where(outside[None], arcs[cycle], -np.inf)
        loss = arcs[cycle, heads[cycle]] - table.max(1)
        weakest = int(loss.argmin())
        heads[cycle[weakest]] = int(table[weakest].argmax())
    return heads


def _cycle(heads: np.ndarray) -> list[int]:
    """The nodes of one cycle among the heads, or an empty list. A root that is its own head is no cycle."""
    visit = [0] * len(heads)
    head_of = heads.tolist()
    for start in range(len(head_of)):
        path: list[int] = []
        node = start
        while not visit[node] and head_of[node] != node:
            visit[node] = start + 1
            path.append(node)
            node = head_of[node]
        if visit[node] == start + 1 and head_of[node] != node:
            return path[path.index(node) :]
        visit[node] = visit[node] or start + 1
    return []


def _descendants(heads: np.ndarray, node: int) -> np.ndarray:
    """A mask of the words that depend, at any depth, on a node of a cycle (the cycle's own words too)."""
    below = np.zeros(len(heads), bool)
    below[node] = True
    while True:
        more = below | below[heads]
        if (more == below).all():
            return below
        below = more
