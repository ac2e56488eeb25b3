"""The model's own confidence -> the probability that content and source are right, fitted on known answers."""

import json
from functools import lru_cache

import numpy as np

from quotes.integrity import verified
from quotes.nlp.encoder import MODEL

CALIBRATION = "calibration.json"


@lru_cache(maxsize=1)
def _curves() -> dict[str, dict[str, list[float]]]:
    return json.loads(verified(MODEL / CALIBRATION))


def probability(kind: str, raw: float) -> float:
    """For a quotation of a type ("direct", "mixed", "indirect"): how often such a raw confidence was right."""
    curve = _curves()[kind]
    return float(np.interp(raw, curve["raw"], curve["right"]))
