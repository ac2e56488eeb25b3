"""Who speaks in short written passages (``data/speakers.jsonl``); training has seen none of them."""

import json
from collections import defaultdict

import pytest
from support.paths import DATA

import quotes
from quotes.text.normalise import fold

PASSAGES = [json.loads(line) for line in (DATA / "speakers.jsonl").read_text(encoding="utf-8").splitlines()]
# How many passages of each kind are right, all of their quotations taken together.
RIGHT = {
    "newcomer": 13,
    "introduction": 8,  # of 14; in most others two quotations are taken for one
    "sex": 9,
    "answer": 7,
    "singular they": 4,
    "a man": 5,
    "own words": 3,
    "unnamed or titled": 5,
    "nobody": 2,
}


def words(text: str) -> frozenset[str]:
    return frozenset(fold(text).replace("“", "").replace("”", "").strip(" .,?!\"'").split())


def mistakes(nlp: object, passage: dict[str, object]) -> list[str]:
    """The contents of a passage that are not found, or given to somebody else."""
    found = {words(quote.text): quote for quote in nlp(passage["text"])._.quotes}  # type: ignore[operator]
    wrong = []
    for expected in passage["quotes"]:  # type: ignore[attr-defined]
        content = words(expected["content"])
        quote = max(found.items(), key=lambda pair: len(pair[0] & content) / len(pair[0] | content))[1]
        name = quote.speaker.name.removeprefix("the ").removeprefix("The ") if quote.speaker else None
        right = expected["speaker"] and expected["speaker"].removeprefix("the ").removeprefix("The ")
        if name != right:
            wrong.append(f"{expected['content']}: {name}, not {right}")
    return wrong


@pytest.fixture(scope="module")
def results() -> dict[str, list[list[str]]]:
    nlp = quotes.load(coreference="none")
    by_kind = defaultdict(list)
    for passage in PASSAGES:
        by_kind[passage["kind"]].append(mistakes(nlp, passage))
    return by_kind


@pytest.mark.parametrize("kind", RIGHT)
def test_speakers_of_written_passages(results: dict[str, list[list[str]]], kind: str) -> None:
    wrong = [one for one in results[kind] if one]
    assert len(results[kind]) - len(wrong) >= RIGHT[kind], wrong
