"""The ranker: boosted trees that score each candidate of a source, and the probability of each that follows.

Mention ranking (Denis and Baldridge 2008) with gradient-boosted trees (Ke et al. 2017, LightGBM), trained by
``training/train_resolver.py``. Thresholds are compared as they are and the leaves are whole numbers, so that every
processor comes to the same sums.
"""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from quotes.integrity import verified

PATH = Path(__file__).parent.parent / "model" / "resolver.npz"
LEAF_UNIT = 4096  # leaves are stored in this part of a nat
SQUARINGS = (
    12  # of 1 + x / 4096, which is 2^12: exp(x) by multiplication alone, which every processor does alike
)


class Ranker:
    """Trees over named features. ``arrays``: as they are stored.

    Per pass ``feature``, ``threshold``, ``left``, ``right`` of each node, ``value`` of each leaf, ``root`` of each tree
    (children and roots below 0 are leaves: -1 is the first). ``temperature`` divides the scores of a form.
    """

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.features = {str(name): n for n, name in enumerate(arrays["features"])}
        self.passes = [
            {
                name: arrays[f"{name}_{n}"]
                for name in ("feature", "threshold", "left", "right", "value", "root")
            }
            for n in range(int(arrays["passes"]))
        ]
        self.temperature = arrays["temperature"]

    def scores(self, number: int, rows: Sequence[Mapping[str, float]]) -> np.ndarray:
        """The score of each row by the trees of a pass, in parts of a nat."""
        table = self.table(rows)
        trees = self.passes[number]
        sums = np.zeros(len(rows), np.int64)
        every = np.arange(len(rows))
        for root in trees["root"]:
            node = np.full(len(rows), root)
            while (inner := node >= 0).any():
                at, rows_inside = node[inner], every[inner]
                goes_left = table[rows_inside, trees["feature"][at]] <= trees["threshold"][at]
                node[inner] = np.where(goes_left, trees["left"][at], trees["right"][at])
            sums += trees["value"][-1 - node]
        return sums

    def table(self, rows: Sequence[Mapping[str, float]]) -> np.ndarray:
        """Rows of named features as columns; what a row lacks is 0."""
        table = np.zeros((len(rows), len(self.features)))
        for number, row in enumerate(rows):
            for name, value in row.items():
                column = self.features.get(name)
                if column is not None:
                    table[number, column] = value
        return table

    def probabilities(self, scores: Sequence[int], form: int) -> list[float]:
        """The probability of each candidate of one source, by their scores."""
        scaled = [int(score) / (LEAF_UNIT * float(self.temperature[form])) for score in scores]
        best = max(scaled)
        powers = [exp(score - best) for score in scaled]
        total = sum(powers)
        return [power / total for power in powers]


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
