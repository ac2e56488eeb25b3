"""Charts of a database: who is quoted when, how publications quote, who passes on most."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from quotes.datasette.fetch import IS_DATED, fetch_rows
from quotes.datasette.limits import load as read_limits
from quotes.datasette.timeline import axis, chart, periods
from quotes.store.certainty import COUNTED_SQL
from quotes.types import QuoteType

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

TYPES = get_args(QuoteType)
PEOPLE_SHOWN, PUBLICATIONS_SHOWN, RELAYS_SHOWN = 8, 25, 20

# Who is quoted only without a date has no chart, and takes no place.
MOST_QUOTED = f"""
    select id, name from speakers where type = 'person' and exists (
        select 1 from quotes where speaker = speakers.id and {COUNTED_SQL} and quotes.published {IS_DATED})
    order by quotes desc, id limit {PEOPLE_SHOWN}"""
MOST_QUOTED_WITHIN = f"""
    with some as (select speaker, count(*) as n from quotes
        where speaker is not null and {COUNTED_SQL} and quotes.published {IS_DATED} and {{within}} group by speaker)
    select speakers.id, speakers.name from some join speakers on speakers.id = some.speaker
    where speakers.type = 'person' order by n desc, speakers.id limit {PEOPLE_SHOWN}"""
WHEN = f"""
    select speaker, quotes.published, count(*) as n from quotes
    where speaker in (select value from json_each(:ids)) and {COUNTED_SQL} and quotes.published {IS_DATED}
        and {{within}}
    group by 1, 2"""
HOW = f"""
    select quotes.publication as name, sum(type = 'direct') as direct, sum(type = 'mixed') as mixed,
        sum(type = 'indirect') as indirect, count(*) as n
    from quotes where quotes.publication != '' and {COUNTED_SQL} and {{within}}
    group by 1 order by n desc, 1 limit {PUBLICATIONS_SHOWN}"""
RELAYED = f"""
    select via as name, count(*) as n from quotes where via is not null and {COUNTED_SQL} and {{within}}
    group by via order by n desc, via limit {RELAYS_SHOWN}"""


async def load(db: "Database", publication: str = "", since: str = "", until: str = "") -> dict[str, Any]:
    """The numbers of the charts, for a publication (its whole name) and a time (year, month or day), or for all."""
    limits = await read_limits(db, publication, since, until)
    asked, within = limits.asked, limits.within
    most = MOST_QUOTED_WITHIN.format(within=within) if limits.narrow else MOST_QUOTED
    people = await fetch_rows(db, most, **asked)
    rows = await fetch_rows(
        db, WHEN.format(within=within), ids=json.dumps([one["id"] for one in people]), **asked
    )
    dates: dict[str, list[tuple[str, int]]] = {one["id"]: [] for one in people}
    for row in rows:
        dates[row["speaker"]].append((row["published"], row["n"]))
    how = await fetch_rows(db, HOW.format(within=within), **asked)
    return {
        "asked": asked,
        "publications": limits.publications,
        "people": [{**one, "dates": sorted(dates[one["id"]])} for one in people if dates[one["id"]]],
        "how": [
            {"name": row["name"], "n": row["n"], "types": {kind: row[kind] for kind in TYPES}} for row in how
        ],
        "relays": await fetch_rows(db, RELAYED.format(within=within), **asked),
    }


def drawn(page: dict[str, Any]) -> dict[str, Any]:
    """A chart for each of the people, all along one axis and of one height, so that they can be compared."""
    along = axis(text for one in page["people"] for text, _ in one["dates"])
    if along is None:
        return {"charts": []}
    highest = max(max(periods(one["dates"], along).values()) for one in page["people"])
    along = replace(along, top=highest)
    charts = [
        {**one, "n": sum(n for _, n in one["dates"]), "chart": chart(one["dates"], along)}
        for one in page["people"]
    ]
    return {"charts": charts}
