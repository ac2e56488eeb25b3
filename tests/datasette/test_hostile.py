"""Hostile articles and hostile readers, against a running server and in Chromium. One article per vector.

Every field of the article that comes from outside has the vector: what is to be shown must be shown as text, letter
for letter, and nothing must be run, fetched, followed or written.
"""

import hashlib
import http.client
import json
import re
import sqlite3
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from datasette.utils import tilde_encode
from support.browser import Browser
from support.datasette_data import Told, write
from support.paths import ROOT
from support.serving import Site, serving

from quotes.datasette.present import clean
from quotes.types import Article, Mention, Quote, Span, Speaker

RUN = "window.owned=1"
VECTORS = {
    "script": f"<script>{RUN}</script>",
    "event handler": f'<img src=x onerror="{RUN}">',
    "out of an attribute": f'"><svg onload={RUN}>',
    "out of a single-quoted attribute": f"' onmouseover='{RUN}' x='",
    "focus": f'" onfocus="{RUN}" autofocus tabindex="0" x="',
    "out of the title": f"</title></head><script>{RUN}</script>",
    "out of raw text": f"</style></script></textarea><script>{RUN}</script>",
    "out of a comment": f"--><script>{RUN}</script><!--",
    "javascript link": f"javascript:{RUN}//",
    "data link": f"data:text/html,<script>parent.{RUN}</script>",
    "frame": f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "base and refresh": "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example'>",
    "style": "<style>*{display:none}</style><link rel=stylesheet href=https://evil.example/x.css>",
    "template": "{{ 7 * 191 }}{% raw %}{{ config }}",
    "entities": "&lt;script&gt;window.owned=1&lt;/script&gt; &amp;amp;",
    "our own marks": f"⟦<b>fast</b>⟧ ⟧⟦ <script>{RUN}</script>",
    "right to left": "\u202egnp.exe\u202c \u2066evil\u2069 \u200fabc",
    "control characters": "a\x1b[31mred\x08\x7f\x9b\u0085end",
    "nul": "a\x00b",
    "sql": "'); drop table quotes; --",
    "fts": '" OR content:* NEAR(a b) AND ^x',
    "path": "../../../etc/passwd?x=1#y",
    "combining": "Z" + "\u0335\u0327\u0308" * 60 + "algo",
    "unbroken": "w" * 3000,
}
HARMLESS = {
    "a",
    "p",
    "b",
    "i",
    "em",
    "strong",
    "span",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "mark",
    "sup",
    "time",
    "div",
}
HARMLESS |= {
    "main",
    "section",
    "article",
    "aside",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "meter",
    "del",
    "ins",
    "kbd",
    "cite",
    "code",
    "nav",
}
HARMLESS |= {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "form",
    "input",
    "label",
    "select",
    "option",
    "header",
}
READ = ("title", "aria-label", "data-whose", "value", "alt")  # attributes that people see or hear
# Characters that make a reader see other words than there are. (Ids keep theirs: they are never shown.)
NOT_SHOWN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]")
OWNED = "window.owned === undefined && window.parent.owned === undefined"


class Page(HTMLParser):
    """What is within ``main``, and the head: tags with their attributes, and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.metas: dict[str, str] = {}
        self.text, self.inside = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.inside = self.inside or tag == "main"
        if self.inside:
            self.tags.append((tag, found))
        if tag == "meta" and found.get("content"):
            self.metas[found.get("name") or found.get("property") or ""] = found["content"] or ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text += data


def article(n: int, vector: str) -> tuple[Article, list[Quote], list[Told]]:
    """An article that has the vector wherever it can, and two quotations of it: direct and indirect."""
    pieces = ["Before ", vector, "\n“", f"We ship {vector} today", "” ", "said", " ", f"Eve {vector}", ".\n"]
    pieces += [
        f"She {vector}",
        " ",
        "hoped",
        " ",
        f"that ships carry {vector} still",
        f" in the end {vector}.",
    ]
    starts = [sum(map(len, pieces[:at])) for at in range(len(pieces))]
    spans = [Span(start, start + len(piece), piece) for start, piece in zip(starts, pieces, strict=True)]
    who = Mention(f"Eve {vector}", "person", vector)
    quotes = [
        Quote(
            (spans[3],),
            "direct",
            source=spans[7],
            cue=spans[5],
            speaker=who,
            via=vector,
            attribution="name",
            confidence=0.9,
        ),
        Quote(
            (spans[13],),
            "indirect",
            source=spans[9],
            cue=spans[11],
            speaker=who,
            attribution="name",
            confidence=0.4,
        ),
    ]
    about = dict.fromkeys(("title", "publication", "author", "published", "url"), vector)
    told = [Told("direct", key(n, vector)), Told("indirect", key(n, vector), confidence=0.4)]
    return Article(key(n, vector), "".join(pieces), f"{vector}.txt", **about), quotes, told  # type: ignore[arg-type]


def key(n: int, vector: str) -> str:
    """An id with the vector in it: of an article, and of its speaker. JSON Lines may bring ids of their own."""
    return f"{n}-{vector[:80]}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of the hostile articles. Nothing that the tests do changes the database."""
    path = tmp_path_factory.mktemp("hostile") / "quotes.db"
    articles = [article(n, vector) for n, vector in enumerate(VECTORS.values())]
    speakers = [
        Speaker(key(n, vector), f"Eve {vector}", "person", vector, (vector, f"E. {vector}"), "she")
        for n, vector in enumerate(VECTORS.values())
    ]
    write(path, articles, speakers)
    before = hashlib.sha256(path.read_bytes()).digest()
    with serving(path) as site:
        yield site
    assert hashlib.sha256(path.read_bytes()).digest() == before


def pages(site: Site, name: str) -> dict[str, str]:
    """The addresses of the pages of a vector."""
    n, vector = list(VECTORS).index(name), VECTORS[name]
    with sqlite3.connect(site.database) as db:
        quotes = db.execute("select id, statement from quotes where article = ?", [key(n, vector)]).fetchall()
    assert len(quotes) == 2
    found = {
        "article": f"/quotes/articles/{tilde_encode(key(n, vector))}",
        "speaker": f"/quotes/speakers/{tilde_encode(key(n, vector))}",
        "quotation": f"/quotes/quotes/{tilde_encode(quotes[0][0])}",
        "reported": f"/quotes/quotes/{tilde_encode(quotes[1][0])}",
        "statement": f"/quotes/statements/{tilde_encode(quotes[0][1])}",
        "publication": f"/quotes/-/publications/{tilde_encode(vector)}",
        "list": f"/quotes/-/quotations?{urlencode({'publication': vector, 'copies': 'any'})}",
        "searched": f"/quotes/-/search?{urlencode({'publication': vector, 'words': 'ships OR carry'})}",
    }
    return found


@pytest.mark.parametrize("name", VECTORS)
def test_hostile_text_is_shown_as_text(hostile: Site, name: str) -> None:
    vector = VECTORS[name]
    for kind, address in pages(hostile, name).items():
        status, headers, body = hostile.get(address)
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8"), kind
        page = Page(body)
        assert {tag for tag, _ in page.tags} <= HARMLESS, kind
        shown: list[str] = []
        for tag, attributes in page.tags:
            assert not [one for one in attributes if one.startswith("on") or one in ("srcdoc", "formaction")]
            assert re.fullmatch(r"--share: [\d.]+", attributes.get("style") or "--share: 0")
            for link in ("href", "action", "cite"):
                inside = re.match(r"(https?://127\.0\.0\.1:\d+)?[/#?]", attributes.get(link) or "/")
                assert inside, (kind, tag, link)
            shown += [text for name, text in attributes.items() if name in READ and text]
        for text in [*shown, page.text, *page.metas.values()]:
            assert not NOT_SHOWN.search(text), kind
        assert "1337" not in page.text or "1337" in vector  # 7 * 191
        if kind == "article":
            words = re.sub(r"\s+", " ", clean(vector).strip())
            assert re.sub(r"\s+", " ", page.text).count(words) >= 5  # title, author, text
        for what in ("og:title", "og:description", "og:url", "description"):
            assert page.metas[what], (kind, what)
        assert page.metas["og:url"].startswith(hostile.url)


@pytest.mark.parametrize("name", VECTORS)
def test_nothing_hostile_runs(hostile: Site, browser: Browser, name: str) -> None:
    for kind, address in pages(hostile, name).items():
        if kind in ("reported", "publication", "list"):  # other templates have been run
            continue
        browser.open(hostile.url + address)
        browser.value("document.querySelectorAll('a, mark, input').forEach(e => { e.focus() }); 0")
        assert browser.value(OWNED) is True, kind
        assert browser.problems() == [], kind  # no dialog, no error, nothing fetched from elsewhere
        names = browser.value("[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())")
        assert not [one for one in names if one.startswith("on")], kind
        assert set(browser.value("[...document.links].map(a => a.protocol)")) <= {"http:", "https:"}, kind
        assert browser.value("document.querySelectorAll('img, iframe, object, embed, base').length") == 0, (
            kind
        )
        assert browser.value("location.href.startsWith('http://127.0.0.1')"), kind


GUARDED = ["article", "speaker", "quotation", "statement", "publication", "home", "search"]


@pytest.mark.parametrize("kind", [*GUARDED, "table"])
def test_a_script_that_got_into_a_page_would_not_run(hostile: Site, browser: Browser, kind: str) -> None:
    more = {"home": "/", "search": "/quotes/-/search?words=ships", "table": "/quotes/quotes"}
    browser.open(hostile.url + (pages(hostile, "script") | more)[kind])
    image = "<img src='data:,' onerror='window.owned=1'>"
    browser.value(f'document.querySelector("main").innerHTML += "{image}"; 0')
    browser.value("new Promise(done => setTimeout(() => done(0), 200))")
    # Datasette's tables need scripts of its own: there it runs, so it would elsewhere.
    assert browser.value(OWNED) is (kind in GUARDED)


LISTS = [
    "/",
    "/quotes",
    "/quotes?_tables=1",
    "/quotes/quotes?_size=100",
    "/quotes/articles?_facet=author",
    "/quotes/speakers",
]
LISTS += [
    "/quotes/statements?_facet=speaker",
    "/quotes/changed_wording",
    "/quotes/-/publications",
    "/quotes/-/search?words=ships",
]
LISTS += [
    "/quotes/-/speakers?sort=name",
    "/quotes/-/statements",
    "/quotes/-/quotations?said=any&copies=any",
    "/quotes/-/articles",
    "/quotes/-/topics",
    "/quotes/-/search?words=ships&like=evil&act=asserts",
]
LISTS += [
    "/quotes/-/network",
    "/quotes/-/charts",
    "/quotes/-/compare?kind=publications&one=window.owned&other=evil",
    "/quotes/-/compare?one=eve&other=script",
]


@pytest.mark.parametrize("address", LISTS)
def test_lists_of_everything_hostile_are_inert(hostile: Site, browser: Browser, address: str) -> None:
    assert browser.open(hostile.url + address) == 200
    assert browser.value(OWNED) is True
    assert browser.problems() == []
    assert browser.value("document.querySelectorAll('main :is(img, iframe, svg[onload], base)').length") == 0
    assert set(browser.value("[...document.links].map(a => a.protocol)")) <= {"http:", "https:"}


@pytest.mark.parametrize("name", VECTORS)
def test_json_has_the_text_as_it_is(hostile: Site, name: str) -> None:
    vector, addresses = VECTORS[name], pages(hostile, name)
    for kind, columns in (("article", ("title", "author", "url")), ("speaker", ("description",))):
        status, headers, body = hostile.get(f"{addresses[kind]}.json?_shape=array")
        assert (status, headers["content-type"]) == (200, "application/json; charset=utf-8")
        [row] = json.loads(body)
        assert [row[column] for column in columns] == [vector] * len(columns)


@pytest.mark.parametrize("name", VECTORS)
def test_search_boxes_take_anything(hostile: Site, name: str) -> None:
    typed = quote(VECTORS[name])
    boxes = ("words", "speaker", "publication", "type", "since", "sort", "page")
    for box in boxes:
        status, _, body = hostile.get(f"/quotes/-/search?{box}={typed}")
        assert status == 200, box
        page = Page(body)
        assert {tag for tag, _ in page.tags} <= HARMLESS
        assert not [one for _, attributes in page.tags for one in attributes if one.startswith("on")]
    status, _, body = hostile.get("/quotes/-/search.json?" + "&".join(f"{box}={typed}" for box in boxes))
    assert status == 200
    json.loads(body)


@pytest.mark.parametrize("name", ["sql", "fts", "script", "nul", "unbroken"])
def test_boxes_of_tables_take_anything(hostile: Site, name: str) -> None:
    typed = quote(VECTORS[name])
    for path in (f"_search={typed}", f"speaker={typed}", f"content__contains={typed}"):
        status, _, body = hostile.get(f"/quotes/quotes?{path}")
        assert status in (200, 400), path
        assert f"<script>{RUN}" not in body


WRITES = [
    "delete from quotes",
    "drop table quotes",
    "insert into quotes (id) values ('x')",
    "update articles set text = ''",
    "attach database '/tmp/evil.db' as evil",
    "pragma writable_schema = on",
    "vacuum into '/tmp/evil.db'",
    "select load_extension('evil')",
    "with x as (select 1) delete from quotes",
    "select 1; delete from quotes",
]


@pytest.mark.parametrize("sql", WRITES)
def test_nothing_can_be_written(hostile: Site, sql: str) -> None:
    status, _, body = hostile.get(f"/quotes.json?sql={quote(sql)}")
    assert status == 400
    assert json.loads(body)["ok"] is False
    for verb in ("POST", "PUT", "DELETE"):
        for path in ("/quotes/quotes", "/quotes", "/quotes/quotes/x"):
            link = http.client.HTTPConnection("127.0.0.1", hostile.port, timeout=60)
            link.request(verb, path, body=f"sql={quote(sql)}")
            assert link.getresponse().status >= 400, (verb, path)
            link.close()


@pytest.mark.parametrize("host", ['evil"><script>window.owned=1</script>', "evil.example/<b>", "a b"])
def test_a_hostile_host_stays_text(hostile: Site, host: str) -> None:
    link = http.client.HTTPConnection("127.0.0.1", hostile.port, timeout=60)
    link.putrequest("GET", pages(hostile, "template")["article"], skip_host=True)
    link.putheader("Host", host)
    link.endheaders()
    answer = link.getresponse()
    assert answer.status in (200, 400)
    assert "<script>window" not in answer.read().decode()
    link.close()


def test_nothing_listens_beyond_this_machine(hostile: Site) -> None:
    """The command of the README, which names no host, listens on the loopback interface alone."""
    readme = (ROOT / "README.md").read_text("utf-8")
    [command] = {
        line.strip() for line in readme.splitlines() if re.match(r"\s+\S*datasette quotes\.db", line)
    }
    assert re.fullmatch(r"\S*datasette quotes\.db -m datasette-metadata\.yml", command)
    proc = Path(f"/proc/{hostile.process}")
    if not proc.exists():
        pytest.skip("only Linux tells which addresses a process listens on")
    own = {Path(one).readlink().name for one in (proc / "fd").iterdir() if Path(one).is_symlink()}
    listening = []
    for table in ("tcp", "tcp6"):
        for line in (proc / "net" / table).read_text().splitlines()[1:]:
            columns = line.split()
            if columns[3] == "0A" and f"socket:[{columns[9]}]" in own:
                listening.append(columns[1])
    assert listening == [f"0100007F:{hostile.port:04X}"]
