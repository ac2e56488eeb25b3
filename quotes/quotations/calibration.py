"""The model's own confidence -> the probability that content and source are right, fitted on known answers."""

import json
from functools import lru_cache

import numpy as np

from quotes.integrity import verified
from quotes.nlp.encoder import MODEL

CALIBRATION = "calibration.json"


@lru_cache(maxsize=1)
def _curves() -> dict[str, dict[str, list[float]]]:
    """Per type of quotation, points of a curve: raw confidences and the share that was right."""
    curves: dict[str, dict[str, list[float]]] = json.loads(verified(MODEL / CALIBRATION))
    return curves


def probability(kind: str, raw: float) -> float:
    """The probability that a quotation's content and source are right, given the model's own confidence.

    ``kind``: "direct", "mixed" or "indirect"; each has a curve (isotonic, fitted by ``training/calibrate.py``). Says
    nothing about the speaker whom the source refers to.
    """
    curve = _curves()[kind]
    return float(np.interp(raw, curve["raw"], curve["right"]))
