"""The learned decision: how likely two contents of one speaker are one claim, by a logistic model.

``training/train_pairs.py`` fits it and writes ``model/statements.json``: how rare words are, the models, and the
probabilities from which something follows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp
from pathlib import Path
from typing import Any

from quotes.integrity import verified

WEIGHTS = Path(__file__).parent.parent / "model" / "statements.json"
PROBABILITY_DIGITS = 4  # decimals of a probability


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: a weight for each feature."""

    bias: float
    weights: dict[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability, rounded so that it is the same on every processor."""
        odds = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return round(1 / (1 + exp(-max(-30.0, min(30.0, odds)))), PROBABILITY_DIGITS)


class PairModel:
    """What was learned of pairs of contents.

    ``words`` is the model of the first stage, ``meaning`` that of the second; a pair goes on to the second where the
    first gives ``second_stage`` at least. From ``merge`` two are one claim, but only from ``entry`` two wordings alone
    make a statement of several: below, there must be others that are surer. ``likely``, from ``perhaps``, is for what
    is told but not merged: it was fitted without the near misses that were written, which make ``meaning`` careful.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.second_stage, self.merge, self.entry, self.perhaps = (
            float(data[name]) for name in ("second_stage", "merge", "entry", "perhaps")
        )
        self._rarities: dict[str, float] = data["rarities"]
        self._unknown = float(data["rarity_unknown"])

    @cached_property
    def words(self) -> Logistic:
        """The model of the first stage."""
        return Logistic(**self._data["words"])

    @cached_property
    def meaning(self) -> Logistic:
        """The model of the second stage."""
        return Logistic(**self._data["meaning"])

    @cached_property
    def likely(self) -> Logistic:
        """The model of what is likely."""
        return Logistic(**self._data["likely"])

    def rarity(self, stem: str) -> float:
        """How rare a stem is in news: the logarithm of all articles by those that have it."""
        return self._rarities.get(stem, self._unknown)


@lru_cache(maxsize=1)
def pair_model() -> PairModel:
    """The model of the package."""
    return PairModel(json.loads(verified(WEIGHTS)))
