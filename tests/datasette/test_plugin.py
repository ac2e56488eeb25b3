"""What Datasette answers for a quotes database, asked through its own client."""

import html
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from datasette.utils import tilde_encode
from support.datasette_data import EVE, HOSTILE, PIECES, RLO, Get, build, client

from quotes import Store


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("datasette") / "quotes.db")


@pytest.fixture(scope="module")
def ids(database: Path) -> dict[str, str]:
    """Content of a quotation -> its id."""
    with sqlite3.connect(database) as db:
        return dict(db.execute("select content, id from quotes"))


def test_article_marks_every_quotation(get: Get) -> None:
    page = get("/quotes/articles/ferry-stops-a1b2c3").text
    assert (
        len(re.findall(r'<mark class="content ', page)) - 4 == 9
    )  # four in the legend; nine spans of content
    assert len(re.findall(r'<li id="q\d+"', page)) == len(PIECES[0].told)
    assert '<mark class="source">Maren Holt</mark>' in page
    assert '<mark class="cue">According to</mark>' in page


def test_article_anchors_are_the_permalinks(get: Get, ids: dict[str, str]) -> None:
    page = get("/quotes/articles/ferry-stops-a1b2c3").text
    for content in ("a slow way of closing an island", "Nobody asked the islanders."):
        assert page.count(f'id="{ids[content]}"') == 1
        assert f'href="#{ids[content]}"' in page


def test_article_text_is_shown_letter_for_letter(get: Get, database: Path) -> None:
    with sqlite3.connect(database) as db:
        [text] = db.execute("select text from articles where id = 'ferry-analysis-d4e5f6'").fetchone()
    page = get("/quotes/articles/ferry-analysis-d4e5f6").text
    body = page.split('<div class="text">')[1].split("</div>")[0]
    shown = re.sub(r"<sup>.*?</sup>|<[^>]+>", "", body)
    assert [line for line in shown.split("\n") if line] == text.split("\n")


def test_original_opens_at_the_quotation(get: Get) -> None:
    page = get("/quotes/articles/ferry-stops-a1b2c3").text
    assert 'href="https://herald.example/night-ferry"' in page
    assert "night-ferry#:~:text=a%20slow%20way%20of%20closing%20an%20island" in page
    assert "in the original" not in get("/quotes/articles/market-moves-0a0b0c").text


def test_quotation_has_what_was_read(get: Get, ids: dict[str, str]) -> None:
    page = get(f"/quotes/quotes/{ids['Three other routes would be reviewed before the summer']}").text
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(?:<span[^>]*>)?([^<]*)", page))
    assert facts["Type"] == "indirect"
    assert facts["Source"].strip() == "a ferry engineer"
    assert facts["Cue"] == "told"
    assert facts["Via"].strip() == "Radio Sund"
    assert facts["Attribution"].strip() == "name"
    assert facts["Words"] == "77%"
    assert '<mark class="cue">told</mark> Radio Sund.' in page
    assert "No other wording" in page


def test_quotation_lists_other_wordings(get: Get, ids: dict[str, str]) -> None:
    page = get(f"/quotes/quotes/{ids['a slow way of closing an island']}").text
    assert "Other wordings" in page
    assert f"/quotes/quotes/{ids['a slow way to close an island']}" in page


def test_speaker_has_a_timeline_and_statements(get: Get) -> None:
    page = get("/quotes/speakers/maren-holt").text
    assert "harbour master of Skerrow" in page
    assert '<span class="alias">Captain Holt</span>' in page
    assert page.count("<rect ") == 3  # February, March and May
    assert re.search(
        r'aria-label="Quotations per week, week of 10 February 2031 to week of 19 May 2031', page
    )
    days = re.findall(r'<h3><time datetime="([^"]+)"', page)
    assert days == ["2031-05-20", "2031-03-02", "2031-02-11"]
    assert "Reported more than once" in page


def test_speaker_without_dates_is_listed_by_article(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        db.execute("update quotes set published = null")
        db.execute("update articles set published = null")
    page = client(path)("/quotes/speakers/joss-abara").text
    assert "<svg" not in page
    assert re.findall(r"<h3><a [^>]+>([^<]+)</a>", page) == [
        "What the night ferry really cost",
        "Night ferry to Skerrow stops after thirty years",
        "Fish market to open at noon",
        "Notes from the quay",
    ]


def test_statement_marks_differing_words(get: Get, database: Path) -> None:
    with sqlite3.connect(database) as db:
        [key] = db.execute("select id from statements where variants = 3").fetchone()
    page = get(f"/quotes/statements/{key}").text
    assert len(re.findall("<li[ >]", page.partition('variants life">')[2])) == 3
    assert "Reported 3 times" in page
    assert re.search(r"<ins[^>]*>[^<]*\bold\b", page)
    assert re.search(r"<del[^>]*>We kept this boat running on</del> goodwill", page)
    assert not re.search(r"<(ins|del)[^>]*>[^<]*\bgoodwill\b[^<]*</", page)
    for where in ("Skerrow Herald", "The Sund Ledger", "11 February 2031", "20 May 2031"):
        assert where in page


def test_only_quoted_words_wear_quotation_marks(get: Get, ids: dict[str, str]) -> None:
    def entry(content: str) -> str:
        page = get(f"/quotes/quotes/{ids[content]}").text
        return re.search(r'<blockquote class="entry[^>]*>\s*<p>(.*?)</p>', page, re.S)[1]

    assert entry("Nobody asked the islanders.") == "“Nobody asked the islanders.”"
    assert entry("a slow way to close an island") == "“a slow way to close an island”"
    assert entry("the loss at 1.2 million crowns") == "The loss at 1.2 million crowns"  # like a sentence
    # a direct statement does not lend its marks to a report of it
    [found] = re.findall(r'<p class="said indirect">(.*?)</p>', get("/quotes/changed_wording").text)[:1]
    assert "“" not in found


def test_doubtful_speakers_look_doubtful(get: Get, ids: dict[str, str]) -> None:
    low = get(f"/quotes/quotes/{ids['It could have been a summer service']}").text
    assert re.search(r'<p class="byline"><span class="doubtful"><a [^>]+>Maren Holt</a>\?</span>', low)
    assert "uncertain, 34%" in low
    none = get(f"/quotes/quotes/{ids['Nobody asked the islanders.']}").text
    assert '<p class="byline"><span class="doubtful">speaker not found</span>' in none
    sure = get(f"/quotes/quotes/{ids['a slow way to close an island']}").text
    assert 'class="doubtful"' not in sure
    table = get("/quotes/quotes?confidence__lt=0.5").text
    assert table.count('<span class="doubtful">') == 3


@pytest.mark.parametrize("kind", ["articles", "quotes", "speakers", "statements"])
def test_missing_rows_are_not_found(get: Get, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = get(f"/quotes/{kind}/no-such-thing")
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.text
    assert 'href="/quotes/-/search"' in answer.text
    assert get(f"/quotes/{kind}/no-such-thing.json").status_code == 404
    assert "Traceback" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("path", ["/nowhere", "/quotes/nothing", "/quotes/-/nothing", "/-/x"])
def test_missing_pages_are_not_found(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.text
    assert "<script" not in answer.text


def test_missing_pages_of_two_databases(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(database, other)
    get = client(database, other)
    assert 'href="/other/-/search"' in get("/other/articles/none").text
    nowhere = get("/nowhere")
    assert nowhere.status_code == 404
    assert ">All databases</a>" in nowhere.text


def test_all_databases_is_offered_where_there_are_several(get: Get, database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(database, other)
    with sqlite3.connect(database) as db:
        pages = [
            f"/quotes/statements/{tilde_encode(key)}"
            for (key,) in db.execute("select id from statements order by variants")
        ]
    both = client(database, other)
    for page in (pages[0], pages[-1]):  # reported once, and more than once
        assert ">All databases</a>" in both(page).text
        assert ">All databases</a>" not in get(page).text


def test_what_was_not_said_is_not_counted(get: Get, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "quotes.db"
    shutil.copy(database, copy)
    with sqlite3.connect(copy) as db:
        db.execute("update quotes set asserted = 0 where content = 'Nobody asked the islanders.'")
    changed = client(copy)
    before, after = (ask("/quotes/-/home.json").json()["counts"] for ask in (get, changed))
    assert after["quotations"] == before["quotations"] - 1
    assert (before["not_said"], after["not_said"]) == (0, 1)
    assert "1 quotation</a> that nobody said" in changed("/").text
    told = len(PIECES[0].told)
    assert f">{told} quotations<" in get("/quotes/articles/ferry-stops-a1b2c3").text
    assert f">{told - 1} quotations, 1 not said<" in changed("/quotes/articles/ferry-stops-a1b2c3").text
    publications = (ask("/quotes/-/publications.json").json()["publications"] for ask in (get, changed))
    totals = [sum(row["quotations"] for row in rows) for rows in publications]
    assert totals[1] == totals[0] - 1
    with Store(copy) as store:
        counts = store.counts()
    assert (counts["quotes"], counts["not_said"]) == (after["quotations"], 1)
    assert counts["direct"] + counts["mixed"] + counts["indirect"] == after["quotations"]


@pytest.mark.parametrize("kind", ["articles", "quotes", "speakers", "statements"])
def test_rows_are_still_there_as_data(get: Get, kind: str) -> None:
    [row] = get(f"/quotes/{kind}.json?_shape=array&_size=1").json()
    answer = get(f"/quotes/{kind}/{tilde_encode(row['id'])}.json?_shape=array")
    assert answer.json() == [row]


# Datasette's own pages


def test_home_page_leads_to_search(get: Get) -> None:
    page = get("/").text
    assert 'action="/quotes/-/search"' in page
    for path in set(re.findall(r'(?:href|action)="(/quotes[^"#]*)', page)):
        assert get(html.unescape(path)).status_code == 200, path


def test_facets_and_hidden_tables(get: Get) -> None:
    assert set(get("/quotes/quotes.json").json()["facet_results"]) == {"speaker"}
    assert set(get("/quotes/articles.json").json()["facet_results"]) == {"publication"}
    shown = {table["name"] for table in get("/quotes.json").json()["tables"] if not table["hidden"]}
    assert shown == {"articles", "quotes", "speakers", "statements"}


def test_tables_show_quotations_as_quotations(get: Get) -> None:
    page = get("/quotes/quotes").text
    assert re.search(r'<td class="col-content[^>]*><a href="/quotes/quotes/[^"]+">“Nobody asked', page)
    assert re.search(r'<td class="col-content[^>]*><a href="/quotes/quotes/[^"]+">the loss at', page)
    assert "93%" in page
    assert "Holt, Captain Holt" in get("/quotes/speakers").text
    texts = re.findall(r'<td class="col-text [^>]*>(.*?)</td>', get("/quotes/articles").text, re.S)
    assert len(texts) == 5
    assert max(map(len, texts)) < 400  # an excerpt


@pytest.mark.parametrize("columns", ["_col=content", "_col=type", "_nocol=type", "_nocol=confidence"])
def test_tables_with_columns_left_out(get: Get, columns: str) -> None:
    assert get(f"/quotes/quotes?{columns}").status_code == 200


# Hostile text


def test_hostile_text_is_inert(get: Get, database: Path) -> None:
    with sqlite3.connect(database) as db:
        keys = [row[0] for row in db.execute("select id from quotes where speaker = 'eve'")]
        statements = [row[0] for row in db.execute("select id from statements where speaker = 'eve'")]
    paths = [f"/quotes/articles/{tilde_encode(HOSTILE.id)}", f"/quotes/speakers/{EVE.id}"]
    paths += [f"/quotes/quotes/{tilde_encode(key)}" for key in keys]
    paths += [f"/quotes/statements/{tilde_encode(key)}" for key in statements]
    paths += ["/quotes/-/search?words=fast", "/quotes/-/search?speaker=eve"]
    paths += [f"/quotes/{kind}" for kind in ("articles", "quotes", "speakers", "statements")]
    for path in paths:
        answer = get(path)
        assert answer.status_code == 200, path
        page = answer.text
        for tag in ("<script>alert", "<script>document", "<img", "<svg onload", "<b>Eve", "<i>", "<u>"):
            assert tag not in page, (path, tag)
        assert not re.search(r'href="\s*javascript', page, re.I), path
        assert "in the original" not in page.lower(), path
        # the labels of facets are Datasette's own: the style sheet isolates those
        ours = re.sub(r'<div class="facet-results">.*?<div class="table-wrapper">', "", page, flags=re.S)
        assert RLO not in ours, path


# Other databases, other names, other packages


def test_any_file_name(tmp_path: Path) -> None:
    get = client(build(tmp_path / "news.2031.db"))
    page = get("/news~2E2031/articles/ferry-stops-a1b2c3")
    assert page.status_code == 200
    assert '<mark class="source">Maren Holt</mark>' in page.text
    assert 'href="/news~2E2031/-/search"' in page.text
    for path in set(re.findall(r'href="(/news[^"#]+)', page.text)):
        assert get(html.unescape(path)).status_code == 200, path


def test_other_databases_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("create table quotes (id text primary key, content text, type text)")
        db.execute("create table articles (id text primary key, title text, text text)")
        db.execute("insert into quotes values ('a', 'Price: 12', 'direct')")
        db.execute("insert into articles values ('b', 'Lamp', ?)", ["long " * 100])
    get = client(path)
    row, table, article = get("/other/quotes/a"), get("/other/quotes"), get("/other/articles")
    assert {row.status_code, table.status_code, article.status_code} == {200}
    for page in (row.text, table.text, article.text, get("/").text):
        assert "quotes.css" not in page
    assert "<h1" in row.text
    assert "quotes: a" in row.text
    assert "“" not in table.text
    assert "long " * 100 in article.text


def test_both_at_once(tmp_path: Path, database: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("create table plain (id integer primary key, content text)")
        db.execute("insert into plain values (1, 'x')")
    get = client(database, path)
    assert "quotes.css" in get("/").text
    assert "quotes.css" in get("/quotes").text
    assert "quotes.css" not in get("/other/plain/1").text


def test_style_sheet_is_served(get: Get) -> None:
    [url] = re.findall(r'href="([^"]+quotes\.css)"', get("/quotes/quotes").text)
    assert get(url).status_code == 200


def test_plugin_starts_without_the_model() -> None:
    code = (
        "import sys, quotes.datasette; "
        "print(sorted({'spacy', 'coreferee', 'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
