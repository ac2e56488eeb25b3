"""The pages of topics, and the topics on other pages, asked of Datasette through its own client."""

import re
import sqlite3
from pathlib import Path

import pytest
from support.datasette_data import Get, build, client, with_topics

from quotes.datasette import topics


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_topics(build(tmp_path_factory.mktemp("topics") / "quotes.db"))


def test_topics_are_listed_those_of_most_articles_first(get: Get) -> None:
    rows = get("/quotes/-/topics.json").json()["topics"]
    assert [row["id"] for row in rows] == ["night-ferry", "hostile"]
    page = get("/quotes/-/topics").text
    assert 'href="/quotes/-/topics/night-ferry">Night ferry, goodwill</a>' in page
    assert "Most quoted: <a" in page


def test_a_topic_has_its_speakers_weeks_and_statements(get: Get, database: Path) -> None:
    found = get("/quotes/-/topics/night-ferry.json").json()
    with sqlite3.connect(database) as db:
        counted = db.execute(
            "select speaker, count(*) from quotes where statement in (select statement from statement_topics "
            "where topic = 'night-ferry') and speaker is not null group by 1 order by 2 desc, 1"
        ).fetchall()
    assert [(one["id"], one["n"]) for one in found["speakers"]] == counted
    weeks = [one["week"] for one in found["weeks"]]
    assert weeks == sorted(weeks, reverse=True)
    assert "2031-02-10" in weeks  # the Monday before 11 February 2031
    assert sum(one["n"] for one in found["weeks"]) == sum(one["n"] for one in found["dates"])
    page = get("/quotes/-/topics/night-ferry").text
    assert "from <time" in page
    assert "<svg" in page
    listed = get("/quotes/-/statements.json?topic=night-ferry").json()
    assert listed["total"] == found["topic"]["statements"]


@pytest.mark.parametrize(
    "page",
    [
        "/quotes/articles/ferry-stops-a1b2c3",
        "/quotes/speakers/maren-holt",
        "/quotes/-/publications/Skerrow~20Herald",
        "/",
    ],
)
def test_pages_say_what_they_are_about(get: Get, page: str) -> None:
    assert re.search(
        r'About: .*<a href="/quotes/-/topics/night-ferry">Night ferry, goodwill</a>', get(page).text
    )


def test_statements_and_quotations_say_what_they_are_about(get: Get, database: Path) -> None:
    with sqlite3.connect(database) as db:
        statement, quotation = db.execute(
            "select statement, min(id) from quotes where statement in (select statement from statement_topics "
            "where topic = 'night-ferry') group by 1 limit 1"
        ).fetchone()
    for path in (f"statements/{statement}", f"quotes/{quotation}"):
        assert 'href="/quotes/-/topics/night-ferry"' in get(f"/quotes/{path}").text


def test_a_topic_has_a_feed(get: Get) -> None:
    page = get("/quotes/-/topics/night-ferry").text
    [there] = re.findall(r'type="application/atom\+xml" [^>]*href="http://localhost([^"]+)"', page)
    assert get(there).text.count("<entry>") > 2
    assert get("/quotes/-/topics/none.atom").status_code == 404


def test_navigation_has_topics_when_there_are_any(get: Get, tmp_path: Path) -> None:
    assert 'href="/quotes/-/topics"' in get("/quotes/-/search").text
    without = client(build(tmp_path / "quotes.db"))
    assert 'href="/quotes/-/topics"' not in without("/quotes/-/search").text
    assert "No topics have been looked for yet" in without("/quotes/-/topics").text
    assert without("/quotes/-/topics/night-ferry").status_code == 404
    assert without("/quotes/speakers/maren-holt").status_code == 200


def test_a_database_without_their_tables_has_none(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    with sqlite3.connect(path) as db:
        db.execute("drop table statement_topics")
        db.execute("drop table topics")
    get = client(path)
    for page in ("/", "/quotes/-/topics", "/quotes/speakers/maren-holt"):
        assert get(page).status_code == 200
    assert get("/quotes/-/topics/x").status_code == get("/quotes/-/topics/x.atom").status_code == 404


def test_names_of_topics_are_text(get: Get) -> None:
    for page in ("/quotes/-/topics", "/quotes/-/topics/hostile", "/quotes/speakers/eve"):
        text = get(page).text
        assert "&lt;script&gt;alert(&#39;topic&#39;)" in text
        assert "<script>alert('topic')" not in text


def test_every_kind_of_page_asks_an_index(database: Path) -> None:
    with sqlite3.connect(database) as db:
        for name, sql in topics.OF_ROWS.items():
            if name != "home":
                plan = " ".join(row[3] for row in db.execute(f"explain query plan {sql}", {"key": "x"}))
                assert "SCAN" not in plan.replace("SCAN quotes USING COVERING INDEX", ""), name


def test_a_statement_without_a_topic_says_so(get: Get, database: Path, tmp_path: Path) -> None:
    with sqlite3.connect(database) as db:
        alone = db.execute(
            "select id from statements where id not in (select statement from statement_topics) limit 1"
        ).fetchone()[0]
    said = "No topic: no other article speaks of the same."
    assert said in get(f"/quotes/statements/{alone}").text
    assert said not in get("/quotes/articles/ferry-stops-a1b2c3").text
    without = client(build(tmp_path / "quotes.db"))  # nobody looked for topics there
    assert said not in without(f"/quotes/statements/{alone}").text
