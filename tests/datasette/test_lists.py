"""The lists of speakers, statements, articles and quotations, asked of Datasette through its own client."""

import base64
import html
import json
import re
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from datasette.utils import tilde_encode
from support.datasette_data import LISTS, Get, build, client

from quotes.datasette.lists import FILED_UNDER, PAGE_SIZE
from quotes.lexicon.called import is_nameless
from quotes.lexicon.headlines import is_by_line, shown_title
from quotes.store.database import Store
from quotes.store.naming import NAMELESS_SQL


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of some name, for the pages know no name."""
    return build(tmp_path_factory.mktemp("lists") / "Morning Papers.db")


@pytest.fixture(scope="module")
def get(database: Path) -> Get:
    ask = client(database)
    return lambda path: ask(path.replace("/quotes/", f"/{tilde_encode(database.stem)}/", 1))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than fits on a page, with dates that are equal, partial and missing."""
    path = build(tmp_path_factory.mktemp("many") / "quotes.db")
    with Store(path) as store, store.transaction():
        for n in range(2 * PAGE_SIZE + 5):
            day = (None, "2031", "2031-05", "2031-05-20", "2031-06-01")[n % 5]
            name = f"{'ÉFGaé'[n % 5]}{n % 7} Person{n % 11}"
            store.db.execute(
                "insert into speakers (id, name, type, quotes, articles, aliases) values (?, ?, ?, ?, 1, '[]')",
                (f"speaker-{n}", name, ("person", "organisation")[n % 2], n % 3),
            )
            store.db.execute(
                "insert into articles (id, title, text, words, sha, version, published) "
                "values (?, ?, '', 0, '', '', ?)",
                (f"article-{n}", f"Title {n}", day),
            )
            store.db.execute(
                "insert into quotes (id, content, type, article, attribution, position, published) "
                "values (?, 'a lamp', 'direct', ?, 'none', 0, ?)",
                (f"quote-{n}", f"article-{n}", day),
            )
            store.db.execute(
                "insert into statements (id, text, articles, variants, last_published) values (?, 'a lamp', ?, 1, ?)",
                (f"quote-{n}", n % 4, day),
            )
            store.db.execute("update quotes set statement = id where id = ?", (f"quote-{n}",))
    return path


def walk(get: Get, path: str, rel: str) -> list[dict[str, Any]]:
    """Every page from this one on, as the links of the pages lead there."""
    pages = []
    while True:
        pages.append(get(path.replace("?", ".json?", 1) if "?" in path else f"{path}.json").json())
        found = re.search(rf'rel="{rel}" href="([^"]+)"', get(path).text)
        if not found:
            return pages
        path = html.unescape(found[1])


ORDERS = [
    ("speakers", "", f"order by {NAMELESS_SQL}, quotes desc, id"),
    ("speakers", "sort=name", f"order by {FILED_UNDER}, name, id"),
    ("speakers", "sort=name&type=person", f"and type = 'person' order by {FILED_UNDER}, name, id"),
    ("statements", "", None),
    ("statements", "sort=reported", "order by articles desc, last_published desc, id"),
    ("articles", "", "order by published desc, id"),
    ("quotations", "", "and asserted order by published desc, article, position, id"),
]


@pytest.mark.parametrize(("name", "asked", "order"), ORDERS)
def test_every_row_is_on_one_page_in_order_and_back_again(
    many: Path, name: str, asked: str, order: str | None
) -> None:
    get = client(many)
    table = {"quotations": "quotes"}.get(name, name)
    pages = walk(get, f"/quotes/-/{name}?{asked}".rstrip("?"), "next")
    listed = [
        item.get("statement" if name == "statements" else "id") for page in pages for item in page["items"]
    ]
    assert len(pages) > 1
    assert max(len(page["items"]) for page in pages) == PAGE_SIZE
    with sqlite3.connect(many) as db:
        if order:
            rows = db.execute(f"select id from {table} where true {order}").fetchall()
            assert listed == [row[0] for row in rows]
        else:
            rows = db.execute(f"select id from {table}").fetchall()
            assert Counter(listed) == Counter(row[0] for row in rows)
    assert pages[0]["total"] == len(rows)
    last = re.search(r'rel="next" href="([^"]+)"', get(f"/quotes/-/{name}?{asked}").text)
    assert last
    there = html.unescape(last[1])
    while found := re.search(r'rel="next" href="([^"]+)"', get(there).text):
        there = html.unescape(found[1])
    back = walk(get, there, "prev")
    assert [page["items"] for page in back[::-1]] == [page["items"] for page in pages]


def test_a_row_more_shifts_no_page(tmp_path: Path, many: Path) -> None:
    path = tmp_path / "quotes.db"
    path.write_bytes(many.read_bytes())
    get = client(path)
    following = html.unescape(re.search(r'rel="next" href="([^"]+)"', get("/quotes/-/articles").text)[1])  # type: ignore[index]
    before = get(following.replace("?", ".json?")).json()["items"]
    with sqlite3.connect(path) as db:
        db.execute(
            "insert into articles (id, title, text, words, sha, version, published) "
            "values ('late', 'Late', '', 0, '', '', '2040-01-01')"
        )
    assert "late" in [one["id"] for one in get("/quotes/-/articles.json").json()["items"][:2]]
    assert get(following.replace("?", ".json?")).json()["items"] == before


@pytest.mark.parametrize("name", LISTS)
def test_navigation_leads_to_lists_and_lists_to_tables(get: Get, name: str) -> None:
    page = get(f"/quotes/-/{name}").text
    nav = page.partition("<nav")[2].partition("</nav>")[0]
    assert re.search(rf'href="[^"]*/-/{name}" aria-current="page"', nav)
    assert not re.search(r'href="/[^"/]+/(speakers|statements|quotes|articles)"', nav)
    table = {"quotations": "quotes"}.get(name, name)
    assert re.search(rf'href="/[^"/]+/{table}">the table', page)


@pytest.mark.parametrize("name", LISTS)
def test_no_column_names_and_no_ids(get: Get, name: str) -> None:
    text = re.sub(
        r"<[^>]+>", " ", get(f"/quotes/-/{name}").text.partition("<main")[2].partition('class="data"')[0]
    )
    assert not re.search(r"\b(\w+_\w+|asserted|None|null|variants|confidence)\b", text)


def test_direct_speech_is_in_marks_and_reported_begins_like_a_sentence(get: Get) -> None:
    for name in ("statements", "quotations"):
        page = get(f"/quotes/-/{name}").text
        assert "“The gulls have not been told" in page
        assert ">The crew had been promised work on the day boats<" in page
        assert "“The crew had" not in page


def test_choices(get: Get) -> None:
    def ids(asked: str) -> set[str]:
        return {one["id"] for one in get(f"/quotes/-/{asked}").json()["items"]}

    assert ids("speakers.json?type=organisation") == {"islands-council"}
    assert ids("speakers.json?letter=H") == {"maren-holt"}  # a person's last word
    assert ids("speakers.json?letter=F") == {"a-ferry-engineer-fog"}  # not under A
    assert ids("speakers.json?publication=The Sund Ledger") == {"maren-holt", "joss-abara", "islands-council"}
    assert ids("articles.json?publication=ledger") == {"ferry-analysis-d4e5f6"}
    assert {one["type"] for one in get("/quotes/-/quotations.json?type=mixed").json()["items"]} == {"mixed"}
    assert {one["act"] for one in get("/quotes/-/quotations.json?act=thinks").json()["items"]} == {"thinks"}
    several = get("/quotes/-/statements.json?wordings=several&sort=reported").json()
    assert several["total"] == 3
    assert [one["variants"] for one in several["items"]] == sorted(
        (one["variants"] for one in several["items"]), reverse=True
    )


def test_what_was_not_said_is_listed_when_asked_for(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        db.execute("update quotes set asserted = 0 where content like 'The gulls%'")
    get = client(path)
    assert "gulls" not in get("/quotes/-/quotations").text
    only = get("/quotes/-/quotations?said=no").text
    assert "gulls" in only
    assert "did not say" in only
    assert "Nobody asked" not in only
    assert "gulls" in get("/quotes/-/quotations?said=any").text


def test_articles_say_whom_they_quote_and_copies_are_named(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        db.execute("update articles set copy_of = 'ferry-stops-a1b2c3' where id = 'market-moves-0a0b0c'")
    get = client(path)
    page = get("/quotes/-/articles").text
    assert 'href="/quotes/articles/ferry-stops-a1b2c3">a copy, not counted</a>' in page
    assert re.search(r'Quoted: <a href="/quotes/speakers/joss-abara">Joss Abara</a>', page)
    left = get("/quotes/-/articles.json?copies=no").json()
    assert left["total"] == 3
    assert "market-moves-0a0b0c" not in {one["id"] for one in left["items"]}


ODD = ["x", "%00", "A" * 3000, "%22%3E%3Cscript%3E", "'; drop table quotes; --"]
TOKENS = ["[]", "{}", f"[{10**30}]", '[["a"], {}]', "null"]


@pytest.mark.parametrize("name", LISTS)
def test_anything_may_be_asked(get: Get, name: str) -> None:
    tokens = [base64.urlsafe_b64encode(text.encode()).decode() for text in TOKENS]
    keys = 4 if name in ("statements", "quotations") else 2
    tokens += [
        base64.urlsafe_b64encode(json.dumps([value] * keys).encode()).decode()
        for value in (None, 1, "x", 10**30, float("inf"), True, "\0", "\ud800")
    ]
    boxes = ("letter", "type", "publication", "sort", "act", "said", "copies", "wordings", "speaker", "after")
    for typed in ODD:
        answer = get(f"/quotes/-/{name}?{'&'.join(f'{box}={typed}' for box in boxes)}")
        assert answer.status_code == 200
        assert '"><script' not in answer.text
    for number, token in enumerate(tokens):
        assert get(f"/quotes/-/{name}?{('after', 'before')[number % 2]}={token}").status_code == 200, token


@pytest.mark.parametrize(
    "path", ["/-/nothing", "/-/speakers/x", "/-/speakers.xml", "/speakers/nobody", "/-/publications/None"]
)
def test_what_does_not_exist_is_not_found(get: Get, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = get(f"/quotes{path}")
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err


# Whatever the file is called


def test_titles_hidden_tables_and_queries_come_with_the_plugin(database: Path, get: Get) -> None:
    tables = get("/quotes.json".replace("/quotes", "/Morning~20Papers")).json()
    assert {one["name"] for one in tables["tables"] if not one["hidden"]} == {
        "articles", "quotes", "speakers", "statements",
    }  # fmt: skip
    assert [query["name"] for query in tables["queries"]] == ["changed_wording"]
    assert "Same statement, different words" in get("/quotes/changed_wording").text
    assert "<h1>Who said what</h1>" in get("/quotes/-/home").text


def test_a_metadata_file_goes_before(database: Path) -> None:
    import asyncio

    from datasette.app import Datasette

    own = {
        "databases": {
            database.stem: {"tables": {"speakers": {"title": "Voices"}, "spans": {"hidden": False}}}
        }
    }
    datasette = Datasette([str(database)], metadata=own)
    for _ in range(2):  # nothing of it sticks to what the plugin says
        page = asyncio.run(datasette.client.get("/Morning~20Papers/speakers")).text
        assert "Voices" in page
    shown = asyncio.run(datasette.client.get("/Morning~20Papers.json")).json()["tables"]
    assert {one["name"]: one["hidden"] for one in shown}["spans"] is False
    other = Datasette([str(database)])
    assert "Voices" not in asyncio.run(other.client.get("/Morning~20Papers/speakers")).text


def test_the_index_of_names_is_used(many: Path) -> None:
    with sqlite3.connect(many) as db:
        plan = db.execute(
            f"explain query plan select id from speakers where {FILED_UNDER} > 'm' order by {FILED_UNDER}, name, id"
        ).fetchall()
    assert "idx_speakers_filed_under" in plan[0][3]
    assert len(plan) == 1


# Titles


@pytest.mark.parametrize(
    ("title", "by_line"),
    [
        ("By Mina Osei and Karl Brandt", True),
        ("BY OUR COURT REPORTER", True),
        ("By Mina Osei, Energy Editor | 4 May 2031", True),
        ("By Mina Osei, Karl Brandt and Ida Lunde", True),
        ("By the sea, a town waits", False),
        ("By Market Day, Nothing Moved", False),
        ("By-election: three things to know", False),
        ("Bylaws are changed", False),
    ],
)
def test_by_lines(title: str, by_line: bool) -> None:
    assert is_by_line(title) is by_line


def test_an_article_whose_title_is_a_by_line_goes_by_its_first_line(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        db.execute("update articles set title = 'By Ida Lunde' where id = 'ferry-stops-a1b2c3'")
    get = client(path)
    first = "The last night ferry left Skerrow on Tuesday"
    assert f'<h1 class="untitled">{first}' in get("/quotes/articles/ferry-stops-a1b2c3").text
    for page in (
        "/quotes/-/articles",
        "/quotes/-/search?words=goodwill",
        "/quotes/-/quotations",
        "/quotes/changed_wording",
    ):
        assert ">By Ida Lunde<" not in get(page).text
        assert first in get(page).text


NAMED = [
    ("person", "Li", True),
    ("organisation", "the Skerrow Herald", True),
    ("organisation", "The ministry", False),
    ("organisation", "a lawsuit", False),
    ("organisation", "An island club", False),
    ("organisation", "3M", True),
    ("group", "Sund fishers", True),
    ("group", "Police", False),
    ("group", "35% of voters", False),
    ("group", "the two sides", False),
    ("group", "Some islanders", False),
    ("group", "One of the Sund fishers", False),
    ("group", "Three Court of Appeal judges", False),
    ("group", "Local media", False),
    ("group", "Norden police", True),
    ("organisation", "An Amiri order", False),
    ("organisation", "A Sund survey", False),
    ("organisation", "the World Report on Harbours", True),
    ("organisation", "One Voice Association", True),
    ("organisation", "Ministry", False),
    ("organisation", "iNews", True),
    ("person", "an", False),
    ("person", "李克强", True),
    ("unnamed", "Sources", False),
]


@pytest.mark.parametrize(("type", "name", "named"), NAMED)
def test_who_goes_by_a_name(type: str, name: str, named: bool) -> None:
    assert is_nameless(type, name) is not named


def test_the_index_of_speakers_is_the_order_of_their_list(many: Path) -> None:
    with sqlite3.connect(many) as db:
        plan = db.execute(
            f"explain query plan select id from speakers order by {NAMELESS_SQL}, quotes desc, id"
        )
        assert "idx_speakers_named_first" in plan.fetchone()[3]


TITLES = [
    (
        "IDA OKORO",
        "IDA OKORO\n\nThe harbour was closed on Monday. No ship left.",
        "The harbour was closed on Monday",
    ),
    (
        "Mary Lunde",
        "Mary Lunde\n\nFOR years the quay stood empty, says the port.",
        "FOR years the quay stood empty, says the port",
    ),
    ("Harbour Closed", "Harbour Closed\nThe harbour was closed on Monday.", "Harbour Closed"),
    ("OPINION", "OPINION\nWhy the ferry must stay\nIt is cheap.", "Why the ferry must stay"),
    ("", "Reuters\n3 May 2021, 10:30 GMT\nFerry stops\nIt was the last.", "Ferry stops"),
    ("", "The quay at dawn. Photo: Sund Press\nFerry stops\nIt was the last.", "Ferry stops"),
    (
        "NORDEN, May 3 (SP) – The last…",
        "NORDEN, May 3 (SP) – The last ferry left on Tuesday. It was full.",
        "The last ferry left on Tuesday",
    ),
    (
        "Norden News, 3 May - It is…",
        "Norden News, 3 May - It is the last ferry that left. It was full.",
        "It is the last ferry that left",
    ),
    (
        "LOW QUAY: A ferry left…",
        "LOW QUAY: A ferry left with the mayor on board. It was full.",
        "A ferry left with the mayor on board",
    ),
    (
        "The mayor – a widow…",
        "The mayor – a widow of 61 years – left on Tuesday. It was late.",
        "The mayor – a widow of 61 years – left on Tuesday",
    ),
    (
        "The port said on Sept. 3…",
        "The port said on Sept. 3 that no ferry would leave. It is full.",
        "The port said on Sept. 3 that no ferry would leave",
    ),
]


@pytest.mark.parametrize(("title", "text", "shown"), TITLES)
def test_a_title_that_is_none_is_replaced_by_the_beginning_of_the_text(
    title: str, text: str, shown: str
) -> None:
    assert shown_title(title, None, text) == shown
