"""How sure content and source are: by the model, by whether the words were said, by what there is of a source."""

from dataclasses import replace

import pytest

from quotes.quotations.attribution import Attribution
from quotes.quotations.calibration import right_probability

FOUND = Attribution(((10, 40),), (4, 8), (0, 3), confidence=0.9)


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ((FOUND, 0.9), (replace(FOUND, confidence=0.4), 0.9)),
        ((FOUND, 0.9), (FOUND, 0.4)),
        ((FOUND, 0.9), (replace(FOUND, source=None), 0.9)),
        ((replace(FOUND, by_layout=True), 0.9), (FOUND, 0.9)),
    ],
    ids=["the model's own", "that it was said", "a source", "by layout"],
)
def test_what_makes_a_quotation_surer(
    surer: tuple[Attribution, float], less_sure: tuple[Attribution, float]
) -> None:
    for kind in ("direct", "mixed", "indirect"):
        high, low = (right_probability(one, kind, said) for one, said in (surer, less_sure))
        assert 0 < low < high < 1
