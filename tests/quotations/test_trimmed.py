"""Where contents begin, as the parse tells: behind whom one tells or asks, and behind a relative pronoun."""

import pytest
from spacy.language import Language

import quotes
from quotes.quotations.attribution import Attribution
from quotes.quotations.edges import trim_edges


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load(coreference="none")


@pytest.mark.parametrize(
    ("text", "fragments", "cue", "expected"),
    [
        ("Moe told the clerk “We are closed.”", ["the clerk “We are closed.”"], "told", ["“We are closed.”"]),
        ("Moe asked the clerk why the ferry was late.", ["the clerk why the ferry was late"], "asked",
         ["why the ferry was late"]),
        ("Moe told the clerk that the ferry was late.", ["the clerk that the ferry was late"], "told",
         ["the ferry was late"]),
        ("Moe urged the clerk to close the door.", ["the clerk to close the door"], "urged",
         ["the clerk to close the door"]),
        ("Moe called the clerk “lazy.”", ["the clerk “lazy.”"], "called", ["the clerk “lazy.”"]),
        ("The ferry, which Moe said was late, came.", ["which", "was late"], "said", ["was late"]),
        ("Moe said which ferry was late.", ["which ferry was late"], "said", ["which ferry was late"]),
    ],
)  # fmt: skip
def test_where_contents_begin(
    nlp: Language, text: str, fragments: list[str], cue: str, expected: list[str]
) -> None:
    spans = tuple((text.index(part), text.index(part) + len(part)) for part in fragments)
    whole = Attribution(
        spans, (text.index(cue), text.index(cue) + len(cue)), (text.index("Moe"), text.index("Moe") + 3)
    )
    [trimmed] = trim_edges(nlp(text), text, [whole])
    assert [text[slice(*span)] for span in trimmed.content] == expected


def test_one_word_is_a_content_only_where_all_is_wanted() -> None:
    text = "The ferry was late on Monday. Moe, the mayor, vowed consequences."
    said = {quote.text for quote in quotes.load(coreference="none")(text)._.quotes}
    every = {quote.text for quote in quotes.load(keep="all", coreference="none")(text)._.quotes}
    assert "consequences" in every - said


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("The ferry will not sail, Moe said. “Ask the pilot.”", 2),
        ("The crew saw it as “a farce,” Moe said. “Nobody asked the pilot.”", 1),
    ],
)
def test_reported_words_and_quoted_ones_are_two_unless_both_are_quoted(
    nlp: Language, text: str, contents: int
) -> None:
    assert len(nlp(text)._.quotes) == contents
