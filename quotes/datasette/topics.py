"""What statements are about: the list of topics, the page of one, and the topics of everything else's pages."""

import json
from typing import TYPE_CHECKING, Any

from quotes.datasette.fetch import IS_DATED, among, fetch_rows
from quotes.datasette.lists import statements_by_ids
from quotes.store.certainty import COUNTED_SQL
from quotes.store.naming import NAMELESS_SQL

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

TOPICS_SHOWN = 300
STATEMENTS_SHOWN = 30  # the latest; all are in the list of statements
SPEAKERS_SHOWN = 12
WEEKS_SHOWN = 12  # those with most quotations
OTHERS_SHOWN = 5  # topics named on other pages
COLUMNS = "id, label, statements, speakers, articles, first_published, last_published"

ALL = f"select {COLUMNS}, quoted from topics order by articles desc, id limit {TOPICS_SHOWN}"
QUOTES_OF = f"""
    statement_topics join quotes on quotes.statement = statement_topics.statement and {COUNTED_SQL}
    where statement_topics.topic = :key"""
SPEAKERS = f"""
    with said as (select speaker, count(*) as n, count(distinct article) as articles from {QUOTES_OF} group by speaker)
    select speakers.id, name, description, n, said.articles from said join speakers on speakers.id = said.speaker
    order by {NAMELESS_SQL}, n desc, speakers.id limit {SPEAKERS_SHOWN}"""
DATES = f"select published, count(*) as n from {QUOTES_OF} and published {IS_DATED} group by published"
WEEK = "date(published, 'weekday 0', '-6 days')"  # its Monday
WEEKS = f"""
    select week, n, articles from (
        select {WEEK} as week, count(*) as n, count(distinct article) as articles from {QUOTES_OF}
        and published {IS_DATED} and length(published) >= 10 group by 1)
    where week is not null order by n desc, week desc limit {WEEKS_SHOWN}"""
LATEST = f"""
    select statements.id from statement_topics join statements on statements.id = statement_topics.statement
    left join speakers on speakers.id = statements.speaker where topic = :key
    order by last_published desc, statements.articles desc, coalesce(speakers.nameless, 2), statements.id
    limit {STATEMENTS_SHOWN}"""
OF_ROWS = {  # page -> the topics that its statements have, with how many
    "statements": "select topic, 1 as n from statement_topics where statement = :key",
    "quotes": """select topic, 1 as n from quotes join statement_topics on statement_topics.statement = quotes.statement
        where quotes.id = :key""",
    "articles": """select topic, count(*) as n from quotes
        join statement_topics on statement_topics.statement = quotes.statement
        where quotes.article = :key group by 1""",
    "speakers": """select topic, count(*) as n from statements
        join statement_topics on statement_topics.statement = statements.id
        where statements.speaker = :key group by 1""",
    "publications": """select topic, count(*) as n from quotes
        join statement_topics on statement_topics.statement = quotes.statement
        where quotes.publication = :key group by 1""",
    "home": "select id as topic, articles as n from topics",
}


async def are_there(db: "Database") -> bool:
    """Whether any were made: a database of an older version has no table of them."""
    if "statement_topics" not in await db.table_names():
        return False
    return bool(await fetch_rows(db, "select 1 from topics limit 1"))


async def of(db: "Database", page: str, key: str = "") -> list[dict[str, Any]]:
    """The topics of a page of this kind, those of most of its statements first."""
    if page not in OF_ROWS or not await are_there(db):
        return []
    sql = f"""select topics.id, label, n from ({OF_ROWS[page]}) as said join topics on topics.id = said.topic
        order by n desc, topics.id limit {OTHERS_SHOWN}"""
    return await fetch_rows(db, sql, **({"key": key} if page != "home" else {}))


async def load_all(db: "Database") -> dict[str, Any]:
    """Every topic, those of most articles first, each with who speaks of it most."""
    if not await are_there(db):
        return {"topics": []}
    topics = await fetch_rows(db, ALL)
    quoted = {topic["id"]: json.loads(topic.pop("quoted") or "[]") for topic in topics}
    these, values = among({ident for idents in quoted.values() for ident in idents})
    rows = await fetch_rows(db, f"select id, name from speakers where id in {these}", **values)
    known = {row["id"]: row for row in rows}
    for topic in topics:
        topic["quoted"] = [known[ident] for ident in quoted[topic["id"]] if ident in known]
    return {"topics": topics}


async def load(db: "Database", key: str) -> dict[str, Any] | None:
    """Everything that the page of a topic shows, as plain data; None when there is no such topic."""
    if not await are_there(db):
        return None
    rows = await fetch_rows(db, f"select {COLUMNS} from topics where id = :key", key=key)
    if not rows:
        return None
    latest = [row["id"] for row in await fetch_rows(db, LATEST, key=key)]
    known = {row["statement"]: row for row in await statements_by_ids(db, latest)}
    return {
        "topic": rows[0],
        "speakers": await fetch_rows(db, SPEAKERS, key=key),
        "dates": await fetch_rows(db, DATES, key=key),
        "weeks": sorted(await fetch_rows(db, WEEKS, key=key), key=lambda row: row["week"], reverse=True),
        "latest": [known[ident] for ident in latest if ident in known],
    }
