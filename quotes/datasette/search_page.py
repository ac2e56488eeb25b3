"""The search page: what a reader asks for, the speakers meant, and the quotations found, statement by statement."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, get_args

from quotes.datasette import facets, meaning
from quotes.datasette.fetch import LISTED_COLUMNS, among, fetch_rows, fetch_value, publication_names
from quotes.store.naming import NAMELESS_SQL
from quotes.store.search_sql import (
    QUOTATION_JOINS,
    SPEAKERS_MEANT,
    Filters,
    Order,
    SearchQuery,
    search_for,
    speaker_parameters,
)
from quotes.text.dates import first_day, parse_date
from quotes.types import Act, QuoteType

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

TYPES = get_args(QuoteType)
ORDERS = get_args(Order)
ACTS = get_args(Act)
BOXES = ("words", "speaker", "type", "publication", "since", "until", "act", "like")
PAGE_SIZE = 20  # statements on a page
REACH = 1000  # quotations that paging can reach: the best, or the newest
SPEAKERS_SHOWN = 3  # above the results
MAX_SPEAKERS = 500  # that are counted for a typed name
MAX_TYPED = 500  # characters of a box that are read
MAX_SPLIT = 6  # words at most of a search in which a speaker's name is looked for
MATCH_START, MATCH_END = "⟦", "⟧"  # around a matched word


@dataclass(frozen=True)
class Asked:
    """What was asked for. Every field is well-formed: what was not is left out and named in ``odd``."""

    words: str = ""
    speaker: str = ""  # a name or a part of one, or an id
    type: str = ""
    publication: str = ""  # a name, or a part of one
    since: str = ""  # a day, month or year, included, as is until
    until: str = ""
    act: str = ""
    like: str = ""  # a text, or the id of a quotation, near to which in meaning
    sort: str = "best"
    page: int = 1
    odd: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """From the parameters of an address, whatever they are."""
        typed = {
            name: (given.get(name) or "").replace("\0", " ").strip()[:MAX_TYPED]
            for name in (*BOXES, "sort", "page")
        }
        odd = [name for name in ("since", "until") if typed[name] and not _dated(typed[name])]
        odd += [
            name
            for name, known in (("type", TYPES), ("act", ACTS), ("sort", ORDERS))
            if typed[name] and typed[name] not in known
        ]
        for name in odd:
            typed[name] = ""
        page = int(typed["page"]) if re.fullmatch(r"[0-9]{1,4}", typed["page"]) else 1
        return cls(**{**typed, "sort": typed["sort"] or "best", "page": max(1, page)}, odd=tuple(odd))  # type: ignore[arg-type]

    @property
    def filters(self) -> Filters:
        """What is asked for besides words, as the search of the command line has it."""
        return {
            "speaker": self.speaker or None,
            "type": self.type or None,
            "publication": self.publication or None,
            "since": self.since or None,
            "until": self.until or None,
            "act": self.act or None,
        }

    @property
    def filtered(self) -> bool:
        """Whether anything but words is asked for."""
        return any(self.filters.values())

    @property
    def anything(self) -> bool:
        """Whether anything at all is asked for."""
        return bool(self.words or self.like or self.filtered)

    def parameters(self, **other: Any) -> dict[str, str]:
        """Those of an address that asks this, or this with something else; what goes without saying is left out."""
        now = replace(self, **other)
        parameters = {name: getattr(now, name) for name in BOXES}
        parameters |= {
            "sort": now.sort if now.sort != "best" else "",
            "page": str(now.page) if now.page > 1 else "",
        }
        return {name: text for name, text in parameters.items() if text}

    def day(self, name: str) -> str:
        """``since`` or ``until`` as the day that a date box can show."""
        when = parse_date(getattr(self, name))
        if not when:
            return ""
        if name == "since" or len(when) == 3:
            return first_day(when).isoformat()
        after = (
            date(when[0] + 1, 1, 1) if len(when) == 1 else date(when[0] + when[1] // 12, when[1] % 12 + 1, 1)
        )
        return (after - timedelta(1)).isoformat()


async def load(db: "Database", asked: Asked) -> dict[str, Any]:
    """Everything that the search page shows, as plain data."""
    publications = await publication_names(db)
    speakers = await speakers_meant(db, asked.speaker or asked.words)
    instead = None
    search = await prepare(db, asked, publications)
    page = await _search(db, search, asked)
    if not page["total"] and asked.words and not asked.speaker and not asked.like:
        instead, speakers = await _instead(db, asked, publications)
        if instead:
            search = await prepare(db, instead, publications)
            page = await _search(db, search, instead)
    return {
        "asked": asked.parameters(),
        "days": {"since": asked.day("since"), "until": asked.day("until")},
        "ignored": list(asked.odd),
        "instead": instead.parameters() if instead else None,
        "speakers": speakers[:SPEAKERS_SHOWN],
        "more_speakers": max(0, len(speakers) - SPEAKERS_SHOWN),
        **page,
        **(await facets.load(db, search) if page["total"] else {"facets": {}, "counted": 0}),
        "by_meaning": await meaning.is_offered(db),
        "publications": publications,
    }


async def prepare(db: "Database", asked: Asked, publications: list[str] | None = None) -> SearchQuery:
    """The search for what is asked for. ``publications``: all names, where they are known already."""
    if publications is None:
        publications = await publication_names(db)
    search = search_for(asked.words, publications=publications, **asked.filters)
    if not asked.like:
        return search
    near = json.dumps(await meaning.near(db, asked.like))
    return replace(
        search,
        conditions=(*search.conditions, "quotes.id in (select value from json_each(:near))"),
        values=search.values | {"near": near},
    )


async def found(db: "Database", search: SearchQuery, asked: Asked, most: int) -> list[str]:
    """The ids of the quotations that a search finds, in the order asked for: nearest, best, or newest first."""
    order: Order = "newest" if asked.sort == "newest" else "best"
    rows = await fetch_rows(db, search.hits(order=order, limit=None if asked.like else most), **search.values)
    idents = [row["id"] for row in rows]
    if asked.like and order == "best":
        place = {ident: n for n, ident in enumerate(json.loads(search.values["near"]))}
        idents.sort(key=place.__getitem__)
    return idents[:most]


SPEAKERS = f"""
    select * from (
        select id, name, type, description, quotes, articles, nameless from speakers
        where id in ({SPEAKERS_MEANT}) order by quotes desc, id limit {MAX_SPEAKERS}) as speakers
    order by {NAMELESS_SQL}, quotes desc, id"""


async def speakers_meant(db: "Database", typed: str) -> list[dict[str, Any]]:
    """The speaker with this id, or those whose names or aliases have these words: first who goes by a name."""
    return await fetch_rows(db, SPEAKERS, **speaker_parameters(typed)) if typed else []


async def _instead(
    db: "Database", asked: Asked, publications: list[str]
) -> tuple[Asked | None, list[dict[str, Any]]]:
    """What may be meant by words that no quotation has, and the speakers that most of the words name.

    That is a speaker, or a speaker and words; None when nothing is found so either.
    """
    words = asked.words.split()
    known: list[dict[str, Any]] = []
    for size in range(len(words), 0, -1) if len(words) <= MAX_SPLIT else ():
        for name, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            other = replace(asked, speaker=" ".join(name), words=" ".join(rest))
            speakers = await speakers_meant(db, other.speaker)
            known = known or speakers
            if speakers and await _total(db, await prepare(db, other, publications)):
                return other, speakers
    return None, known


async def _total(db: "Database", search: SearchQuery) -> int:
    return int(await fetch_value(db, search.count(), **search.values))


async def _search(db: "Database", search: SearchQuery, asked: Asked) -> dict[str, Any]:
    """How many quotations are found, copies of one story counted once, and one page of them, gathered by statement."""
    every = await _total(db, search) if asked.anything else 0
    repeated = await fetch_value(db, search.count_repeated(), **search.values) if every else 0
    total = every - repeated
    idents = await found(db, search, asked, REACH) if total else []
    these, values = among(idents)
    query = f"select id, statement from quotes where id in {these}"
    statements = {row["id"]: row["statement"] for row in await fetch_rows(db, query, **values)}
    groups: dict[str, list[str]] = {}
    for ident in idents:
        groups.setdefault(statements.get(ident) or ident, []).append(ident)
    pages = -(-len(groups) // PAGE_SIZE)
    page = max(1, min(asked.page, pages))
    shown = list(groups.items())[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    quotations = await _quotations(
        db, search, [ident for _, members in shown for ident in members[:PAGE_SIZE]]
    )
    return {
        "total": total,
        "in_copies": repeated,
        "statements": [
            {
                "statement": key,
                "found": len(members),
                "quotations": [quotations[ident] for ident in members if ident in quotations],
            }
            for key, members in shown
        ],
        "page": page,
        "pages": pages,
        "per_page": PAGE_SIZE,
        "reached": len(idents),
        "sort": asked.sort if asked.words or asked.like or not total else "newest",
    }


async def _quotations(db: "Database", search: SearchQuery, idents: list[str]) -> dict[str, dict[str, Any]]:
    """Quotations by id, the words that were looked for between signs in ``marked``."""
    these, values = among(idents)
    sql = f"""select {LISTED_COLUMNS}, {search.marked(MATCH_START, MATCH_END)} as marked,
            statements.variants, statements.publications
        from quotes {QUOTATION_JOINS} left join statements on statements.id = quotes.statement
        where quotes.id in {these}"""
    rows = await fetch_rows(db, sql, **search.values, **values) if idents else []
    return {row["id"]: row for row in rows}


def _dated(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", text)) and parse_date(text) is not None
