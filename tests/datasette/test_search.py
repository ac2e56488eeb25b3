"""Search and the canned query, asked of Datasette through its own client."""

import html
import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from support.datasette_data import RLO, Get, build, client

from quotes.datasette.search_page import Asked
from quotes.store.database import Store


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("search") / "quotes.db")


def search(get: Get, words: str = "", **other: str) -> dict[str, Any]:
    answer = get(f"/quotes/-/search.json?{urlencode({'words': words, **other})}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def quotations(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [quote for statement in found["statements"] for quote in statement["quotations"]]


def page(get: Get, **asked: str) -> str:
    answer = get(f"/quotes/-/search?{urlencode(asked)}")
    assert answer.status_code == 200
    return answer.text


def test_search_ranks_and_marks(get: Get) -> None:
    found = search(get, "goodwill inspections")
    assert found["total"] == 3
    assert {quote["name"] for quote in quotations(found)} == {"Maren Holt"}
    assert "⟦inspection⟧" in quotations(found)[0]["marked"]
    text = page(get, words="goodwill")
    assert '<b class="found">goodwill</b>' in text
    assert "⟦" not in text


def test_search_best_match_first_or_newest(get: Get) -> None:
    hits = quotations(search(get, "boat"))
    scores = [hit["content"].split().count("boat") / len(hit["content"].split()) for hit in hits]
    assert len(hits) >= 4
    assert scores[0] == max(scores)
    days = [group["quotations"][0]["published"] for group in search(get, "boat", sort="newest")["statements"]]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) > 1


def test_quotations_of_one_statement_stand_together(get: Get) -> None:
    found = search(get, "goodwill")
    assert [len(group["quotations"]) for group in found["statements"]] == [3]
    text = page(get, words="goodwill")
    assert text.count('<ul class="also"') == 1
    assert len(re.findall(r"<li><a class=\"said\"", text)) == 3


def test_every_result_leads_to_its_place_in_the_text(get: Get) -> None:
    text = page(get, words="goodwill")
    places = re.findall(r'href="(/quotes/articles/[^"#]+)#([^"]+)"', text)
    assert len(places) == 3
    for path, anchor in places:
        assert f'id="{anchor}"' in get(path).text


def test_only_direct_speech_wears_marks(get: Get) -> None:
    text = page(get, words="goodwill")
    said = [
        re.sub("<[^>]+>", "", html.unescape(m)) for m in re.findall(r'<a class="said"[^>]*>(.*?)</a>', text)
    ]
    assert sorted(one[0] == "“" for one in said) == [False, True, True]


def test_search_by_speaker(get: Get) -> None:
    assert {q["name"] for q in quotations(search(get, speaker="captain"))} == {"Maren Holt"}
    assert {q["name"] for q in quotations(search(get, speaker="maren-holt"))} == {"Maren Holt"}
    assert {q["name"] for q in quotations(search(get, "boat", speaker="abara"))} == {"Joss Abara"}
    assert search(get, "boat", speaker="nobody at all")["total"] == 0


@pytest.mark.parametrize("typed", ["abara", "joss abara", "Joss Ab"])
def test_a_name_finds_the_speaker(get: Get, typed: str) -> None:
    found = search(get, typed)
    assert [one["id"] for one in found["speakers"]] == ["joss-abara"]
    assert {q["speaker"] for q in quotations(found)} == {"joss-abara"}  # no quotation has the name in it
    text = page(get, words=typed)
    assert text.index('href="/quotes/speakers/joss-abara"') < text.index('<ol class="list results"')


def test_a_name_and_words_find_what_the_speaker_said_with_them(get: Get) -> None:
    for typed in ("abara boat", "boat joss abara"):
        found = search(get, typed)
        assert found["instead"] == {"speaker": found["instead"]["speaker"], "words": "boat"}
        assert [q["content"] for q in quotations(found)]
        assert {q["speaker"] for q in quotations(found)} == {"joss-abara"}
    found = search(get, "abara zebra")
    assert (found["total"], [one["id"] for one in found["speakers"]]) == (0, ["joss-abara"])


def test_filters(get: Get) -> None:
    assert {q["type"] for q in quotations(search(get, type="mixed"))} == {"mixed"}
    assert {q["publication"] for q in quotations(search(get, publication="The Sund Ledger"))} == {
        "The Sund Ledger"
    }
    assert {q["publication"] for q in quotations(search(get, publication="sund"))} == {"The Sund Ledger"}
    assert search(get, publication="nowhere")["total"] == 0
    both = search(get, "boat", type="direct", publication="Skerrow Herald", since="2031-02", until="2031-02")
    assert {(q["type"], q["published"]) for q in quotations(both)} == {("direct", "2031-02-11")}


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2031-03-02", "2031-03-02", {"2031-03-02"}),
        ("2031-03", "2031-03", {"2031-03-02"}),
        ("2031-03-03", "", {"2031-05-20"}),
        ("", "2031-03-01", {"2031-02-11"}),
        ("2031", "2031", {"2031-02-11", "2031-03-02", "2031-05-20"}),
        ("2032", "", set()),
    ],
)
def test_dates_are_included(get: Get, since: str, until: str, days: set[str]) -> None:
    found = search(get, since=since, until=until, publication="e")  # leaves out the hostile article, "Rag"
    assert {q["published"] for q in quotations(found)} == days


def test_date_boxes_show_days(get: Get) -> None:
    text = page(get, words="boat", since="2031-02", until="2031-02")
    assert 'name="since" value="2031-02-01"' in text
    assert 'name="until" value="2031-02-28"' in text
    assert Asked.of({"until": "2031"}).day("until") == "2031-12-31"
    assert Asked.of({"until": "2031-12"}).day("until") == "2031-12-31"


@pytest.mark.parametrize("odd", ["yesterday", "2031-02-31", "31/12/2031", "2031-2", "' or 1=1", "20310211"])
def test_odd_dates_are_left_out_and_named(get: Get, odd: str) -> None:
    found = search(get, "boat", since=odd)
    assert found["total"] == search(get, "boat")["total"]
    assert found["ignored"] == ["since"]
    assert "left out: since" in page(get, words="boat", since=odd)


def test_odd_filters_are_left_out(get: Get) -> None:
    found = search(get, "boat", type="shouted", sort="; drop table quotes", page="-1")
    assert found["total"] == search(get, "boat")["total"]
    assert found["ignored"] == ["type", "sort"]


def test_search_for_a_phrase_and_a_beginning(get: Get) -> None:
    [hit] = quotations(search(get, '"way of closing"'))
    assert hit["content"] == "a slow way of closing an island"
    assert search(get, '"of way closing"')["total"] == 0
    assert search(get, "goodw*")["total"] == 3
    assert search(get, "goodw")["total"] == 0


def test_pages_of_results(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db")
    with Store(path) as store, store.transaction():
        for n in range(50):  # 50 quotations more, of one article
            store.db.execute(
                "insert into quotes (id, content, type, article, attribution, position, published) "
                "values (?, ?, 'direct', 'ferry-stops-a1b2c3', 'none', ?, '2031-02-11')",
                (f"lamp-{n:02}", f"lamp {'x ' * n}", n),
            )
    get = client(path)
    seen: list[str] = []
    url: str | None = "/quotes/-/search?words=lamp"
    while url:
        text = get(url).text
        seen += re.findall(r'class="said" href="/quotes/quotes/(lamp-\d\d)"', text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        url = html.unescape(following[1]) if following else None
    assert len(seen) == len(set(seen)) == 50
    assert search(get, "lamp", page="3")["next_url"] is None
    assert search(get, "lamp", page="2")["previous_url"] == "/quotes/-/search?words=lamp"
    assert search(get, "lamp", page="999")["page"] == 3


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
    '"><svg onload=alert(1)>',
    "w" * 4000,
    "boat " * 3000,
    " ".join(f"word{n}" for n in range(3000)),
]


@pytest.mark.parametrize("typed", ODD, ids=[repr(words)[:20] for words in ODD])
@pytest.mark.parametrize("box", ["words", "speaker", "type", "publication", "since", "until", "sort", "page"])
def test_anything_may_be_typed(get: Get, typed: str, box: str) -> None:
    search(get, **{box: typed})
    text = page(get, **{box: typed})
    assert "<script>alert" not in text
    assert "<svg onload" not in text


@pytest.mark.parametrize(
    "query", ["words=a&words=b", "words", "&&&", "words=%00", "words=%ff%fe", "page=0", "x=1"]
)
def test_odd_addresses(get: Get, query: str) -> None:
    assert get(f"/quotes/-/search?{query}").status_code == 200
    assert get(f"/quotes/-/search.json?{query}").status_code == 200


def test_the_database_is_as_it_was(get: Get, database: Path) -> None:
    search(get, "'; delete from quotes; --", speaker="'; drop table speakers; --")
    with sqlite3.connect(database) as db:
        assert db.execute("select count(*) from quotes").fetchone()[0] > 10


def test_search_that_finds_nothing_says_so(get: Get) -> None:
    assert "No quotation has this word" in page(get, words="zebra")
    assert "No quotation has all of these words" in page(get, words="zebra quagga")
    assert "No quotation" not in page(get)


def test_boxes_keep_what_was_typed(get: Get) -> None:
    text = page(
        get, words='"way of"', speaker="abara", type="mixed", publication="Skerrow Herald", sort="newest"
    )
    assert 'name="words" value="&#34;way of&#34;"' in text
    assert 'name="speaker" value="abara"' in text
    for chosen in ("mixed", "Skerrow Herald", "newest"):
        assert f'<option value="{chosen}" selected>' in text


def test_doubtful_speakers_look_doubtful(get: Get) -> None:
    assert re.search(
        r'<span class="doubtful"><a [^>]+>Maren Holt</a>\?</span>', page(get, words="summer service")
    )


def test_changed_wording(get: Get) -> None:
    rows = get("/quotes/changed_wording.json?_shape=array").json()
    assert len({row["statement"] for row in rows}) == 3
    text = get("/quotes/changed_wording").text
    assert text.count('<section class="statement">') == 3
    assert text.index("goodwill") < text.index("night crossing")  # most articles first


def test_copies_of_a_story_count_once_in_what_is_found(tmp_path: Path) -> None:
    database = build(tmp_path / "quotes.db")
    get = client(database)
    before = search(get, "goodwill")
    assert (before["total"], before["in_copies"]) == (3, 0)
    rows = [row for group in before["statements"] for row in group["quotations"]]
    original = rows[0]["article"]
    copy, publication = next(
        (row["article"], row["publication"]) for row in rows if row["publication"] != rows[0]["publication"]
    )
    with sqlite3.connect(database) as db:
        db.execute("update articles set copy_of = ? where id = ?", (original, copy))
    get = client(database)
    again = sum(row["article"] == copy for row in rows)
    found = search(get, "goodwill")
    assert (found["total"], found["in_copies"], len(quotations(found))) == (3 - again, again, 3)
    assert found["facets"]["speaker"][0]["n"] == found["counted"] == found["total"]
    assert f"and {again} again in copies" in re.sub(r"\s+", " ", page(get, words="goodwill"))
    # what is narrowed to the copy alone is no repetition
    alone = search(get, "goodwill", publication=publication)
    assert (alone["total"], alone["in_copies"]) == (sum(row["publication"] == publication for row in rows), 0)
