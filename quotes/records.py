"""One article and its quotations -> rows: permanent ids, and the content as it is shown."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from quotes.data import Article, Quote

PAIRS = {"“": "”", "„": "“”", "‘": "’", "«": "»", "»": "«", "‹": "›", '"': '"', "''": "''", "'": "'"}
ELLIPSIS = " … "  # between the fragments of a content that the cue or a paragraph splits


def short_hash(text: str) -> str:
    """Six hexadecimal digits that stand for a text in an id."""
    return hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def slug(text: str, *, length: int = 60) -> str:
    """A text as lower-case ASCII words joined by hyphens, cut at a word; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9_]+", plain)
    out = "-".join(words)
    if len(out) <= length:
        return out
    cut = out[: length + 1].rpartition("-")[0]
    return cut or out[:length]


def quote_ids(article: str, quotes: Sequence[Quote]) -> list[str]:
    """Permanent ids of an article's quotations, in the order given.

    An id depends on the article's id, on the content, and, where the same words are quoted more than once,
    on which occurrence this is; so a change elsewhere in the article leaves it as it is.
    """
    taken: set[str] = set()
    seen: dict[str, int] = {}
    out = []
    for quote in quotes:
        occurrence = seen.get(quote.text, 0)
        while True:  # six digits may collide with those of another content: then count on
            occurrence += 1
            found = f"{article}-{short_hash(quote.text + chr(10) + str(occurrence))}"
            if found not in taken:
                break
        seen[quote.text] = occurrence
        taken.add(found)
        out.append(found)
    return out


def bare(fragment: str) -> str:
    """A fragment of content without the quotation marks at its edges.

    A mark stays where its partner is inside the fragment: ``the plan was “a farce”`` and ``“a” or “b”`` keep
    theirs, ``“We waited,”`` and the unclosed ``“We waited,`` do not. A full stop or comma after a mark stays.
    """
    text = fragment.strip()
    for opener, closers in PAIRS.items():
        if not text.startswith(opener):
            continue
        rest = text[len(opener) :]
        end = re.search(rf"(?:{'|'.join(re.escape(c) for c in _closers(closers))})([.,;:!?]*)$", rest)
        inner = rest[: end.start()] if end else rest
        single = closers in ("’", "'")  # also an apostrophe, so only at a word's end
        closed = re.search(r"(?<=[\w,.!?])['’](?!\w)", inner) if single and not end else None
        if opener in inner or closed or (not single and any(c in inner for c in _closers(closers))):
            return text
        return (inner + end.group(1) if end else inner).strip()
    for closer in ("”", "“", "''", '"', "»", "›"):  # not a lone apostrophe: "the drivers'" needs it
        if text.endswith(closer):
            openers = [mark for mark, closers in PAIRS.items() if closer in _closers(closers)]
            before = text[: -len(closer)]
            if closer in openers:  # straight marks: an odd one before this is its partner
                partner = before.count(closer) % 2 == 1
            else:
                partner = sum(map(before.count, openers)) > before.count(closer)
            return text if partner else before.rstrip()
    return text


def _closers(closers: str) -> list[str]:
    return [closers] if closers == "''" else list(closers)


def content(quote: Quote) -> str:
    """What is shown as the quotation: its fragments without their outer quotation marks, joined by " … "."""
    return ELLIPSIS.join(part for part in (bare(span.text) for span in quote.spans) if part) or quote.text


def text_sha(article: Article) -> str:
    """What tells whether an article has changed: its text and everything else that is stored of it."""
    parts = [article.text, article.title, article.publication, article.author, article.published, article.url]
    return hashlib.sha1(json.dumps(parts).encode()).hexdigest()


def article_row(article: Article, version: str) -> dict[str, Any]:
    """The row of an article read by this version of the pipeline."""
    return {
        "id": article.id,
        "title": article.title,
        "publication": article.publication,
        "author": article.author,
        "published": article.published,
        "url": article.url,
        "text": article.text,
        "path": article.path,
        "words": len(article.text.split()),
        "sha": text_sha(article),
        "version": version,
    }


def quote_rows(quote_id: str, article: Article, quote: Quote) -> dict[str, list[dict[str, Any]]]:
    """Table -> its rows for one quotation."""
    spans = [("content", span) for span in quote.spans]
    spans += [(role, span) for role, span in (("source", quote.source), ("cue", quote.cue)) if span]
    rows: dict[str, list[dict[str, Any]]] = {
        "quotes": [
            {
                "id": quote_id,
                "content": content(quote),
                "type": quote.type,
                "published": article.published,
                "article": article.id,
                "source": quote.source.text if quote.source else None,
                "cue": quote.cue.text if quote.cue else None,
                "via": quote.via,
                "attribution": quote.attribution,
                "confidence": round(float(quote.confidence), 4),
                "thought": int(quote.thought),
                "position": quote.spans[0].start,
                "publication": article.publication,
            }
        ],
        "spans": [
            {"quote": quote_id, "role": role, "start": span.start, "end": span.end} for role, span in spans
        ],
    }
    if quote.speaker:
        rows["mentions"] = [
            {
                "quote": quote_id,
                "name": quote.speaker.name,
                "type": quote.speaker.type,
                "description": quote.speaker.description,
                "aliases": json.dumps(quote.speaker.aliases, ensure_ascii=False),
                "pronouns": quote.speaker.pronouns,
            }
        ]
    if quote.embedding:
        rows["embeddings"] = [{"quote": quote_id, "vector": quote.embedding}]
    return rows
