"""The site as plain files: complete, without a dead link, from any folder and from a disk, nothing hostile in it."""

import functools
import http.server
import re
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import lxml.html
import pytest
from support.browser import OVERFLOW, Browser
from support.commands import run
from support.datasette_data import build, with_topics

from quotes.cli.static_names import Names, file_name
from quotes.cli.static_search import words


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_topics(build(tmp_path_factory.mktemp("published") / "quotes.db"))


@pytest.fixture(scope="module")
def folder(database: Path) -> Path:
    folder = database.with_name("site")
    run("publish-static", folder, "-d", database)
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: pytest shows what tests print."""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The site in a sub-folder of a web server that knows nothing of it."""
    handler = functools.partial(Quiet, directory=str(folder.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/"
        server.shutdown()


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_everything_has_its_page(folder: Path, database: Path) -> None:
    with sqlite3.connect(database) as db:
        for table, name in (("articles", "articles"), ("quotes", "quotations"), ("speakers", "speakers")):
            [n] = db.execute(f"select count(*) from {table}").fetchone()
            assert len(list((folder / name).glob("*.html"))) == n, table
    for page in (
        "index",
        "search",
        "publications",
        "corrections",
        "network",
        "charts",
        "lists/speakers",
        "topics",
        "topic/night-ferry",
    ):
        assert (folder / f"{page}.html").exists(), page
    text = (folder / "articles" / "ferry-stops-a1b2c3.html").read_text("utf-8")
    assert "The last night ferry left Skerrow" in text
    assert '<mark class="content direct"' in text


def test_every_link_arrives(address: str) -> None:
    """By a web server, from page to page, as a crawler would."""
    seen: dict[str, set[str]] = {}
    queue = [address + "index.html"]
    wanted: list[tuple[str, str, str]] = []
    while queue:
        here = queue.pop()
        if here in seen:
            continue
        with urlopen(here) as answer:
            assert answer.status == 200
            kind, body = answer.headers["content-type"], answer.read()
        seen[here] = set()
        if not kind.startswith("text/html"):
            continue
        tree = lxml.html.document_fromstring(body.decode())
        seen[here] = set(tree.xpath("//@id"))
        for link in [*tree.xpath("//@href"), *tree.xpath("//@src"), *tree.xpath("//@action")]:
            there, fragment = urldefrag(urljoin(here, link))
            if not there.startswith(address):
                assert urlsplit(there).netloc in ("herald.example", "ledger.example"), (here, link)
                continue
            assert not link.startswith("/"), (here, link)
            there = there.partition("?")[0]
            queue.append(there)
            if fragment and not fragment.startswith(":~:"):
                wanted.append((here, there, unquote(fragment)))
    assert len(seen) > 60
    for here, there, fragment in wanted:
        assert fragment in seen[there], (here, there, fragment)


def test_no_page_asks_a_server(folder: Path) -> None:
    for path in pages(folder):
        text = path.read_text("utf-8")
        assert "localhost" not in text, path
        for tag in lxml.html.document_fromstring(text).xpath("//header//li"):
            assert tag.xpath(".//a/@href"), path  # nothing is offered that is not there
        assert ".json" not in text, path
        assert ('<script src="search/search.js">' in text) == (path.name == "search.html"), path
        assert not re.search(r"<script(?! src=\"search/search\.js\">)", text), path
        assert "Content-Security-Policy" in text, path


def test_a_link_never_finds_more_than_it_says(folder: Path) -> None:
    for path in pages(folder):
        for link in lxml.html.document_fromstring(path.read_text("utf-8")).xpath("//a/@href"):
            if "search.html?" in link:
                assert {part.partition("=")[0] for part in urlsplit(link).query.split("&")} <= {
                    "words",
                    "speaker",
                }


def test_hostile_ids_and_words_stay_what_they_are(folder: Path) -> None:
    for path in folder.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9_~+.-]+", path.name), path
    [page] = [path for path in (folder / "articles").glob("hostile*")]
    tree = lxml.html.document_fromstring(page.read_text("utf-8"))
    assert tree.xpath("//script | //img | //svg[@onload] | //*[@onerror]") == []
    assert "<script>alert('title')</script>" in tree.findtext(".//h1")
    for path in (folder / "search").glob("*.js"):
        if path.name != "search.js":
            path.read_text("ascii")


@pytest.mark.parametrize(
    ("encoded", "name"),
    [
        ("ferry-stops-a1b2c3", r"ferry-stops-a1b2c3"),
        ("~2E~2E~2Fetc", r"2e-2e-2fetc-[0-9a-f]{10}"),
        ("CON", r"con-[0-9a-f]{10}"),
        ("lpt1", r"lpt1-[0-9a-f]{10}"),
        ("a" * 300, r"a{80}-[0-9a-f]{10}"),
        ("", r"x-[0-9a-f]{10}"),
    ],
)
def test_names_of_files(encoded: str, name: str) -> None:
    assert re.fullmatch(name, file_name(encoded))
    assert file_name("Ada") != file_name("ada") != file_name("aDa")
    assert file_name("Ada").lower() == file_name("Ada")


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/q", "index.html"),
        ("/q?_tables=1", None),
        ("/q/articles/a-1", "articles/a-1.html"),
        ("/q/articles/a-1.json", None),
        ("/q/articles", None),
        ("/q/articles?publication=x", None),
        ("/q/-/search?speaker=ada", "search.html"),
        ("/q/-/speakers", "lists/speakers.html"),
        ("/q/-/speakers?type=person&letter=A", None),
        ("/q/-/compare?one=a&other=b", None),
        ("/q/-/publications/The~20Sund", "publication/the-20sund-"),
        ("/q/-/cards/a-1.svg", "cards/a-1.svg"),
        ("/q/-/cards/a-1.png", None),
        ("/q/-/embed/a-1", None),
        ("/other/articles/a-1", None),
    ],
)
def test_which_file_an_address_is(address: str, file: str | None) -> None:
    found = Names("q").file(address)
    assert found == file or (file and found and found.startswith(file) and file.endswith("-"))
    if file is None and ("png" in address or "embed" in address):
        assert Names("q", whole=True).file(address)


def test_a_second_run_brings_it_up_to_date(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    run("publish-static", folder, "-d", database, "--address", "https://news.example/said")
    page = (folder / "speakers" / "maren-holt.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://news.example/said/speakers/maren-holt.html">' in page
    quotation = next((folder / "quotations").glob("ferry-stops*")).read_text("utf-8")
    assert 'src="https://news.example/said/embed/ferry-stops-a1b2c3-' in quotation.replace("&quot;", '"')
    assert "og:image" in quotation
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    result = run("publish-static", folder, "-d", database)
    assert "removed" in result.stderr
    assert not (folder / "embed").exists() or not list((folder / "embed").iterdir())
    assert (folder / "notes.txt").read_text("utf-8") == "mine"
    again = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    run("publish-static", folder, "-d", database)
    assert again == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_of_somebody_else_is_left_alone(database: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "index.html").write_text("theirs", encoding="utf-8")
    result = run("publish-static", tmp_path / "theirs", "-d", database, code=1)
    assert "Name a new folder" in result.stderr
    assert (tmp_path / "theirs" / "index.html").read_text("utf-8") == "theirs"
    assert (
        "whole address"
        in run("publish-static", tmp_path / "x", "-d", database, "--address", "example", code=2).stderr
    )


def test_a_broken_page_stops_none_of_the_others(tmp_path: Path) -> None:
    database = build(tmp_path / "quotes.db", hostile=False)
    with sqlite3.connect(database) as db:  # bytes where a text should be
        db.execute("update articles set text = x'ff' where id = 'notes-from-the-quay-112233'")
    result = run("publish-static", tmp_path / "site", "-d", database, code=1)
    assert "could not be made" in result.stderr
    page = (tmp_path / "site" / "articles" / "ferry-stops-a1b2c3.html").read_text("utf-8")
    assert "The last night ferry left Skerrow" in page
    broken = (tmp_path / "site" / "articles" / "notes-from-the-quay-112233.html").read_text("utf-8")
    assert "could not be made" in broken


def test_words_of_the_index() -> None:
    assert words("We can't stop: Éva’s 2031 (boats)") == {
        "we",
        "can",
        "t",
        "stop",
        "éva",
        "s",
        "2031",
        "boats",
    }


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_search_without_a_server(folder: Path, address: str, browser: Browser, scheme: str) -> None:
    start = address if scheme == "http" else folder.as_uri() + "/"

    def found(asked: str) -> list[str]:
        browser.call("Page.navigate", url="about:blank")
        if scheme == "http":
            browser.open(f"{start}search.html?{asked}")
        else:
            browser.call("Page.navigate", url=f"{start}search.html?{asked}")
        done = "/^[0-9]+ quotation/.test((document.getElementById('found') || {}).textContent || '')"
        look = f"n => {done} || n > 100 ? ok(1) : setTimeout(() => look(n + 1), 50)"
        wait = f"new Promise(ok => {{ const look = {look}; look(0) }})"
        browser.value(wait)
        return browser.value("[...document.querySelectorAll('#results .said')].map(a => a.textContent)")

    goodwill = found("words=goodwill")
    assert len(goodwill) == 3
    assert any(text.startswith("“We kept this boat running") for text in goodwill)
    assert goodwill == found("words=GOODW")  # the beginning of a word
    assert len(found("speaker=joss-abara&words=fish")) == 1  # an id, as the pages link to it
    assert found("words=zebra") == []
    hostile = found("words=fast")
    assert "<script>" in hostile[0]
    assert browser.value("document.querySelectorAll('#results script, #results img').length") == 0
    assert browser.value("document.querySelector('#results a').href").startswith(start)


def test_pages_look_as_they_are_served(address: str, browser: Browser) -> None:
    for page in ("index.html", "articles/ferry-stops-a1b2c3.html", "speakers/maren-holt.html", "search.html"):
        for width in (1280, 390):
            assert browser.open(address + page, width=width) == 200
            assert browser.value(OVERFLOW) == [0], page
            assert browser.problems() == [], page
    paper = browser.value("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(251, 250, 247)"  # the style sheets came along
