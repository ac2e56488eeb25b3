"""The page of a statement: who had it first, who only passed it on, and the statements that have to do with it."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from quotes.datasette import card_png, corrections_page, page_meta, present
from quotes.datasette.fetch import cleaned
from quotes.datasette.row_pages import (
    EARLIEST_FIRST,
    QUOTATIONS_SHOWN,
    QUOTES,
    STATEMENTS,
    WORDS,
    add_source_urls,
    cleaned_rows,
    described,
)
from quotes.datasette.word_diff_html import compare
from quotes.store.certainty import is_doubtful

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

# Statements that have to do with this one, with their speakers and what was done with their words.
LINKED = f"""
    select linked.kind, linked.probability, said.* from (
        select kind, probability, other as id from statement_links where statement = :key
        union all select kind, probability, statement from statement_links where other = :key
    ) as linked join ({STATEMENTS}) as said on said.id = linked.id
    order by linked.kind = 'contradicts' desc, linked.kind = 'again' desc, linked.probability desc, said.id limit 50
"""
WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")


async def statement(db: "Database", key: str) -> dict[str, Any]:
    """A statement, its variants in the order of their time, and the statements that have to do with it among them."""
    [row] = await cleaned_rows(db, f"{STATEMENTS} where statements.id = :key", key=key)
    quotes = await cleaned_rows(
        db, f"{QUOTES} where quotes.statement = :key {EARLIEST_FIRST} limit {QUOTATIONS_SHOWN}", key=key
    )
    words = await cleaned_rows(db, WORDS.format(column="statement"), key=key)
    add_source_urls(quotes, [(span["quote"], span["words"]) for span in words])
    for quote in quotes:
        quote["difference"] = compare(
            present.without_lead_in_comma(row["text"]), present.without_lead_in_comma(quote["content"])
        )
    row["description"] = await described(db, "statement", key, row["speaker"])
    relays = Counter(quote["via"] for quote in quotes if quote["via"])
    links = await cleaned_rows(db, LINKED, key=key)
    for link in links:
        link["relation"] = relation(row, link)
    page = {
        "statement": row,
        "quotes": quotes,
        "life": life(quotes, links),
        "first": first(quotes),
        "copies": sum(bool(quote["copy_of"]) for quote in quotes),
        "contradicted": sum(link["relation"] == "contradicts" for link in links),
        "deniers": _deniers(links),
        "places": present.reported_in(row),
        "relays": [{"via": via, "n": n} for via, n in relays.most_common()],
        "doubtful": not row["speaker"] or all(not quote["speaker"] or is_doubtful(quote) for quote in quotes),
        "thought": bool(quotes) and all(quote["thought"] for quote in quotes),
        "decided": cleaned(await corrections_page.decided(db, "statement", key)),
        "image": _image(quotes, row["text"]),
    }
    return {**page, "about": page_meta.statement(page)}


def relation(statement: dict[str, Any], link: dict[str, Any]) -> str:
    """What a linked statement is to this one: ``denied_by`` where another speaker denies it, ``denies`` where that is
    what this one denies, else the kind of the link.
    """
    if link["kind"] != "contradicts" or link["speaker"] == statement["speaker"]:
        return str(link["kind"])
    if link["act"] == "denies":
        return "denied_by"
    return "denies" if statement["act"] == "denies" else "contradicts"


def _deniers(links: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The speakers who deny a statement, each once."""
    found = {link["speaker"]: link for link in links if link["relation"] == "denied_by"}
    return [{"speaker": speaker, "name": link["name"]} for speaker, link in found.items()]


def first(quotes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reports of the earliest day, one of each article: who had it first, as far as the database knows.

    Nothing where that cannot be told: with one article alone, or where an article that is no copy has no whole date,
    which may have been earlier. A copy is never first: it is the other article again.
    """
    own: dict[str, dict[str, Any]] = {}
    for quote in quotes:
        if not quote["copy_of"]:
            own.setdefault(quote["article"], quote)
    if len(own) < 2 or not all(WHOLE_DAY.match(quote["published"] or "") for quote in own.values()):
        return []
    day = min(quote["published"][:10] for quote in own.values())
    return [quote for quote in own.values() if quote["published"][:10] == day]


def life(quotes: list[dict[str, Any]], links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What happened to a statement, in the order of time: reports, and the statements that have to do with it.

    Each is ``{"when", "quote", "link"}``, one of the last two being None. What has no date comes last.
    """
    events = [{"when": quote["published"] or "", "quote": quote, "link": None} for quote in quotes]
    events += [{"when": link["first_published"] or "", "quote": None, "link": link} for link in links]
    # stable: reports in their order
    return sorted(events, key=lambda event: (not event["when"], event["when"]))


def _image(quotes: list[dict[str, Any]], text: str) -> str:
    """The quotation whose card shows the statement, where cards are made; else ""."""
    found = next((quote["id"] for quote in quotes if quote["content"] == text), "")
    return found if card_png.available() else ""
