"""Quotations on a spaCy Doc: written by the component, read by ``doc._.quotes``.

``doc.spans["quotes"]`` shows them to spaCy: spans labelled CONTENT, CUE and SOURCE, those of one quotation with the
same id, which no quotation of another text has. What ``doc._.quotes`` reads are rows of plain data with character
offsets, since the numbers of tokens change when tokens are merged. The rows are kept twice, each time where some of
spaCy's own functions look after them:

- in the attributes of the span group: ``DocBin`` and ``to_bytes`` keep these without user data;
- in the user data, under the key of a span's attribute: ``Doc.from_docs`` and ``Span.as_doc`` move these offsets along.
"""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any, cast

from spacy.tokens import Doc, SpanGroup

from quotes.text.identifiers import short_hash
from quotes.text.quoted import quote_type
from quotes.text.spans import Offsets
from quotes.types import Candidate, Mention, Quote, Span

KEY = "quotes"  # of the span group
ROWS = "quotes.rows"  # what they are called in its attributes and in the user data
TOKENS = "tokens"  # how many the Doc had when the spans were put into the group
CONTENT, CUE, SOURCE = "CONTENT", "CUE", "SOURCE"
LOST_SPEAKERS = (
    "The speakers of some quotations are not in this Doc any more: it was saved without its user data. "
    "Keep them with DocBin(store_user_data=True), or read the text again."
)
PROPERTIES = [field.name for field in fields(Quote)]
Row = dict[str, Any]


def write_quotes(doc: Doc, text: str, quotes: Sequence[Quote]) -> None:
    """Put the quotations of a Doc's ``text``, in text order, in place of those that it had."""
    digest, user_data = short_hash(text), cast(dict[object, Any], doc.user_data)
    forget(doc, ROWS)
    rows = [_row(f"{digest}-{number}", quote) for number, quote in enumerate(quotes)]
    for row in rows:
        user_data.setdefault(("._.", ROWS, *_extent(row)), []).append(row)
    _set_spans(doc, rows)


def read_quotes(doc: Doc) -> tuple[Quote, ...]:
    """The quotations of a Doc, in text order. Behind ``doc._.quotes``.

    Warns where only their spans are left: then they have no speaker. Where tokens were merged or split since, the spans
    in ``doc.spans["quotes"]`` get their new numbers, which spaCy does not do itself.
    """
    text, group = doc.text, doc.spans.get(KEY)
    if group is not None and group.attrs.get(TOKENS, len(doc)) != len(doc):
        _set_spans(doc, group.attrs[ROWS])
    rows = {(row["id"], row["spans"][0][0]): row for row in _rows(doc, len(text))}
    if len(doc.spans.get(KEY, ())) > sum(len(list(_labelled(row))) for row in rows.values()):
        bare = {(row["id"], row["spans"][0][0]): row for row in _rows_of_spans(doc, text)}
        if bare.keys() - rows.keys():
            warnings.warn(LOST_SPEAKERS, stacklevel=3)
        rows = bare | rows
    in_order = sorted(rows.values(), key=lambda row: (row["spans"][0][0], row["spans"][-1][1]))
    return tuple(_quote(text, row) for row in in_order)


def _set_spans(doc: Doc, rows: list[Row]) -> None:
    """Show the quotations to spaCy, as the spans of the tokens that they are in."""
    spans = [
        span
        for row in rows
        for label, offsets in _labelled(row)
        if (span := doc.char_span(*offsets, label=label, span_id=row["id"], alignment_mode="expand"))
    ]
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans, attrs={ROWS: rows, TOKENS: len(doc)})


def forget(doc: Doc, name: str) -> None:
    """Remove what an attribute of the Doc, its spans and its tokens has, such as ``_.coref_chains``."""
    for key in [key for key in doc.user_data if isinstance(key, tuple) and key[:2] == ("._.", name)]:
        del doc.user_data[key]


def _row(ident: str, quote: Quote) -> Row:
    """A quotation as plain data: its own properties, and its spans as offsets."""
    speaker = quote.speaker
    return {
        **{name: getattr(quote, name) for name in PROPERTIES},
        "speaker": speaker and asdict(speaker),
        "candidates": tuple(map(asdict, quote.candidates)),
        "id": ident,
        "spans": [(span.start, span.end) for span in quote.spans],
        "cue": quote.cue and (quote.cue.start, quote.cue.end),
        "source": quote.source and (quote.source.start, quote.source.end),
        "addressee": quote.addressee and (quote.addressee.start, quote.addressee.end),
    }


def _quote(text: str, row: Row) -> Quote:
    """The quotation of a row, whose offsets are those of the text."""
    properties = {name: value for name, value in row.items() if name != "id"}
    if row["speaker"]:
        properties["speaker"] = Mention(**{**row["speaker"], "aliases": tuple(row["speaker"]["aliases"])})

    properties["candidates"] = tuple(Candidate(**candidate) for candidate in row.get("candidates", ()))

    def span(offsets: Offsets) -> Span:
        return Span(*offsets, text[slice(*offsets)])

    return Quote(
        **properties
        | {
            "spans": tuple(map(span, row["spans"])),
            "cue": row["cue"] and span(row["cue"]),
            "source": row["source"] and span(row["source"]),
            "addressee": row.get("addressee") and span(row["addressee"]),
        }
    )


def _rows(doc: Doc, length: int) -> Iterator[Row]:
    """The rows that a Doc has kept, in either place, with offsets into its text of ``length`` characters."""
    group = doc.spans.get(KEY)
    yield from group.attrs.get(ROWS, ()) if group is not None else ()
    for key, rows in doc.user_data.items():
        if isinstance(key, tuple) and key[:2] == ("._.", ROWS) and key[2] >= 0 and key[3] <= length:
            for row in rows:
                yield _shifted(row, key[2] - _extent(row)[0])


def _shifted(row: Row, by: int) -> Row:
    """The row with all its offsets moved to the right."""
    if not by:
        return row

    def move(offsets: Offsets | None) -> Offsets | None:
        return offsets and (offsets[0] + by, offsets[1] + by)

    names = ("cue", "source", "addressee")
    return row | {"spans": list(map(move, row["spans"]))} | {name: move(row.get(name)) for name in names}


def _extent(row: Row) -> Offsets:
    """Where the first span of a row begins and the last one ends."""
    spans = [span for _, span in _labelled(row)]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _labelled(row: Row) -> Iterator[tuple[str, Offsets]]:
    """The label and the offsets of each span of a row."""
    yield from ((CONTENT, offsets) for offsets in row["spans"])
    yield from ((label, row[name]) for label, name in ((CUE, "cue"), (SOURCE, "source")) if row[name])


def _rows_of_spans(doc: Doc, text: str) -> Iterator[Row]:
    """A row for each quotation in ``doc.spans["quotes"]``, without what spans do not say."""
    groups: list[tuple[str, dict[str, list[Offsets]]]] = []
    group = doc.spans[KEY]
    for number in range(len(group)):
        try:
            span = group[number]
        except IndexError:  # tokens were merged: spaCy has no token with this number any more
            continue
        is_next = bool(groups) and span.label_ == CONTENT and groups[-1][1].keys() != {CONTENT}
        if not groups or groups[-1][0] != span.id_ or is_next:
            groups.append((span.id_, {}))
        groups[-1][1].setdefault(span.label_, []).append((span.start_char, span.end_char))
    for ident, parts in groups:
        if content := parts.get(CONTENT):
            cue, source = (next(iter(parts.get(label, [])), None) for label in (CUE, SOURCE))
            bare = asdict(Quote(spans=(), type=quote_type(text, content)))
            yield {**bare, "id": ident, "spans": content, "cue": cue, "source": source}
