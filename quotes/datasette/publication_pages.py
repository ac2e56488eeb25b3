"""The pages of the publications: whom each quotes, how often, how, and with which pronouns the texts call them."""

from typing import TYPE_CHECKING, Any, get_args

from quotes.datasette.fetch import IS_DATED, LISTED_COLUMNS, fetch_rows
from quotes.store.certainty import COUNTED_SQL, SURE_SQL
from quotes.store.naming import NAMELESS_SQL
from quotes.store.search_sql import QUOTATION_JOINS
from quotes.types import QuoteType

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

SPEAKERS_SHOWN = 25
ARTICLES_SHOWN = 20
RELAYS_SHOWN = 10
TYPES = get_args(QuoteType)
PRONOUNS = ("she", "he", "they")

ALL = """
    select publication as name, sum(withdrawn is null) as articles, sum(copy_of is not null) as copies,
        min(published) as first, max(published) as last
    from articles where publication != '' group by publication"""
BY_TYPE = f"""
    select publication as name, sum(type = 'direct') as direct, sum(type = 'mixed') as mixed,
        sum(type = 'indirect') as indirect
    from quotes where publication != '' and {COUNTED_SQL} group by publication"""
FACTS = f"""
    select count(case when withdrawn is null then 1 end) as articles, count(copy_of) as copies,
        min(case when published {IS_DATED} then published end) as first,
        max(case when published {IS_DATED} then published end) as last
    from articles where publication = :name"""
TYPES_OF = f"select type, count(*) as n from quotes where publication = :name and {COUNTED_SQL} group by type"
DATES = f"""
    select published, count(*) as n from quotes
    where publication = :name and {COUNTED_SQL} and published {IS_DATED} group by published"""
QUOTED = f"""
    with quoted as (select speaker, count(*) as n, sum(type = 'direct') as direct, sum(type = 'mixed') as mixed,
        sum(type = 'indirect') as indirect from quotes
        where publication = :name and speaker is not null and {COUNTED_SQL} group by speaker)
    select speakers.id as speaker, name, speakers.type, description, n, direct, mixed, indirect
    from quoted join speakers on speakers.id = quoted.speaker
    order by {NAMELESS_SQL}, n desc, speakers.id limit {SPEAKERS_SHOWN}"""
PRONOUNS_OF = f"""
    with quoted as (select speaker, count(*) as n from quotes
        where publication = :name and speaker is not null and {COUNTED_SQL} group by speaker)
    select coalesce(pronouns, '') as pronouns, count(*) as people, sum(n) as quotations
    from quoted join speakers on speakers.id = quoted.speaker where speakers.type = 'person' group by 1"""
SPEAKERS_OF = f"""
    select count(distinct speaker) as speakers, sum(speaker is null) as open from quotes
    where publication = :name and {COUNTED_SQL}"""
RELAYED = f"""
    select via, count(*) as n from quotes where publication = :name and via is not null and {COUNTED_SQL}
    group by via order by n desc, via limit {RELAYS_SHOWN}"""
ARTICLES_OF = f"""
    select id, title, published, author, copy_of,
        (select count(*) from quotes where article = articles.id and {COUNTED_SQL}) as quotations
    from articles where publication = :name order by published desc, id limit {ARTICLES_SHOWN}"""
CORRECTED_OF = """
    select count(*) as corrected from quotes where publication = :name and (id in (select quote from corrected)
        or id in (select id from decided where kind = 'quote'))"""
LATEST = f"""
    select {LISTED_COLUMNS} from quotes {QUOTATION_JOINS}
    where quotes.publication = :name and quotes.speaker is not null and quotes.type = 'direct'
        and not quotes.thought and {COUNTED_SQL} and {SURE_SQL}
    order by quotes.published desc limit 60"""


async def are_there(db: "Database") -> bool:
    """Whether the publication of any article is known."""
    return bool(await fetch_rows(db, "select 1 from articles where publication > '' limit 1"))


async def load_all(db: "Database") -> list[dict[str, Any]]:
    """Every publication with its numbers of articles and of quotations by type, the most quotations first."""
    types = {row.pop("name"): row for row in await fetch_rows(db, BY_TYPE)}
    publications = []
    for row in await fetch_rows(db, ALL):
        numbers = {name: types.get(row["name"], {}).get(name, 0) for name in TYPES}
        publications.append({**row, "quotations": sum(numbers.values()), "types": numbers})
    return sorted(publications, key=lambda row: (-row["quotations"], row["name"]))


async def load(db: "Database", name: str) -> dict[str, Any] | None:
    """Everything that the page of one publication shows, as plain data; None when no article is from it."""
    [facts] = await fetch_rows(db, FACTS, name=name)
    if not facts["articles"]:
        return None
    types = {row["type"]: row["n"] for row in await fetch_rows(db, TYPES_OF, name=name)}
    [speakers] = await fetch_rows(db, SPEAKERS_OF, name=name)
    return {
        "name": name,
        **facts,
        "quotations": sum(types.values()),
        "speakers": speakers["speakers"],
        "open": speakers["open"] or 0,
        **(await fetch_rows(db, CORRECTED_OF, name=name))[0],
        "types": {kind: types.get(kind, 0) for kind in TYPES},
        "dates": await fetch_rows(db, DATES, name=name),
        "quoted": await fetch_rows(db, QUOTED, name=name),
        "pronouns": await pronouns(db, name),
        "relayed": await fetch_rows(db, RELAYED, name=name),
        "latest": one_each(await fetch_rows(db, LATEST, name=name), 3),
        "latest_articles": await fetch_rows(db, ARTICLES_OF, name=name),
    }


async def pronouns(db: "Database", name: str) -> list[dict[str, Any]]:
    """Of the people who are quoted: how many are called "she", "he" or "they" by the texts, and how often quoted.

    A person whom no text calls by a pronoun is unknown: never guessed from a name.
    """
    known = {row["pronouns"]: row for row in await fetch_rows(db, PRONOUNS_OF, name=name)}
    others = sorted(set(known) - {*PRONOUNS, ""})
    rows = [
        {**known[pronouns], "pronouns": pronouns or "unknown"}
        for pronouns in (*PRONOUNS, *others, "")
        if pronouns in known
    ]
    people, quotations = sum(row["people"] for row in rows), sum(row["quotations"] for row in rows)
    return [
        {**row, "of_people": row["people"] / people, "of_quotations": row["quotations"] / quotations}
        for row in rows
    ]


def one_each(rows: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """The first rows of different speakers and articles."""
    chosen: list[dict[str, Any]] = []
    for row in rows:
        if not any(row["speaker"] == one["speaker"] or row["article"] == one["article"] for one in chosen):
            chosen.append(row)
    return chosen[:most]
