"""What the pages of an article, a quotation, a speaker and a statement show, read from the database."""

import json
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from quotes.datasette import article_text, card_png, corrections_page, page_meta, present, topic_words
from quotes.datasette.cells import aliases
from quotes.datasette.fetch import cleaned, fetch_rows
from quotes.datasette.timeline import chart
from quotes.lexicon.headlines import TITLE_SQL, begins_text, shown_title
from quotes.store.certainty import COUNTED_SQL, SURE_SQL, is_sure, is_unsaid
from quotes.store.search_sql import DESCRIPTIONS, QUOTATION_JOINS
from quotes.text.dates import parse_date
from quotes.text.highlight import Highlight

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

DESCRIPTIONS_SHOWN = 6  # of what articles call a speaker
MAX_MONTHS_LISTED = 18  # periods of a speaker: of more months the years are listed
QUOTATIONS_SHOWN = 300  # quotations listed on one page; the rest is a link to the table

QUOTES = f"""
    select quotes.*, speakers.name, speakers.description, speakers.type as speaker_type, speakers.nameless,
      {TITLE_SQL} as title, articles.publication, articles.author, articles.url, articles.copy_of, statements.variants,
      corrections.by as corrected_by, corrections.at as corrected_at
    from quotes {QUOTATION_JOINS}
      left join statements on statements.id = quotes.statement
"""
# A statement's text goes between quotation marks only when a quotation with just these words is direct; what was done
# with the words, and with them, stands before them.
STATEMENTS = """
    select statements.*, statements.text as content, speakers.name, speakers.description, coalesce((
        select type from quotes where quotes.statement = statements.id and quotes.content = statements.text
        order by type = 'direct' desc, type = 'mixed' desc limit 1), 'indirect') as type, (
        select act from quotes where quotes.statement = statements.id and quotes.content = statements.text
        order by type = 'direct' desc, type = 'mixed' desc limit 1) as act
    from statements left join speakers on speakers.id = statements.speaker
"""
CANDIDATES = "select name, type, probability from candidates where quote = :key order by rank"
CANDIDATES_OF_ARTICLE = """
    select candidates.quote, candidates.name, candidates.type, probability from candidates
    where quote in (select id from quotes where article = :key) order by quote, rank"""
# What these articles themselves call the speaker: what others say, before or later, is no evidence for them.
DESCRIBED = """
    select description from descriptions where speaker = :speaker and description != ''
        and article in (select article from quotes where quotes.{column} = :key)
    group by description order by count(*) desc, description limit 1"""
WORDS = """
    select spans.quote, substr(articles.text, start + 1, end - start) as words
    from spans join quotes on quotes.id = spans.quote join articles on articles.id = quotes.article
    where quotes.{column} = :key and spans.role = 'content' order by spans.start"""
LATEST_FIRST = (
    "order by quotes.published is null, quotes.published desc, articles.id, quotes.position, quotes.id"
)
EARLIEST_FIRST = LATEST_FIRST.replace(" desc", "")


async def cleaned_rows(db: "Database", sql: str, **parameters: Any) -> list[dict[str, Any]]:
    """Rows as dicts, their text cleaned for display."""
    return [cleaned(row) for row in await fetch_rows(db, sql, **parameters)]


async def article(db: "Database", key: str) -> dict[str, Any]:
    """The article, its text with every quotation marked, and the numbered list of them."""
    [row] = await cleaned_rows(db, "select * from articles where id = :key", key=key)
    quotes = await cleaned_rows(
        db, f"{QUOTES} where quotes.article = :key order by quotes.position, quotes.id", key=key
    )
    spans = await marks_of_quotations(db, "article = :key", key)
    copies = """select id, title, publication from articles
        where id = :original or copy_of = :key order by published, id limit 50"""
    number_quotations(quotes)
    add_source_urls(
        quotes, [(span.quote, row["text"][span.start : span.end]) for span in content_marks(spans)]
    )
    known = {quote["id"]: quote for quote in quotes}
    marks = spans + article_text.verbatim(row["text"], spans, known)
    row["title"] = shown_title(row["title"], row["author"], row["text"])
    row["untitled"] = begins_text(row["title"], row["text"])
    others = await cleaned_rows(db, CANDIDATES_OF_ARTICLE, key=key)
    page = {
        "article": row,
        "copies": await cleaned_rows(db, copies, key=key, original=row["copy_of"]),
        "former": await former_quotations(db, key),
        "quotes": quotes,
        "said": sum(not is_unsaid(quote) for quote in quotes),
        "decided": cleaned(await corrections_page.decided(db, "article", key)),
        "quoted": speakers_by_quotations(quotes),
        "candidates": {some[0]["quote"]: some for some in group_consecutive(others, "quote")},
        "original": present.safe_url(row["url"]),
        "paragraphs": article_text.paragraphs(row["text"], marks, known),
    }
    return {**page, "about": page_meta.article(page)}


async def former_quotations(db: "Database", key: str) -> list[dict[str, Any]]:
    """What only earlier versions of an article said; nothing in a database from before there was this."""
    if "former_quotes" not in await db.table_names():
        return []
    query = "select * from former_quotes where article = :key order by version desc, position limit 100"
    return await cleaned_rows(db, query, key=key)


async def quotation(db: "Database", key: str) -> dict[str, Any]:
    """One quotation in its context, and the other wordings of its statement."""
    quotes = await cleaned_rows(db, f"{QUOTES} where quotes.id = :key", key=key)
    [source] = await cleaned_rows(db, "select text from articles where id = :key", key=quotes[0]["article"])
    spans = await marks_of_quotations(db, "quotes.id = :key", key)
    add_source_urls(
        quotes, [(span.quote, source["text"][span.start : span.end]) for span in content_marks(spans)]
    )
    quotes[0]["description"] = await described(db, "id", key, quotes[0]["speaker"])
    known = {key: quotes[0]}
    marks = spans + article_text.verbatim(source["text"], spans, known)
    others = f"{QUOTES} where quotes.statement = :key and quotes.id != :this {LATEST_FIRST} limit {QUOTATIONS_SHOWN}"
    page = {
        "quote": quotes[0],
        "context": article_text.context(source["text"], marks, known),
        "others": await cleaned_rows(db, others, key=quotes[0]["statement"], this=key),
        "candidates": await cleaned_rows(db, CANDIDATES, key=key),
        "png": card_png.available(),
    }
    return {**page, "about": page_meta.quotation(page)}


async def quotation_to_take(db: "Database", key: str) -> dict[str, Any] | None:
    """A quotation without its context, called what its article calls it; None when there is none of that id."""
    quotes = await cleaned_rows(db, f"{QUOTES} where quotes.id = :key", key=key)
    if not quotes:
        return None
    quotes[0]["description"] = await described(db, "id", key, quotes[0]["speaker"])
    words = await cleaned_rows(db, WORDS.format(column="id"), key=key)
    add_source_urls(quotes, [(span["quote"], span["words"]) for span in words])
    return quotes[0]


# Who is quoted in the same articles, as far as both are sure; copies of one story count once.
COMPANY = f"""
    select speakers.id, speakers.name, count(distinct coalesce(articles.copy_of, articles.id)) as articles
    from (select distinct article from quotes
        where speaker = :key and {COUNTED_SQL} and {SURE_SQL}) as own
      join articles on articles.id = own.article
      join quotes on quotes.article = own.article and {COUNTED_SQL} and {SURE_SQL}
      join speakers on speakers.id = quotes.speaker
    where quotes.speaker != :key
    group by speakers.id order by 3 desc, speakers.nameless, speakers.quotes desc, speakers.name, speakers.id
    limit 12
"""


CONTRADICTIONS = """
    select links.statement, links.other, links.probability
    from statements as mine join statement_links as links on links.statement = mine.id
    join statements as other on other.id = links.other and other.speaker = mine.speaker
    where mine.speaker = :key and links.kind = 'contradicts'
    order by links.probability desc, links.statement, links.other limit 20"""


async def contradictions(db: "Database", key: str) -> list[dict[str, Any]]:
    """Pairs of a speaker's statements of which one contradicts the other, the earlier one first in each."""
    pairs = await fetch_rows(db, CONTRADICTIONS, key=key)
    ids = json.dumps([pair[side] for pair in pairs for side in ("statement", "other")])
    where = "where statements.id in (select value from json_each(:ids))"
    said = (
        {row["id"]: row for row in await cleaned_rows(db, f"{STATEMENTS} {where}", ids=ids)} if pairs else {}
    )
    found = []
    for pair in pairs:
        both = [said[key] for key in (pair["statement"], pair["other"]) if key in said]
        both.sort(key=lambda row: (not row["first_published"], row["first_published"] or ""))
        if len(both) == 2:
            found.append({"one": both[0], "other": both[1], "probability": pair["probability"]})
    return found


def periods(dates: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """The months of a speaker's quotations, or the years where there are many months, each with their number."""
    parsed = [(text, n) for text, n in dates if parse_date(text)]
    months, years = Counter[str](), Counter[str]()
    for text, n in parsed:
        years[text[:4]] += n
        months[text[:7]] += n
    some = months if len(months) <= MAX_MONTHS_LISTED else years
    return [{"when": when, "n": some[when]} for when in sorted(some)] if len(some) > 1 else []


async def speaker(db: "Database", key: str) -> dict[str, Any]:
    """A speaker: who it is, when and where quoted, and what several articles reported."""
    [row] = await cleaned_rows(db, "select * from speakers where id = :key", key=key)
    quotes = await cleaned_rows(
        db, f"{QUOTES} where quotes.speaker = :key {LATEST_FIRST} limit {QUOTATIONS_SHOWN}", key=key
    )
    dates = await cleaned_rows(
        db,
        f"select published, count(*) as n from quotes where speaker = :key and {COUNTED_SQL} group by published",
        key=key,
    )
    numbers = await cleaned_rows(
        db,
        f"select type, count(*) as n from quotes where speaker = :key and {COUNTED_SQL} group by type",
        key=key,
    )
    types = {row["type"]: row["n"] for row in numbers}
    repeated = f"""{STATEMENTS}
        where statements.speaker = :key and variants > 1 order by variants desc, statements.id limit 50"""
    page = {
        "speaker": row,
        "types": {kind: n for kind in present.TYPE_MEANINGS if (n := types.get(kind))},
        "company": await cleaned_rows(db, COMPANY, key=key),
        "aliases": [name for name in aliases(row["aliases"]) if name != row["name"]],
        "descriptions": await cleaned_rows(db, DESCRIPTIONS, speaker=key, limit=DESCRIPTIONS_SHOWN),
        "total": sum(date["n"] for date in dates),
        "chart": chart([(date["published"], date["n"]) for date in dates if date["published"]]),
        "appearances": by_article(quotes),
        "repeated": await cleaned_rows(db, repeated, key=key),
        "listed": len(quotes),
        "decided": cleaned(await corrections_page.decided(db, "speaker", key)),
        "periods": periods([(date["published"], date["n"]) for date in dates if date["published"]]),
        "words": cleaned(await topic_words.telling(db, topic_words.counted(q["content"] for q in quotes))),
        "changed": await contradictions(db, key),
    }
    return {**page, "about": page_meta.speaker(page)}


async def described(db: "Database", column: str, key: str, speaker: str | None) -> str | None:
    """What the articles of the quotations with ``column`` = ``key`` call the speaker; None for nothing."""
    rows = await cleaned_rows(db, DESCRIBED.format(column=column), key=key, speaker=speaker)
    return rows[0]["description"] if rows else None


PAGES = {"articles": article, "quotes": quotation, "speakers": speaker}


async def marks_of_quotations(db: "Database", where: str, key: str) -> list[Highlight]:
    """Spans of some quotations, in text order."""
    sql = f"""
        select spans.quote, spans.role, spans.start, spans.end
        from spans join quotes on quotes.id = spans.quote where {where} order by spans.start, spans.end"""
    return [Highlight(**row) for row in await cleaned_rows(db, sql, key=key)]


def number_quotations(quotes: Iterable[dict[str, Any]]) -> None:
    """Number quotations from 1, in the order given."""
    for n, quote in enumerate(quotes, 1):
        quote["number"] = n


def content_marks(spans: Iterable[Highlight]) -> list[Highlight]:
    """The spans of what was said."""
    return [span for span in spans if span.role == "content"]


def add_source_urls(quotes: Iterable[dict[str, Any]], contents: Iterable[tuple[str, str]]) -> None:
    """Give each quotation ``original``: the publisher's page opened at it, or None.

    contents: pairs of a quotation's id and a stretch of what was said, as the article has it.
    """
    said: dict[str, list[str]] = {}
    for key, words in contents:
        said.setdefault(key, []).append(words)
    for quote in quotes:
        quote["original"] = present.text_fragment_url(quote["url"], said.get(quote["id"], ()))


def speakers_by_quotations(quotes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The speakers of what was said and how many quotations each has, those who go by a name and the most first.

    Uncertain ones are left out.
    """
    sure = [one for one in quotes if one["speaker"] and is_sure(one) and not is_unsaid(one)]
    names = {quote["speaker"]: quote["name"] for quote in sure}
    numbers = Counter(quote["speaker"] for quote in sure)
    nameless = {quote["speaker"]: quote["nameless"] for quote in sure}
    most = sorted(numbers, key=lambda key: (nameless[key], -numbers[key]))
    return [{"speaker": key, "name": names[key], "n": numbers[key]} for key in most]


def by_article(quotes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Quotations, in the order given, gathered by the article that has them."""
    return [{**members[0], "quotes": members} for members in group_consecutive(quotes, "article")]


def group_consecutive(rows: Iterable[Any], column: str) -> list[list[Any]]:
    """Rows that follow one another with the same value in ``column``, together."""
    return [list(group) for _, group in groupby(rows, key=lambda row: row[column])]
