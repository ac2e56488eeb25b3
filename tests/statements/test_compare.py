"""Each kind of evidence that two wordings are one utterance, and each objection, by a pair that has it."""

import logging
from typing import Any

import pytest

from quotes.nlp.encoder import encoder
from quotes.statements import compare, contradiction
from quotes.statements.compare import VERBATIM_EVIDENCE, compare_meaning, compare_pair, compare_words
from quotes.statements.contradiction import OBJECTIONS
from quotes.statements.decision import pair_model
from quotes.statements.denials import Claim
from quotes.statements.features import MEAN_DAYS
from quotes.statements.normalise import normalise
from quotes.statements.pair import Pair
from quotes.statements.paraphrase import WordSimilarity
from quotes.statements.records import ClaimQuote
from quotes.statements.settings import TIME


def pair(a: str, b: str, cosine: float | None = 0.8, **more: Any) -> Pair:
    """A pair of contents; one whose words are all the speaker's own ends with a full stop."""
    texts = (normalise(text, direct=text.endswith(".")) for text in (a, b))
    return Pair(*texts, cosine, **more)


WORDS = WordSimilarity(lambda words: encoder().embed(words))
BRIDGE = "The old bridge at the harbour will stay closed until every bolt has been checked."
SLAP = ("it was “slap in his wet face” for all", "We take it as slap in his wet face of the town.")
EVIDENT = [
    (
        "verbatim_run",
        pair(BRIDGE, "the old bridge at the harbour will stay closed until “every bolt” is new"),
    ),
    (
        "words_with_gaps",
        pair("The mill paid … every single fine.", "The mill paid late but every single fine."),
    ),
    ("kept_fragment", pair(*SLAP)),
]
OBJECTED = [
    ("turned", pair(BRIDGE, BRIDGE.replace("will", "will not"))),
    ("turned", pair(BRIDGE, BRIDGE, flipped=True)),
    ("other_numbers", pair("we need 12 new ferries for the lake", "they need 19 new ferries for that lake")),
    ("other_names", pair("we will talk to Karlsen about wages", "they want to talk with Lunde about some wages")),
    ("substituted", pair("The ferry to Lunde sails at noon tomorrow.", "The ferry to Karlsen sails at noon tomorrow.")),
    ("substituted", pair("the northern pier had cracked in the frost", "the southern pier had cracked in the frost")),
    ("conditional", pair("he would leave if the vote was lost", "he would leave the party")),
    (
        "replaced",
        pair(
            "pupils should learn how to mend a bicycle", "pupils should learn how to write a bicycle", similarity=WORDS
        ),
    ),
    ("exchanged", pair("the goalkeeper injured the referee", "the referee injured the goalkeeper")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "having"), EVIDENT)
def test_the_first_evidence_that_holds_decides(name: str, having: Pair) -> None:
    assert not any(objection(having) for objection in OBJECTIONS)
    holding = [evidence.__name__ for evidence in VERBATIM_EVIDENCE if evidence(having)]
    assert holding[0] == name
    assert compare_pair(having) == getattr(compare, name)(having)
    assert compare_pair(having).same


@pytest.mark.parametrize(("name", "having"), OBJECTED)
def test_an_objection_outweighs_all_evidence(name: str, having: Pair) -> None:
    assert getattr(contradiction, name)(having)
    decision = compare_pair(having)
    assert (decision.same, decision.conflict) == (False, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the negotiations were going better than expected", "the talks were going better than expected"),
        ("the abbot would sell the orchard by Easter", "he would sell the orchard by Easter"),
        ("the choir sang “a hymn for the miners” at noon", "the choir sang “a hymn for the miners” at dusk"),
    ],
)
def test_other_words_in_place_of_like_ones_or_beside_marks_are_no_objection(one: str, other: str) -> None:
    assert not contradiction.replaced(pair(one, other, similarity=WORDS))


def test_a_negation_before_but_denies_nothing_behind_it() -> None:
    before = "Well, nobody asked me then, but I was against the dam on the upper river."
    assert not contradiction.turned(pair("he was always “against the dam” on the upper river", before))
    assert contradiction.turned(
        pair("I was against the dam on the upper river.", "I was never against the dam on the upper river.")
    )


@pytest.mark.parametrize(
    "other",
    [
        "once the owners had paid, she said the ferry would sail again",
        "whether the ferry sails again may hinge on the owners paying",
        "the ferry sails again when the owners have paid",
    ],
)
def test_a_condition_in_other_words_is_no_objection(other: str) -> None:
    having = pair("the ferry would sail again if the owners paid", other)
    assert not any(objection(having) for objection in OBJECTIONS)


def test_a_condition_denies_nothing() -> None:
    sold = "the harbour would be sold to a foreign company"
    denied = pair(sold.replace("be", "not be"), sold)
    assert compare_pair(denied).denied > 0.5
    if_cut = pair(sold.replace("be", "not be"), f"if the grant was cut {sold}")
    assert compare_pair(if_cut).conflict
    assert compare_pair(if_cut).denied == 0


def test_articles_without_dates_are_taken_to_be_as_far_apart_as_labelled_pairs() -> None:
    wordings = (
        "the ferry would be cheaper for islanders from May",
        "islanders would pay less for the ferry after April",
    )
    undated, usual, last = (
        compare_meaning(pair(*wordings, days=days)) for days in (None, MEAN_DAYS, TIME.learned)
    )
    assert undated == usual
    assert usual.probability > last.probability


def test_every_kind_has_a_pair() -> None:
    assert {name for name, _ in EVIDENT} == {evidence.__name__ for evidence in VERBATIM_EVIDENCE}
    assert {name for name, _ in OBJECTED} == {objection.__name__ for objection in OBJECTIONS}


def test_what_few_words_are_common_to_is_ruled_out_without_an_embedding() -> None:
    far = pair(
        "the harbour is deep enough for ships", "we never had so many guests at a wedding", None, days=9
    )
    decision = compare_words(far)
    assert decision is not None
    assert not decision.perhaps
    near = pair(
        "the ministry will close the mine", "that the mine would be shut by the ministry", None, days=1
    )
    assert compare_words(near) is None


def test_a_closer_meaning_is_likelier_and_more_days_are_not() -> None:
    texts = ("the ministry will close the mine in Tervo", "that the Tervo mine would be shut by the ministry")
    close, apart, later = (
        compare_meaning(pair(*texts, cosine, days=days)).probability
        for cosine, days in ((0.9, 0), (0.3, 0), (0.9, 12))
    )
    assert close > apart
    assert close > later


@pytest.mark.parametrize("days", [0, 22, 61, 400])
def test_only_a_long_run_of_words_lasts(days: int) -> None:
    kept = pair(*SLAP, days=days)
    assert compare_pair(kept).same == (days <= 60)
    assert compare_pair(pair(BRIDGE, BRIDGE, days=days)).same


def test_the_same_position_months_later_is_told_but_not_merged() -> None:
    texts = ("the voting age must be lowered to sixteen", "that the voting age should be lowered to sixteen")
    decision = compare_pair(pair(*texts, days=90))
    assert not decision.same
    assert decision.again > 0.5


def test_the_log_says_what_decided(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "quotes.statements")
    compare_pair(EVIDENT[0][1])
    compare_pair(OBJECTED[0][1])
    assert [message.partition(":")[0] for message in caplog.messages] == ["verbatim_run", "_conflict"]


def test_another_wording_much_later_is_told_as_said_again() -> None:
    texts = ("the ministry will close the mine in Tervo", "that the Tervo mine would be shut by the ministry")
    near, far = (compare_pair(pair(*texts, 0.9, days=days)) for days in (10, 11))
    assert near.perhaps
    assert not near.again
    assert far.again > 0.5 > far.probability
    assert not far.perhaps


SCARE = (
    "to cut rents, end “silent evictions” and hire more nurses",
    "he never liked the word “silent evictions”",
)


@pytest.mark.parametrize(("cosine", "same"), [(0.8, True), (0.4, False), (None, False)])
def test_a_few_words_in_marks_alone_may_be_a_topic_within_an_article(
    cosine: float | None, same: bool
) -> None:
    having = pair(*SCARE, cosine, same_article=True)
    assert having.kept
    assert having.shared == 2
    assert compare_pair(having).same == same
    more = pair(SCARE[0], "the nurses would stop the “silent evictions”", 0.4, same_article=True)
    assert compare_pair(more).same  # they have more in common


def test_a_term_that_two_long_claims_of_an_article_quote_makes_them_no_one_claim() -> None:
    one = "the harbour board had counted every crane on the quay and found “idle capacity” in none of its own terminals"
    other = "the ferry company paid three inspectors who wrote “idle capacity” on each ticket that children bought"
    having = pair(one, other, 0.6, same_article=True)
    assert having.kept
    assert compare_pair(having).probability < pair_model().entry  # which two wordings alone need
    short, longer = (
        "We think we will.",
        "We think we will, and that is all I can tell you about the sale of the mill.",
    )
    said = Pair(normalise(short, direct=True), normalise(longer, direct=True), 0.5, same_article=True)
    assert compare_pair(said).same


def test_what_only_names_a_thing_makes_no_claim_with_gaps_either() -> None:
    having = pair("school closures", "We need no school closures in this town.", 0.5, days=1)
    assert compare.words_with_gaps(having) is None
    said = pair("No school closures.", "We need no school closures in this town.", 0.5, days=1)
    assert compare.words_with_gaps(said)


@pytest.mark.parametrize(("content", "vague"), [("the allegations", True), ("which", False), ("him", False)])
def test_what_tells_nothing_of_what_is_denied(content: str, vague: bool) -> None:
    row = ClaimQuote("a-1", "a", "lee", "Lee", content, "indirect", "denied", None, True, "", 0, 9)
    assert Claim(row).is_vague == vague
