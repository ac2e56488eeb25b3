"""A statement's life and a speaker's: who was first, who passed it on, what contradicts it, when, and about what."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from support.datasette_data import Get, build

from quotes.datasette.row_pages import periods
from quotes.datasette.statement_page import first, life
from quotes.datasette.topic_words import counted


def report(article: str, published: str | None, copy_of: str | None = None) -> dict[str, Any]:
    return {"id": article, "article": article, "published": published, "copy_of": copy_of}


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([report("a", "2031-02-11")], []),  # alone: first of what?
        ([report("a", "2031-02-11"), report("b", "2031-02-12")], ["a"]),
        ([report("a", "2031-02-11"), report("b", "2031-02-11"), report("c", "2031-03-01")], ["a", "b"]),
        ([report("a", "2031-02-11"), report("b", "2031-02")], []),  # some day of February
        ([report("a", "2031-02-11"), report("b", None)], []),
        ([report("a", "2031-02-10", "b"), report("b", "2031-02-11"), report("c", "2031-02-12")], ["b"]),
        ([report("a", "2031-02-11"), report("b", None, "a")], []),
    ],
)
def test_who_was_first(reports: list[dict[str, Any]], expected: list[str]) -> None:
    assert [one["article"] for one in first(reports)] == expected


def test_what_happened_is_told_in_the_order_of_time() -> None:
    links = [{"id": "l", "first_published": "2031-02-12"}, {"id": "n", "first_published": None}]
    events = life([report("a", "2031-02-11"), report("b", "2031-02-13"), report("c", None)], links)
    assert [(event["quote"] or event["link"])["id"] for event in events] == ["a", "l", "b", "c", "n"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = build(tmp_path_factory.mktemp("life") / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        said = dict(db.execute("select content, statement from quotes"))
        pair = [
            said[
                "We kept this boat running on goodwill and borrowed parts, … Goodwill does not pass an inspection."
            ],
            said["the crew had been promised work on the day boats"],
        ]
        db.execute("insert into statement_links values (?, ?, 'contradicts', 0.83)", sorted(pair))
        db.execute("update statements set first_published = '2031-04-01' where id = ?", [pair[1]])
        claim, denial = (
            said["the boat will find a buyer on the mainland"],
            said["We cannot sell what has not landed"],
        )
        db.execute("update quotes set act = 'denies' where statement = ?", [denial])
        db.execute("insert into statement_links values (?, ?, 'contradicts', 0.9)", sorted([claim, denial]))
    return path


def statement(database: Path, where: str) -> str:
    with sqlite3.connect(database) as db:
        return str(db.execute(f"select statement from quotes where {where}").fetchone()[0])


def test_the_page_of_a_statement_is_its_life(get: Get, database: Path) -> None:
    key = statement(database, "content like '%pass an inspection%'")
    page = get(f"/quotes/statements/{key}").text
    assert re.search(r"First here: <b>Skerrow Herald</b>", page)
    items = re.findall(r"<li[^>]*>\s*<p class=\"when\">(.*?)</p>", page, re.S)
    assert [re.search(r'datetime="([^"]+)"', item)[1] for item in items] == [  # type: ignore[index]
        "2031-02-11",
        "2031-03-02",
        "2031-04-01",
        "2031-05-20",
    ]
    assert "first here" in items[0]
    assert '<b class="sign">contradicts this</b> <span>83% likely</span>' in items[2]
    assert page.count('id="contradicted"') == 1


def test_who_denied_it_is_named(get: Get, database: Path) -> None:
    key = statement(database, "content like '%buyer on the mainland'")
    claim = get(f"/quotes/statements/{key}").text
    assert '<a href="#contradicted">Denied</a> by <b>Joss Abara</b>' in claim
    assert '<b class="sign">denied by Joss Abara</b> <span>90% likely</span>' in claim
    key = statement(database, "act = 'denies'")
    denial = get(f"/quotes/statements/{key}").text
    assert '<b class="role">what is denied</b>' in denial
    assert "Contradicted</a>" not in denial
    assert "buyer on the mainland" not in get("/quotes/speakers/joss-abara").text  # nobody's change of mind


def test_who_only_passed_it_on_is_told(get: Get, database: Path) -> None:
    page = get(f"/quotes/statements/{statement(database, 'via is not null')}").text
    assert '<b class="role">only relayed: from Radio Sund</b>' in page
    assert "Relayed by Radio Sund" in page


def test_said_one_thing_then_another(get: Get) -> None:
    page = get("/quotes/speakers/maren-holt").text
    pair = page.partition("Said one thing, then another")[2].partition("</section>")[0]
    assert pair.index("2031-02-11") < pair.index("2031-04-01")
    assert pair.index("goodwill and borrowed parts") < pair.index("promised work on the day boats")
    assert "83% probability" in pair
    assert "Said one thing" not in get("/quotes/speakers/joss-abara").text


def test_periods(get: Get) -> None:
    assert periods([("2031-02-11", 2), ("2031-02-20", 1), ("2031-03", 4), ("?", 9)]) == [
        {"when": "2031-02", "n": 3},
        {"when": "2031-03", "n": 4},
    ]
    assert periods([("2031-02-11", 2)]) == []
    years = periods([(f"{2000 + n // 12}-{n % 12 + 1:02}-01", 1) for n in range(36)])
    assert [one["when"] for one in years] == ["2000", "2001", "2002"]
    page = get("/quotes/speakers/maren-holt").text
    link = re.search(r'<li><a href="([^"]+)">February 2031</a> <span class="small">(\d+)</span>', page)
    assert link
    assert f"{link[2]} quotation" in get(link[1].replace("&amp;", "&")).text


def test_words_are_counted_once_a_quotation() -> None:
    numbers = counted(["Ferry ferry boats", "the ferry and Skerrow’s boats", "Skerrow’s not 2031"])
    assert numbers["ferry"] + numbers["Ferry"] == 2
    assert numbers["Skerrow"] == 2  # of its possessive
    assert numbers["boats"] == 2
    assert "the" not in numbers
    assert "2031" not in numbers


def test_what_a_speaker_speaks_about_can_be_looked_up(get: Get) -> None:
    page = get("/quotes/speakers/maren-holt").text
    found = re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <span class="small">(\d+)</span></li>', page)
    words = {word: (link, int(n)) for link, word, n in found if "words=" in link}
    assert "goodwill" in {word.lower() for word in words}
    for link, n in words.values():
        total = re.search(r'<h2 id="found">([\d,]+) quotation', get(link.replace("&amp;", "&")).text)
        assert total
        assert int(total[1]) >= n  # a search finds other forms of the word as well
