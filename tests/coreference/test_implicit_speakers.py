"""Quotations whose speaker no source says: carried over from the sentence before, a list, an interview, a headline.

A line of ``data/unsaid.jsonl``: {"pattern", "half", "text", "asked": [{"words", "speaker"}]}; the words begin a
quotation, and its speaker is null where nobody can tell. Rules were made while looking at the half "building" only.
"""

import json
from collections import Counter

import pytest
from support.hard_cases import same_name
from support.paths import DATA

import quotes

PASSAGES = DATA / "unsaid.jsonl"


@pytest.mark.parametrize("half", ["building", "held out"])
def test_speakers_that_no_source_says(half: str) -> None:
    passages = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    passages = [passage for passage in passages if passage["half"] == half]
    nlp = quotes.load()
    counts: Counter[str] = Counter()
    wrong = []
    for passage, doc in zip(passages, nlp.pipe(p["text"] for p in passages), strict=True):
        for asked in passage["asked"]:
            at = passage["text"].index(asked["words"])
            found = [q for q in doc._.quotes if any(s.start <= at + 1 < s.end for s in q.spans)]
            quote = min(found, key=lambda q: len(q.text), default=None)
            name = quote.speaker.name if quote and quote.speaker else None
            if asked["speaker"] is None:
                counts["open" if name is None else "wrong"] += 1
            elif name is None:
                counts["missed"] += 1
            else:
                counts["right" if same_name(name, asked["speaker"]) else "wrong"] += 1
            if quote and quote.source is None and name and not same_name(name, asked["speaker"]):
                wrong.append((asked["words"], name))
    print(f"{half}: {dict(counts)}")
    assert counts["right"] >= 17
    assert len(wrong) <= 1, wrong  # where a speaker was carried over


INTERVIEW = """Photographer Noor Haddad talks to us about goats.

Q: When did you take the first picture?

A: I was nine.

My uncle gave me his camera.

Q: What was in it?

A: A goat, I think.

The exhibition opens in May."""


def test_answers_of_an_interview_are_whose_it_is_with() -> None:
    found = quotes.load()(INTERVIEW)._.quotes
    assert [(q.text, q.speaker and q.speaker.name) for q in found if q.cue and q.cue.text == "A"] == [
        ("I was nine. My uncle gave me his camera.", "Noor Haddad"),
        ("A goat, I think.", "Noor Haddad"),
    ]
    two = INTERVIEW.replace("Noor Haddad", "Noor Haddad and her rival Ines Lopez")
    answers = [q for q in quotes.load()(two)._.quotes if q.cue and q.cue.text == "A"]
    assert len(answers) == 2
    assert all(q.speaker is None for q in answers)


def test_who_acts_before_a_quotation_says_it() -> None:
    nlp = quotes.load()
    said = "\n\n“We will not sell the harbour.”"
    alone, with_another, nobody = (
        nlp(before + said)._.quotes[0]
        for before in (
            "Mayor Greta Lund shook her head.",
            "Mayor Greta Lund shook hands with Peter Voss.",
            "Nobody moved.",
        )
    )
    assert alone.speaker is not None
    assert alone.speaker.name == "Greta Lund"
    assert alone.source is None
    assert nobody.speaker is None
    # where another person is named there, it is less sure, and the other one could be meant
    assert (with_another.speaker_confidence or 0) < alone.speaker_confidence - 0.1
    assert "Peter Voss" in [candidate.name for candidate in with_another.candidates]
