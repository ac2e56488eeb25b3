"""Sieves: the first that decides, and what is logged of it."""

import logging

import pytest
from support.marked_texts import Reader

from quotes.coreference.referents import Referent
from quotes.coreference.sieves import OPEN, Verdict, first_verdict

SURE, UNSURE = Referent(None, (1,)), Referent(None, (2,))


def passes(case: str) -> Verdict:
    return None


def sure(case: str) -> Verdict:
    return SURE


def unsure(case: str) -> Verdict:
    return UNSURE


def leaves_open(case: str) -> Verdict:
    return OPEN


def test_the_first_sieve_with_a_verdict_decides() -> None:
    assert first_verdict((passes, sure, unsure), "he") == (SURE, "sure")
    assert first_verdict((unsure, sure), "he") == (UNSURE, "unsure")
    assert first_verdict((passes, passes), "he") == (None, "")


def test_a_sieve_can_leave_a_case_open() -> None:
    assert first_verdict((passes, leaves_open, sure), "he") == (None, "leaves_open")


@pytest.mark.model
def test_the_log_tells_what_decided(caplog: pytest.LogCaptureFixture) -> None:
    text = (
        "Bernie Okoro spoke to voters on Monday. He said the race was open. {s1:The Vermont senator} {c1:said} "
        "{q1:he would run}. Okoro laughed and {c2:added} {q2:that he meant it}."
    )
    reader = Reader()
    reader(text)
    assert not caplog.records, "silent by default"
    with caplog.at_level(logging.DEBUG, "quotes.coreference"):
        reader(text)
    log = caplog.text
    assert "quotation 0, “The Vermont senator”: Bernie Okoro (" in log
    assert "quotation 1 without a source: Bernie Okoro by shared_subject" in log
