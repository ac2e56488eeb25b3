"""One article and its quotations -> rows: permanent ids, and the content as it is shown."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from quotes.text.identifiers import short_hash, text_id
from quotes.text.outer_marks import ELLIPSIS, without_outer_marks
from quotes.text.plain_text import is_markup, readable
from quotes.text.spans import Offsets
from quotes.text.time_expressions import resolve_time
from quotes.types import Article, Quote, join_fragments


class MentionGroupRow(NamedTuple):
    """Names of one article that may decide on each other."""

    id: int
    data: str  # the names as JSON, equal for articles that say the same
    keys: tuple[int, ...]  # under which the group meets those of other articles
    quotes: tuple[tuple[str, ...], ...]  # of each name, the ids of its quotations


COMMA_AT_END = re.compile(r",(?=[”’\"'»]*\Z)")  # "The plan is “a farce,”" he said


@dataclass(frozen=True, slots=True)
class ArticleIndex:
    """By what linking looks up an article and its quotations, as ``linking.index`` computes it."""

    mention_groups: tuple[MentionGroupRow, ...] = ()
    shingle_hashes: tuple[int, ...] = ()  # of the article's text, for its copies
    fingerprints: tuple[tuple[int, str], ...] = ()  # of runs of words, each with the id of a quotation


def identified(article: str, quotes: Iterable[Quote]) -> dict[str, Quote]:
    """Permanent id -> quotation, in the order of the article's text."""
    ordered = sorted(quotes, key=lambda quote: (quote.spans[0].start, quote.spans[-1].end))
    return dict(zip(quote_ids(article, ordered), ordered, strict=True))


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
            ident = _quote_id(article, quote.text, occurrence)
            if ident not in taken:
                break
        seen[quote.text] = occurrence
        taken.add(ident)
        out.append(ident)
    return out


def free_quote_id(article: str, text: str, taken: Iterable[str]) -> str:
    """The permanent id of a quotation of these words beside those whose ids are ``taken``."""
    known, occurrence = set(taken), 1
    while (ident := _quote_id(article, text, occurrence)) in known:
        occurrence += 1
    return ident


def _quote_id(article: str, text: str, occurrence: int) -> str:
    return f"{article}-{short_hash(text + chr(10) + str(occurrence))}"


def content(quote: Quote, text: str) -> str:
    """What is shown as the quotation: its fragments without their outer quotation marks, joined by " … "."""
    return shown_content(text, [(span.start, span.end) for span in quote.spans])


def shown_content(text: str, spans: Sequence[Offsets]) -> str:
    """Fragments without their outer quotation marks, joined by " … "; as they are where nothing else is in them.

    Where only markup stands between two of them, they are one: "We will <b>not</b> sell". Entities are shown as
    characters, what has no width within a word is left out, and so is the comma that parts the words from "he said".
    """
    fragments: list[str] = []
    end = 0
    for start, stop in spans:
        if fragments and is_markup(text[end:start]):
            fragments[-1] = join_fragments((fragments[-1], text[start:stop]))
        else:
            fragments.append(text[start:stop])
        end = stop
    fragments = [readable(fragment) for fragment in fragments]
    bare = ELLIPSIS.join(part for part in map(without_outer_marks, fragments) if part) or " ".join(fragments)
    return COMMA_AT_END.sub("", bare) or bare


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
        "source_id": article.source_id,
        "text_id": text_id(article.text, article.publication),
        "withdrawn": 1 if article.withdrawn else None,
    }


def _said_on(quote: Quote, published: str | None) -> str | None:
    """When a quotation was said, against the day of publication."""
    return quote.said_on or (resolve_time(quote.said_when, published) if quote.said_when else None)


def quote_rows(quote_id: str, article: Article, quote: Quote) -> dict[str, list[dict[str, Any]]]:
    """Table -> its rows for one quotation."""
    spans = [("content", span) for span in quote.spans]
    others = (("source", quote.source), ("cue", quote.cue), ("addressee", quote.addressee))
    spans += [(role, span) for role, span in others if span]
    sure = quote.speaker_confidence
    rows: dict[str, list[dict[str, Any]]] = {
        "quotes": [
            {
                "id": quote_id,
                "content": content(quote, article.text),
                "type": quote.type,
                "published": article.published,
                "article": article.id,
                "source": quote.source.text if quote.source else None,
                "cue": quote.cue.text if quote.cue else None,
                "via": quote.via,
                "attribution": quote.attribution,
                "confidence": round(float(quote.confidence), 4),
                "speaker_confidence": None if sure is None else round(float(sure), 4),
                "thought": int(quote.thought),
                "act": quote.act,
                "asserted": int(quote.asserted),
                "addressee": quote.addressee.text if quote.addressee else None,
                "position": quote.spans[0].start,
                "publication": article.publication,
                "withdrawn": None,  # linking gives it the mark of its article
                "said_on": _said_on(quote, article.published),
                "occasion": quote.occasion,
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
                "attribution": quote.attribution,
            }
        ]
    if quote.candidates:
        rows["candidates"] = [
            {
                "quote": quote_id,
                "rank": rank,
                "name": candidate.name,
                "type": candidate.type,
                "probability": round(float(candidate.probability), 4),
            }
            for rank, candidate in enumerate(quote.candidates, 1)
        ]
    if quote.embedding:
        rows["embeddings"] = [{"quote": quote_id, "vector": quote.embedding}]
    return rows
