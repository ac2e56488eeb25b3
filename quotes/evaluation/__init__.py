"""Found quotations against known ones: figures."""

from typing import Any

_METRICS = ("Count", "Figures", "measure", "prf", "table")
_PLACES = dict.fromkeys(_METRICS, "quotes.evaluation.metrics")


def __getattr__(name: str) -> Any:
    from quotes.deprecated import from_new_place

    return from_new_place(__name__, name, _PLACES)
