"""Atom feeds of what a speaker said, of a statement, of a publication, of a search: subscribing to one is the alert.

An entry is a quotation. Its id is made of the quotation's, so that a reader program shows it once, wherever the site
moves and however often the article is read. https://www.rfc-editor.org/rfc/rfc4287
"""

import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from quotes.datasette import present, topics
from quotes.datasette.fetch import LISTED_COLUMNS, cleaned, fetch_rows
from quotes.store.certainty import COUNTED_SQL
from quotes.store.search_sql import QUOTATION_JOINS
from quotes.text.dates import first_day, parse_date, readable_date

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

    from quotes.datasette.links import Links

ENTRIES = 50  # the newest quotations
TITLE_LENGTH = 160  # characters of the words in an entry's title
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)  # Atom wants a date of every entry
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://pypi.org/project/quote-tracker/")
NEWEST_FIRST = "order by quotes.published desc, quotes.article, quotes.position, quotes.id"
ROWS = f"select {LISTED_COLUMNS}, articles.url from quotes {QUOTATION_JOINS}"

Absolute = Callable[[str], str]  # a path as an address


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed has: quotations as dicts with the listed columns, the newest first, and the page that shows them."""

    title: str
    page: str
    rows: list[dict[str, Any]]


async def of_speaker(db: "Database", links: "Links", key: str) -> Feed | None:
    """What a speaker said last; None when there is no such speaker."""
    found = await fetch_rows(db, "select name from speakers where id = :key", key=key)
    rows = await newest(db, f"quotes.speaker = :key and {COUNTED_SQL}", key=key)
    return Feed(found[0]["name"], links.row("speakers", key), rows) if found else None


async def of_statement(db: "Database", links: "Links", key: str) -> Feed | None:
    """Where a statement was reported last; None when there is no such statement."""
    found = await fetch_rows(db, "select text from statements where id = :key", key=key)
    rows = await newest(db, "quotes.statement = :key", key=key)
    return (
        Feed(present.shortened(found[0]["text"], 80), links.row("statements", key), rows) if found else None
    )


async def of_publication(db: "Database", links: "Links", name: str) -> Feed | None:
    """Whom a publication quoted last; None when no article is from it."""
    found = await fetch_rows(db, "select 1 from articles where publication = :name limit 1", name=name)
    rows = await newest(db, f"quotes.publication = :name and {COUNTED_SQL}", name=name)
    return Feed(name, links.publications(name), rows) if found else None


async def of_topic(db: "Database", links: "Links", key: str) -> Feed | None:
    """What was said last about a topic; None when there is no such topic."""
    if not await topics.are_there(db):
        return None
    found = await fetch_rows(db, "select label from topics where id = :key", key=key)
    of_it = "quotes.statement in (select statement from statement_topics where topic = :key)"
    rows = await newest(db, f"{of_it} and {COUNTED_SQL}", key=key)
    return Feed(found[0]["label"], links.topics(key), rows) if found else None


# path below /-/ -> what loads the feed of the name or id in the address
FEEDS: dict[str, Callable[["Database", "Links", str], Awaitable[Feed | None]]] = {
    "speakers": of_speaker,
    "statements": of_statement,
    "publications": of_publication,
    "topics": of_topic,
}


async def newest(db: "Database", where: str, **values: Any) -> list[dict[str, Any]]:
    """The newest quotations that a condition is true of, those without a date last."""
    return await fetch_rows(db, f"{ROWS} where {where} {NEWEST_FIRST} limit {ENTRIES}", **values)


async def by_ids(db: "Database", idents: list[str]) -> list[dict[str, Any]]:
    """The quotations with these ids, the newest first."""
    where = "where quotes.id in (select value from json_each(:idents))"
    return await fetch_rows(db, f"{ROWS} {where} {NEWEST_FIRST}", idents=json.dumps(idents))


def atom(feed: Feed, *, site: str, address: str, absolute: Absolute, links: "Links") -> bytes:
    """The feed as XML. ``address``: its own, absolute."""
    from feedgen.feed import FeedGenerator  # imports lxml, which no other page needs

    made = FeedGenerator()
    rows = [cleaned(row) for row in feed.rows]
    made.id(absolute(feed.page))
    made.title(_valid(present.clean(f"{feed.title} · {site}")))
    made.link(href=absolute(feed.page), rel="alternate", type="text/html")
    made.link(href=address, rel="self", type="application/atom+xml")
    made.author(name=_valid(present.clean(site)))
    made.generator("quotes")
    made.updated(max([_when(row["published"]) for row in rows], default=UNDATED))
    for row in rows:
        entry = made.add_entry(order="append")
        entry.id(entry_id(row["id"]))
        entry.title(_valid(_title(row)))
        entry.link(href=absolute(links.row("quotes", row["id"])), rel="alternate", type="text/html")
        entry.updated(_when(row["published"]))
        entry.published(_when(row["published"]))
        if row["speaker"] and not present.is_doubtful(row):
            entry.author(name=_valid(row["name"]))
        entry.content(_valid(str(_body(row, absolute, links))), type="html")
    return bytes(made.atom_str(pretty=True))


def entry_id(quotation: str) -> str:
    """The id of a quotation's entry in every feed of every site."""
    return uuid.uuid5(NAMESPACE, quotation).urn


def _title(row: dict[str, Any]) -> str:
    who = row["name"] if row["speaker"] else "Speaker not found"
    doubt = "?" if row["speaker"] and present.is_doubtful(row) else ""
    return f"{who}{doubt}: {present.quotation_text(row, TITLE_LENGTH)}"


def _body(row: dict[str, Any], absolute: Absolute, links: "Links") -> Markup:
    place = absolute(links.row("articles", row["article"])) + f"#{row['id']}"
    about = [
        present.speaker_summary(row),
        row["description"],
        row["publication"],
        readable_date(row["published"]),
        "a copy of another article" if row["copy_of"] else "",
    ]
    return Markup('<blockquote><p>{}</p></blockquote><p>{}</p><p><a href="{}">{}</a></p>').format(
        present.quotation_text(row),
        " · ".join(filter(None, about)),
        place,
        row["title"] or "Untitled article",
    )


def _when(published: str | None) -> datetime:
    day = parse_date(published or "")
    return datetime.combine(first_day(day), datetime.min.time(), UTC) if day else UNDATED


def _valid(text: str) -> str:
    """Text without what XML 1.0 does not allow even as a reference: surrogates and two noncharacters."""
    return "".join(
        "\ufffd" if "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff" else char for char in text
    )
