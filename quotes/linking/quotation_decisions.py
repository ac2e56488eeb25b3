"""What a user asks to be corrected about which quotations there are -> a correction; see ``decisions``."""

import re
from collections.abc import Sequence

from quotes.corrections.records import Add, Reject, Trim
from quotes.corrections.references import QuoteRef
from quotes.errors import Ambiguous, Choice, InvalidCorrection, NotFound
from quotes.linking.decisions import meant_speaker, now, quote_refs
from quotes.store.database import Store
from quotes.store.rows import free_quote_id
from quotes.text.outer_marks import CLOSING_OF
from quotes.text.spans import Offsets, overlap
from quotes.text.spans import trim as trim_space
from quotes.types import SpeakerType

CONTEXT_SHOWN = 30  # characters on either side of one of several places
PLACES_SHOWN = 10


def reject(store: Store, quotes: Sequence[str], *, by: str) -> Reject:
    """The correction that this is no quotation. Raises NotFound, or InvalidCorrection for several articles at once."""
    if not quotes:
        raise InvalidCorrection("No quotation is given.")
    refs = quote_refs(store, dict.fromkeys(quotes))
    if len(refs) > 1:
        raise InvalidCorrection("One correction rejects one quotation.", "Reject them one by one.")
    return Reject(at=now(), by=by, quotes=refs)


def trim(store: Store, quote: str, start: int, end: int, *, by: str) -> Trim:
    """The correction that a quotation is the words from ``start`` to ``end`` of its article's text.

    Raises NotFound, or InvalidCorrection for a span that is outside the text, empty, elsewhere, or as it is.
    """
    [ref] = quote_refs(store, [quote])
    text = _text(store, ref.article)
    if not 0 <= start < end <= len(text):
        raise InvalidCorrection(
            f"{start}-{end} is no part of the article, which has the characters 0-{len(text)}.",
            f"The quotation is {ref.start}-{ref.end}.",
            about=quote,
        )
    start, end = trim_space(text, start, end)
    if not any(char.isalnum() for char in text[start:end]):
        raise InvalidCorrection("There is no word between these places.", about=quote)
    spans = store.lookup.content_spans(quote)
    if spans == [(start, end)]:
        raise InvalidCorrection("The quotation is that already.", about=quote)
    if not any(overlap((start, end), span) for span in spans):
        raise InvalidCorrection(
            f"{start}-{end} is another place than the quotation, which is {ref.start}-{ref.end}.",
            "Reject this one, and add the other.",
            about=quote,
        )
    to = QuoteRef(quote, ref.article, start, end, text[start:end])
    return Trim(at=now(), by=by, quotes=(ref,), to=(to,))


def add(
    store: Store,
    article: str,
    words: str,
    speaker: str | None,
    *,
    new: SpeakerType | None = None,
    at: int | None = None,
    by: str,
) -> Add:
    """The correction that these words of an article are a quotation by this speaker, or by nobody known (None).

    ``new`` is the type of a speaker who has no quotation yet; ``at``: the offset of the words where they occur more
    than once. Raises NotFound, Ambiguous or InvalidCorrection.
    """
    text = _text(store, article)
    span = _with_marks(text, _place(text, words, at))
    for quote in store.lookup.quote_ids_of_article(article):
        if store.lookup.content_spans(quote) == [span]:
            raise InvalidCorrection(f"This is a quotation already: {quote}.", about=quote)
    ident = free_quote_id(article, text[slice(*span)], store.lookup.known_quote_ids(article))
    whom = () if speaker is None else (meant_speaker(store, speaker, new=new),)
    ref = QuoteRef(ident, article, *span, text[slice(*span)])
    return Add(at=now(), by=by, quotes=(ref,), speakers=whom)


def _text(store: Store, article: str) -> str:
    text = store.linking.copies.text(article)
    if text is None:
        raise NotFound(f"There is no article {article!r}.", kind="article")
    return text


def _place(text: str, words: str, at: int | None) -> Offsets:
    """Where words stand in a text; white space and the form of quotation marks do not matter."""
    parts = [re.sub(r"[\"“”]", '["“”]', re.sub(r"['’‘]", "['’‘]", re.escape(part))) for part in words.split()]
    if not any(char.isalnum() for char in words):
        raise InvalidCorrection("No words are given.")
    found = [match.span() for match in re.finditer(r"\s+".join(parts), text)]
    if at is not None:
        found = [span for span in found if span[0] == at]
    if not found:
        where = "" if at is None else f" at {at}"
        raise NotFound(f"These words are not in the article{where}.", "Copy them from: quotes show ARTICLE")
    if len(found) > 1:
        choices = [Choice(str(span[0]), _around(text, span)) for span in found[:PLACES_SHOWN]]
        raise Ambiguous(f"These words occur {len(found)} times.", name=words, choices=choices)
    return found[0]


def _around(text: str, span: Offsets) -> str:
    before, after = text[max(0, span[0] - CONTEXT_SHOWN) : span[0]], text[span[1] : span[1] + CONTEXT_SHOWN]
    return " ".join(f"…{before}[{text[slice(*span)]}]{after}…".split())


def _with_marks(text: str, span: Offsets) -> Offsets:
    """The span with the quotation marks right around it, as contents have them."""
    start, end = span
    if start > 0 and end < len(text) and text[end] in CLOSING_OF.get(text[start - 1], ()):
        return start - 1, end + 1
    return span
