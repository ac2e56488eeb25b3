"""The ranker: boosted trees that score each candidate of a source, and the probability of each that follows.

Mention ranking (Denis and Baldridge 2008) with gradient-boosted trees (Ke et al. 2017, LightGBM), trained by
``training/train_resolver.py``. Thresholds are compared as they are and the leaves are whole numbers, so that every
processor comes to the same sums.
"""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from quotes.integrity import verified

PATH = Path(__file__).parent.parent / "model" / "resolver.npz"
ROWS_AT_ONCE = 128  # whose leaves in all trees stay within a processor's cache
LEAF_UNIT = 4096  # leaves are stored in this part of a nat
FLOAT_FRACTION, FLOAT_BIAS = 23, 127  # bits of a float32's fraction, and what is added to its exponent
# Of 1 + x / 4096, which is 2^12: exp(x) by multiplication alone, which every processor does alike
SQUARINGS = 12


Row = dict[str, float]


class Rows(NamedTuple):
    """The features of the candidates of one case: what is the same for all of them, and what each has of its own."""

    shared: Row
    own: list[Row]
    is_nominal: bool = False  # noun phrases have trees of their own


class _Columns(dict[str, int]):
    """The columns of features; one behind the last for an unknown feature."""

    def __missing__(self, name: str) -> int:
        return len(self)


class Ranker:
    """Trees over named features. ``arrays``: as they are stored.

    Each pass has two forests, for all but noun phrases and for these: ``feature``, ``threshold``, ``left``, ``right``
    of each node, ``value`` of each leaf, ``root`` of each tree (children and roots below 0 are leaves, -1 the first).
    ``temperature`` divides the scores of a form.
    """

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.features = _Columns((str(name), n) for n, name in enumerate(arrays["features"]))
        self.forests = [_trees(arrays, number) for number in range(2 * int(arrays["passes"]))]
        self.temperature = arrays["temperature"]

    def scores(self, number: int, blocks: Sequence[Rows]) -> np.ndarray:
        """The score of each row of some cases by the trees of a pass, in parts of a nat."""
        table = self.table(blocks)
        scores = np.zeros(len(table), np.int64)
        is_nominal = np.repeat([block.is_nominal for block in blocks], [len(block.own) for block in blocks])
        for kind, trees in enumerate(self.forests[2 * number : 2 * number + 2]):
            rows = np.flatnonzero(is_nominal == bool(kind))
            for start in range(0, len(rows), ROWS_AT_ONCE):
                part = rows[start : start + ROWS_AT_ONCE]
                scores[part] = self._sums(trees, table[part])
        return scores

    def _sums(self, trees: "_Trees", table: np.ndarray) -> np.ndarray:
        """The sums of the leaves that each row comes to, in all trees at a time.

        As a set of bits, those leaves of a tree stay that no answer rules out; the first of them is the row's (Lucchese
        et al., "QuickScorer", 2015).
        """
        goes_left = table.T[trees.feature] <= trees.threshold[:, None]  # of each question and row
        stays = -goes_left.astype(trees.right.dtype)  # all bits, or none
        leaves = stays[trees.question[0]] | trees.right[0]
        for question, right in zip(trees.question[1:], trees.right[1:], strict=True):
            leaves &= stays[question] | right
        first = leaves & -leaves
        number_of_first = (first.astype(np.float32).view(np.int32) >> FLOAT_FRACTION) - FLOAT_BIAS
        sums: np.ndarray = trees.value.take(number_of_first + trees.begin).sum(0)
        return sums

    def table(self, blocks: Sequence[Rows]) -> np.ndarray:
        """Rows of named features as columns; what a row lacks is 0."""
        sizes = [len(block.own) for block in blocks]
        table = np.zeros((sum(sizes), len(self.features) + 1))  # the last for what the trees do not know
        column, first = self.features.__getitem__, 0
        for block, size in zip(blocks, sizes, strict=True):
            table[first : first + size, list(map(column, block.shared))] = list(block.shared.values())
            first += size
        rows = [row for block in blocks for row in block.own]
        columns: list[int] = []
        values: list[float] = []
        for row in rows:
            columns += map(column, row)
            values += row.values()
        table[np.repeat(np.arange(len(rows)), [len(row) for row in rows]), columns] = values
        return table[:, :-1]

    def probabilities(self, scores: Sequence[int], form: int) -> list[float]:
        """The probability of each candidate of one source, by their scores."""
        scaled = [int(score) / (LEAF_UNIT * float(self.temperature[form])) for score in scores]
        best = max(scaled)
        powers = [exp(score - best) for score in scaled]
        total = sum(powers)
        return [power / total for power in powers]


class _Trees(NamedTuple):
    """A forest, with their leaves from left to right.

    Thousands of nodes ask a few hundred different questions: ``feature`` and ``threshold`` are those of each question.
    """

    feature: np.ndarray
    threshold: np.ndarray
    question: np.ndarray  # [nodes of a tree, trees]
    right: np.ndarray  # [nodes of a tree, trees, 1]: the leaves that stay where a row goes right, a bit each
    value: np.ndarray  # of each leaf of all trees
    begin: np.ndarray  # [trees, 1]: the first leaf of each tree among them


def _trees(arrays: Mapping[str, Any], number: int) -> _Trees:
    feature, threshold, left, right, value, roots = (
        arrays[f"{name}_{number}"] for name in ("feature", "threshold", "left", "right", "value", "root")
    )
    questions, asked = np.unique(
        np.stack([feature.astype(np.float64), threshold], axis=1), axis=0, return_inverse=True
    )
    children = np.stack([left, right], axis=1).tolist()
    nodes: list[list[tuple[int, int]]] = []  # of each tree: a node, and the bits of the leaves to its left
    leaves: list[list[int]] = []

    def visit(node: int) -> int:
        """The bits of the leaves below a node."""
        if node < 0:
            leaves[-1].append(-1 - node)
            return 1 << len(leaves[-1]) - 1
        to_left = visit(children[node][0])
        nodes[-1].append((node, to_left))
        return to_left | visit(children[node][1])

    for root in roots.tolist():
        nodes.append([])
        leaves.append([])
        visit(root)
    most = max(map(len, leaves), default=1)
    bits = np.dtype(f"u{next(size for size in (2, 4, 8) if most <= 8 * size)}")
    question = np.zeros((max(most - 1, 1), len(roots)), np.int64)
    stay = np.full((*question.shape, 1), -1 & (1 << 8 * bits.itemsize) - 1, bits)
    for tree, inner in enumerate(nodes):
        for place, (node, to_left) in enumerate(inner):
            question[place, tree] = asked.ravel()[node]
            stay[place, tree] -= bits.type(to_left)
    sizes = [len(of_tree) for of_tree in leaves]
    order = [leaf for of_tree in leaves for leaf in of_tree]
    begin = (np.cumsum(sizes, dtype=np.int64) - sizes)[:, None]
    return _Trees(
        questions[:, 0].astype(np.int64),
        questions[:, 1],
        question,
        stay,
        value[order].astype(np.int64),
        begin,
    )


def exp(x: float) -> float:
    """e to the power of x, for x up to 0, to four places.

    >>> round(exp(0.0), 3), round(exp(-1.0), 3)
    (1.0, 0.368)
    """
    power: float = max(0.0, 1 + x / 4096)
    for _ in range(SQUARINGS):
        power *= power
    return power


@cache
def ranker() -> Ranker:
    """The trees that belong to this version, read once per process."""
    with np.load(io.BytesIO(verified(PATH))) as arrays:
        return Ranker(dict(arrays))
