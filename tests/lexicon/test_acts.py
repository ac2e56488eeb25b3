"""The act that a cue reports."""

import pytest

from quotes.lexicon.acts import act_of_cue, is_question
from quotes.lexicon.words import word_set

ACTS = [
    # cue, content, marked, act
    ("said", "the ferry is late", False, "asserts"),
    ("according to", "the ferry is late", False, "asserts"),
    (":", "The ferry is late.", False, "asserts"),
    (":", "Is the ferry late?", False, "asks"),
    ("said", "“Is the ferry late?”", True, "asks"),
    ("said", "“Is the ferry late? I doubt it.”", True, "asserts"),
    ("has repeatedly denied", "that the ferry is late", False, "denies"),
    ("repeated his denial", "that the ferry is late", False, "denies"),
    ("ruled out", "a second ferry", False, "denies"),
    ("pleaded", "not guilty", False, "denies"),
    ("pleaded", "guilty to theft", False, "asserts"),
    ("pleaded with", "passengers to wait", False, "requests"),
    ("asked", "whether the ferry is late", False, "asks"),
    ("asked about", "the ferry", False, "asks"),
    ("asked", "passengers to wait", False, "requests"),
    ("asked for", "patience", False, "requests"),
    ("asked", "“Minister, will you promise to resign”", True, "asks"),
    ("pressed", "on the price of the ferry", False, "asks"),
    ("pressed", "for a second ferry", False, "requests"),
    ("questioned", "the price of the ferry", False, "asks"),
    ("told", "to wait at the pier", False, "requests"),
    ("told", "that they would wait", False, "asserts"),
    ("warned", "passengers with dogs to wait", False, "requests"),
    ("warned", "the plan to wait would fail", False, "asserts"),
    ("warned", "of a long wait", False, "asserts"),
    ("called for", "a second ferry", False, "requests"),
    ("called", "the ferry “a ruin”", True, "asserts"),
    ("issued a statement urging", "passengers to wait", False, "requests"),
    ("vowed", "to build a second ferry", False, "promises"),
    ("assured", "that a second ferry would come", False, "promises"),
    ("assured", "that the ferry is safe", False, "asserts"),
    ("agreed", "to pay for the ferry", False, "promises"),
    ("agreed", "that the ferry is late", False, "asserts"),
    ("threatened", "to close the pier", False, "promises"),
    ("hopes", "that the ferry comes", False, "thinks"),
    ("is expected", "to sail on Monday", False, "thinks"),
    ("sought to explain", "why the ferry was late", False, "asserts"),
    ("seemed to suggest", "that the ferry was late", False, "asserts"),
    ("declined", "to comment", False, "declines"),
    ("refused to say", "when it sails", False, "declines"),
    ("did not say", "when it sails", False, "declines"),
    ("would not say", "if it sails", False, "declines"),
    ("didn’t elaborate on", "the delay", False, "declines"),
    ("never said", "that it sails on Monday", False, "asserts"),
    ("did not say", "“it sails on Monday”", True, "asserts"),
    ("has yet to respond to", "the report", False, "declines"),
    ("sat", "on the pier", False, None),
]


@pytest.mark.parametrize(("cue", "content", "marked", "act"), ACTS)
def test_the_act_of_a_cue(cue: str, content: str, marked: bool, act: str | None) -> None:
    assert act_of_cue(cue, content, marked=marked) == act


def test_a_question_is_a_question_from_beginning_to_end() -> None:
    assert is_question("“Who pays? And when?”")
    assert not is_question("“Who pays? The city.”")
    assert not is_question("")


def test_no_word_has_two_acts() -> None:
    lists = [
        word_set(f"cues/{name}_words")
        for name in ("denying", "declining", "asking", "requesting", "promising")
    ]
    assert sum(map(len, lists)) == len(frozenset().union(*lists))
