"""The evidence for a quotation -> the probability that its content and source are right, fitted on known answers."""

import json
import math
from functools import lru_cache
from typing import Any

from quotes.integrity import verified
from quotes.nlp.encoder import MODEL
from quotes.quotations.attribution import Attribution
from quotes.quotations.filter import log_odds
from quotes.types import QuoteType

CALIBRATION = "calibration.json"


def evidence(attribution: Attribution, kind: QuoteType, said: float) -> dict[str, float]:
    """What tells how sure content and source are, by name: the model's confidence, the filter's, type, source, layout.

    ``said``: the probability that the content was said (``filter.said_probability``).
    """
    return {
        "confidence": log_odds(attribution.confidence),
        "said": log_odds(said),
        "direct": float(kind == "direct"),
        "mixed": float(kind == "mixed"),
        "no source": float(attribution.source is None),
        "by layout": float(attribution.by_layout),
    }


def probability(attribution: Attribution, kind: QuoteType, said: float) -> float:
    """The probability that a quotation's content and source are right, by a logistic model (``training/calibrate.py``).

    Says nothing about the speaker whom the source refers to.
    """
    model = _model()
    terms = (model["weights"][name] * x for name, x in evidence(attribution, kind, said).items())
    return 1 / (1 + math.exp(-math.fsum([model["intercept"], *terms])))


@lru_cache(maxsize=1)
def _model() -> dict[str, Any]:
    """A weight for each piece of evidence, and the intercept."""
    model: dict[str, Any] = json.loads(verified(MODEL / CALIBRATION))
    return model
