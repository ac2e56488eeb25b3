"""Of what a search found: who said it, where, in which way, and when. Each number leads to the search narrowed so.

As in the number above them, copies of one story count once.
"""

from collections import Counter
from typing import TYPE_CHECKING, Any

from quotes.datasette.fetch import IS_DATED, among, fetch_rows
from quotes.store.naming import NAMELESS_SQL
from quotes.store.search_sql import IN_STORIES_SQL, NTH_SQL, STORY_SQL, SearchQuery
from quotes.text.dates import parse_date, readable_date

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

COUNTED = 20_000  # quotations that are counted, the last stored: more take a page longer
SHOWN = 8  # speakers and publications
EXAMINED = 3 * SHOWN  # speakers: those who go by a name are shown first
MAX_PERIODS = 12  # months or years that are links
LIMITS = {"speaker": EXAMINED, "publication": SHOWN, "type": SHOWN, "act": SHOWN}
FACETS = tuple(LIMITS)
PLACE = ("id", "article", "statement", "position")  # of a quotation
N_SQL = "count(*) - count(story) + count(distinct story || ' ' || statement || ' ' || nth)"


async def load(db: "Database", search: SearchQuery) -> dict[str, Any]:
    """Numbers of quotations: for each facet rows of ``value`` and ``n``, and ``dates``; how many were counted."""
    columns = ", ".join(f"quotes.{name}" for name in (*FACETS, "published", *PLACE))
    names = ", ".join((*FACETS, "published"))
    told = (  # numbered are only those in stories that have copies: to sort them all takes longer than the rest
        f"select {names}, null as story, null as statement, null as nth from first as quotes "
        f"where not {IN_STORIES_SQL} union all "
        f"select {names}, {STORY_SQL}, {NTH_SQL} from first as quotes where {IN_STORIES_SQL}"
    )
    parts = [
        f"select * from (select '{name}' as facet, {name} as value, {N_SQL} as n from hits "
        f"where {name} is not null and {name} != '' group by {name} order by n desc, {name} limit {limit})"
        for name, limit in LIMITS.items()
    ]
    parts.append(
        f"select 'dates', substr(published, 1, 10), {N_SQL} from hits where published {IS_DATED} group by 2"
    )
    parts.append(f"select 'counted', null, {N_SQL} from hits")
    first = search.rows(columns, COUNTED)
    sql = f"with first as materialized ({first}), hits as materialized ({told}) {' union all '.join(parts)}"
    rows = await fetch_rows(db, sql, **search.values)
    facets: dict[str, Any] = {name: [] for name in FACETS}
    for row in rows:
        if row["facet"] in FACETS:
            facets[row["facet"]].append({"value": row["value"], "label": row["value"], "n": row["n"]})
    facets["speaker"] = await _named_first(db, facets["speaker"])
    dates = [{"published": row["value"], "n": row["n"]} for row in rows if row["facet"] == "dates"]
    return {
        "facets": facets,
        "dates": dates,
        "periods": _periods(dates),
        "counted": next(row["n"] for row in rows if row["facet"] == "counted"),
    }


def _periods(dates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The months with most quotations, or the years where there are many, in the order of time."""
    for length in (7, 4):
        numbers: Counter[str] = Counter()
        for date in dates:
            numbers[date["published"][:length]] += date["n"]
        known = {value: n for value, n in numbers.items() if len(value) == length and parse_date(value)}
        if 1 < len(known) <= MAX_PERIODS:
            return [
                {"value": value, "label": readable_date(value), "n": known[value]} for value in sorted(known)
            ]
    return []


async def _named_first(db: "Database", speakers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Speakers with their names, some of those with most quotations: who goes by a name is told before others."""
    these, values = among(row["value"] for row in speakers)
    query = f"select id, name, {NAMELESS_SQL} as nameless from speakers where id in {these}"
    known = {row["id"]: row for row in await fetch_rows(db, query, **values)}
    found = [{**row, "label": known[row["value"]]["name"]} for row in speakers if row["value"] in known]
    found.sort(key=lambda row: known[row["value"]]["nameless"])  # stable: those with most first
    return found[:SHOWN]
