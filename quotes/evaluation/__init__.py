"""Found quotations against known ones: figures."""

from quotes.deprecated import moved

_METRICS = ("Count", "Figures", "measure", "prf", "table")
__getattr__ = moved(__name__, dict.fromkeys(_METRICS, "quotes.evaluation.metrics"))
