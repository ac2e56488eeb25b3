"""Who is quoted with whom, and who passes on whose words: the pairs, and a picture of them."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Any

from quotes.datasette.fetch import fetch_rows
from quotes.datasette.limits import load as read_limits
from quotes.datasette.network_svg import Link, Node, picture
from quotes.store.certainty import COUNTED_SQL, SURE_SQL
from quotes.store.naming import NAMELESS_SQL

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

SPEAKERS_SHOWN = 36  # in the picture, those whom most stories quote together: more cannot be read
SPEAKERS_EXAMINED = 150  # the most quoted who go by a name, of whom these are chosen
PAIRS_SHOWN, RELAYS_SHOWN = 60, 30  # in the tables; the picture has the same
QUOTATIONS_READ = 30_000  # the latest of these speakers

SURE = f"{COUNTED_SQL} and {SURE_SQL}"
MOST_QUOTED = f"""
    select id, name, type from speakers where type in ('person', 'organisation') and not {NAMELESS_SQL}
    order by quotes desc, id limit {SPEAKERS_EXAMINED}"""
MOST_QUOTED_WITHIN = f"""
    with some as (select speaker, count(*) as n from quotes
        where speaker is not null and {SURE} and {{within}} group by speaker)
    select speakers.id, speakers.name, speakers.type from some join speakers on speakers.id = some.speaker
    where speakers.type in ('person', 'organisation') and not {NAMELESS_SQL}
    order by n desc, speakers.id limit {SPEAKERS_EXAMINED}"""
# A speaker, and those who are most often quoted in the same articles.
AROUND = f"""
    with own as (select distinct article from quotes where speaker = :speaker and {SURE}),
    beside as (select quotes.speaker, count(distinct quotes.article) as n
        from own join quotes on quotes.article = own.article
        where quotes.speaker is not null and {SURE} group by quotes.speaker)
    select speakers.id, speakers.name, speakers.type from beside join speakers on speakers.id = beside.speaker
    order by speakers.id = :speaker desc, n desc, speakers.id limit {SPEAKERS_SHOWN}"""
# A story is an article with its copies: what was printed again was quoted once.
STANDING = f"""
    with latest as (
        select quotes.speaker, quotes.article, quotes.via from quotes
        where quotes.speaker in (select value from json_each(:ids)) and {SURE} and {{within}}
        order by quotes.published desc, quotes.id limit {QUOTATIONS_READ})
    select latest.speaker, coalesce(articles.copy_of, articles.id) as story, latest.via, count(*) as n
    from latest join articles on articles.id = latest.article group by 1, 2, 3"""


async def load(
    db: "Database", speaker: str = "", publication: str = "", since: str = "", until: str = ""
) -> dict[str, Any]:
    """The speakers, the pairs that are quoted in one story, and the relays, the most first.

    speaker: the id of one, around whom to look. publication: a whole name. since, until: year, month or day.
    """
    limits = await read_limits(db, publication, since, until)
    asked, within = {"speaker": speaker, **limits.asked}, limits.within
    if speaker:
        people = await fetch_rows(db, AROUND, speaker=speaker)
    elif limits.narrow:
        people = await fetch_rows(db, MOST_QUOTED_WITHIN.format(within=within), **asked)
    else:
        people = await fetch_rows(db, MOST_QUOTED)
    ids = json.dumps([one["id"] for one in people])
    rows = await fetch_rows(db, STANDING.format(within=within), ids=ids, **asked)
    return {
        "asked": asked,
        "around": people[0] if speaker and people and people[0]["id"] == speaker else None,
        "publications": limits.publications,
        "partly": sum(row["n"] for row in rows) == QUOTATIONS_READ,
        **network(people, rows),
    }


def network(people: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """People with their quotations, pairs with the number of stories that quote both, relays with their quotations.

    rows: quotations of a speaker in a story, by who passed them on.
    """
    names = {one["id"]: one["name"] for one in people}
    numbers: Counter[str] = Counter()
    stories: dict[str, set[str]] = defaultdict(set)
    relayed: Counter[tuple[str, str]] = Counter()
    for row in rows:
        numbers[row["speaker"]] += row["n"]
        stories[row["story"]].add(row["speaker"])
        if row["via"] and row["via"].casefold() != names[row["speaker"]].casefold():  # an agency's own words
            relayed[row["via"], row["speaker"]] += row["n"]
    together: Counter[tuple[str, str]] = Counter()
    for quoted in stories.values():
        together.update(combinations(sorted(quoted), 2))
    ordered = sorted(together.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = _chosen(pair for pair, _ in ordered)
    pairs = [pair for pair in ordered if shown.issuperset(pair[0])][:PAIRS_SHOWN]
    relays = sorted(relayed.items(), key=lambda relay: (-relay[1], relay[0]))[:RELAYS_SHOWN]
    return {
        "people": [{**one, "n": numbers[one["id"]]} for one in people if numbers[one["id"]]],
        "pairs": [
            {"one_id": one, "one_name": names[one], "other_id": other, "other_name": names[other], "n": n}
            for (one, other), n in pairs
        ],
        "relays": [{"via": via, "speaker": key, "name": names[key], "n": n} for (via, key), n in relays],
    }


def _chosen(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The speakers of the first pairs, as many as can be shown."""
    chosen: set[str] = set()
    for pair in pairs:
        if len(chosen.union(pair)) <= SPEAKERS_SHOWN:
            chosen.update(pair)
    return chosen


def drawn(page: dict[str, Any]) -> dict[str, Any]:
    """The picture, of the page as it is shown: everybody who is in a pair or a relay, and the outlets that pass on."""
    linked = {pair[side] for pair in page["pairs"] for side in ("one_id", "other_id")}
    linked |= {relay["speaker"] for relay in page["relays"]}
    nodes = [
        Node(f"speaker {one['id']}", one["name"], one["n"]) for one in page["people"] if one["id"] in linked
    ]
    outlets: Counter[str] = Counter()
    for relay in page["relays"]:
        outlets[relay["via"]] += relay["n"]
    nodes += [Node(f"outlet {name}", name, n, outlet=True) for name, n in outlets.items()]
    links = [
        Link(f"speaker {pair['one_id']}", f"speaker {pair['other_id']}", pair["n"]) for pair in page["pairs"]
    ]
    links += [
        Link(f"outlet {relay['via']}", f"speaker {relay['speaker']}", relay["n"], relay=True)
        for relay in page["relays"]
    ]
    nodes, links, left_out = within_reach(nodes, links)
    return {"picture": picture(nodes, links), "left_out": left_out}


def within_reach(nodes: list[Node], links: list[Link]) -> tuple[list[Node], list[Link], int]:
    """The parts of a network that have at least three nodes, and how many speakers are in smaller ones.

    A pair that has to do with nobody else says no more in a picture than in a table, and takes the room of the others.
    """
    beside: dict[str, set[str]] = defaultdict(set)
    for link in links:
        beside[link.one].add(link.other)
        beside[link.other].add(link.one)
    small = {
        one for one in beside if len(beside[one]) == 1 and all(len(beside[near]) == 1 for near in beside[one])
    }
    kept = [node for node in nodes if node.key not in small]
    some = [link for link in links if link.one not in small]
    return kept, some, sum(node.key in small and not node.outlet for node in nodes)
