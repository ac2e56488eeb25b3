"""A clause that introduces words in marks and that the tagger did not see; a subject that several verbs have."""

import pytest
import spacy
from spacy.tokens import Doc

import quotes.component  # noqa: F401  (registers the factories)
from quotes.quotations.attribution import Attribution
from quotes.quotations.clauses import complete_from_parse

NLP = spacy.blank("en")


def parsed(text: str) -> Doc:
    """A text with the syntax of the encoder."""
    if not NLP.pipe_names:
        NLP.add_pipe("quotes_syntax")
        NLP.add_pipe("quotes_morphology")
    return NLP(text)


def completed(text: str, *attributions: Attribution) -> list[tuple[str | None, str | None]]:
    """Cue and source of each attribution after the pass."""
    return [
        (part.cue and text[slice(*part.cue)], part.source and text[slice(*part.source)])
        for part in complete_from_parse(parsed(text), text, attributions)
    ]


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("Nobody moved. Then Okoro declared:\n\n“The bridge is closed for the winter.”", "declared", "Okoro"),
        (
            "Mrs. Adeyemi spoke.\nOkoro continued:\n\n“The bridge is closed for the winter.”",
            "continued",
            "Okoro",
        ),
        ("The clerk went on to say:\n\n“The bridge is closed for the winter.”", "say", "The clerk"),
        (
            "Okoro insisted in a long argument with the clerk that “the bridge” was closed.",
            "insisted",
            "Okoro",
        ),
        ("Okoro also stated on the day before, “If it rains, we close the bridge.”", "stated", "Okoro"),
    ],
)
def test_the_clause_before_words_in_marks(text: str, cue: str, source: str) -> None:
    content = text.index("“"), len(text)
    assert completed(text, Attribution((content,))) == [(cue, source)]


@pytest.mark.parametrize(
    "text",
    [
        "Okoro said the ferry was late. “The bridge is closed for the winter.”",  # a sentence ends between them
        "The town has three bridges:\n\n“The bridge is closed for the winter.”",  # nobody speaks
        "It was said that “the bridge” was closed for the winter.",  # by nobody
    ],
)
def test_words_in_marks_that_no_clause_introduces(text: str) -> None:
    assert completed(text, Attribution(((text.index("“"), len(text)),))) == [(None, None)]


def test_words_that_another_attribution_has_introduce_nothing() -> None:
    text = "Okoro said the bridge was closed, “The ferry sails.”"
    known = Attribution(((text.index("the bridge"), text.index(",")),), (6, 10), (0, 5))
    assert completed(text, known, Attribution(((text.index("“"), len(text)),)))[1] == (None, None)


@pytest.mark.parametrize(
    ("text", "cue", "words", "source"),
    [
        ("Lind was asked to stay and joked, “I live here.”", "joked", "“I live here.”", "Lind"),
        (
            "“It was late,” said Tom Lind, who added that the ferry had left.",
            "said",
            "“It was late,”",
            "Tom Lind",
        ),
    ],
)
def test_a_subject_that_another_verb_has_too(text: str, cue: str, words: str, source: str) -> None:
    start, at = text.index(words), text.index(cue)
    missed = Attribution(((start, start + len(words)),), (at, at + len(cue)))
    others = []
    if "added" in text:
        at, of = text.index("added"), text.index("the ferry")
        who = text.index("Tom Lind")
        others = [Attribution(((of, len(text) - 1),), (at, at + 5), (who, text.index(" added")))]
    assert completed(text, missed, *others)[0] == (cue, source)
