"""Cue words: their forms, their kinds, and whether anything was said at all."""

import pytest

from quotes.lexicon import cues

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
    "in": None,
    "": None,
    "the": None,
}


@pytest.mark.parametrize("cue", KINDS)
def test_kind(cue: str) -> None:
    assert cues.kind(cue) == KINDS[cue]
    assert cues.is_speech(cue) == (KINDS[cue] in ("speech", "document"))
    assert cues.is_thought(cue) == (KINDS[cue] in ("thought", "perception"))


@pytest.mark.parametrize(
    ("cue", "polarity"),
    [
        ("said", "said"),
        ("has never said", "unsaid"),
        ("can’t say", "unsaid"),
        ("won't say", "unsaid"),
        ("declined to comment", "unsaid"),
        ("refused to answer", "unsaid"),
        ("did not deny", "unsaid"),
        ("denies", "denied"),
        ("disputed", "denied"),
        ("noted", "said"),
        ("", "said"),
    ],
)
def test_polarity(cue: str, polarity: str) -> None:
    assert cues.polarity(cue) == polarity


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
    assert cues.forms(verb) == expected


def test_lists_are_words_in_lower_case() -> None:
    for words in (cues.SPEECH, cues.DOCUMENT, cues.THOUGHT, cues.PERCEPTION, cues.DOCUMENT_NOUNS):
        assert all(word == word.lower() and word.replace("-", "").isalpha() for word in words)
    assert not cues.THOUGHT & cues.SPEECH
