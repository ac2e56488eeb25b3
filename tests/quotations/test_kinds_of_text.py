"""Contents, sources and polarity in the kinds of text in which tools lose quotations or invent them."""

import json
from typing import Any

import pytest
from spacy.language import Language
from support.paths import DATA

import quotes

PASSAGES = [json.loads(line) for line in (DATA / "kinds.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load(coreference="none")


@pytest.mark.parametrize(
    "passage", PASSAGES, ids=lambda passage: f"{passage['kind']}: {passage['text'][:40]}"
)
def test_quotations_of_a_passage(nlp: Language, passage: dict[str, Any]) -> None:
    found = [
        {
            "content": [span.text for span in quote.spans],
            "source": quote.source and quote.source.text,
            "type": quote.type,
            **({} if quote.asserted else {"asserted": False}),
        }
        for quote in nlp(passage["text"])._.quotes
    ]
    assert found == passage["quotes"]
