"""When and where a quotation was said, by its sentence."""

import pytest

import quotes
from quotes.store.rows import quote_rows
from quotes.types import Article

NLP: list = []


def find(text: str) -> list:
    NLP or NLP.append(quotes.load())
    return list(NLP[0](text)._.quotes)


@pytest.mark.parametrize(
    ("text", "when", "where"),
    [
        ("“We will rebuild the pier,” Dana Holt said on Monday.", "Monday", None),
        (
            "At a rally in Aalund on Friday, Dana Holt said the pier would be rebuilt.",
            "Friday",
            "At a rally in Aalund",
        ),
        ("Dana Holt told reporters last week that the pier would be rebuilt.", "last week", None),
        ("In 2014, Dana Holt said that the pier was safe.", "In 2014", None),
        ("Dana Holt said in an interview that the pier would be rebuilt by May 3.", None, "in an interview"),
        ("Dana Holt said the pier would be closed on Monday.", None, None),
        ("Dana Holt answered her critics on Friday by saying that the pier was safe.", "Friday", None),
        ("The strike began on Tuesday, when Dana Holt said that the pier would be closed.", "Tuesday", None),
        ("Dana Holt released a letter Friday that says the pier is safe.", "Friday", None),
        (
            "At a forum with engineers in Aalund on Tuesday, one visitor said that the pier was unsafe.",
            "Tuesday",
            "At a forum",
        ),
        ("In late August, Dana Holt said that the pier was safe.", "In late August", None),
    ],
)
def test_what_the_sentence_tells(text: str, when: str | None, where: str | None) -> None:
    (quote,) = find(text)
    assert quote.said_when == when
    assert (quote.occasion or "").startswith(where or "")
    assert (quote.occasion is None) == (where is None)


def test_the_day_is_stored_against_that_of_the_article() -> None:
    (quote,) = find("“We will rebuild the pier,” Dana Holt said on Monday.")
    assert quote.said_on is None
    article = Article("a", "", "a.txt", published="2024-03-06")
    assert quote_rows("a-1", article, quote)["quotes"][0]["said_on"] == "2024-03-04"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor's speech on Monday, in which she said the pier would close.",
        "A hearing on Tuesday, at which Dana Holt said the pier was safe.",
    ],
)
def test_a_sentence_whose_head_is_no_verb_is_read_to_its_end(text: str) -> None:
    assert find(text)
