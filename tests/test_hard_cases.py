"""The whole pipeline on passages that break quotation tools: how many are right, by pattern."""

import collections
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from support.hard_cases import Result, fragments, judge, locate, passages

import quotes
from quotes.text import quotation_marks as marks
from quotes.text import quoted
from quotes.types import Quote

PASSAGES = passages()
# Out of the passages of each group: how many must come out right, source included.
GROUPS = {
    "order": "inverted split parenthetical no-that that introduced participle quoted-order",
    "over paragraphs": "paragraphs unclosed list discourse",
    "kinds": "mixed stacked edits question auxiliary negation said-of",
    "according to": "according-to",
    "relays": "relay not-relay",
    "sources": "unnamed document organisation appositive long-source no-source possessive cue-noun",
    "pronouns and nominals": "pronoun pronoun-open nominal same-surname two-speakers",
    "marks": "british foreign-marks apostrophe-marks nested dateline",
    "layout": "colon dash qa tweet headline",
    "not quotations": "none-scare none-title none-heading none-thought none-plain",
}
FLOORS = {
    "order": 18,
    "over paragraphs": 6,
    "kinds": 16,
    "according to": 3,
    "relays": 11,
    "sources": 18,
    "pronouns and nominals": 14,
    "marks": 11,
    "layout": 8,
    "not quotations": 17,
}
RIGHT = 138  # of all passages: with speaker and relay right as well
VARIANTS = {
    "straight": ('"', '"', "'", "'"),
    "apostrophes": ("''", "''", "'", "'"),
    "single": ("‘", "’", "‘", "’"),
    "straight single": ("'", "'", "'", "'"),
    "guillemets": ("«", "»", "‹", "›"),
    "low": ("„", "“", "‚", "‘"),
    "opening only": ("“", "", "‘", ""),
    "closing only": ("", "”", "", "’"),
}


def restyled(text: str, style: tuple[str, str, str, str]) -> str:
    """``text`` with its curly double marks (and the single ones within) in another style."""
    out = []
    at = 0
    edges = []
    for pair in marks.pairs(text):
        if pair.kind in ("curly", "single"):
            opening, closing = style[:2] if pair.kind == "curly" else style[2:]
            edges.append((pair.start, opening))
            if pair.closed:
                edges.append((pair.end - 1, closing))
    for position, mark in sorted(edges):
        out += [text[at:position], mark]
        at = position + 1
    return "".join(out) + text[at:]


@pytest.fixture(scope="module")
def found() -> list[tuple[str, Sequence[Quote]]]:
    """Text and quotations of each passage."""
    docs = quotes.load().pipe(passage["text"] for passage in PASSAGES)
    return [(doc.text, doc._.quotes) for doc in docs]


@pytest.fixture(scope="module")
def results(found: list[tuple[str, Sequence[Quote]]]) -> dict[str, list[Result]]:
    """Results by pattern."""
    by_pattern = collections.defaultdict(list)
    for passage, (text, quotations) in zip(PASSAGES, found, strict=True):
        assert text == passage["text"]
        by_pattern[passage["pattern"]].append(judge(passage, quotations))
    return dict(by_pattern)


@pytest.fixture(scope="module")
def fast() -> Any:
    """The pipeline without coreference: marks do not touch it."""
    return quotes.load(coreference="none")


def check_offsets(text: str, found: Iterable[Quote]) -> None:
    """Every span slices to its exact text; contents are in text order and part of no other role."""
    for quote in found:
        assert quote.spans
        for span in [*quote.spans, quote.source, quote.cue]:
            assert span is None or (text[span.start : span.end] == span.text and span.text.strip())
        starts = [span.start for span in quote.spans]
        assert starts == sorted(starts)
        assert all(one.end <= other.start for one, other in zip(quote.spans, quote.spans[1:], strict=False))
        for span in (quote.source, quote.cue):
            assert span is None or all(span.end <= one.start or span.start >= one.end for one in quote.spans)
        assert 0 <= quote.confidence <= 1
        assert quote.type in ("direct", "mixed", "indirect")


def test_the_passages_are_sound() -> None:
    assert len(PASSAGES) >= 100
    assert len({passage["id"] for passage in PASSAGES}) == len(PASSAGES)
    assert sum(not passage["quotes"] for passage in PASSAGES) >= 20
    assert {passage["pattern"] for passage in PASSAGES} == set(" ".join(GROUPS.values()).split())
    for passage in PASSAGES:
        for quote in passage["quotes"]:
            content = fragments(passage["text"], quote["content"])
            for role in ("source", "cue"):
                if quote.get(role):
                    locate(passage["text"], quote[role], content)
            if "type" in quote:
                assert quoted.quote_type(passage["text"], content) == quote["type"], passage["id"]


@pytest.mark.parametrize("group", GROUPS)
def test_group(group: str, results: dict[str, list[Result]]) -> None:
    of_group = [result for pattern in GROUPS[group].split() for result in results[pattern]]
    right = sum(result.attributed for result in of_group)
    notes = [note for result in of_group if not result.attributed for note in result.notes]
    assert right >= FLOORS[group], f"{right} of {len(of_group)}: " + "; ".join(notes)


def test_speakers_and_relays(results: dict[str, list[Result]]) -> None:
    every = [result for of_pattern in results.values() for result in of_pattern]
    notes = [note for result in every for note in result.notes if note.startswith(("speaker", "via"))]
    assert sum(result.right for result in every) >= RIGHT, "; ".join(notes)


def test_offsets(found: list[tuple[str, Sequence[Quote]]]) -> None:
    for text, quotations in found:
        check_offsets(text, quotations)


@pytest.mark.parametrize("style", VARIANTS)
def test_any_style_of_marks(style: str, fast: Any) -> None:
    """No style of marks, and no missing mark, raises or shifts an offset."""
    texts = [restyled(passage["text"], VARIANTS[style]) for passage in PASSAGES]
    changed = [text for text, passage in zip(texts, PASSAGES, strict=True) if text != passage["text"]]
    assert len(changed) > 60
    for text, doc in zip(changed, fast.pipe(changed), strict=True):
        assert doc.text == text
        check_offsets(text, doc._.quotes)
