"""Two speakers or two publications side by side, charts along one axis, and the network of who is quoted with whom."""

import re
import sqlite3
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from support.datasette_data import Get, build

from quotes.datasette import charts_page, network_svg
from quotes.datasette.compare_page import by_month
from quotes.datasette.network_page import SPEAKERS_SHOWN, drawn, network
from quotes.datasette.network_svg import Link, Node, picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("compare") / "quotes.db")


def test_two_speakers(get: Get, database: Path) -> None:
    data = get("/quotes/-/compare.json?one=holt&other=joss-abara").json()
    assert [side["name"] for side in data["sides"]] == ["Maren Holt", "Joss Abara"]
    sure = "speaker = 'maren-holt' and asserted and confidence >= 0.5"
    with sqlite3.connect(database) as db:
        numbers = dict(db.execute(f"select type, count(*) from quotes where {sure} group by 1"))
    assert {kind: n for kind, n in data["sides"][0]["types"].items() if n} == numbers
    assert data["sides"][0]["quoted_by"][0]["name"] == "Skerrow Herald"
    together = {article["id"] for article in data["together"]}
    assert together == {"ferry-stops-a1b2c3", "ferry-analysis-d4e5f6", "market-moves-0a0b0c"}
    only = {row["word"].lower() for row in data["words"]["own"][0]}
    assert "goodwill" in only
    page = get("/quotes/-/compare?one=holt&other=joss-abara").text
    assert re.search(r"<th scope=\"row\">Quotations .*?<td>5</td><td>5</td>", page, re.S)


@pytest.mark.parametrize("first", [True, False])
def test_words_of_one_stand_below_the_right_name(get: Get, database: Path, first: bool) -> None:
    with sqlite3.connect(database) as db:  # who says too little to have words of their own
        few = db.execute("select id from speakers where quotes > 0 order by quotes, id").fetchone()[0]
    pair = ("maren-holt", few) if first else (few, "maren-holt")
    asked = "/quotes/-/compare{}?one={}&other={}"
    data, page = get(asked.format(".json", *pair)).json(), get(asked.format("", *pair)).text
    told = re.findall(r"<h3>Only (.*?)</h3>\s*<ul class=\"words\">(.*?)</ul>", page, re.S)
    wanted = [
        (side["name"], [row["word"] for row in own])
        for side, own in zip(data["sides"], data["words"]["own"], strict=True)
        if own
    ]
    assert [name for name, _ in wanted] == ["Maren Holt"]
    assert [(name, re.findall(r">([^<]+)</a>", words)) for name, words in told] == wanted


def test_two_publications(get: Get) -> None:
    data = get("/quotes/-/compare.json?kind=publications&one=herald&other=ledger").json()
    both = {row["name"]: row["numbers"] for row in data["both"]}
    assert both["Maren Holt"] == [3, 2]
    assert both["Islands Council"] == [1, 1]
    months = {row["month"]: row for row in data["sides"][0]["pronouns"]}
    assert months["2031-02"]["people"] == {"she": 1, "he": 1, "they": 0, "unknown": 0}
    assert months["2031-02"]["shares"] == {"she": 0.5, "he": 0.5, "they": 0}
    assert months["2031-05"]["quotations"] == {"she": 1, "he": 1, "they": 0, "unknown": 0}


def test_a_person_counts_once_an_article_and_the_unknown_in_no_share() -> None:
    rows = [
        {"month": "2031-02", "pronouns": "she", "people": 1, "quotations": 7},
        {"month": "2031-02", "pronouns": "he", "people": 3, "quotations": 3},
        {"month": "2031-02", "pronouns": "unknown", "people": 6, "quotations": 9},
        {"month": "2031-03", "pronouns": "unknown", "people": 2, "quotations": 2},
    ]
    [february, march] = by_month(rows)
    assert february["shares"] == {"she": 0.25, "he": 0.75, "they": 0}
    assert february["quotations"]["she"] == 7
    assert march["shares"] == {}
    old = [{**rows[0], "month": f"20{n:02}-01"} for n in range(30)]
    added = by_month(old)
    assert added[0]["month"] == "before 2006-01"
    assert added[0]["people"]["she"] == 6
    assert sum(month["people"]["she"] for month in added) == 30


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "First speaker"),
        ("one=holt&other=holt", "one and the same"),
        ("one=nobody-at-all&other=holt", "Nobody is called “nobody-at-all” here"),
        ("kind=publications&one=herald&other=", "First publication"),
        ("kind=<b>&one=%00&other=%22%3E%3Cscript%3E", "&lt;script&gt;"),
    ],
)
def test_what_is_odd_is_told(get: Get, asked: str, told: str) -> None:
    answer = get(f"/quotes/-/compare?{asked}")
    assert answer.status_code == 200
    assert told in answer.text
    assert "<script>" not in answer.text


def test_other_speakers_of_the_name_are_offered_unless_it_is_whole(get: Get) -> None:
    assert "did you mean" in get("/quotes/-/compare?one=c&other=joss-abara").text.lower()
    assert "did you mean" not in get("/quotes/-/compare?one=Maren+Holt&other=joss-abara").text.lower()


PEOPLE: list[dict[str, Any]] = [{"id": key, "name": key.upper(), "type": "person"} for key in "abcd"]


def standing(story: str, speaker: str, n: int = 1, via: str | None = None) -> dict[str, Any]:
    return {"story": story, "speaker": speaker, "n": n, "via": via}


def test_who_is_quoted_together_counts_stories_not_quotations() -> None:
    rows = [
        standing("s", "a", 5),
        standing("s", "b"),
        standing("t", "a"),
        standing("t", "b"),
        standing("t", "c"),
    ]
    rows += [standing("u", "d", 2, "Wire")]
    page = network(PEOPLE, rows)
    assert [(pair["one_id"], pair["other_id"], pair["n"]) for pair in page["pairs"]] == [
        ("a", "b", 2),
        ("a", "c", 1),
        ("b", "c", 1),
    ]
    assert page["relays"] == [{"via": "Wire", "speaker": "d", "name": "D", "n": 2}]
    shown = drawn(page)
    names = [text.text for text in ElementTree.fromstring(svg(shown["picture"])).iter(f"{SVG}text")]
    assert names == ["A", "B", "C"]  # a pair of its own is in the tables alone
    assert shown["left_out"] == 1


def svg(html: object) -> str:
    """The picture within its figure."""
    return re.search(r"<svg.*</svg>", str(html).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))[
        0
    ]  # type: ignore[index]


NODES = [Node(f"n{n}", f"Speaker number {n}", n + 1) for n in range(30)]
LINKS = [Link(f"n{n}", f"n{(n * 7 + 1) % 30}", n % 5 + 1, relay=n % 9 == 0) for n in range(30)]


@pytest.mark.parametrize("extra", [True, False])
def test_a_picture_is_the_same_every_time_and_all_of_it_is_in_the_picture(
    extra: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if extra:
        pytest.importorskip("networkx")
    else:
        monkeypatch.setitem(sys.modules, "networkx", None)  # as if it were not there
    first = picture(NODES, LINKS)
    assert first == picture(NODES, LINKS)
    tree = ElementTree.fromstring(svg(first))
    assert tree.get("role") == "img"
    assert "30 speakers" in (tree.get("aria-label") or "")
    circles = [(float(c.get("cx", -1)), float(c.get("cy", -1))) for c in tree.iter(f"{SVG}circle")]
    assert len(circles) == len(set(circles)) == 30
    assert all(0 <= x <= network_svg.WIDTH and 0 <= y <= network_svg.HEIGHT for x, y in circles)
    assert len(list(tree.iter(f"{SVG}line"))) == 30
    assert picture(NODES, []) == ""


def test_hostile_names_in_the_picture_are_text() -> None:
    nodes = [Node("a", "</text><script>", 1), Node("b", '"><img onerror=x>', 2), Node("c", "c", 1)]
    tree = ElementTree.fromstring(svg(picture(nodes, [Link("a", "b", 1), Link("b", "c", 1)])))
    assert {one.tag.removeprefix(SVG) for one in tree.iter()} <= {
        "svg",
        "g",
        "line",
        "circle",
        "rect",
        "text",
    }


def test_the_network_page(get: Get) -> None:
    page = get("/quotes/-/network").text
    assert re.search(r"Maren Holt</a></th>|Joss Abara</a></th>", page)
    assert "<script" not in page
    assert "Content-Security-Policy" in page
    around = get("/quotes/-/network.json?speaker=islands-council").json()
    assert around["around"]["name"] == "Islands Council"
    assert {"maren-holt", "joss-abara"} <= {one["id"] for one in around["people"]}
    limited = get("/quotes/-/network.json?publication=The+Sund+Ledger&since=2031-03").json()
    assert {pair["n"] for pair in limited["pairs"]} == {1}
    nobody = get("/quotes/-/network?speaker=no-such-speaker")
    assert nobody.status_code == 200
    assert get("/quotes/-/network?since=soon&publication=%00").status_code == 200


def test_charts_are_along_one_axis_and_of_one_height(get: Get) -> None:
    data = get("/quotes/-/charts.json").json()
    people = {one["name"]: one for one in data["people"]}
    assert sum(n for _, n in people["Maren Holt"]["dates"]) == 6
    drawn_charts = charts_page.drawn(data)["charts"]
    trees = [ElementTree.fromstring(re.search(r"<svg.*</svg>", str(one["chart"]))[0]) for one in drawn_charts]  # type: ignore[index]
    assert len({tree.get("viewBox") for tree in trees}) == 1
    highest = [max(float(bar.get("height", 0)) for bar in tree) for tree in trees]
    assert max(highest) == 40
    assert data["how"][0]["types"] == {"direct": 5, "mixed": 1, "indirect": 4}
    assert data["relays"][0] == {"name": "Radio Sund", "n": 1}
    page = get("/quotes/-/charts").text
    assert "Content-Security-Policy" in page
    assert "<script" not in page
    assert [
        one["name"] for one in get("/quotes/-/charts.json?publication=The+Sund+Ledger").json()["how"]
    ] == ["The Sund Ledger"]


def test_the_network_shows_whom_most_stories_quote_together() -> None:
    people = [{"id": f"p{n:03}", "name": f"P{n}", "type": "person"} for n in range(120)]
    alone = [standing(f"s{n}", f"p{n:03}", 50) for n in range(60)]  # quoted most, with nobody
    beside = [standing(f"t{n}", f"p{one:03}") for n in range(60, 119) for one in (n, n + 1)]
    often = [standing(f"u{n}", key) for n in range(3) for key in ("p118", "p119")]
    pairs = network(people, [*alone, *beside, *often])["pairs"]
    assert pairs[0] == {
        "one_id": "p118",
        "one_name": "P118",
        "other_id": "p119",
        "other_name": "P119",
        "n": 4,
    }
    shown = {pair[side] for pair in pairs for side in ("one_id", "other_id")}
    assert 30 < len(shown) <= SPEAKERS_SHOWN
