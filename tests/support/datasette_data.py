# ruff: noqa: E501 -- a paragraph is a line
"""A small database of made-up articles for the tests of the pages.

Marks in the texts: ``{c1:...}`` content, ``{s1:...}`` source and ``{v1:...}`` cue of quotation 1; a quotation may
have several contents, and marks nest.
"""

import asyncio
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml
from datasette.app import Datasette
from datasette.utils import tilde_encode

from quotes.linking.index import save_article
from quotes.store.database import Store
from quotes.topics.records import Topic
from quotes.types import Article, Mention, Quote, Span, Speaker, Statement
from support.paths import ROOT

METADATA = ROOT / "datasette-metadata.yml"
VERSION = "test"
Get = Callable[[str], httpx.Response]
_OPEN = re.compile(r"\{([csv])(\d+):")

SPEAKERS = {
    "maren-holt": Speaker(
        "maren-holt", "Maren Holt", "person", "harbour master of Skerrow", ("Holt", "Captain Holt"), "she"
    ),
    "joss-abara": Speaker("joss-abara", "Joss Abara", "person", "who runs the fish market", ("Abara",), "he"),
    "islands-council": Speaker("islands-council", "Islands Council", "organisation", None, ("the council",)),
    "a-ferry-engineer-fog": Speaker("a-ferry-engineer-fog", "A ferry engineer", "unnamed"),
}


@dataclass(frozen=True)
class Told:
    """One quotation of a made-up article, as a pipeline would have read it."""

    type: str
    speaker: str | None = None
    attribution: str = "name"
    confidence: float = 0.93
    via: str | None = None
    thought: bool = False
    statement: str | None = None  # quotations with the same word here are one statement


@dataclass(frozen=True)
class Piece:
    """A made-up article with marks in its text."""

    id: str
    title: str
    text: str
    told: dict[int, Told]
    about: dict[str, Any]


PIECES = [
    Piece(
        "ferry-stops-a1b2c3",
        "Night ferry to Skerrow stops after thirty years",
        """The last night ferry left Skerrow on Tuesday with eleven passengers and a crate of oysters on board.
{c1:“We kept this boat running on goodwill and borrowed parts,”} {v1:said} {s1:Maren Holt}, harbour master of Skerrow. {c1:“Goodwill does not pass an inspection.”}
{s2:She} {v2:said} that {c2:the crew had been promised work on the day boats}.
{s3:Joss Abara}, who runs the fish market, {v3:called} the decision {c3:“a slow way of closing an island”}. {c4:“My buyers want fish at six in the morning,”} {s4:he} {v4:told} reporters. {c4:“The day boat lands at ten.”}
{v5:According to} {s5:the Islands Council}, {c5:the night crossing lost 1.2 million crowns last year}.
{c6:Three other routes would be reviewed before the summer}, {s6:a ferry engineer} {v6:told} Radio Sund.
{c7:“Nobody asked the islanders.”}""",
        {
            1: Told("direct", "maren-holt", statement="goodwill"),
            2: Told("indirect", "maren-holt", "coreference", 0.81),
            3: Told("mixed", "joss-abara", statement="closing"),
            4: Told("direct", "joss-abara", "coreference", 0.88),
            5: Told("indirect", "islands-council", statement="loss"),
            6: Told("indirect", "a-ferry-engineer-fog", "name", 0.77, via="Radio Sund"),
            7: Told("direct", None, "none", 0.31),
        },
        {
            "publication": "Skerrow Herald",
            "author": "Ida Lunde",
            "published": "2031-02-11",
            "url": "https://herald.example/night-ferry",
        },
    ),
    Piece(
        "ferry-analysis-d4e5f6",
        "What the night ferry really cost",
        """The accounts of the night crossing fit on two pages.
{c1:“We kept the boat running on goodwill and old parts,”} {s1:Captain Holt} {v1:told} this newspaper. {c1:“Goodwill doesn’t pass inspections.”}
{s2:The council} {v2:puts} {c2:the loss at 1.2 million crowns}. {s3:Abara} {v3:described} it as {c3:“a slow way to close an island”}.
Holt met Abara on Friday. {c4:“It could have been a summer service,”} {s4:one of them} {v4:said} later.
{s5:Holt} {v5:hopes} {c5:the boat will find a buyer on the mainland}.""",
        {
            1: Told("direct", "maren-holt", statement="goodwill"),
            2: Told("indirect", "islands-council", "name", 0.72, statement="loss"),
            3: Told("mixed", "joss-abara", statement="closing"),
            4: Told("direct", "maren-holt", "coreference", 0.34),
            5: Told("indirect", "maren-holt", "name", 0.7, thought=True),
        },
        {
            "publication": "The Sund Ledger",
            "author": None,
            "published": "2031-03-02",
            "url": "https://ledger.example/cost?id=7#top",
        },
    ),
    Piece(
        "market-moves-0a0b0c",
        "Fish market to open at noon",
        """SKERROW - Stalls at the fish market will open six hours later from May.
{c1:“We cannot sell what has not landed,”} {s1:Abara} {v1:said}. {s2:Holt} {v2:said} {c2:goodwill could not pass an inspection}.
{c3:“I would rather be late than empty,”} {s3:he} {v3:added}.""",
        {
            1: Told("direct", "joss-abara"),
            2: Told("indirect", "maren-holt", statement="goodwill"),
            3: Told("direct", "joss-abara", "coreference", 0.44),
        },
        {"publication": "Skerrow Herald", "author": "Ida Lunde", "published": "2031-05-20", "url": None},
    ),
    Piece(
        "notes-from-the-quay-112233",
        "Notes from the quay",
        """A page without a date, without an author and without an address.
{c1:“The gulls have not been told,”} {s1:Joss Abara} {v1:said}.""",
        {1: Told("direct", "joss-abara")},
        {},
    ),
]

RLO = "\u202e"
HOSTILE = Piece(
    "hostile-<b>-666666",
    f"<script>alert('title')</script> {RLO}gnp.exe",
    f"""An article that tries its luck: <img src=x onerror=alert(1)> and & {RLO}desrever.
{{c1:“<script>document.title = 'owned'</script> & {RLO}ton ‘so’ ⟦fast⟧,”}} {{v1:said}} {{s1:<b>Eve</b> {RLO}lle}}.
"""
    + "{c2:"
    + "unbroken" * 60
    + "}, {s2:<b>Eve</b>} {v2:said}.",
    {1: Told("direct", "eve", statement="eve"), 2: Told("indirect", "eve")},
    {
        "publication": "<i>Rag</i>",
        "author": '"><svg onload=alert(2)>',
        "published": "<u>2031</u>",
        "url": "javascript:alert('url')",
    },
)
EVE = Speaker(
    "eve", f"<b>Eve</b> {RLO}lle", "person", "<script>alert('who')</script>", ("<i>E</i>", f"{RLO}e")
)


def read(piece: Piece) -> tuple[Article, list[Quote]]:
    """The article without its marks, and its quotations with offsets into that text."""
    text, stack, at = "", [], 0
    spans: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    while at < len(piece.text):
        mark = _OPEN.match(piece.text, at)
        if mark:
            stack.append((mark[1], int(mark[2]), len(text)))
            at = mark.end()
        elif piece.text[at] == "}":
            role, n, start = stack.pop()
            spans[role, n].append((start, len(text)))
            at += 1
        else:
            text += piece.text[at]
            at += 1
    quotes = []
    for n, told in piece.told.items():
        parts = {
            role: tuple(Span(start, end, text[start:end]) for start, end in spans[role, n]) for role in "csv"
        }
        speaker = {**SPEAKERS, "eve": EVE}.get(told.speaker or "")
        quotes.append(
            Quote(
                parts["c"],
                told.type,  # type: ignore[arg-type]
                source=parts["s"][0] if parts["s"] else None,
                cue=parts["v"][0] if parts["v"] else None,
                speaker=Mention(speaker.name, speaker.type, speaker.description) if speaker else None,
                via=told.via,
                attribution=told.attribution,  # type: ignore[arg-type]
                confidence=told.confidence,
                act="thinks" if told.thought else "asserts",
            )
        )
    return Article(piece.id, text, f"{piece.id}.txt", piece.title, **piece.about), quotes


def build(path: Path, *, hostile: bool = True) -> Path:
    """Write the database of all made-up articles to ``path``, linked by hand."""
    pieces = [*PIECES, HOSTILE] if hostile else PIECES
    # positions of content rise with the number of the quotation in every piece
    articles = [(*read(piece), list(piece.told.values())) for piece in pieces]
    return write(path, articles, [*SPEAKERS.values(), EVE] if hostile else list(SPEAKERS.values()))


def with_topics(path: Path) -> Path:
    """The database at ``path`` with two topics, told by hand: what Maren Holt and Joss Abara said, and what Eve did."""
    with Store(path) as store, store.transaction():
        made = []
        for ident, label, speakers in (
            ("night-ferry", "Night ferry, goodwill", ("maren-holt", "joss-abara")),
            ("hostile", "<script>alert('topic')</script>", ("eve",)),
        ):
            query = (
                f"select id from statements where speaker in ({', '.join('?' * len(speakers))}) order by id"
            )
            idents = tuple(row[0] for row in store.db.execute(query, speakers))
            if idents:
                made.append(Topic(ident, label, (label,), idents, 4, len(speakers)))
        store.linking.topics.save(made)
    return path


def write(
    path: Path, articles: list[tuple[Article, list[Quote], list[Told]]], speakers: list[Speaker]
) -> Path:
    """Write a database to ``path`` that is linked as it was told, quotation by quotation."""
    of_quote: dict[str, str] = {}
    together: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, str] = {}
    with Store(path, create=True) as store:
        for article, quotes, all_told in articles:
            save_article(store, article, quotes, version=VERSION)
            order = "select id, content from quotes where article = ? order by position"
            stored = store.db.execute(order, (article.id,)).fetchall()
            for row, told in zip(stored, all_told, strict=True):
                if told.speaker:
                    of_quote[row["id"]] = told.speaker
                together[told.statement or row["id"]].append(row["id"])
                texts[row["id"]] = row["content"]
        statements = [
            Statement(min(ids), of_quote.get(ids[0]), texts[ids[0]], tuple(ids)) for ids in together.values()
        ]
        with store.transaction():
            store.linking.speakers.start()
            store.db.execute("delete from changed")  # nobody is found, everybody is told
            for speaker in speakers:
                store.linking.speakers.stage_speaker(speaker)
            store.db.executemany(
                "update quotes set speaker = ? where id = ?", [(s, q) for q, s in of_quote.items()]
            )
            store.linking.speakers.save()
            store.linking.statements.save(statements)
            store.changes.all_linked(VERSION)
        store.analyze()
    return path


def client(*paths: Path) -> Get:
    """A Datasette of these databases, as it is meant to be served: path and query -> its answer."""
    datasette = Datasette([str(path) for path in paths], metadata=yaml.safe_load(METADATA.read_text("utf-8")))
    return lambda path: asyncio.run(datasette.client.get(path))


def addresses(path: Path) -> dict[str, str]:
    """Pages of the database at ``path``: name -> address."""
    with sqlite3.connect(path) as db:

        def quotation(where: str) -> str:
            [key] = db.execute(f"select id from quotes where {where} order by position limit 1").fetchone()
            return f"/quotes/quotes/{tilde_encode(key)}"

        [statement] = db.execute("select id from statements where variants = 3").fetchone()
        return {
            "home": "/",
            "database": "/quotes",
            "article": "/quotes/articles/ferry-stops-a1b2c3",
            "article without facts": "/quotes/articles/notes-from-the-quay-112233",
            "hostile article": f"/quotes/articles/{tilde_encode(HOSTILE.id)}",
            "quotation": quotation("article = 'ferry-stops-a1b2c3'"),
            "relayed": quotation("via is not null"),
            "hostile quotation": quotation("speaker = 'eve'"),
            "doubtful": quotation("confidence = 0.34"),
            "nobody's": quotation("speaker is null"),
            "speaker": "/quotes/speakers/maren-holt",
            "hostile speaker": "/quotes/speakers/eve",
            "statement": f"/quotes/statements/{statement}",
            "search": "/quotes/-/search?words=goodwill",
            "search box": "/quotes/-/search",
            "nothing found": "/quotes/-/search?words=zebra",
            "speaker found": "/quotes/-/search?words=abara&type=direct&publication=Skerrow+Herald&since=2031",
            "hostile search": "/quotes/-/search?words=fast&publication=rag",
            "search by an act": "/quotes/-/search?act=asserts&words=boat+OR+goodwill",
            "publications": "/quotes/-/publications",
            "publication": "/quotes/-/publications/Skerrow~20Herald",
            "hostile publication": f"/quotes/-/publications/{tilde_encode(HOSTILE.about['publication'])}",
            **{f"list of {name}": f"/quotes/-/{name}" for name in LISTS},
            "list of speakers, a letter": "/quotes/-/speakers?letter=H&type=person",
            "topics": "/quotes/-/topics",
            "topic": "/quotes/-/topics/night-ferry",
            "hostile topic": "/quotes/-/topics/hostile",
            "list of statements, none": "/quotes/-/statements?wordings=several&speaker=open",
            "compare": "/quotes/-/compare",
            "two speakers": "/quotes/-/compare?one=holt&other=Joss+Abara",
            "two publications": "/quotes/-/compare?kind=publications&one=herald&other=ledger",
            "network": "/quotes/-/network",
            "network of one": "/quotes/-/network?speaker=maren-holt",
            "charts": "/quotes/-/charts",
            "wordings": "/quotes/changed_wording",
            "quotes": "/quotes/quotes",
            "speakers": "/quotes/speakers",
            "statements": "/quotes/statements",
            "articles": "/quotes/articles",
            "tables": "/quotes?_tables=1",
        }


LISTS = ("speakers", "statements", "quotations", "articles")
PAGES = [
    "home",
    "database",
    "article",
    "article without facts",
    "hostile article",
    "quotation",
    "relayed",
    "hostile quotation",
    "doubtful",
    "nobody's",
    "speaker",
    "hostile speaker",
    "statement",
    "search",
    "search box",
    "nothing found",
    "speaker found",
    "hostile search",
    "search by an act",
    "publications",
    "publication",
    "hostile publication",
    *(f"list of {name}" for name in LISTS),
    "list of speakers, a letter",
    "list of statements, none",
    "topics",
    "topic",
    "hostile topic",
    "wordings",
    "quotes",
    "speakers",
    "statements",
    "articles",
    "tables",
]
OURS = PAGES[: PAGES.index("wordings") + 1]
