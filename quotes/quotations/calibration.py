"""The evidence for a quotation -> the probability that its content and source are right, fitted on known answers."""

from quotes.quotations.attribution import Attribution
from quotes.quotations.logistic import log_odds, probability
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


def right_probability(attribution: Attribution, kind: QuoteType, said: float) -> float:
    """The probability that a quotation's content and source are right, by a logistic model (``training/calibrate.py``).

    Says nothing about the speaker whom the source refers to.
    """
    return probability(CALIBRATION, evidence(attribution, kind, said))
