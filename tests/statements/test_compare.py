"""Each kind of evidence that two wordings are one utterance, and each objection, by a pair that has it."""

import logging
from typing import Any

import pytest

from quotes.statements import compare, contradiction
from quotes.statements.compare import EVIDENCE, RELATED, UNDECIDED, UNRELATED, compare_pair
from quotes.statements.contradiction import OBJECTIONS
from quotes.statements.normalise import normalise
from quotes.statements.pair import Pair


def pair(a: str, b: str, cosine: float | None = 0.8, **more: Any) -> Pair:
    """A pair of contents; one whose words are all the speaker's own ends with a full stop."""
    texts = (normalise(text, direct=text.endswith(".")) for text in (a, b))
    return Pair(*texts, cosine, **more)


BRIDGE = "The old bridge at the harbour will stay closed until every bolt has been checked."
SLAP = ("it was “a slap in the face” for all", "We take this strike as a slap in the face of the town.")
EVIDENT = [
    ("verbatim_run", pair(BRIDGE, "the old bridge at the harbour will stay closed until every bolt is new")),
    (
        "words_with_gaps",
        pair("The mill paid … every single fine.", "The mill paid late but every single fine."),
    ),
    ("kept_fragment", pair(*SLAP)),
    (
        "moved_fragment",
        pair(
            "he wants “cheaper tickets for old people on ferries”",
            "On ferries people get cheaper tickets.",
            0.4,
        ),
    ),
    (
        "moved_words",
        pair(
            "The harbour council ferries workers home.",
            "workers home by ferries, the harbour council said",
            days=9,
        ),
    ),
    (
        "paraphrase",
        pair(
            "that the council delays the harbour bridge repairs",
            "the harbour bridge repairs are put off by it",
            0.9,
        ),
    ),
]
OBJECTED = [
    ("negated", pair(BRIDGE, BRIDGE.replace("will", "will not"))),
    ("negated", pair(BRIDGE, BRIDGE, flipped=True)),
    ("other_numbers", pair("we need 12 new ferries for the lake", "they need 19 new ferries for that lake")),
    ("other_names", pair("we will talk to Karlsen about wages", "they want to talk with Lunde about some wages")),
    ("substituted", pair("The ferry to Lunde sails at noon tomorrow.", "The ferry to Karlsen sails at noon tomorrow.")),
    ("exchanged", pair("the goalkeeper injured the referee", "the referee injured the goalkeeper")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "having"), EVIDENT)
def test_the_first_evidence_that_holds_decides(name: str, having: Pair) -> None:
    assert not any(objection(having) for objection in OBJECTIONS)
    holding = [evidence.__name__ for evidence in EVIDENCE if evidence(having)]
    assert holding[0] == name
    assert compare_pair(having) == getattr(compare, name)(having)
    assert compare_pair(having).same


@pytest.mark.parametrize(("name", "having"), OBJECTED)
def test_an_objection_outweighs_all_evidence(name: str, having: Pair) -> None:
    assert getattr(contradiction, name)(having)
    decision = compare_pair(having)
    assert (decision.same, decision.conflict) == (False, True)


def test_every_kind_has_a_pair() -> None:
    assert {name for name, _ in EVIDENT} == {evidence.__name__ for evidence in EVIDENCE}
    assert {name for name, _ in OBJECTED} == {objection.__name__ for objection in OBJECTIONS}


def test_without_evidence_the_embeddings_tell_how_far_apart_they_are() -> None:
    a, b = (
        "the harbour bridge is closed for repairs",
        "a new bridge in the harbour cost more than the repairs of roads",
    )
    assert compare_pair(pair(a, b, 0.65, days=40)) == RELATED
    assert compare_pair(pair(a, b, 0.4, days=40)) == UNDECIDED
    assert compare_pair(pair(a, b, 0.1, days=40)) == UNRELATED


@pytest.mark.parametrize("days", [0, 22, 61, 400])
def test_only_a_long_run_of_words_lasts(days: int) -> None:
    kept = pair(*SLAP, days=days)
    assert compare_pair(kept).same == (days <= 21)
    assert compare_pair(pair(BRIDGE, BRIDGE, days=days)).same


def test_the_log_says_what_decided(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "quotes.statements")
    compare_pair(EVIDENT[0][1])
    compare_pair(OBJECTED[0][1])
    assert [message.partition(":")[0] for message in caplog.messages] == ["verbatim_run", "negated"]
