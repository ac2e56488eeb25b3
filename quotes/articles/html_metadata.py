"""What a page says of itself: title, author, day, publication, address. Of each the most reliable that is there.

The order of precedence was measured on pages of 49 publishers: the social headline of ``og:title`` is another one than
the headline more often than the page's ``<h1>`` is; the day is that of publication as it is written, never that of the
last change.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from quotes.articles.addresses import address_key, clean_address, site_of
from quotes.articles.days import read_day
from quotes.articles.html_body import one_line

ARTICLE_TYPES = re.compile(r"(?:News|Reportage|Analysis|Opinion|Review|Background|Advertiser|LiveBlog|Blog)?"
                           r"(?:Article|Posting|NewsArticle)$|^Report$")  # fmt: skip
PUBLISHED_NAMES = (
    "article:published_time og:article:published_time og:published_time datepublished pdate pubdate publishdate "
    "publish-date publish_date parsely-pub-date sailthru.date dc.date dc.date.issued dcterms.created dcterms.date "
    "dcterms.issued cxenseparse:recs:publishtime bt:pubdate article.published date originalpublicationdate "
    "article_date_original publication_date lastpublished rnews:datepublished".split()
)
AUTHOR_NAMES = "byl author article:author parsely-author dc.creator dcterms.creator sailthru.author".split()
# Elements that name the author: by what they are, or by a class that is only ever used for that
BYLINES = (
    "//*[@rel='author' or @itemprop='author' or contains(concat(' ', normalize-space(@class), ' '), ' byline ') "
    "or contains(concat(' ', normalize-space(@class), ' '), ' author ')]"
)
SITE_NAMES = "og:site_name application-name apple-mobile-web-app-title".split()
NO_AUTHOR = re.compile(r"https?://|@|^(?:admin|webmaster|editor|staff|unknown|none|null|undefined)$", re.I)
BY = re.compile(r"^\s*(?:by|from|written by|story by|words by)\s*:?\s+", re.I)
PLACE_AFTER = re.compile(r"\s+in\s+[A-Z].*$")  # "Ann Lee in Oslo and Bo Ek": where they were is no name
SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?|[a-z]{3})[/-](\d\d?)(?=[/._-]|$)", re.I)
TITLE_SEPARATOR = re.compile(r"\s+[|\-–—·»:]\s+|\s*\|\s*")
TITLE_PARTS = re.compile(r"\s+[|\-–—·»:]\s+|\s*\|\s*|:\s+")
HEADLINE_TAGS = (
    "h2",
    "h3",
    "b",
    "strong",
    "font",
    "big",
    "span",
    "p",
    "td",
)  # which stand for an <h1> where there is none
MIN_HEADLINE_WORDS = 3
TIMES = "//*[@itemprop='datePublished'] | //time[@pubdate] | //article//time | //header//time"


class PageData:
    """Title, author, day, publication and address of a page, each with where else it may stand."""

    def __init__(self, tree: HtmlElement, page: str = "", address: str | None = None) -> None:
        """page: its source, for the note that browsers leave in it. address: where it was read, if that is known."""
        self.tree, self._page, self._address = tree, page, address
        self._meta = dict[str, str]()
        for meta in tree.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            value = one_line(meta.get("content") or "")
            if name and value:
                self._meta.setdefault(name.lower(), value)
        self._items = list(linked_data(tree))
        self._article = next((item for item in self._items if _is_article(item)), {})

    def fields(self) -> dict[str, str | None]:
        """The fields of an article, without its text."""
        url = self.url()
        publication = self.publication(url)
        return {
            "title": self.title(publication),
            "author": self.author(),
            "published": self.published(url),
            "publication": publication,
            "url": url,
        }

    def title(self, publication: str | None = None) -> str | None:
        """The headline: the only ``<h1>``, else the page's data, else its title without the name of the site."""
        headings = [one_line("".join(h1.itertext())) for h1 in self.tree.iter("h1")]
        headings = [heading for heading in headings if len(heading.split()) >= MIN_HEADLINE_WORDS]
        if len(set(headings)) == 1:
            return headings[0]
        headline = _string(self._article.get("headline")) or _string(self._article.get("name"))
        if headline:
            return headline
        if headings:
            social = self._meta.get("og:title", "")
            return next((heading for heading in headings if heading in social), headings[0])
        title = self.tree.find(".//title")
        written = one_line("".join(title.itertext())) if title is not None else ""
        return (
            self._meta.get("og:title") or self._shown(written) or _without_site(written, publication) or None
        )

    def _shown(self, title: str) -> str | None:
        """The part of a page's title that stands on the page by itself: its headline."""
        parts = [part for part in TITLE_PARTS.split(title) if len(part.split()) >= MIN_HEADLINE_WORDS]
        marked = {one_line("".join(node.itertext())) for node in self.tree.iter(*HEADLINE_TAGS)}
        return next((part for part in parts if part in marked), None)

    def author(self) -> str | None:
        """The reporters, by name."""
        names = list(_names(self._article.get("author"), self._items))
        for name in AUTHOR_NAMES if not names else ():
            if value := self._meta.get(name):
                names = [value]
                break
        if not names:
            marked = self.tree.xpath(BYLINES)
            texts = (one_line("".join(element.itertext())) for element in marked)
            names = [text for text in texts if text and len(text) <= 80][:1]
        cleaned = [_person(name) for name in names]
        return ", ".join(dict.fromkeys(name for name in cleaned if name)) or None

    def published(self, url: str | None = None) -> str | None:
        """The day of publication, as it is written; never that of the last change."""
        candidates = [_string(self._article.get("datePublished")), _string(self._article.get("dateCreated"))]
        candidates += [self._meta.get(name) for name in PUBLISHED_NAMES]
        candidates += [
            time.get("datetime") or "".join(time.itertext())
            for time in self.tree.xpath(
                "//*[@itemprop='datePublished'] | //time[@pubdate] | //article//time | //header//time"
            )
        ]
        candidates += [
            meta.get("content") for meta in self.tree.xpath("//*[@itemprop='datePublished' and @content]")
        ]
        days = [day for value in candidates if value and (day := read_day(one_line(value)))]
        whole = next((day for day in days if len(day) == 10), None)
        return whole or _day_of_address(url) or self._written_day() or (days[0] if days else None)

    def publication(self, url: str | None = None) -> str | None:
        """The name of the site: of its publisher, as it calls itself, else its host."""
        for item in (self._article, *self._items):
            publisher = next(iter(_names(item.get("publisher"), self._items)), None)
            if publisher:
                return publisher
        for name in SITE_NAMES:
            if value := self._meta.get(name):
                return value
        sites = (item for item in self._items if item.get("@type") in ("WebSite", "NewsMediaOrganization"))
        called = [known for item in sites if (known := _string(item.get("name")))]
        return called[0] if called else site_of(url)

    def body(self) -> str:
        """The text as the page's data have it, mostly without its paragraphs; "" where they have none."""
        return html.unescape(_string(self._article.get("articleBody")) or "")

    def url(self) -> str | None:
        """The address of the article, without what tells only how a reader came there."""
        canonical = self.tree.xpath("string(//link[@rel='canonical']/@href)").strip()
        saved = SAVED_FROM.search(self._page[:2048])
        found = [canonical, self._address, saved[1] if saved else None]
        found += [self._meta.get("og:url"), _string(self._article.get("url")), _main_entity(self._article)]
        base = self._address or (saved[1] if saved else None) or self._meta.get("og:url") or ""
        for address in found:
            whole = urljoin(base, address) if address and base else address
            if whole and address_key(whole):
                return clean_address(whole)
        return None

    def _written_day(self) -> str | None:
        """The day that htmldate finds in what readers see."""
        from htmldate import find_date

        try:
            found = find_date(self.tree, original_date=True, extensive_search=True)
        except Exception:  # it raises on pages that are no pages
            return None
        return found if isinstance(found, str) else None


def linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, those of graphs and lists as well."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", script.text)
            try:
                yield from _objects(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for inner in value:
            yield from _objects(inner)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))
        main = value.get("mainEntity")
        if isinstance(main, dict | list):
            yield from _objects(main)


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(
        isinstance(kind, str) and ARTICLE_TYPES.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _names(value: Any, items: list[dict[str, Any]]) -> Iterator[str]:
    """The names of persons or organisations, which may be given by reference to another object."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner, items)
    elif isinstance(value, dict):
        if name := value.get("name"):
            yield from _names(name, items)
        elif (ident := value.get("@id")) is not None:
            other = next((item for item in items if item.get("@id") == ident and item.get("name")), None)
            if other:
                yield from _names(other["name"], items)


def _person(name: str) -> str | None:
    name = BY.sub("", one_line(name)).strip(" ,|·-–—")
    if not name or NO_AUTHOR.search(name):
        return None
    if PLACE_AFTER.search(name):
        name = ", ".join(PLACE_AFTER.sub("", part) for part in re.split(r",\s*|\s+and\s+", name))
    if name.isupper() and len(name) > 4:
        name = name.title()
    return name


def _string(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    return one_line(re.sub(r"<[^<>]+>", "", value)) or None if isinstance(value, str) else None


def _main_entity(item: dict[str, Any]) -> str | None:
    main = item.get("mainEntityOfPage")
    return _string(main.get("@id") or main.get("url")) if isinstance(main, dict) else _string(main)


def _without_site(title: str, publication: str | None) -> str:
    """A page's title without the site's name at its beginning or end."""
    parts = TITLE_SEPARATOR.split(title)
    if len(parts) < 2:
        colon = title.partition(": ")
        return (
            colon[2] if publication and colon[0].casefold() == publication.casefold() and colon[2] else title
        )
    known = [part for part in parts if not publication or part.casefold() not in publication.casefold()]
    if len(known) < len(parts) and known:
        return max(known, key=len) if len(known) > 1 else known[0]
    return max(parts, key=len)


def _day_of_address(url: str | None) -> str | None:
    match = DAY_IN_ADDRESS.search(url or "")
    if not match:
        return None
    year, month, day = match.groups()
    return read_day(f"{year}-{month}-{day}") if month.isdigit() else read_day(f"{day} {month} {year}")
