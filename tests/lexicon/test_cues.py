"""Cue words: their forms and their kinds."""

import runpy
from pathlib import Path

import pytest

from quotes.lexicon import acts, cues
from quotes.lexicon.words import word_map, word_set

KINDS = {
    "said": "speech",
    "has repeatedly said": "speech",
    "has long said": "speech",
    "didn’t say": "speech",
    "declined to comment": "speech",
    "issued a statement saying": "speech",
    "According to": "speech",
    "put it": "speech",
    "went on": "speech",
    "made it very clear": "speech",
    "weighed in on": "speech",
    "weighed": "thought",
    "quipped": "speech",
    "signalled": "speech",
    "signaled": "speech",
    "her advice was": "speech",
    "called it": "speech",
    "reportedly": "speech",
    "expressed hope": "speech",
    "sought to explain": "speech",
    ":": "speech",
    "—": "speech",
    "shows": "document",
    "has found": "document",
    "wants": "thought",
    "do not want": "thought",
    "is widely expected": "thought",
    "believes": "thought",
    "had hoped": "thought",
    "is eager": "thought",
    "thought": "thought",
    "his fear is": "thought",
    "seemed": "perception",
    "looks like": "perception",
    "overheard": "perception",
    "beheld": "perception",
    "in": None,
    "": None,
    "the": None,
}


@pytest.mark.parametrize("cue", KINDS)
def test_kind(cue: str) -> None:
    assert cues.kind(cue) == KINDS[cue]
    assert cues.is_speech(cue) == (KINDS[cue] in ("speech", "document"))


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("say", {"say", "says", "said", "saying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("argue", {"argue", "argues", "argued", "arguing"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("lie", {"lie", "lies", "lied", "lying"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("offer", {"offer", "offers", "offered", "offering"}),
        ("stress", {"stress", "stresses", "stressed", "stressing"}),
        ("beg", {"beg", "begs", "begged", "begging"}),
        ("write", {"write", "writes", "wrote", "written", "writing"}),
        ("learn", {"learn", "learns", "learned", "learnt", "learning"}),
    ],
)
def test_forms(verb: str, expected: set[str]) -> None:
    assert {verb, *word_map("cues/forms")[verb]} == expected


def test_forms_are_those_of_the_lists() -> None:
    listed = [name for name, _ in cues.LISTS if name not in cues.UNINFLECTED]
    act_lists = [*(name for name, _ in acts.ACT_LISTS), "neutral_words", "withheld_words"]
    lemmas = frozenset().union(*(word_set(f"cues/{name}") for name in (*listed, *act_lists)))
    assert set(word_map("cues/forms")) <= lemmas
    uncountable = {lemma for lemma in lemmas - set(word_map("cues/forms"))}
    assert not uncountable & (word_set("cues/speech_verbs") | word_set("cues/thought_verbs"))


def test_forms_are_what_the_script_makes() -> None:
    """After an edit of the lists: python training/lexicon.py"""
    pytest.importorskip("lemminflect")
    script = runpy.run_path(str(Path(__file__).parents[2] / "training" / "lexicon.py"))
    assert {lemma: list(forms) for lemma, forms in word_map("cues/forms").items()} == script["cue_forms"]()


@pytest.mark.parametrize("word", ["angrying", "committeded", "concured", "beholded", "wishs"])
def test_no_form_that_is_no_word(word: str) -> None:
    assert word not in cues.cue_words()


@pytest.mark.parametrize("word", ["concurred", "averred", "extolled", "recapped", "showed", "argues"])
def test_forms_of_verbs_of_speech_report(word: str) -> None:
    assert cues.is_reporting(word)
    assert cues.is_speech(word)
