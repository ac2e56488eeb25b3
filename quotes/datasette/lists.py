"""The lists of speakers, statements, articles and quotations: what is asked for, and one page of it."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from quotes.datasette.fetch import (
    LISTED_COLUMNS,
    TITLE_SQL,
    among,
    fetch_rows,
    fetch_value,
    publication_names,
)
from quotes.datasette.keyset import Key, Listing, fetch_page
from quotes.store.certainty import COUNTED_SQL, is_counted, is_doubtful
from quotes.store.certainty import NOT_IN_COPIES_SQL as NOT_IN_COPIES
from quotes.store.naming import NAMELESS_SQL
from quotes.store.search_sql import QUOTATION_JOINS, publications_meant
from quotes.types import Act, QuoteType, SpeakerType

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

PAGE_SIZE = 50
MAX_TYPED = 500  # characters of a choice that are read
QUOTED_SHOWN = 4  # speakers named of an article in a list
OTHER_LETTERS = "#"  # in place of names that begin with no letter
# What a speaker is filed under: a person's last word, and other names without their article. An index of the
# database has this very expression (migration "lists").
FILED_UNDER = (
    "lower(case when type = 'person' then replace(replace(replace(name, ' Jr.', ''), ' Sr.', ''), "
    "rtrim(replace(replace(name, ' Jr.', ''), ' Sr.', ''), "
    "replace(replace(replace(name, ' Jr.', ''), ' Sr.', ''), ' ', '')), '') "
    "when name like 'the %' then substr(name, 5) when name like 'a %' then substr(name, 3) "
    "when name like 'an %' then substr(name, 4) else name end)"
)
# Shorter statements seldom say what they were about, those of nobody are seldom asked for: after others of a day.
SHORT_LENGTH = 40
QUOTED_IN = (
    f"speakers.id in (select speaker from quotes where {COUNTED_SQL} and publication in "
    "(select value from json_each(:publication)))"
)
IN_TOPIC = "statements.id in (select statement from statement_topics where topic = :topic)"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a list can be narrowed by: its values, and the condition of each or of all (a parameter)."""

    name: str
    values: tuple[str, ...] | None  # None: whatever is typed
    conditions: Mapping[str, str] | str

    def condition(self, typed: str) -> str:
        """The condition on rows for what was chosen."""
        return self.conditions if isinstance(self.conditions, str) else self.conditions[typed]


@dataclass(frozen=True, slots=True)
class Kind:
    """A list: the table, its choices, and its orders, the first of which goes without saying."""

    table: str
    choices: tuple[Choice, ...]
    orders: Mapping[str, tuple[Key, ...]]
    load: Callable[["Database", list[str]], Awaitable[list[dict[str, Any]]]]


async def load(db: "Database", name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """One page of a list as plain data: ``items``, how many there are, and what was chosen.

    A choice that is none is left out and named in ``ignored``.
    """
    kind = KINDS[name]
    publications = await publication_names(db)
    chosen, ignored, conditions, values = {}, [], [], {}
    for choice in kind.choices:
        typed = (given.get(choice.name) or "").replace("\0", " ").strip()[:MAX_TYPED]
        if not typed:
            continue
        if choice.values is not None and typed not in choice.values:
            ignored.append(choice.name)
            continue
        chosen[choice.name] = typed
        conditions.append(choice.condition(typed))
        if isinstance(choice.conditions, str):
            meant = json.dumps(publications_meant(typed, publications))
            values[choice.name] = meant if choice.name == "publication" else typed
    defaults = _default_conditions(name, chosen)
    order = given.get("sort") or ""
    if order and order not in kind.orders:
        ignored.append("sort")
    if order not in kind.orders:
        order = "name" if "letter" in chosen else next(iter(kind.orders))
    letters = await _letters(db, conditions, values) if name == "speakers" else {}
    if letter := (given.get("letter") or "")[:4].upper() if name == "speakers" else "":
        if letter in letters:
            chosen["letter"], order = letter, "name"
            conditions.append(
                f"upper(substr({FILED_UNDER}, 1, 1)) in (select value from json_each(:letters))"
            )
            values["letters"] = json.dumps(letters[letter]["initials"])
        else:
            ignored.append("letter")
    listing = Listing(f"{kind.table}.id", kind.table, (*defaults, *conditions), kind.orders[order])
    page = await fetch_page(db, listing, values, given, PAGE_SIZE)
    rows = {row["id"]: row for row in await kind.load(db, page.idents)}
    if order != next(iter(kind.orders)) and "letter" not in chosen:
        chosen["sort"] = order
    return {
        "kind": name,
        "items": [rows[ident] for ident in page.idents],
        "total": await fetch_value(db, listing.count(), **values),
        "chosen": chosen,
        "order": order,
        "orders": list(kind.orders),
        "ignored": ignored,
        "letters": {letter: found["n"] for letter, found in letters.items()},
        "choices": {choice.name: list(choice.values or ()) for choice in kind.choices},
        "publications": publications,
        "previous": chosen | page.previous if page.previous else None,
        "next": chosen | page.next if page.next else None,
    }


def _default_conditions(name: str, chosen: dict[str, str]) -> list[str]:
    """What a list leaves out unless it is asked for."""
    if name != "quotations":
        return []
    said = [] if "said" in chosen else [COUNTED_SQL]
    return said if "copies" in chosen else [*said, NOT_IN_COPIES]


async def _letters(
    db: "Database", conditions: list[str], values: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Under how many letters how many speakers are filed, and the first characters that each letter stands for."""
    where = " and ".join(conditions) or "true"
    rows = await fetch_rows(
        db,
        f"select upper(substr({FILED_UNDER}, 1, 1)) as initial, count(*) as n from speakers where {where} group by 1",
        **values,
    )
    letters: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (not row["initial"].isalpha(), row["initial"])):
        letter = row["initial"].upper() if row["initial"].isalpha() else OTHER_LETTERS
        found = letters.setdefault(letter, {"n": 0, "initials": []})
        found["n"] += row["n"]
        found["initials"].append(row["initial"])
    return letters


async def _speakers(db: "Database", idents: list[str]) -> list[dict[str, Any]]:
    return await _by_ids(
        db, "select id, name, type, description, pronouns, quotes, articles from speakers", idents
    )


# The words of a statement are those of one of its quotations, which tells their type and who decided about them.
SPOKEN_BY_STATEMENT = """coalesce((
    select this.id from quotes as this where this.statement = statements.id and this.content = statements.text
    order by this.type = 'direct' desc, this.id limit 1), (
    select min(this.id) from quotes as this where this.statement = statements.id))"""


async def statements_by_ids(db: "Database", idents: list[str]) -> list[dict[str, Any]]:
    """Statements as lists show them: with the quotation that has their words."""
    sql = f"""
        with listed as (select *, {SPOKEN_BY_STATEMENT} as quote from statements {{where}})
        select listed.id as statement, listed.text, listed.variants, listed.wordings, listed.articles,
            listed.publications, listed.first_published, listed.last_published, {LISTED_COLUMNS}
        from listed join quotes on quotes.id = listed.quote {QUOTATION_JOINS}"""
    these, values = among(idents)
    rows = await fetch_rows(db, sql.format(where=f"where id in {these}"), **values)
    return [row | {"id": row["statement"], "quote": row["id"]} for row in rows]


async def _articles(db: "Database", idents: list[str]) -> list[dict[str, Any]]:
    articles = await _by_ids(
        db,
        f"select id, {TITLE_SQL} as title, publication, author, published, copy_of, words, withdrawn from articles",
        idents,
    )
    these, values = among(idents)
    quoted = f"""
        select quotes.article, quotes.speaker, speakers.name, quotes.attribution, quotes.confidence,
            quotes.speaker_confidence, quotes.asserted, quotes.withdrawn, speakers.nameless
        from quotes left join speakers on speakers.id = quotes.speaker
        where quotes.article in {these} order by quotes.article, quotes.position"""
    said: dict[str, list[dict[str, Any]]] = {}
    for row in await fetch_rows(db, quoted, **values):
        if is_counted(row):
            said.setdefault(row["article"], []).append(row)
    for article in articles:
        quotes = said.get(article["id"], [])
        names = {one["speaker"]: one["name"] for one in quotes if one["speaker"] and not is_doubtful(one)}
        numbers = Counter(one["speaker"] for one in quotes if one["speaker"] in names)
        nameless = {one["speaker"]: one["nameless"] for one in quotes}
        # stable: then as they are quoted
        most = sorted(numbers, key=lambda key: (nameless[key], -numbers[key]))
        article["quotations"] = len(quotes)
        article["quoted"] = [{"speaker": key, "name": names[key]} for key in most[:QUOTED_SHOWN]]
        article["more_quoted"] = max(0, len(names) - QUOTED_SHOWN)
    return articles


async def _quotations(db: "Database", idents: list[str]) -> list[dict[str, Any]]:
    sql = f"""select {LISTED_COLUMNS}, statements.variants from quotes {QUOTATION_JOINS}
        left join statements on statements.id = quotes.statement"""
    return await _by_ids(db, sql, idents, "quotes.id")


async def _by_ids(db: "Database", sql: str, idents: list[str], column: str = "id") -> list[dict[str, Any]]:
    these, values = among(idents)
    return await fetch_rows(db, f"{sql} where {column} in {these}", **values)


def _equal(name: str, column: str, values: tuple[str, ...]) -> Choice:
    return Choice(name, values, f"{column} = :{name}")


def _of_publication(column: str) -> Choice:
    return Choice("publication", None, f"{column} in (select value from json_each(:publication))")


NEWEST_ARTICLES = (Key("articles.published", True), Key("articles.id"))
KINDS = {
    "speakers": Kind(
        "speakers",
        (_equal("type", "type", get_args(SpeakerType)), Choice("publication", None, QUOTED_IN)),
        {
            "quoted": (Key(NAMELESS_SQL), Key("speakers.quotes", True), Key("speakers.id")),
            "name": (Key(FILED_UNDER), Key("speakers.name"), Key("speakers.id")),
        },
        _speakers,
    ),
    "statements": Kind(
        "statements",
        (
            Choice("wordings", ("several",), {"several": "statements.wordings > 1"}),
            Choice("topic", None, IN_TOPIC),
            Choice("speaker", ("known", "open"), {"known": "speaker is not null", "open": "speaker is null"}),
        ),
        {
            "latest": (
                Key("last_published", True),
                Key("articles", True),
                Key(f"(speaker is null) + 2 * (length(text) < {SHORT_LENGTH})"),
                Key("id"),
            ),
            "reported": (Key("articles", True), Key("last_published", True), Key("id")),
        },
        statements_by_ids,
    ),
    "articles": Kind(
        "articles",
        (
            _of_publication("articles.publication"),
            Choice("copies", ("no",), {"no": "articles.copy_of is null"}),
        ),
        {"latest": NEWEST_ARTICLES},
        _articles,
    ),
    "quotations": Kind(
        "quotes",
        (
            _equal("type", "+quotes.type", get_args(QuoteType)),
            _equal("act", "+quotes.act", get_args(Act)),
            _of_publication("quotes.publication"),
            Choice(
                "said",
                ("no", "any"),
                {"no": "quotes.asserted = 0 and quotes.withdrawn is null", "any": "true"},
            ),
            Choice("copies", ("any",), {"any": "true"}),
        ),
        {
            "latest": (
                Key("quotes.published", True),
                Key("quotes.article"),
                Key("quotes.position"),
                Key("quotes.id"),
            )
        },
        _quotations,
    ),
}
