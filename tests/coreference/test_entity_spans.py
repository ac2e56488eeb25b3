"""Names as the recogniser marks them, and what is made of them."""

import pytest
import spacy
from spacy.tokens import Span

from quotes.coreference.entity_spans import trim_entity


@pytest.mark.parametrize(
    ("words", "recognised", "name"),
    [
        ("The Committee for a Responsible Budget met", 1, "Committee for a Responsible Budget"),
        (
            "The Court for the Northern District of Marland sat",
            7,
            "Court for the Northern District of Marland",
        ),
        ("The High Commissioner for Inland Harbours spoke", 2, "High Commissioner for Inland Harbours"),
        ("The Court of appeals", 2, "Court"),
        ("The Harbour Bank of course", 2, "Harbour Bank"),
    ],
)
def test_a_body_has_its_whole_name(words: str, recognised: int, name: str) -> None:
    nlp = spacy.blank("en")
    doc = nlp(words)
    for token in doc:
        token.pos_ = "PROPN" if token.text[0].isupper() else "NOUN"
        token.lemma_ = token.lower_
    trimmed = trim_entity(Span(doc, 1, 1 + recognised, label="ORG"))
    assert trimmed is not None
    assert trimmed.text == name
