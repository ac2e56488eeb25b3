"""The order of speakers that the ranker sees."""

from collections.abc import Sequence

import pytest

from quotes.coreference.places import _others
from quotes.coreference.referents import Referent

ANA, BEN, CY = (Referent(None, (i,)) for i in range(3))


@pytest.mark.parametrize(
    ("speakers", "other"),
    [
        ([], None),
        ([ANA], None),
        ([ANA, ANA], None),
        ([ANA, BEN], ANA),
        ([ANA, BEN, BEN], ANA),
        ([ANA, BEN, None], BEN),
        ([ANA, None, BEN, None, BEN], ANA),
        ([CY, ANA, BEN, ANA], BEN),
    ],
)
def test_the_nearest_speaker_who_is_not_the_last_one(
    speakers: Sequence[Referent | None], other: Referent | None
) -> None:
    assert _others(speakers)[len(speakers)] == other
