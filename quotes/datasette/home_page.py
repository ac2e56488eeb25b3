"""The home page of a database: what is in here, who is quoted most, what was said last, and told differently."""

from typing import TYPE_CHECKING, Any, get_args

from quotes.datasette import topics
from quotes.datasette.fetch import IS_DATED, LISTED_COLUMNS, fetch_rows, fetch_value
from quotes.datasette.lists import SPOKEN_BY_STATEMENT
from quotes.store.certainty import COUNTED_SQL, certainty, is_denied, is_sure, is_unsaid
from quotes.store.naming import NAMELESS_SQL
from quotes.store.search_sql import QUOTATION_JOINS
from quotes.types import Act, QuoteType

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

TYPES = get_args(QuoteType)  # direct first
ACTS = get_args(Act)
SPEAKERS_SHOWN = 8  # of each type that is listed
STATEMENTS_SHOWN = 8  # latest statements
DIFFERENT_SHOWN = 4  # statements that outlets worded differently
WORDINGS_SHOWN = 3  # of each of them
MIN_WORDS = 6  # words of a latest statement: fewer seldom say what it was
STATEMENTS_EXAMINED = 200  # statements looked at to choose the latest from

IN_COPIES = f"""
    select sum({COUNTED_SQL}) as counted, sum(asserted = 0 and quotes.withdrawn is null) as unsaid
    from articles join quotes on quotes.article = articles.id where articles.copy_of > ''"""
MOST_QUOTED = f"""
    select id, name, type, description, quotes, articles from speakers where type = :type and not {NAMELESS_SQL}
    order by quotes desc, id limit {SPEAKERS_SHOWN}"""
LATEST = f"""
    with said as (
        select id as statement, variants, articles, publications, last_published, {SPOKEN_BY_STATEMENT} as quote
        from statements where speaker is not null and {{dated}} order by {{inner}} limit {STATEMENTS_EXAMINED})
    select said.variants, said.articles, said.publications, said.last_published, {LISTED_COLUMNS}
    from said join quotes on quotes.id = said.quote {QUOTATION_JOINS} order by {{outer}}"""
DATES = f"select published, count(*) as n from quotes where {COUNTED_SQL} and published {IS_DATED} group by published"
# What an index answers alone: each act has one range of it, each end of a period is one entry, and so on.
UNSAID = f"""
    select count(*) from quotes where act in ({", ".join(f":act{n}" for n in range(len(ACTS)))})
    and asserted = 0 and withdrawn is null"""
PUBLICATIONS = (
    "select count(*) from (select distinct publication from articles where publication is not null)"
)
PERIOD = "select " + ", ".join(
    f"(select published from articles where published {IS_DATED} order by published {order} limit 1) as {name}"
    for name, order in (("first", ""), ("last", "desc"))
)
TOLD_DIFFERENTLY = f"""
    select id, text, variants, articles, publications from statements
    where wordings > 1 and articles > 1 and speaker is not null
    order by publications desc, articles desc, id limit {DIFFERENT_SHOWN}"""
REPORTS = f"""
    select {LISTED_COLUMNS} from quotes {QUOTATION_JOINS} where quotes.statement = :id
    order by quotes.content = :text desc, quotes.type = 'direct' desc, quotes.published, quotes.id limit 60"""


async def load(db: "Database") -> dict[str, Any]:
    """Everything that the home page shows, as plain data."""
    withdrawn = await fetch_value(db, "select count(*) from articles where withdrawn")
    [copied] = await fetch_rows(db, IN_COPIES)
    in_copies = copied["counted"] or 0
    unsaid = await fetch_value(db, UNSAID, **{f"act{n}": act for n, act in enumerate(ACTS)})
    return {
        "counts": {
            "articles": await fetch_value(db, "select count(*) from articles") - withdrawn,
            "withdrawn": withdrawn,
            "quotations": await fetch_value(db, f"select count(*) from quotes where {COUNTED_SQL}")
            - in_copies,
            "copies": await fetch_value(db, "select count(*) from articles where copy_of > ''"),
            "in_copies": in_copies,
            "not_said": unsaid - (copied["unsaid"] or 0),
            "speakers": await fetch_value(db, "select count(*) from speakers"),
            "statements": await fetch_value(db, "select count(*) from statements"),
            "publications": await fetch_value(db, PUBLICATIONS),
            "corrections": await fetch_value(db, "select count(*) from corrections where undone_at is null"),
        },
        "period": (await fetch_rows(db, PERIOD))[0],
        "dates": await fetch_rows(db, DATES),
        "people": await fetch_rows(db, MOST_QUOTED, type="person"),
        "organisations": await fetch_rows(db, MOST_QUOTED, type="organisation"),
        "latest": await latest(db),
        "topics": await topics.of(db, "home"),
        "different": [await reports(db, row) for row in await fetch_rows(db, TOLD_DIFFERENTLY)],
    }


def _latest(dated: str, order: str) -> str:
    return LATEST.format(
        dated=dated,
        inner=f"{order}, id",
        outer=", ".join(f"said.{part}" for part in [*order.split(", "), "statement"]),
    )


async def latest(db: "Database") -> list[dict[str, Any]]:
    """The latest statements that say something, of speakers who are certain, one of each speaker and article.

    Of one day those that more articles report come first, then those in the speaker's own words, then the surest.
    """
    rows = await fetch_rows(db, _latest(f"last_published {IS_DATED}", "last_published desc, articles desc"))
    rows = rows or await fetch_rows(db, _latest("true", "articles desc, variants desc"))
    rows.sort(key=lambda row: (-(row["articles"] or 0), TYPES.index(row["type"]), -certainty(row), row["id"]))
    rows.sort(key=lambda row: (row["last_published"] or "")[:10], reverse=True)
    chosen: list[dict[str, Any]] = []
    for row in rows:
        doubt = not row["speaker"] or not is_sure(row) or is_denied(row) or is_unsaid(row)
        again = any(row["speaker"] == one["speaker"] or row["article"] == one["article"] for one in chosen)
        short = len(row["content"].split()) < MIN_WORDS
        if not (doubt or again or short or row["thought"]):
            chosen.append(row)
    return chosen[:STATEMENTS_SHOWN]


async def reports(db: "Database", statement: dict[str, Any]) -> dict[str, Any]:
    """A statement with some of its wordings, the one that it goes by first, each from another publication."""
    rows = await fetch_rows(db, REPORTS, id=statement["id"], text=statement["text"])
    chosen: list[dict[str, Any]] = rows[:1]
    for fresh in (True, False):  # another publication's wording first
        for row in rows:
            same = any(
                row["content"].strip(" .,;:").lower() == one["content"].strip(" .,;:").lower()
                for one in chosen
            )
            known = any(row["publication"] == one["publication"] for one in chosen)
            if not same and not (fresh and known) and len(chosen) <= WORDINGS_SHOWN:
                chosen.append(row)
    return {**statement, "wordings": chosen}
