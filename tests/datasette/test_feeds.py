"""Feeds, the facets of a search, and its result as CSV, asked of Datasette through its own client."""

import csv
import io
import re
import sqlite3
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import feedparser
import numpy as np
import pytest
from datasette.utils import tilde_encode
from support.datasette_data import Get, build, client

from quotes.datasette import facets
from quotes.datasette.feeds import entry_id
from quotes.store.search_sql import NEAR_COSINE

ATOM = "{http://www.w3.org/2005/Atom}"
VECTORS = (
    "<script>window.owned=1</script>",
    '"><svg onload=alert(1)>',
    "]]></content></entry></feed>",
    "a\x1b[31m\x00b\ufffe\u202egnp",
    "&lt;b&gt; &amp;amp; {{ 7 * 191 }}",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("feeds") / "quotes.db")


FEEDS = {
    "speaker": "/quotes/-/speakers/maren-holt.atom",
    "hostile speaker": "/quotes/-/speakers/eve.atom",
    "publication": "/quotes/-/publications/Skerrow~20Herald.atom",
    "search": "/quotes/-/search.atom?words=goodwill+OR+closing",
    "search for a speaker": "/quotes/-/search.atom?speaker=abara",
    "everything hostile": "/quotes/-/search.atom?publication=rag",
    "nothing asked": "/quotes/-/search.atom",
    "nothing found": "/quotes/-/search.atom?words=zebra",
}


@pytest.mark.parametrize("path", FEEDS.values(), ids=FEEDS)
def test_feeds_are_valid(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)  # raises where it is no XML
    assert not feedparser.parse(answer.content).bozo
    for required in ("id", "title", "updated", "author/name"):
        assert feed.findtext("/".join(ATOM + part for part in required.split("/")))
    links = {link.get("rel"): link.get("href") or "" for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith(path)
    assert links["alternate"].startswith("http://localhost/quotes/")
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    assert bool(ids) == (not path.endswith(("zebra", "search.atom")))
    for entry in feed.iter(f"{ATOM}entry"):
        for name in ("updated", "published"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\+00:00", entry.findtext(f"{ATOM}{name}") or "")
        [link] = entry.findall(f"{ATOM}link")  # two would both be alternates
        assert (link.get("href") or "").startswith("http://localhost/quotes/quotes/")
        assert get((link.get("href") or "").removeprefix("http://localhost")).status_code == 200


def test_ids_of_entries_are_those_of_quotations_everywhere(get: Get, database: Path, tmp_path: Path) -> None:
    def ids(ask: Get, path: str) -> list[str]:
        return re.findall(r"<entry>\s*<id>(.*?)</id>", ask(path).text)

    other = tmp_path / "other.db"
    other.write_bytes(database.read_bytes())
    known = ids(get, FEEDS["speaker"])
    assert known == ids(client(other), FEEDS["speaker"].replace("/quotes/", "/other/", 1))
    with sqlite3.connect(database) as db:
        stored = db.execute("select id from quotes where speaker = 'maren-holt'").fetchall()
    assert set(known) == {entry_id(row[0]) for row in stored}
    assert set(known) & set(ids(get, FEEDS["search"]))  # the same entry in another feed


def test_newest_first_and_what_was_said_only(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        db.execute("update quotes set asserted = 0 where content like 'the boat will find%'")
    text = client(path)(FEEDS["speaker"]).text
    days = re.findall(r"<published>(.*?)T", text)
    assert days == sorted(days, reverse=True)
    assert days[0] == "2031-05-20"
    assert "will find a buyer" not in text
    assert re.search(r"<title>Maren Holt\?: “It could have been", text)  # uncertain


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_in_every_field_stays_text(tmp_path: Path, vector: str) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        db.execute(
            "update quotes set content = content || ?, publication = ?, via = ?", (vector, vector, vector)
        )
        db.execute("update articles set title = ?, publication = ?, url = ?", (vector, vector, vector))
        db.execute("update speakers set name = name || ?, description = ?", (vector, vector))
        db.execute("update statements set text = text || ?", (vector,))
        [statement] = db.execute("select id from statements where variants = 3").fetchone()
    get = client(path)
    publication = tilde_encode(vector)
    for address in (
        FEEDS["speaker"],
        f"/quotes/-/statements/{statement}.atom",
        f"/quotes/-/publications/{publication}.atom",
        f"/quotes/-/search.atom?{urlencode({'words': 'goodwill', 'speaker': 'holt'})}",
    ):
        answer = get(address)
        assert answer.status_code == 200
        feed = ElementTree.fromstring(answer.content)
        bodies = [entry.findtext(f"{ATOM}content") or "" for entry in feed.iter(f"{ATOM}entry")]
        assert bodies
        for body in bodies:  # HTML that is shown: only our own tags in it
            assert set(re.findall(r"<\s*/?([a-z]\w*)", body)) <= {"blockquote", "p", "a"}
            assert not re.search(r'href="(?!http://localhost/)', body)
    rows = list(csv.reader(io.StringIO(get("/quotes/-/search.csv?speaker=holt").text)))
    assert {len(row) for row in rows} == {len(rows[0])}
    page = get(f"/quotes/-/search?{urlencode({'words': 'goodwill'})}").text
    assert "<script>window" not in page
    assert "<svg onload" not in page


@pytest.mark.parametrize(
    "path", ["speakers/nobody.atom", "statements/x.atom", "publications/No.atom", "articles/x.atom"]
)
def test_a_feed_of_nothing_is_not_found(get: Get, path: str) -> None:
    assert get(f"/quotes/-/{path}").status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        "/quotes/speakers/maren-holt",
        "/quotes/-/publications/Skerrow~20Herald",
        "/quotes/-/search?words=goodwill",
    ],
)
def test_pages_lead_to_their_feeds(get: Get, page: str) -> None:
    text = get(page).text
    [there] = re.findall(
        r'<link rel="alternate" type="application/atom\+xml" [^>]*href="http://localhost([^"]+)"', text
    )
    assert get(there).headers["content-type"].startswith("application/atom+xml")
    assert there in text.partition("<main")[2]


# CSV


def test_csv_has_what_is_found_in_its_order(get: Get) -> None:
    asked = "words=goodwill+OR+closing&sort=newest"
    answer = get(f"/quotes/-/search.csv?{asked}")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    listed = get(f"/quotes/-/search.json?{asked}").json()
    assert len(rows) == listed["total"] > 3
    days = [row["published"] for row in rows]
    assert days == sorted(days, reverse=True)
    assert rows[0]["page"].startswith("http://localhost/quotes/quotes/")
    assert get(rows[0]["page"].removeprefix("http://localhost")).status_code == 200


def test_a_spreadsheet_runs_nothing_of_the_csv(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        db.execute("""update speakers set description = '=HYPERLINK("http://evil.example")'""")
        db.execute("update articles set title = '@SUM(1)'")
    for row in csv.reader(io.StringIO(client(path)("/quotes/-/search.csv?speaker=holt").text)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


# Facets


def test_facets_count_what_is_found_and_narrow_it(get: Get) -> None:
    found = get("/quotes/-/search.json?words=goodwill+OR+closing+OR+crowns").json()
    for name, rows in found["facets"].items():
        assert rows == sorted(rows, key=lambda row: (-row["n"], row["value"]))
        for row in rows:
            asked = {"words": "goodwill OR closing OR crowns", name: row["value"]}
            assert get(f"/quotes/-/search.json?{urlencode(asked)}").json()["total"] == row["n"]
    assert sum(row["n"] for row in found["facets"]["type"]) == found["total"] == found["counted"]
    assert sum(row["n"] for row in found["dates"]) <= found["total"]
    page = get("/quotes/-/search?words=goodwill+OR+closing+OR+crowns").text
    assert re.search(r'href="[^"]*publication=The\+Sund\+Ledger[^"]*">The Sund Ledger</a>', page)
    assert "<svg" in page
    narrowed = get("/quotes/-/search?words=goodwill+OR+closing+OR+crowns&type=direct").text
    assert 'href="/quotes/-/search?words=goodwill+OR+closing+OR+crowns">any</a>' in narrowed


def test_of_very_many_the_last_are_counted_and_the_page_says_so(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "COUNTED", 2)
    assert get("/quotes/-/search.json?words=goodwill").json()["counted"] == 2
    assert "Counted are the last 2 stored" in get("/quotes/-/search?words=goodwill").text


def test_one_of_two_words_and_without_a_word(get: Get) -> None:
    def total(words: str) -> int:
        return int(get(f"/quotes/-/search.json?words={quote(words)}").json()["total"])

    assert total("goodwill OR crowns") == total("goodwill") + total("crowns")
    assert 0 < total("goodwill -boat") < total("goodwill")


# By meaning


def test_search_by_meaning_goes_by_embeddings(tmp_path: Path) -> None:
    path = build(tmp_path / "quotes.db", hostile=False)
    get = client(path)
    assert 'name="like"' not in get("/quotes/-/search").text  # nothing has an embedding
    with sqlite3.connect(path) as db:
        ids = [row[0] for row in db.execute("select id from quotes order by id")]
        for n, ident in enumerate(ids):
            angle = n * 0.1
            vector = np.array([np.cos(angle), np.sin(angle)], np.float16).tobytes()
            db.execute("insert into embeddings (quote, vector) values (?, ?)", (ident, vector))
    get = client(path)
    near = [int(ids.index(ident)) for ident in listed(get, ids[3])]
    assert set(near[:2]) == {2, 4}  # the nearest first, itself left out
    assert set(near) == {n for n in range(len(ids)) if n != 3 and np.cos(abs(n - 3) * 0.1) >= NEAR_COSINE}
    assert 'name="like"' in get("/quotes/-/search").text
    assert "Nearest in meaning first" in get(f"/quotes/-/search?like={ids[3]}").text
    narrowed = listed(get, ids[3], type="direct")
    assert [ident for ident in listed(get, ids[3]) if ident in narrowed] == narrowed != []


def listed(get: Get, like: str, **asked: str) -> list[str]:
    """The ids that a search by meaning finds, in order, from its CSV."""
    text = get(f"/quotes/-/search.csv?{urlencode({'like': like, **asked})}").text
    return [row["id"] for row in csv.DictReader(io.StringIO(text))]
