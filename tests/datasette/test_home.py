"""The home page, the publication pages and their JSON, asked of Datasette through its own client."""

import asyncio
import html
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.utils import tilde_encode
from support.datasette_data import HOSTILE, PIECES, RLO, Get, build, client

from quotes.datasette import fetch, home_page
from quotes.store.schema import migrate


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("home") / "quotes.db")


@pytest.fixture(scope="module")
def data(get: Get) -> dict[str, Any]:
    return get("/quotes/-/home.json").json()


def count(database: Path, sql: str) -> Any:
    with sqlite3.connect(database) as db:
        return db.execute(sql).fetchone()[0]


# Home


@pytest.mark.parametrize("path", ["/", "/quotes", "/quotes/-/home"])
def test_home_is_where_people_land(get: Get, path: str) -> None:
    page = get(path).text
    assert "<h1>Who said what</h1>" in page
    assert 'action="/quotes/-/search"' in page
    assert "Most quoted people" in page


def test_home_says_what_is_in_here(get: Get, data: dict[str, Any], database: Path) -> None:
    for name, table in (("articles", "articles"), ("quotations", "quotes"), ("speakers", "speakers")):
        assert data["counts"][name] == count(database, f"select count(*) from {table}")
    assert data["counts"]["publications"] == 3
    assert data["period"] == {"first": "2031-02-11", "last": "2031-05-20"}  # "<u>2031</u>" is no date
    page = get("/").text
    assert "11 February 2031</time> to" in page
    assert "20 May 2031</time>" in page


def test_most_quoted_first(data: dict[str, Any], database: Path) -> None:
    numbers = [one["quotes"] for one in data["people"]]
    assert numbers == sorted(numbers, reverse=True)
    assert data["people"][0]["quotes"] == count(
        database,
        "select count(*) from quotes where speaker = (select id from speakers order by quotes desc limit 1)",
    )
    assert [one["id"] for one in data["organisations"]] == ["islands-council"]


def test_latest_statements_are_certain_and_of_different_speakers(data: dict[str, Any]) -> None:
    days = [one["last_published"] for one in data["latest"]]
    assert days == sorted(days, reverse=True)
    assert days[0] == "2031-05-20"
    assert len({one["speaker"] for one in data["latest"]}) == len(days) > 1
    assert all(one["confidence"] >= 0.5 and not one["thought"] for one in data["latest"])


def test_latest_are_by_day_and_of_a_day_own_words_before_reported_ones(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        db.execute("update statements set last_published = '2031-05-20'")
        db.execute("update quotes set asserted = 0 where content like 'The gulls%'")
    latest = client(path)("/quotes/-/home.json").json()["latest"]
    assert [one["type"] for one in latest if one["articles"] == 1] == sorted(
        (one["type"] for one in latest if one["articles"] == 1), key=("direct", "mixed", "indirect").index
    )
    assert [one["articles"] for one in latest] == sorted((one["articles"] for one in latest), reverse=True)
    assert not any(one["content"].startswith("The gulls") for one in latest)


def test_copies_are_counted_once_and_named(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    get = client(path)
    before = get("/quotes/-/home.json").json()["counts"]["quotations"]
    with sqlite3.connect(path) as db:
        db.execute("update articles set copy_of = 'ferry-stops-a1b2c3' where id = 'market-moves-0a0b0c'")
    counts = get("/quotes/-/home.json").json()["counts"]
    assert (counts["quotations"], counts["in_copies"], counts["copies"]) == (before - 3, 3, 1)
    assert "3 quotations</a> in 1 copy of other articles" in get("/").text
    assert get("/quotes/-/quotations.json").json()["total"] == counts["quotations"]
    listed = get("/quotes/-/quotations?copies=any").text
    assert "of a copy" in listed or "a copy</a>" in listed


def test_a_statement_that_was_repeated_says_when(get: Get) -> None:
    assert 'Reported 3 times</a>, last on <time datetime="2031-05-20">20 May 2031</time>' in get("/").text


def test_told_differently(get: Get, data: dict[str, Any]) -> None:
    assert len(data["different"]) == 3
    for one in data["different"]:
        wordings = [quote["content"].strip(" .,").lower() for quote in one["wordings"]]
        assert len(set(wordings)) == len(wordings) > 1
    page = get("/").text
    assert "<ins" in page
    assert "<del>" in page.partition('class="legend"')[2].partition("</p>")[2]


def test_home_leads_to_the_place_in_the_text(get: Get) -> None:
    places = re.findall(r'href="(/quotes/articles/[^"#]+)#([^"]+)"', get("/").text)
    assert places
    for path, anchor in places:
        assert f'id="{anchor}"' in get(path).text


def test_tables_are_still_there(get: Get) -> None:
    assert 'href="/quotes?_tables=1"' in get("/").text
    for path in ("/quotes?_tables=1", "/quotes?_show_hidden=1"):
        page = get(path).text
        assert 'href="/quotes/statements"' in page
        assert 'name="sql"' in page
    assert "<h1>Who said what</h1>" not in get("/quotes?sql=select+1").text
    assert {table["name"] for table in get("/quotes.json").json()["tables"]} > {"quotes", "articles"}


def test_home_of_an_empty_database(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    with sqlite3.connect(path) as db:
        migrate(db)
    get = client(path)
    assert get("/").status_code == 200
    assert "No statement has a speaker yet" in get("/").text
    assert get("/quotes/-/search?words=a").status_code == 200
    assert "No article in this database says" in get("/quotes/-/publications").text


def test_home_without_dates_and_publications(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        for table in ("quotes", "articles"):
            db.execute(f"update {table} set published = null, publication = null")
        db.execute("update statements set first_published = null, last_published = null, publications = null")
    page = client(path)("/").text
    assert '<h2 id="latest">Statements</h2>' in page
    assert page.count('class="said"') > 3
    assert "Told differently" in page
    assert "<svg" not in page


def test_several_databases_have_a_home_page_each(tmp_path: Path, database: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("create table plain (id integer primary key, content text)")
    get = client(database, other)
    assert "other" in get("/").text
    assert "Most quoted" not in get("/").text
    assert "Most quoted" in get("/quotes").text
    assert "Most quoted" not in get("/other").text
    for page in ("home", "search", "publications", "home.json"):
        assert get(f"/other/-/{page}").status_code == 404
        assert get(f"/nowhere/-/{page}").status_code == 404


def test_who_may_not_see_a_table_does_not_see_it_here(database: Path) -> None:
    hidden = {"databases": {"quotes": {"tables": {"speakers": {"allow": {"id": "root"}}}}}}
    datasette = Datasette([str(database)], metadata=hidden)

    def get(path: str) -> Any:
        return asyncio.run(datasette.client.get(path))

    for page in ("home", "search", "publications", "publications/Skerrow~20Herald"):
        assert get(f"/quotes/-/{page}").status_code == 403
        assert get(f"/quotes/-/{page}.json").status_code == 403
    assert "Maren Holt" not in get("/").text
    assert "Maren Holt" not in get("/quotes").text


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as publication from n"


def test_a_server_that_is_too_busy_says_so(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datasette = Datasette([str(database)], settings={"sql_time_limit_ms": 20})
    monkeypatch.setattr(fetch, "PUBLICATIONS", ENDLESS)
    monkeypatch.setattr(home_page, "DATES", ENDLESS)
    for path, status in (("/quotes/-/search?words=boat", 503), ("/", 200), ("/quotes", 200)):
        answer = asyncio.run(datasette.client.get(path))
        assert answer.status_code == status
        assert ("longer than the server allows" in answer.text) == (status == 503)
    assert 'href="/quotes/statements"' in answer.text  # the tables


def test_facets_are_suggested_only_for_others(tmp_path: Path, database: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("create table plain (id integer primary key, kind text)")
        db.executemany("insert into plain (kind) values (?)", [("a",), ("a",), ("b",), ("b",), ("b",)])
    assert client(database)("/quotes/quotes.json?_nofacet=").json()["suggested_facets"] == []
    for path in ("/other/plain.json", "/quotes/articles.json"):
        assert client(database, other)(path).json()["suggested_facets"]


def test_a_database_of_an_older_version_is_shown_plain(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    with sqlite3.connect(path) as db:
        db.execute("drop index idx_quotes_publication")
        db.execute("alter table quotes drop column publication")
    get = client(path)
    for address in ("/", "/quotes", "/quotes/quotes", "/quotes/speakers/maren-holt"):
        assert get(address).status_code == 200
    assert get("/quotes/-/search").status_code == 404


# Publications


def test_publications_are_counted(get: Get, database: Path) -> None:
    rows = get("/quotes/-/publications.json").json()["publications"]
    assert [row["name"] for row in rows] == ["Skerrow Herald", "The Sund Ledger", "<i>Rag</i>"]
    assert sum(row["quotations"] for row in rows) == count(
        database,
        "select count(*) from quotes join articles on articles.id = article where articles.publication != ''",
    )
    herald = rows[0]
    assert herald["types"] == {"direct": 5, "mixed": 1, "indirect": 4}
    assert herald["articles"] == 2
    page = get("/quotes/-/publications").text
    assert '<a href="/quotes/-/publications/Skerrow+Herald">Skerrow Herald</a>' in page


def test_publication_says_whom_it_quotes(get: Get) -> None:
    found = get("/quotes/-/publications/Skerrow~20Herald.json").json()
    assert [(one["speaker"], one["n"], one["direct"]) for one in found["quoted"]] == [
        ("joss-abara", 4, 3),
        ("maren-holt", 3, 1),
        ("islands-council", 1, 0),
        ("a-ferry-engineer-fog", 1, 0),  # nobody names them
    ]
    assert found["speakers"] == 4
    assert found["open"] == 1
    assert found["relayed"] == [{"via": "Radio Sund", "n": 1}]
    assert [one["id"] for one in found["latest_articles"]] == ["market-moves-0a0b0c", "ferry-stops-a1b2c3"]
    page = get("/quotes/-/publications/Skerrow~20Herald").text
    for path in set(re.findall(r'href="(/quotes[^"#]*)', page)):
        assert get(html.unescape(path)).status_code == 200, path


def test_pronouns_are_those_of_the_texts(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    with sqlite3.connect(path) as db:
        db.execute("update speakers set pronouns = null where id = 'joss-abara'")
    found = client(path)("/quotes/-/publications/Skerrow~20Herald.json").json()["pronouns"]
    assert [(row["pronouns"], row["people"], row["quotations"]) for row in found] == [
        ("she", 1, 3),
        ("unknown", 1, 4),  # not "he", whatever the name is
    ]
    assert sum(row["of_quotations"] for row in found) == pytest.approx(1)


def test_links_of_a_publication_find_what_they_count(get: Get) -> None:
    page = get("/quotes/-/publications/Skerrow~20Herald").text
    links = re.findall(r'href="(/quotes/-/search\?publication=[^"]+speaker=[^"]+)">(\d+)<', page)
    assert len(links) == 4
    for path, number in links:
        asked = html.unescape(path).replace("/search?", "/search.json?")
        assert get(asked).json()["total"] == int(number)


def test_no_such_publication(get: Get) -> None:
    assert get("/quotes/-/publications/Nowhere").status_code == 404
    assert get("/quotes/-/publications/Nowhere.json").status_code == 404


# What every page has


PAGES = [
    "/",
    "/quotes",
    "/quotes/-/search",
    "/quotes/-/search?words=goodwill&type=direct&page=1",
    "/quotes/-/publications",
    "/quotes/-/publications/Skerrow~20Herald",
    f"/quotes/-/publications/{tilde_encode(str(HOSTILE.about['publication']))}",
]


@pytest.mark.parametrize("path", PAGES)
def test_head(get: Get, path: str) -> None:
    page = get(path).text
    head = page.partition("</head>")[0]
    tags = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', head))
    title = re.search(r"<title>(.+)</title>", head)
    assert title
    assert html.unescape(tags["og:title"]) == html.unescape(title[1])
    assert 20 < len(html.unescape(tags["description"])) <= 201
    assert tags["og:description"] == tags["description"]
    assert tags["og:image:alt"].startswith(tags["og:title"])
    assert get(tags["og:image"].removeprefix("http://localhost")).headers["content-type"] == "image/png"
    permalink = re.search(r'<link rel="canonical" href="http://localhost([^"]+)"', head)
    assert permalink
    again = get(html.unescape(permalink[1])).text
    assert re.search(r"<title>(.+)</title>", again)[1] == title[1]  # type: ignore[index]


@pytest.mark.parametrize("path", PAGES)
def test_json_is_linked(get: Get, path: str) -> None:
    page = get(path).text
    [address] = re.findall(r'as data: <a href="([^"]+)">json</a>', page)
    answer = get(html.unescape(address))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_is_inert(get: Get, path: str) -> None:
    page = get(path).text
    for tag in ("<script>alert", "<script>document", "<svg onload", "<b>Eve", "<i>", "<u>"):
        assert tag not in page, tag
    assert RLO not in page


def test_a_permalink_outlives_reading_again(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    before = {address: _body(client(path)(address).text) for address in PAGES}
    build(path)  # the same articles, read once more
    assert {address: _body(client(path)(address).text) for address in PAGES} == before


def _body(page: str) -> str:
    return page.partition("<footer")[0]  # which says how long queries took


def test_a_database_made_before_gets_what_the_pages_need(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    with sqlite3.connect(path) as db:
        before = db.execute("select id, publication from quotes order by id").fetchall()
        wordings = db.execute("select id, wordings from statements order by id").fetchall()
        for sql in (
            "drop index idx_quotes_publication",
            "drop index idx_statements_wordings",
            "alter table quotes drop column publication",
            "alter table statements drop column wordings",
            "delete from _sqlite_migrations where name = 'm007_pages'",
        ):
            db.execute(sql)
    with sqlite3.connect(path) as db:
        migrate(db)
        assert db.execute("select id, publication from quotes order by id").fetchall() == before
        assert db.execute("select id, wordings from statements order by id").fetchall() == wordings
    assert {row[1] for row in before} == {piece.about.get("publication") for piece in [*PIECES, HOSTILE]}
