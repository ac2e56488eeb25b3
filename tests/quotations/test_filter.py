"""What is kept: what was said, all else for whoever asks for it, nothing doubtful, hearsay always."""

from dataclasses import replace
from typing import get_args

import pytest
import spacy

from quotes.quotations.attribution import Attribution
from quotes.quotations.filter import is_hearsay, is_kept, is_said, is_too_unsure, said_probability
from quotes.types import Act, Keep, QuoteType

TEXT = "Lim believes that the dam will hold. It is believed that the ship has left the port."
DOC = spacy.blank("en")(TEXT)
HOLDS, LEFT = (18, 35), (57, 84)


def attribution(confidence: float = 0.9) -> Attribution:
    """That the dam will hold, as Lim believes."""
    return Attribution((HOLDS,), (4, 12), (0, 3), confidence)


HEARSAY = Attribution((LEFT,), (37, 51), None, 0.01)


def test_places() -> None:
    assert [TEXT[slice(*span)] for span in (HOLDS, LEFT, (4, 12), (37, 51))] == [
        "the dam will hold",
        "the ship has left the port.",
        "believes",
        "It is believed",
    ]


@pytest.mark.parametrize(
    ("kind", "act", "is_clause", "expected"),
    [
        ("indirect", "asserts", False, True),
        ("indirect", "denies", False, True),
        ("indirect", "thinks", True, False),
        ("mixed", "thinks", True, True),
        ("indirect", "requests", True, True),
        ("indirect", "requests", False, False),
        ("direct", "requests", False, True),
        ("direct", "declines", True, False),
    ],
)
def test_what_counts_as_said(kind: QuoteType, act: Act, is_clause: bool, expected: bool) -> None:
    assert is_said(kind, act, is_clause=is_clause) is expected


@pytest.mark.parametrize(
    ("act", "kept_by"), [("asserts", "said thoughts all"), ("thinks", "thoughts all"), ("declines", "all")]
)
def test_each_act_is_kept_for_whoever_asks_for_it(act: Act, kept_by: str) -> None:
    kinds: tuple[Keep, ...] = ("said", "thoughts", "all")
    keepers = [
        k
        for k in kinds
        if is_kept(DOC, TEXT, attribution(), "indirect", act, is_clause=True, said=0.9, keep=k)
    ]
    assert keepers == kept_by.split()


def test_what_is_in_marks_is_never_doubtful() -> None:
    assert not is_too_unsure(TEXT, attribution(0.001), "direct", said=0.9, keep="said")
    assert is_too_unsure(TEXT, attribution(0.001), "mixed", said=0.9, keep="said")


def test_a_long_content_needs_less_where_all_is_wanted() -> None:
    four_words = attribution(0.1)
    assert is_too_unsure(TEXT, four_words, "indirect", said=0.9, keep="said")
    assert not is_too_unsure(TEXT, four_words, "indirect", said=0.9, keep="all")
    two_words = Attribution(((18, 25),), (4, 12), (0, 3), 0.04)
    assert is_too_unsure(TEXT, two_words, "indirect", said=0.9, keep="all")
    assert is_too_unsure(TEXT, replace(two_words, confidence=0.1), "indirect", said=0.9, keep="thoughts")


@pytest.mark.parametrize(("act", "kept_by"), [("thinks", ["all"]), ("requests", ["all"]), ("asserts", [])])
def test_what_a_lower_bar_adds_is_kept_where_all_is_wanted_if_no_assertion(
    act: Act, kept_by: list[Keep]
) -> None:
    doubtful, kinds = replace(attribution(), doubtful=True), get_args(Keep)
    assert [
        k for k in kinds if is_kept(DOC, TEXT, doubtful, "indirect", act, is_clause=True, said=0.9, keep=k)
    ] == kept_by
    assert is_too_unsure(TEXT, replace(doubtful, confidence=0.1), "indirect", said=0.9, keep="all")


def test_hearsay_is_kept_however_doubtful() -> None:
    assert is_hearsay(TEXT, HEARSAY)
    assert is_kept(DOC, TEXT, HEARSAY, "indirect", "asserts", is_clause=True, said=0.9, keep="said")
    one_word = replace(HEARSAY, content=((57, 60),))
    assert not is_kept(DOC, TEXT, one_word, "indirect", "asserts", is_clause=True, said=0.9, keep="said")
    assert not is_hearsay(TEXT, attribution())


def test_a_deed_to_a_thing_is_less_likely_said_than_a_clause_after_a_verb_of_speech() -> None:
    same = {
        "confidence": 1.0,
        "words": 1.5,
        "indirect": 1.0,
        "act asserts": 1.0,
        "source is a name": 1.0,
        "cue is VERB": 1.0,
        "labels of content": 2.0,
        "labels of the content's least sure fifth": 1.0,
        "labels of cue": 4.0,
        "labels of source": 4.0,
        "thinks by the encoder": -8.0,
        "requests by the encoder": -8.0,
        "denies by the encoder": -8.0,
    }
    rejected = {**same, "noun phrase": 1.0, "noun phrase, confidence": 1.0, "cue None": 1.0}
    told = {**same, "begins with that": 1.0, "cue speech": 1.0}
    assert said_probability(rejected) < 0.5 < said_probability(told)
