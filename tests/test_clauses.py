"""What the parse adds: who acts in a passive, the whole of a subject, whose word a noun before the content is."""

import pytest

import quotes


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Ortega was told by the court that he had to pay the fine.", "he had to pay", "the court"),
        (
            "The union’s complaint to the labour board says the firm broke the law.",
            "the firm broke",
            "The union’s complaint to the labour board",
        ),
        (
            "A spokesman for the ministry said the road was closed.",
            "the road was",
            "A spokesman for the ministry",
        ),
        ("Ruiz wrote in a Harbour Times column that the bridge was safe.", "the bridge was", "Ruiz"),
    ],
)
def test_sources(text: str, words: str, source: str) -> None:
    found = [quote for quote in quotes.load(thoughts=True)(text)._.quotes if words in quote.text]
    assert [quote.source and quote.source.text for quote in found] == [source]
