"""What is kept: thoughts for whoever asks for them, nothing doubtful, hearsay always."""

import pytest

from quotes.quotations.attribution import Attribution
from quotes.quotations.filter import is_hearsay, is_kept, is_thought, is_too_unsure
from quotes.types import QuoteType

TEXT = "Lim believes that the dam will hold. It is believed that the ship has left the port."
HOLDS, LEFT = (18, 35), (57, 84)


def attribution(confidence: float = 0.9, thought: float = 0.9) -> Attribution:
    """That the dam will hold, as Lim believes."""
    return Attribution((HOLDS,), (4, 12), (0, 3), confidence, thought)


HEARSAY = Attribution((LEFT,), (37, 51), None, 0.01, 0.9)


def test_places() -> None:
    assert [TEXT[slice(*span)] for span in (HOLDS, LEFT, (4, 12), (37, 51))] == [
        "the dam will hold",
        "the ship has left the port.",
        "believes",
        "It is believed",
    ]


@pytest.mark.parametrize(
    ("kind", "thought", "expected"),
    [("indirect", 0.9, True), ("indirect", 0.4, False), ("mixed", 0.9, False), ("direct", 0.9, False)],
)
def test_thoughts_are_never_in_marks(kind: QuoteType, thought: float, expected: bool) -> None:
    assert is_thought(TEXT, attribution(thought=thought), kind) is expected


def test_thoughts_are_for_whoever_asks() -> None:
    assert is_kept(TEXT, attribution(), "indirect", thoughts=True)
    assert not is_kept(TEXT, attribution(), "indirect", thoughts=False)
    assert is_kept(TEXT, attribution(thought=0.1), "indirect", thoughts=False)


def test_what_is_in_marks_is_never_doubtful() -> None:
    assert not is_too_unsure(TEXT, attribution(0.001), "direct", thoughts=False)
    assert is_too_unsure(TEXT, attribution(0.001), "mixed", thoughts=False)


def test_a_long_content_needs_less_where_thoughts_are_wanted() -> None:
    four_words = attribution(0.1, thought=0.1)
    assert is_too_unsure(TEXT, four_words, "indirect", thoughts=False)
    assert not is_too_unsure(TEXT, four_words, "indirect", thoughts=True)
    two_words = Attribution(((18, 25),), (4, 12), (0, 3), 0.1)
    assert is_too_unsure(TEXT, two_words, "indirect", thoughts=True)


def test_hearsay_is_kept_however_doubtful() -> None:
    assert is_hearsay(TEXT, HEARSAY)
    assert not is_thought(TEXT, HEARSAY, "indirect")
    assert is_kept(TEXT, HEARSAY, "indirect", thoughts=False)
    assert not is_hearsay(TEXT, attribution())
