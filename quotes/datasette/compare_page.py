"""Two speakers, or two publications, side by side."""

from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, get_args

from quotes.datasette.fetch import IS_DATED, TITLE_SQL, among, fetch_rows, publication_names
from quotes.datasette.search_page import speakers_meant
from quotes.datasette.topic_words import counted, telling
from quotes.store.certainty import COUNTED_SQL, SURE_SQL
from quotes.store.naming import NAMELESS_SQL
from quotes.store.search_sql import publications_meant
from quotes.types import QuoteType

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

TYPES = get_args(QuoteType)
PRONOUNS = ("she", "he", "they", "unknown")
CONTENTS_READ = 400  # latest quotations of each, whose words are compared
WORDS_COMPARED = 200  # most frequent words of each in which common ones are looked for
SHARED_SHOWN, OWN_SHOWN = 12, 8  # words of both, words of one
SPEAKERS_SHOWN, PUBLICATIONS_SHOWN = 10, 10
SPEAKERS_EXAMINED = 3 * SPEAKERS_SHOWN  # of whom those who go by a name come first
MONTHS_SHOWN = 24  # the last ones; older ones are added up
CHOICES_SHOWN = 8  # speakers of a typed name
EXAMPLES_SHOWN = 3  # pairs of speakers
MAX_TYPED = 300  # characters of a box that are read

OF = {
    "speakers": f"quotes.speaker = :key and {COUNTED_SQL} and {SURE_SQL}",
    "publications": f"quotes.publication = :key and {COUNTED_SQL}",
}
NUMBERS = f"""
    select {", ".join(f"sum(type = '{name}') as {name}" for name in TYPES)}, count(distinct article) as articles,
        min(case when published {IS_DATED} then published end) as first,
        max(case when published {IS_DATED} then published end) as last
    from quotes where {{of}}"""
MOST_QUOTED = f"""select id as key, name from speakers where type = 'person' and not {NAMELESS_SQL}
    order by quotes desc, id limit {2 * EXAMPLES_SHOWN}"""
CONTENTS = f"select content from quotes where {{of}} order by published desc, id limit {CONTENTS_READ}"
WHERE_QUOTED = f"""
    select publication as name, count(*) as n from quotes where {{of}} and publication != ''
    group by publication order by n desc, publication limit {PUBLICATIONS_SHOWN}"""
TOGETHER = f"""
    select articles.id, {TITLE_SQL} as title, articles.publication, articles.published from articles
    where copy_of is null
        and id in (select article from quotes where speaker = :one and {COUNTED_SQL} and {SURE_SQL})
        and id in (select article from quotes where speaker = :other and {COUNTED_SQL} and {SURE_SQL})
    order by published desc, id limit 20"""
# Whom a publication quotes, and the pronouns of the people among them by month. There everybody counts once an article,
# however often the article quotes them, and each quotation of theirs.
WHOM_IT_QUOTES = f"""
    with quoted as materialized (
        select substr(case when quotes.published {IS_DATED} then quotes.published else '' end, 1, 7) as month,
            quotes.speaker, count(*) as n
        from quotes where quotes.publication = :key and {COUNTED_SQL} and quotes.speaker is not null and {SURE_SQL}
        group by quotes.article, quotes.speaker)
    select 'speaker' as part, speaker, null as month, null as pronouns, null as people,
        sum(n) as quotations
    from quoted group by speaker
    union all select * from (
        select 'month', null, month, coalesce(nullif(pronouns, ''), 'unknown') as pronouns, count(*), sum(n)
        from quoted join speakers on speakers.id = quoted.speaker where speakers.type = 'person'
        group by month, 4 order by month, 4)"""


async def load(db: "Database", kind: str, one: str, other: str) -> dict[str, Any]:
    """What the page shows: the boxes as they were filled, and the comparison where both are known.

    kind: "speakers" or "publications". one, other: a name, a part of one, or the id of a speaker.
    """
    typed = {
        side: text.replace("\0", " ").strip()[:MAX_TYPED] for side, text in (("one", one), ("other", other))
    }
    data: dict[str, Any] = {"kind": kind, "typed": typed, "choices": {}, "sides": [], "unknown": []}
    names = await publication_names(db)
    data["any_publication"] = bool(names)
    if kind == "publications":
        data["publications"] = names
    for side, text in typed.items():
        found = await _meant(db, kind, text, names) if text else []
        if not found and text:
            data["unknown"].append(text)
        exact = bool(found) and text.casefold() in (found[0]["name"].casefold(), found[0]["key"].casefold())
        data["choices"][side] = [] if exact else found[1:]
        if found:
            data["sides"].append(found[0])
    if not data["sides"] and not data["unknown"]:
        data["examples"] = await _examples(db, kind, names)
    if len(data["sides"]) < 2 or data["sides"][0]["key"] == data["sides"][1]["key"]:
        return data
    contents = []
    for side in data["sides"]:
        side |= await _numbers(db, kind, side["key"])
        rows = await fetch_rows(db, CONTENTS.format(of=OF[kind]), key=side["key"])
        contents.append(counted(row["content"] for row in rows))
    data["words"] = await _words(db, contents)
    data |= await (_speakers if kind == "speakers" else _publications)(db, data["sides"])
    return data


async def _examples(db: "Database", kind: str, names: list[str]) -> list[list[dict[str, str]]]:
    """Pairs of those with most, for whoever has typed nothing yet: ``key`` and ``name`` of each."""
    if kind == "publications":
        query = """select publication as key, publication as name from articles where publication != ''
            group by 1 order by count(*) desc, 1 limit 2"""
        return [rows] if len(rows := await fetch_rows(db, query)) == 2 else []
    rows = await fetch_rows(db, MOST_QUOTED)
    return [rows[n : n + 2] for n in range(0, len(rows) - 1, 2)]


async def _meant(db: "Database", kind: str, text: str, names: list[str]) -> list[dict[str, Any]]:
    """Who or which is meant, the likeliest first: ``key`` and ``name``."""
    if kind == "publications":
        return [{"key": name, "name": name} for name in publications_meant(text, names)[:CHOICES_SHOWN]]
    rows = (await speakers_meant(db, text))[:CHOICES_SHOWN]
    exact = [row for row in rows if row["name"].casefold() == text.casefold()]
    return [{**row, "key": row["id"]} for row in exact + [row for row in rows if row not in exact]]


async def _numbers(db: "Database", kind: str, key: str) -> dict[str, Any]:
    [row] = await fetch_rows(db, NUMBERS.format(of=OF[kind]), key=key)
    types = {name: row[name] or 0 for name in TYPES}
    return {
        "types": types,
        "quotations": sum(types.values()),
        "in_articles": row["articles"],
        "first": row["first"],
        "last": row["last"],
    }


async def _words(db: "Database", contents: list[Counter[str]]) -> dict[str, Any]:
    """Words of both, and those that only one has: what each spoke about, as far as words tell."""
    small = [{word.lower(): (word, n) for word, n in some.most_common(WORDS_COMPARED)} for some in contents]
    both = set(small[0]) & set(small[1])
    shared = Counter({small[0][word][0]: min(small[0][word][1], small[1][word][1]) for word in both})
    own = [
        Counter({word: n for low, (word, n) in one.items() if low not in other})
        for one, other in (small, small[::-1])
    ]
    return {
        "shared": [
            {**row, "numbers": [side[str(row["word"]).lower()][1] for side in small]}
            for row in await telling(db, shared, SHARED_SHOWN)
        ],
        "own": [await telling(db, words, OWN_SHOWN) for words in own],
    }


async def _speakers(db: "Database", sides: list[dict[str, Any]]) -> dict[str, Any]:
    """Which publications quote them, and the articles that quote both."""
    for side in sides:
        side["quoted_by"] = await fetch_rows(db, WHERE_QUOTED.format(of=OF["speakers"]), key=side["key"])
    return {"together": await fetch_rows(db, TOGETHER, one=sides[0]["key"], other=sides[1]["key"])}


async def _publications(db: "Database", sides: list[dict[str, Any]]) -> dict[str, Any]:
    """Whom they quote, both and one alone, and the pronouns of those whom they quote, by month."""
    quoted: list[Counter[str]] = []
    for side in sides:
        rows = await fetch_rows(db, WHOM_IT_QUOTES, key=side["key"])
        quoted.append(
            Counter({row["speaker"]: row["quotations"] for row in rows if row["part"] == "speaker"})
        )
        side["pronouns"] = by_month([row for row in rows if row["part"] == "month"])
    first, second = quoted
    shared = sorted(first.keys() & second.keys(), key=lambda key: (-min(first[key], second[key]), key))
    both: list[dict[str, Any]] = [
        {"speaker": key, "numbers": [first[key], second[key]]} for key in shared[:SPEAKERS_EXAMINED]
    ]
    alone: list[list[dict[str, Any]]] = []
    for number, (some, other) in enumerate(((first, second), (second, first))):
        most = nsmallest(SPEAKERS_EXAMINED, ((-n, key) for key, n in some.items() if key not in other))
        alone.append(
            [{"speaker": key, "numbers": [0] * number + [-n] + [0] * (1 - number)} for n, key in most]
        )
    shown = [one for listed in (both, *alone) for one in listed]
    these, values = among(one["speaker"] for one in shown)
    query = f"select id, name, {NAMELESS_SQL} as nameless from speakers where id in {these}"
    known = {row["id"]: row for row in await fetch_rows(db, query, **values)}
    for one in shown:
        one["name"] = known[one["speaker"]]["name"]
    for listed in (both, *alone):
        listed.sort(key=lambda one: known[one["speaker"]]["nameless"])  # stable: those with most first
        del listed[SPEAKERS_SHOWN:]
    for side, own in zip(sides, alone, strict=True):
        side["alone"] = own
    return {"both": both}


def by_month(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Months with the people and quotations of each pronoun, and their shares among those whose pronoun is known.

    As the Gender Gap Tracker counts (Asr et al., PLOS ONE 2021): a person once an article. But nobody's gender is
    guessed from a name: whom no article calls by a pronoun is unknown, and in no share. rows: ordered by ``month``.
    """
    months: dict[str, dict[str, Any]] = {}
    kept = sorted({row["month"] for row in rows})[-MONTHS_SHOWN:]
    for row in rows:
        when = row["month"] if row["month"] in kept else f"before {kept[0]}"
        month = months.setdefault(when, {"month": when, "people": Counter(), "quotations": Counter()})
        pronouns = row["pronouns"] if row["pronouns"] in PRONOUNS else "unknown"
        month["people"][pronouns] += row["people"]
        month["quotations"][pronouns] += row["quotations"]
    for month in months.values():
        known = sum(n for pronouns, n in month["people"].items() if pronouns != "unknown")
        month["known"] = known
        month["shares"] = {p: month["people"][p] / known for p in PRONOUNS[:3]} if known else {}
        month["people"] = {p: month["people"][p] for p in PRONOUNS}
        month["quotations"] = {p: month["quotations"][p] for p in PRONOUNS}
    return list(months.values())
