"""Search and the other canned query, asked of Datasette through its own client."""

from urllib.parse import quote

import pytest
from datasette_data import RLO, Get, build, client


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Get:
    return client(build(tmp_path_factory.mktemp("search") / "quotes.db"))


def search(get: Get, words: str = "", speaker: str = "") -> list[dict]:
    path = f"/quotes/who_said_what.json?_shape=array&words={quote(words)}&speaker={quote(speaker)}"
    answer = get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_search_ranks_and_marks(get: Get) -> None:
    hits = search(get, "goodwill inspections")
    assert {hit["speaker"] for hit in hits} == {"Maren Holt"}
    assert len(hits) == 3
    assert "⟦inspection⟧" in hits[0]["found"]
    page = get("/quotes/who_said_what?words=goodwill&speaker=").text
    assert '<b class="found">goodwill</b>' in page
    assert "⟦" not in page


def test_search_best_match_first(get: Get) -> None:
    hits = search(get, "boat")
    scores = [hit["content"].split().count("boat") / len(hit["content"].split()) for hit in hits]
    assert len(hits) >= 4
    assert scores[0] == max(scores)


def test_search_by_speaker(get: Get) -> None:
    assert {hit["speaker"] for hit in search(get, speaker="captain")} == {"Maren Holt"}
    assert {hit["speaker"] for hit in search(get, "boat", "abara")} == {"Joss Abara"}
    assert search(get, "boat", "nobody at all") == []


def test_search_for_a_phrase_and_a_beginning(get: Get) -> None:
    assert [hit["content"] for hit in search(get, '"way of closing"')] == ["a slow way of closing an island"]
    assert search(get, '"of way closing"') == []
    assert len(search(get, "goodw*")) == 3
    assert search(get, "goodw") == []


ODD = [
    "",
    " ",
    '"',
    '""',
    '"open',
    "*",
    "**",
    "NEAR(",
    "NEAR(a b, 2)",
    "AND",
    "said OR",
    "NOT x",
    "(",
    ")",
    "a-b",
    "-",
    "^boat",
    "content:boat",
    "{content}: boat",
    "don't",
    "''",
    "; drop table quotes",
    "%",
    "\\",
    "\0",
    "“boat”",
    "цена",
    "東京",
    "🐟",
    RLO,
    "<script>alert(1)</script>",
    "w" * 4000,
    "boat " * 3000,
    " ".join(f"word{n}" for n in range(3000)),
]


@pytest.mark.parametrize("words", ODD, ids=[repr(words)[:20] for words in ODD])
@pytest.mark.parametrize("box", ["words", "speaker"])
def test_anything_may_be_typed(get: Get, words: str, box: str) -> None:
    search(get, **{box: words})
    page = get(f"/quotes/who_said_what?{box}={quote(words)}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_search_that_finds_nothing_says_so(get: Get) -> None:
    assert "No quotation has all of these words" in get("/quotes/who_said_what?words=zebra&speaker=").text
    assert "No quotation" not in get("/quotes/who_said_what").text


def test_changed_wording(get: Get) -> None:
    rows = get("/quotes/changed_wording.json?_shape=array").json()
    assert len({row["statement"] for row in rows}) == 3
    page = get("/quotes/changed_wording").text
    assert page.count('<section class="statement">') == 3
    assert page.index("goodwill") < page.index("night crossing")  # most articles first
