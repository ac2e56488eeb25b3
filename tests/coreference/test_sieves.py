"""Sieves: the first that decides, and what is logged of it."""

import logging
from dataclasses import fields

import pytest
from support.marked_texts import Reader

from quotes.coreference.referents import Antecedent, Referent
from quotes.coreference.sieves import OPEN, Verdict, first_verdict
from quotes.coreference.weights import AGREEMENT, CONFIDENCE

SURE, UNSURE = Antecedent(Referent(None, (1,)), 0.9), Antecedent(Referent(None, (2,)), 0.5)


def passes(case: str) -> Verdict:
    return None


def sure(case: str) -> Verdict:
    return SURE


def unsure(case: str) -> Verdict:
    return UNSURE


def leaves_open(case: str) -> Verdict:
    return OPEN


def test_the_first_sieve_with_a_verdict_decides() -> None:
    assert first_verdict((passes, sure, unsure), "he") == SURE
    assert first_verdict((unsure, sure), "he") == UNSURE
    assert first_verdict((passes, passes), "he") is None


def test_a_sieve_can_leave_a_case_open() -> None:
    assert first_verdict((passes, leaves_open, sure), "he") is None


@pytest.mark.model
def test_the_log_tells_which_sieve_decided(caplog: pytest.LogCaptureFixture) -> None:
    text = (
        "Bernie Okoro spoke to voters on Monday. He said the race was open. {s1:The Vermont senator} {c1:said} "
        "{q1:he would run}. {q2:“We wait.”}"
    )
    reader = Reader()
    reader(text)
    assert not caplog.records, "silent by default"
    with caplog.at_level(logging.DEBUG, "quotes.coreference"):
        reader(text)
    log = caplog.text
    assert "nominal “senator” (token 17): Bernie Okoro by as_pronoun" in log
    assert "source “The Vermont senator”: Bernie Okoro by noun phrase (coreference" in log
    assert "quotation 1 without a source: Bernie Okoro by same_speaker_goes_on" in log


@pytest.mark.parametrize("table", [CONFIDENCE, AGREEMENT])
def test_confidences_and_agreement_are_between_0_and_1(table: object) -> None:
    for field in fields(table):  # type: ignore[arg-type]
        assert 0 < getattr(table, field.name) <= 1, field.name
