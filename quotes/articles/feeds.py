"""RSS and Atom feeds -> articles, one an entry that has its whole text; a teaser is told with the address to save."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from quotes.articles.addresses import clean_address
from quotes.articles.cells import clean_cell
from quotes.articles.source import Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure

MIN_WORDS = 20  # of a text that is marked as the content
MIN_SUMMARY_WORDS = 120  # of a description that is taken for the text: teasers are shorter
MIN_SUMMARY_PARAGRAPHS = 4  # of a shorter one that is taken for it: teasers have one or two
TEASER_END = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|(?:continue reading|read (?:more|on|the full)|more)\W{0,3}\s*(?:…|\.\.\.|»|→|>)?)\W*$",
    re.I,
)
APPEARED = re.compile(r"\n*The post .{1,300} (?:first )?appeared (?:first )?on .{1,100}\.?\s*$", re.S)


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a feed."""
    import feedparser

    feed = feedparser.parse(source.data(), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        if feed.bozo and not feed.version:
            raise Unreadable(f"is no feed that can be read: {feed.get('bozo_exception')}")
        raise Unreadable("has no entries")
    for place, entry in enumerate(feed.entries, 1):
        yield _article(source, feed.feed, entry, place)


def _article(source: Source, feed: Any, entry: Any, place: int) -> Article | Failure:
    link = clean_address(_whole_address(feed, entry.get("link") or "")) or clean_address(
        entry.get("id") or ""
    )
    try:
        text, whole = _text(entry)
        text = APPEARED.sub("", text).strip()
    except Unreadable as error:
        return source.failure(str(error), place)
    words = len(text.split())
    short = words < MIN_SUMMARY_WORDS and text.count("\n\n") < MIN_SUMMARY_PARAGRAPHS - 1
    if words < MIN_WORDS or (not whole and (short or TEASER_END.search(text))):
        page = f": {link}" if link else ""
        return source.failure(
            f"has only a teaser of {words} words. Save the page itself, and read that{page}", place
        )
    found = {
        "title": clean_cell(entry.get("title") or ""),
        "author": _author(entry),
        # as it is written: feedparser's own date is in UTC, and may be another day
        "published": entry.get("published") or entry.get("created") or entry.get("updated"),
        "publication": _publication(feed, entry),
        "url": link,
    }
    key = entry.get("id")
    return source.article(text, found, place=place, key=None if key == entry.get("link") else key)


def _whole_address(feed: Any, link: str) -> str:
    """The address of an entry, which may be given as one within the site of its feed."""
    base = feed.get("link") or ""
    return urljoin(base, link) if link and base.startswith("http") else link


def _text(entry: Any) -> tuple[str, bool]:
    """The fullest text of an entry, and whether it is marked as its content."""
    contents = [part for part in entry.get("content") or () if part.get("value")]
    texts = [(_paragraphs(part.get("value"), part.get("type")), True) for part in contents]
    detail = entry.get("summary_detail") or {}
    if summary := entry.get("summary"):
        texts.append((_paragraphs(summary, detail.get("type")), False))
    return max(texts, key=lambda pair: (len(pair[0]), pair[1]), default=("", False))


def _paragraphs(value: str, kind: str | None) -> str:
    if kind in ("text/html", "application/xhtml+xml") and "<" in value:
        from quotes.articles.html_body import fragment_text

        return fragment_text(value)
    return clean_cell(value)


def _author(entry: Any) -> str | None:
    names = [author.get("name") for author in entry.get("authors") or () if author.get("name")]
    return ", ".join(dict.fromkeys(names)) or entry.get("author")


def _publication(feed: Any, entry: Any) -> str | None:
    """The feed's title is the publication's; of a planet or a search, the entry's own source is."""
    own = entry.get("source") or {}
    title = clean_cell((own.get("title") if isinstance(own, dict) else None) or feed.get("title") or "")
    return re.split(r"\s+[|–—»-]\s+|:\s+", title)[0] or None
