"""The search page: what a reader asks for, the speakers meant, and the quotations found, statement by statement."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from quotes.datasette import present
from quotes.datasette.fetch import AROUND, QUOTATION, fetch_rows, fetch_value
from quotes.datasette.query import names_query, words_query
from quotes.text.dates import first_day, parse_date

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

TYPES = ("direct", "mixed", "indirect")
SORTS = ("best", "newest")
PAGE = 20  # statements on a page
REACH = 1000  # quotations that paging can reach: the best, or the newest
RANKED = 20_000  # of the quotations with words that are everywhere, this many, the last stored, are ranked
NAMED = 3  # speakers shown above the results
SPEAKERS = 500  # that a typed name may mean
LONGEST = 500  # characters of a box that are read
SPLIT = 6  # words at most of a search in which a speaker's name is looked for


@dataclass(frozen=True)
class Asked:
    """What was asked for. Every field is well-formed: what was not is left out and named in ``odd``."""

    words: str = ""
    speaker: str = ""  # a name or a part of one, or an id
    type: str = ""
    publication: str = ""  # a name, or a part of one
    since: str = ""  # a day, month or year, included, as is until
    until: str = ""
    sort: str = "best"
    page: int = 1
    odd: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """From the parameters of an address, whatever they are."""
        typed = {
            name: (given.get(name) or "").replace("\0", " ").strip()[:LONGEST]
            for name in ("words", "speaker", "type", "publication", "since", "until", "sort", "page")
        }
        odd = [name for name in ("since", "until") if typed[name] and not _dated(typed[name])]
        odd += [
            name
            for name, known in (("type", TYPES), ("sort", SORTS))
            if typed[name] and typed[name] not in known
        ]
        for name in odd:
            typed[name] = ""
        page = int(typed["page"]) if re.fullmatch(r"[0-9]{1,4}", typed["page"]) else 1
        return cls(**{**typed, "sort": typed["sort"] or "best", "page": max(1, page)}, odd=tuple(odd))  # type: ignore[arg-type]

    @property
    def filtered(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.speaker or self.type or self.publication or self.since or self.until)

    def parameters(self, **other: Any) -> dict[str, str]:
        """Those of an address that asks this, or this with something else; what goes without saying is left out."""
        now = replace(self, **other)
        found = {
            name: getattr(now, name) for name in ("words", "speaker", "type", "publication", "since", "until")
        }
        found |= {
            "sort": now.sort if now.sort != "best" else "",
            "page": str(now.page) if now.page > 1 else "",
        }
        return {name: text for name, text in found.items() if text}

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
    publications = [row["publication"] for row in await fetch_rows(db, PUBLICATIONS)]
    speakers = await named(db, asked.speaker or asked.words)
    instead = None
    found = await _found(db, asked, speakers if asked.speaker else None, publications)
    if not found["total"] and asked.words and not asked.speaker:
        instead, speakers = await _instead(db, asked, publications)
        if instead:
            found = await _found(db, instead, speakers, publications)
    return {
        "asked": asked.parameters(),
        "days": {"since": asked.day("since"), "until": asked.day("until")},
        "ignored": list(asked.odd),
        "instead": instead.parameters() if instead else None,
        "speakers": speakers[:NAMED],
        "more_speakers": max(0, len(speakers) - NAMED),
        **found,
        "publications": publications,
    }


# The words first, then the other conditions: looking up every quotation of a speaker among the words is slower.
BOTH = "quotes_fts cross join quotes on quotes.rowid = quotes_fts.rowid"
PUBLICATIONS = "select distinct publication from articles where publication != '' order by publication"
BY_NAME = f"""
    select speakers.id, speakers.name, type, speakers.description, quotes, articles
    from speakers_fts join speakers on speakers.rowid = speakers_fts.rowid
    where speakers_fts match :name order by quotes desc, speakers.id limit {SPEAKERS}"""
BY_ID = "select id, name, type, description, quotes, articles from speakers where id = :id"


async def named(db: "Database", typed: str) -> list[dict[str, Any]]:
    """Speakers with this id, or whose names or aliases have all of these words, the most quoted first."""
    if not typed:
        return []
    return await fetch_rows(db, BY_ID, id=typed) or await fetch_rows(db, BY_NAME, name=names_query(typed))


async def _instead(
    db: "Database", asked: Asked, publications: list[str]
) -> tuple[Asked | None, list[dict[str, Any]]]:
    """What may be meant by words that no quotation has, and the speakers that most of the words name.

    That is a speaker, or a speaker and words; None when nothing is found so either.
    """
    words = asked.words.split()
    known: list[dict[str, Any]] = []
    for size in range(len(words), 0, -1) if len(words) <= SPLIT else ():
        for name, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            other = replace(asked, speaker=" ".join(name), words=" ".join(rest))
            speakers = await named(db, other.speaker)
            known = known or speakers
            if speakers and (await _found(db, other, speakers, publications))["total"]:
                return other, speakers
    return None, known


async def _found(
    db: "Database", asked: Asked, speakers: list[dict[str, Any]] | None, publications: list[str]
) -> dict[str, Any]:
    """How many quotations are found, and one page of them, gathered by statement."""
    nothing = {
        "total": 0,
        "statements": [],
        "page": 1,
        "pages": 0,
        "per_page": PAGE,
        "reached": 0,
        "sort": asked.sort,
    }
    if not asked.words and not asked.filtered:
        return nothing
    where, values = _conditions(asked, speakers, publications)
    total = await _count(db, asked, where, values)
    if not total:
        return nothing
    hits = await fetch_rows(db, _hits(asked, where, total), **values)
    groups: dict[str, list[str]] = {}
    for hit in hits:
        groups.setdefault(hit["statement"] or hit["id"], []).append(hit["id"])
    pages = -(-len(groups) // PAGE)
    page = min(asked.page, pages)
    shown = list(groups.items())[(page - 1) * PAGE : page * PAGE]
    quotations = await _details(db, asked, [ident for _, some in shown for ident in some[:PAGE]])
    return {
        "total": total,
        "statements": [
            {
                "statement": key,
                "found": len(some),
                "quotations": [quotations[i] for i in some if i in quotations],
            }
            for key, some in shown
        ],
        "page": page,
        "pages": pages,
        "per_page": PAGE,
        "reached": len(hits),
        "sort": asked.sort if asked.words else "newest",
    }


def _conditions(
    asked: Asked, speakers: list[dict[str, Any]] | None, publications: list[str]
) -> tuple[list[str], dict[str, Any]]:
    """SQL conditions on quotes, and their parameters."""
    where, values = [], {}
    if asked.words:
        values["words"] = words_query(asked.words)
    if speakers is not None:
        where.append("quotes.speaker in (select value from json_each(:speakers))")
        values["speakers"] = json.dumps([row["id"] for row in speakers])
    if asked.publication:
        where.append("quotes.publication in (select value from json_each(:publications))")
        values["publications"] = json.dumps(_meant(asked.publication, publications))
    if asked.type:
        where.append("+quotes.type = :type")  # + : a third of all is no use as an index
        values["type"] = asked.type
    if asked.since:
        where.append("quotes.published >= :since")
        values["since"] = asked.since
    if asked.until:
        where.append("quotes.published < :until || '~'")  # whatever time of that day, or day of that month
        values["until"] = asked.until
    return where, values


def _meant(typed: str, publications: Iterable[str]) -> list[str]:
    """The publication of that name, or those with the typed text in their name."""
    known = {name: present.clean(name) for name in publications}
    exact = [name for name, shown in known.items() if typed in (name, shown)]
    return exact or [name for name, shown in known.items() if typed.casefold() in shown.casefold()]


async def _count(db: "Database", asked: Asked, where: list[str], values: dict[str, Any]) -> int:
    if not asked.words:
        source = "quotes"
    elif not where:
        source = "quotes_fts where quotes_fts match :words"
    else:
        source = BOTH
        where = ["quotes_fts match :words", *where]
    conditions = f" where {' and '.join(where)}" if where else ""
    return int(await fetch_value(db, f"select count(*) from {source}{conditions}", **values))


def _hits(asked: Asked, where: list[str], total: int) -> str:
    """SQL for the ids of what paging can reach, in order."""
    newest = "quotes.published desc, quotes.rowid desc"
    conditions = " and ".join(where) or "true"
    if not asked.words:
        return f"select id, statement from quotes where {conditions} order by {newest} limit {REACH}"
    match = "quotes_fts match :words"
    if asked.sort == "newest":
        return f"""select id, statement from {BOTH}
            where {match} and {conditions} order by {newest} limit {REACH}"""
    ranked = (
        f"select quotes_fts.rowid as hit, rank as score from {BOTH if where else 'quotes_fts'} where {match}"
    )
    if (
        where or total > RANKED
    ):  # in the order of the index: ordered by rank, it ranks what is filtered out, too
        ranked += f" and {conditions} order by quotes_fts.rowid desc limit {RANKED}"
    return f"""with hits as (select * from ({ranked}) order by score limit {REACH})
        select quotes.id, quotes.statement from hits join quotes on quotes.rowid = hits.hit
        order by hits.score, {newest}"""


async def _details(db: "Database", asked: Asked, idents: list[str]) -> dict[str, dict[str, Any]]:
    """Quotations by id, the words that were looked for between ⟦ and ⟧ in ``marked``."""
    values: dict[str, Any] = {"idents": json.dumps(idents)}
    marked, source = "quotes.content", "quotes"
    if asked.words:
        marked = """(select highlight(quotes_fts, 0, '⟦', '⟧') from quotes_fts
            where quotes_fts match :words and quotes_fts.rowid = quotes.rowid)"""
        values["words"] = words_query(asked.words)
    rows = await fetch_rows(
        db,
        f"""select {QUOTATION}, {marked} as marked, statements.variants, statements.publications
        from {source} {AROUND} left join statements on statements.id = quotes.statement
        where quotes.id in (select value from json_each(:idents))""",
        **values,
    )
    return {row["id"]: row for row in rows}


def _dated(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", text)) and parse_date(text) is not None
