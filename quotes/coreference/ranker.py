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
ROWS_AT_ONCE = 64  # whose places in all trees stay within a processor's cache
LEAF_UNIT = 4096  # leaves are stored in this part of a nat
# Of 1 + x / 4096, which is 2^12: exp(x) by multiplication alone, which every processor does alike
SQUARINGS = 12


Row = dict[str, float]


class Rows(NamedTuple):
    """The features of the candidates of one case: what is the same for all of them, and what each has of its own."""

    shared: Row
    own: list[Row]


class _Columns(dict[str, int]):
    """The columns of features; one behind the last for an unknown feature."""

    def __missing__(self, name: str) -> int:
        return len(self)


class Ranker:
    """Trees over named features. ``arrays``: as they are stored.

    Per pass ``feature``, ``threshold``, ``left``, ``right`` of each node, ``value`` of each leaf, ``root`` of each tree
    (children and roots below 0 are leaves: -1 is the first). ``temperature`` divides the scores of a form.
    """

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.features = _Columns((str(name), n) for n, name in enumerate(arrays["features"]))
        self.passes = [_trees(arrays, number) for number in range(int(arrays["passes"]))]
        self.temperature = arrays["temperature"]

    def scores(self, number: int, blocks: Sequence[Rows]) -> np.ndarray:
        """The score of each row of some cases by the trees of a pass, in parts of a nat."""
        table = self.table(blocks)
        starts = range(0, len(table), ROWS_AT_ONCE)
        parts = [self._sums(number, table[start : start + ROWS_AT_ONCE]) for start in starts]
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)

    def _sums(self, number: int, table: np.ndarray) -> np.ndarray:
        """The sums of the leaves that each row comes to: one step down in all trees at a time."""
        trees, count = self.passes[number], len(table)
        answers = table[:, trees["feature"]] > trees["threshold"]  # of each row to each question
        nodes = np.repeat(trees["root"], count)  # tree after tree
        rows = np.tile(np.arange(count) * answers.shape[1], len(trees["root"]))
        inner = np.flatnonzero(nodes >= 0)
        at, rows = nodes.take(inner), rows.take(inner)
        while inner.size:
            goes_right = answers.take(rows + trees["question"].take(at))
            nodes[inner] = below = trees["children"].take(2 * at + goes_right)
            is_inner = np.flatnonzero(below >= 0)
            inner, at, rows = inner.take(is_inner), below.take(is_inner), rows.take(is_inner)
        sums: np.ndarray = trees["value"].take(-1 - nodes).reshape(-1, count).sum(0)
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


def _trees(arrays: Mapping[str, Any], number: int) -> dict[str, np.ndarray]:
    """The trees of a pass, indexes as numpy takes them fastest; ``children`` are the left and right ones in turn.

    Thousands of nodes ask a few hundred different questions: ``question`` is that of each node, ``feature`` and
    ``threshold`` are those of each question.
    """
    feature, left, right, value, root = (
        arrays[f"{name}_{number}"].astype(np.int64) for name in ("feature", "left", "right", "value", "root")
    )
    children = np.stack([left, right], axis=1).ravel()
    asked = np.stack([feature, arrays[f"threshold_{number}"]], axis=1)
    questions, question = np.unique(asked, axis=0, return_inverse=True)
    return {
        "feature": questions[:, 0].astype(np.int64),
        "threshold": questions[:, 1],
        "question": question.ravel(),
        "children": children,
        "value": value,
        "root": root,
    }


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
