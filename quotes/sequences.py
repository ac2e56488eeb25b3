"""Viterbi decoding of B/I labels, and spanning trees: the two exact searches over the encoder's scores."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Log-probabilities along the last axis."""
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def viterbi(logp: np.ndarray, *, breaks: Sequence[int] = ()) -> np.ndarray:
    """The best label sequence where I-x only follows B-x or I-x.

    ``logp`` is [pieces, 1 + 2k], labels O, B-1, I-1, B-2, ...; at ``breaks`` (piece indexes) no span goes on.
    Where O is all but certain the search restarts, which costs nothing and saves most of the time.
    """
    length, count = logp.shape
    labels = np.zeros(length, np.int64)
    if not length:
        return labels
    forbidden = np.zeros((count, count))
    for inner in range(2, count, 2):
        forbidden[:, inner] = -1e4
        forbidden[inner, inner] = forbidden[inner - 1, inner] = 0
    starts = np.where(np.arange(count) % 2 == 0, -1e4, 0.0)
    starts[0] = 0
    busy = logp[:, 0] < np.log(0.998)
    edges = np.flatnonzero(np.diff(busy.astype(np.int8), prepend=0, append=0))
    cuts = set(breaks)
    for a, b in edges.reshape(-1, 2):
        inner_cuts = [a, *(c for c in range(a + 1, b) if c in cuts), b]
        for first, last in pairwise(inner_cuts):
            labels[first:last] = _best(logp[first:last], forbidden, starts)
    return labels


def _best(logp: np.ndarray, forbidden: np.ndarray, starts: np.ndarray) -> np.ndarray:
    score = logp[0] + starts
    pointers = np.zeros(logp.shape, np.int64)
    for t in range(1, len(logp)):
        table = score[:, None] + forbidden
        pointers[t] = table.argmax(0)
        score = table[pointers[t], np.arange(len(score))] + logp[t]
    labels = [int(score.argmax())]
    for t in range(len(logp) - 1, 0, -1):
        labels.append(int(pointers[t][labels[-1]]))
    return np.array(labels[::-1])


def spans_of(labels: np.ndarray) -> list[tuple[int, int, int]]:
    """(kind, first, last) of each span in a B/I sequence; kinds count from 0."""
    found: list[tuple[int, int, int]] = []
    begin = -1
    for i, label in enumerate([*labels.tolist(), 0]):
        if begin >= 0 and (label == 0 or label % 2 == 1):
            found.append(((int(labels[begin]) - 1) // 2, begin, i - 1))
            begin = -1
        if label % 2 == 1:
            begin = i
    return found


def tree(scores: np.ndarray) -> np.ndarray:
    """Heads of the best tree with one root: int array [words], a root is its own head.

    ``scores[child, head]`` are the arc scores; the diagonal scores being the root. Greedy choice, repaired by
    Chu-Liu/Edmonds where it has a cycle.
    """
    count = len(scores)
    diagonal = scores.diagonal().copy()
    arcs = scores.copy()
    np.fill_diagonal(arcs, -np.inf)
    if count == 1:
        return np.zeros(1, np.int64)
    root = int((diagonal - arcs.max(1)).argmax())
    arcs[root] = -np.inf
    heads = arcs.argmax(1)
    heads[root] = root
    if not _cycle(heads):
        return heads
    heads = _edmonds(arcs, root)
    heads[root] = root
    return heads


def _cycle(heads: np.ndarray) -> list[int]:
    """One cycle among the heads (a root that is its own head does not count), or nothing."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        node = start
        while state[node] == 0 and heads[node] != node:
            state[node] = start + 1
            path.append(node)
            node = int(heads[node])
        if heads[node] != node and state[node] == start + 1 and node in path:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = start + 1
        state[node] = start + 1 if state[node] == 0 else state[node]
    return []


def _edmonds(arcs: np.ndarray, root: int) -> np.ndarray:
    """Maximum arborescence by contraction; ``arcs[child, head]``, the root's row is not used."""
    heads = arcs.argmax(1)
    heads[root] = root
    cycle = _cycle(heads)
    if not cycle:
        return heads
    outside = [i for i in range(len(arcs)) if i not in set(cycle)]
    new = len(outside)
    small = np.full((new + 1, new + 1), -np.inf)
    small[:new, :new] = arcs[np.ix_(outside, outside)]
    kept = arcs[cycle, heads[cycle]]
    entering = arcs[np.ix_(cycle, outside)] - kept[:, None]  # a head outside for one child of the cycle
    small[new, :new] = entering.max(0)
    enters = entering.argmax(0)
    leaving = arcs[np.ix_(outside, cycle)]
    small[:new, new] = leaving.max(1)
    leaves = leaving.argmax(1)
    inner = _edmonds(small, outside.index(root))
    result = heads.copy()
    for k, child in enumerate(outside):
        result[child] = cycle[leaves[k]] if inner[k] == new else outside[inner[k]]
    entry = int(inner[new])
    result[cycle[enters[entry]]] = outside[entry]
    result[root] = root
    return result
