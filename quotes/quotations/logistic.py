"""Logistic regressions of the package: evidence by name -> a probability."""

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from quotes.integrity import verified
from quotes.nlp.encoder import MODEL

FARTHEST = 8.0  # in log odds: what a probability near 0 or 1 counts as at most


@lru_cache(maxsize=4)
def regression(name: str) -> dict[str, Any]:
    """What a file of the model has: ``weights`` by evidence, the ``intercept``, and thresholds if there are any."""
    fitted: dict[str, Any] = json.loads(verified(MODEL / name))
    return fitted


def probability(name: str, evidence: Mapping[str, float], more: float = 0.0) -> float:
    """The probability by the regression of a file; evidence without a weight counts nothing. ``more`` log odds."""
    fitted = regression(name)
    terms = (fitted["weights"].get(feature, 0.0) * x for feature, x in evidence.items())
    total = math.fsum([fitted["intercept"], more, *terms])
    return 1 / (1 + math.exp(-max(-FARTHEST, min(FARTHEST, total))))


def log_odds(probability: float) -> float:
    """The log odds of a probability, within bounds."""
    bound = 1 / (1 + math.exp(FARTHEST))
    x = min(max(probability, bound), 1 - bound)
    return math.log(x / (1 - x))
