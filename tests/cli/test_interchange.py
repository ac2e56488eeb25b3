"""Exports for the tools of others: they have every quotation, and are read back."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin
from support.by_hand import ARTICLES
from support.commands import run

from quotes.evaluation.gold import read_gold
from quotes.store.database import Store

TEXTS = {article.id: article.text for article, _ in ARTICLES}


def records(database: Path) -> list[dict]:
    with Store(database) as store:
        return list(store.export())


def test_web_annotations_point_at_the_words(database: Path) -> None:
    page = json.loads(run("export", "--format", "webannotation", "-d", database).stdout)
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    known = records(database)
    assert [item["id"].rpartition(":")[2] for item in page["items"]] == [record["id"] for record in known]
    for item, record in zip(page["items"], known, strict=True):
        for target, (start, end) in zip(item["target"], record["spans"], strict=True):
            quote, position = target["selector"]
            assert quote["exact"] == TEXTS[record["article_id"]][start:end]
            assert (quote["prefix"] + quote["exact"] + quote["suffix"]) in TEXTS[record["article_id"]]
            assert (position["start"], position["end"]) == (start, end)
    assert page["items"][0]["body"][0]["name"] == "Ann Okoro"
    assert page["items"][0]["target"][0]["source"] == "https://example.org/ferry"


def test_a_correction_names_its_creator(database: Path) -> None:
    ident = records(database)[0]["id"]
    run("assign", ident, "tom-lind", "--by", "the desk", "-d", database)
    page = json.loads(run("export", "--format", "webannotation", "--corrected", "-d", database).stdout)
    [item] = page["items"]
    assert item["creator"] == {"type": "Person", "name": "the desk"}


def test_claims_are_reviews_to_be_filled_in(database: Path) -> None:
    reviews = json.loads(run("export", "--format", "claims", "-d", database).stdout)
    assert len(reviews) == len({record["statement"] for record in records(database) if record["speaker"]})
    for review in reviews:
        assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
        assert review["claimReviewed"]
        assert review["itemReviewed"]["author"]["name"]
        assert review["itemReviewed"]["appearance"][0]["headline"]
        assert review["reviewRating"] is None
    first = next(review for review in reviews if review["claimReviewed"].startswith("We waited"))
    assert first["itemReviewed"]["author"] == {"@type": "Person", "name": "Ann Okoro", "jobTitle": "Mayor"}
    assert first["itemReviewed"]["firstAppearance"]["publisher"]["name"] == "Port Courier"


def test_brat_is_read_back_by_evaluate(database: Path, tmp_path: Path) -> None:
    run("export", "--format", "brat", "-o", tmp_path / "gold", "-d", database)
    gold = {one.path.stem: one for one in read_gold(tmp_path / "gold")}
    assert gold.keys() == TEXTS.keys()
    for ident, one in gold.items():
        assert one.read() == TEXTS[ident]
        own = [record for record in records(database) if record["article_id"] == ident]
        assert [quote.content for quote in one.quotes] == [
            tuple(map(tuple, record["spans"])) for record in own
        ]
        for quote, record in zip(one.quotes, own, strict=True):
            assert quote.source == ((record["source"]["start"], record["source"]["end"]),)
            assert quote.cue == ((record["cue"]["start"], record["cue"]["end"]),)
    again = run("export", "--format", "brat", "-o", tmp_path / "gold", "-d", database, code=1)
    assert "not an empty folder" in again.stderr


def test_only_what_was_decided_is_trained_on(database: Path, tmp_path: Path) -> None:
    run("reject", records(database)[0]["id"], "-d", database)
    run("rename", "tom-lind", "Thomas Lind", "-d", database)
    run("export", "--corrected", "--format", "brat", "-o", tmp_path / "gold", "-d", database)
    assert [one.path.stem for one in read_gold(tmp_path / "gold")] == ["port-000002"]


def test_spacy_has_the_quotations_on_its_docs(database: Path, tmp_path: Path) -> None:
    run("export", "--format", "spacy", "-o", tmp_path / "quotes.spacy", "-d", database)
    docs = list(DocBin().from_disk(tmp_path / "quotes.spacy").get_docs(spacy.blank("en").vocab))
    assert [doc.text for doc in docs] == list(TEXTS.values())
    known = records(database)
    assert [quote.text for doc in docs for quote in doc._.quotes] == [record["text"] for record in known]
    assert [quote.speaker.name for quote in docs[0]._.quotes] == [
        record["speaker"]["name"] for record in known[:4]
    ]
    labels = {span.label_ for span in docs[0].spans["quotes"]}
    assert labels == {"CONTENT", "SOURCE", "CUE"}


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "brat"],
        ["--format", "spacy"],
        ["--format", "claims", "--csv"],
        ["--format", "brat", "--bom"],
    ],
)
def test_what_does_not_go_together(database: Path, options: list[str]) -> None:
    run("export", *options, "-d", database, code=2)
