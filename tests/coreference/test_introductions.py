"""What the words before a quotation say of whom it can be."""

import pytest
from support.marked_texts import Reader

import quotes
from quotes.coreference.introductions import (
    COLON,
    NOTHING,
    SAME_SENTENCE,
    SENTENCE_BEFORE,
    Introduction,
    Introductions,
)
from quotes.coreference.places import start_of
from quotes.coreference.resolve import SourceResolver


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def introduction(reader: Reader, monkeypatch: pytest.MonkeyPatch, marked: str) -> Introduction:
    """What introduces the last quotation of a text."""
    resolvers: list[SourceResolver] = []
    run = SourceResolver.run
    monkeypatch.setattr(SourceResolver, "run", lambda self: (resolvers.append(self), run(self))[1])
    reader(marked)
    (resolver,) = resolvers
    case = resolver.cases[-1]
    return Introductions(resolver.antecedents).of(case, start_of(case))


@pytest.mark.parametrize(
    ("marked", "kind", "words"),
    [
        ("Marks drew a breath: {q1:“No.”}", COLON, "Marks drew a breath"),
        ("Marks sat down. And from the nurses {q1:“a shame”}.", SAME_SENTENCE, "And from the nurses"),
        ("Marks sat down. {q1:“It is over,”} {s1:she} {c1:said}.", SENTENCE_BEFORE, "Marks sat down."),
        (
            "Marks sat down. {q1:“No. Never. It is over,”} {s1:she} {c1:said}.",
            SENTENCE_BEFORE,
            "Marks sat down.",
        ),
        ("{q1:“It is over,”} {s1:she} {c1:said}.", NOTHING, None),
    ],
)
def test_what_introduces_a_quotation(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, marked: str, kind: int, words: str | None
) -> None:
    found = introduction(reader, monkeypatch, marked)
    assert found.kind == kind
    assert (found.words and found.words.text.strip()) == words


@pytest.mark.parametrize(
    ("sentence", "asker", "asked"),
    [
        ("Ruth Bell asked Carol Marks about the fire.", "Ruth Bell", "Carol Marks"),
        ("Carol Marks was questioned by Ruth Bell.", "Ruth Bell", "Carol Marks"),
        ("Ruth Bell thanked Carol Marks.", None, None),
    ],
)
def test_who_asks_whom(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, sentence: str, asker: str | None, asked: str | None
) -> None:
    found = introduction(reader, monkeypatch, f"{sentence} {{q1:“Never,”}} {{s1:she}} {{c1:said}}.")
    assert [str(one) for one in found.askers] == ([asker] if asker else [])
    assert [str(one) for one in found.asked] == ([asked] if asked else [])


@pytest.mark.parametrize(
    "question",
    [
        "Senator Ines Rahn wanted to know from banker Ida Thoma where the money was.",
        "Senator Ines Rahn challenged Ida Thoma over the money.",
        "Senator Ines Rahn put the same question to Ida Thoma.",
    ],
)
def test_whoever_is_asked_answers(question: str) -> None:
    (quote,) = quotes.load()(f"{question} “I cannot say,” she said.")._.quotes
    assert quote.speaker is not None
    assert quote.speaker.name == "Ida Thoma"


def test_the_nationality_of_somebody_who_has_been_named() -> None:
    text = "Vale boss Ivo Costa was full of praise for Oduya's save.\n\n“He flew,” the Uruguayan said."
    (quote,) = quotes.load()(text)._.quotes
    assert quote.speaker is not None
    assert quote.speaker.name == "Ivo Costa"
