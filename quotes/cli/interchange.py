"""Exports for the tools of others: W3C Web Annotation, ClaimReview, brat standoff, spaCy's DocBin."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

from quotes.about import __version__
from quotes.cli.output import replaced
from quotes.errors import QuotesError
from quotes.store.database import Store
from quotes.types import Mention, Quote, Span

Interchange = Literal["webannotation", "claims", "brat", "spacy"]
CLAIMING_ACTS = ("asserts", "denies")  # what else is done with words claims nothing
AROUND_LENGTH = 32  # characters before and behind a quotation by which a Web Annotation finds it again
SCHEMA_TYPES = {
    "person": "Person",
    "organisation": "Organization",
    "group": "Organization",
    "unnamed": "Person",
}
BRAT_CONFIG = """[entities]
Content
Source
Cue

[relations]

[events]
Content Source?:Source, Cue?:Cue
Cue Content*:Content, Source?:Source

[attributes]
"""

Record = Mapping[str, Any]


# W3C Web Annotation Data Model, https://www.w3.org/TR/annotation-model/


def web_annotations(store: Store, records: Iterable[Record]) -> Iterator[str]:
    """Lines of an AnnotationPage: an annotation a quotation, whose body is the speaker and whose targets the words."""
    yield '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": ['
    lead = ""
    for record, text in _with_texts(store, records):
        yield lead + json.dumps(_annotation(record, text), ensure_ascii=False)
        lead = ","
    yield "]}"


def _annotation(record: Record, text: str) -> dict[str, Any]:
    speaker, decided = record["speaker"], record["corrected_by"]
    bodies: list[dict[str, Any]] = []
    if speaker:
        bodies.append(
            {"type": SCHEMA_TYPES[speaker["type"]], "id": f"urn:quotes:speaker:{speaker['id']}",
             "name": speaker["name"], "purpose": "identifying"}
        )  # fmt: skip
    bodies.append({"type": "TextualBody", "value": record["type"], "purpose": "tagging"})
    program = {"type": "Software", "name": f"quotes {__version__}"}
    return {
        "id": f"urn:quotes:quotation:{record['id']}",
        "type": "Annotation",
        "motivation": "identifying",
        **({"created": record["corrected_at"]} if decided else {}),
        "creator": {"type": "Person", "name": decided} if decided else program,
        "generator": program,
        "body": bodies,
        "target": [_target(record, text, start, end) for start, end in record["spans"]],
    }


def _target(record: Record, text: str, start: int, end: int) -> dict[str, Any]:
    return {
        "source": record["url"] or f"urn:quotes:article:{record['article_id']}",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND_LENGTH) : start],
                "suffix": text[end : end + AROUND_LENGTH],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


# ClaimReview, https://schema.org/ClaimReview


def claims(records: Iterable[Record]) -> Iterator[str]:
    """Lines of a JSON array: a ClaimReview a statement that claims something, and whose speaker is known.

    What only a fact-checker can say, the rating, the address and the author of the review, is null.
    """
    lead = "["
    by_statement: dict[str, list[Record]] = {}
    for record in records:
        if record["speaker"] and record["asserted"] and record["act"] in CLAIMING_ACTS:
            by_statement.setdefault(record["statement"] or record["id"], []).append(record)
    for ident, members in by_statement.items():
        yield lead + json.dumps(_claim_review(ident, members), ensure_ascii=False)
        lead = ","
    yield "[]" if lead == "[" else "]"


def _claim_review(ident: str, members: list[Record]) -> dict[str, Any]:
    ordered = sorted(members, key=lambda record: (record["published"] or "9", record["id"]))
    fullest = max(ordered, key=lambda record: (record["type"] == "direct", len(record["content"])))
    speaker = fullest["speaker"]
    author = {"@type": SCHEMA_TYPES[speaker["type"]], "name": speaker["name"]}
    if fullest["description"] and speaker["type"] == "person":
        author["jobTitle"] = fullest["description"]
    places = [_appearance(record) for record in ordered]
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": fullest["content"],
        "itemReviewed": {
            "@type": "Claim",
            "identifier": ident,
            "author": author,
            "datePublished": next(
                filter(None, (one["said_on"] or one["published"] for one in ordered)), None
            ),
            "firstAppearance": places[0],
            "appearance": places,
        },
        "reviewRating": None,
        "url": None,
        "author": None,
        "datePublished": None,
    }


def _appearance(record: Record) -> dict[str, Any]:
    place = {"@type": "NewsArticle", "headline": record["headline"], "identifier": record["article_id"]}
    place |= {"url": record["url"], "datePublished": record["published"], "text": record["content"]}
    if record["publication"]:
        place["publisher"] = {"@type": "Organization", "name": record["publication"]}
    return {name: value for name, value in place.items() if value}


# to train on one's own decisions


def write_brat(store: Store, records: Iterable[Record], folder: Path) -> int:
    """Write NAME.txt and NAME.ann for each article that one of the records is from, with all of its quotations.

    ``quotes evaluate`` reads such a folder. Returns how many articles. Raises QuotesError for a folder that has files.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise QuotesError(f"{folder} is not an empty folder.", "Name a new one.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "annotation.conf").write_text(BRAT_CONFIG, encoding="utf-8")
    taken: set[str] = set()
    for article, text, own in _by_article(store, records):
        name = re.sub(r"[^\w.-]", "_", article).lstrip(".") or "article"
        while name in taken:
            name += "_"
        taken.add(name)
        (folder / f"{name}.txt").write_bytes(text.encode("utf-8"))
        (folder / f"{name}.ann").write_text("".join(_brat_lines(own, text)), encoding="utf-8", newline="\n")
    return len(taken)


def _brat_lines(records: Iterable[Record], text: str) -> Iterator[str]:
    number = 0
    for event, record in enumerate(records, 1):
        pieces = {"Content": record["spans"]}
        for role, name in (("Source", "source"), ("Cue", "cue")):
            if record[name]:
                pieces[role] = [[record[name]["start"], record[name]["end"]]]
        named = {}
        for role, spans in pieces.items():
            number += 1
            named[role] = f"T{number}"
            words = " ".join(text[start:end] for start, end in spans).translate({10: " ", 13: " ", 9: " "})
            yield f"T{number}\t{role} {';'.join(f'{start} {end}' for start, end in spans)}\t{words}\n"
        order = [role for role in ("Cue", "Content", "Source") if role in named]
        yield f"E{event}\t{' '.join(f'{role}:{named[role]}' for role in order)}\n"
        if record["speaker"]:
            by = f", corrected by {record['corrected_by']}" if record["corrected_by"] else ""
            note = f"{record['speaker']['name']} ({record['speaker']['id']}){by}"
            yield f"#{event}\tAnnotatorNotes E{event}\t{' '.join(note.split())}\n"


def write_spacy(store: Store, records: Iterable[Record], file: Path) -> int:
    """Write a DocBin with the articles that the records are from, with all of their quotations; returns how many.

    ``doc.spans["quotes"]`` has spans CONTENT, SOURCE and CUE, ``doc._.quotes`` everything, where quotes is installed.
    """
    import spacy
    from spacy.tokens import DocBin

    from quotes.doc_quotes import write_quotes

    nlp, docs, number = spacy.blank("en"), DocBin(store_user_data=True), 0
    for article, text, own in _by_article(store, records):
        doc = nlp.make_doc(text)
        doc.user_data["article"] = article
        write_quotes(doc, text, [_quote(record, text) for record in own])
        docs.add(doc)
        number += 1
    with replaced(file) as out:
        out.write(docs.to_bytes())
    return number


def _quote(record: Record, text: str) -> Quote:
    speaker = record["speaker"]

    def span(start: int, end: int) -> Span:
        return Span(start, end, text[start:end])

    def piece(name: str) -> Span | None:
        return span(record[name]["start"], record[name]["end"]) if record[name] else None

    return Quote(
        tuple(span(start, end) for start, end in record["spans"]),
        record["type"],
        source=piece("source"),
        cue=piece("cue"),
        speaker=Mention(speaker["name"], speaker["type"], record["description"]) if speaker else None,
        via=record["via"],
        attribution=record["attribution"],
        confidence=record["confidence"] or 0.0,
        speaker_confidence=record["speaker_confidence"],
        act=record["act"],
        asserted=record["asserted"],
        addressee=piece("addressee"),
    )


def _with_texts(store: Store, records: Iterable[Record]) -> Iterator[tuple[Record, str]]:
    """Each record with the text of its article, which is read once where the records of one follow each other."""
    for article, group in groupby(records, key=itemgetter("article_id")):
        text = store.linking.copies.text(article) or ""
        for record in group:
            yield record, text


def _by_article(store: Store, records: Iterable[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    """Id and text of the articles that records are from, with the records of all quotations of each."""
    articles = dict.fromkeys(record["article_id"] for record in records)
    for article in articles:
        query = "select id from quotes where article = ? order by position, id"
        idents = [row[0] for row in store.db.execute(query, (article,))]
        yield article, store.linking.copies.text(article) or "", list(store.records.of(idents))
