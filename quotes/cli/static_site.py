"""The site as plain files: every page that Datasette would serve, asked of it one by one and written to a folder."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.cli import static_search
from quotes.cli.static_html import Rewriter
from quotes.cli.static_names import ROWS, Names
from quotes.errors import QuotesError

if TYPE_CHECKING:
    from datasette.app import Datasette

# The files that were written, so that the next time those that are gone can go
MANIFEST = "quotes-static.txt"
SCRIPT = Path(__file__).with_name("static_search.js")
PATIENCE = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000}  # nobody waits for a page
NO_SEARCH_HERE = """
<h1>Search</h1>
<form class="search" role="search" action="search.html" method="get">
  <p class="wide"><label for="words">Words, or a speaker's name</label>
    <input type="search" id="words" name="words"></p>
  <p class="wide"><label for="speaker">Said by</label> <input type="search" id="speaker" name="speaker"></p>
  <p class="go"><input type="submit" value="Search"></p>
</form>
<noscript><p class="nothing">Searching these files takes JavaScript. The
<a href="lists/speakers.html">list of speakers</a> and the <a href="lists/quotations.html">list of quotations</a>
do without.</p></noscript>
<h2 id="found" aria-live="polite">Type what was said, or who said it</h2>
<ol class="list results" id="results"></ol>
"""
NOT_MADE = (
    b'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Not available</title>'
    b'<meta http-equiv="Content-Security-Policy" content="script-src \'none\'"></head>'
    b"<body><main><h1>Not available</h1><p>This page could not be made.</p></main></body></html>\n"
)
SEARCH_POLICY = "script-src 'self' file:; object-src 'none'; base-uri 'none'; form-action 'self' file:"


class FolderInUse(QuotesError):
    """The folder has files that this command did not write."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was written."""

    pages: int
    files: int
    removed: int
    size: int  # bytes
    failed: tuple[str, ...] = ()  # pages that could not be made, with the reason


async def publish(
    database: Path,
    folder: Path,
    *,
    address: str = "",
    metadata: dict[str, Any] | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Published:
    """Write the site of a database to a folder, in place of what an earlier run wrote there.

    address: where the site will be, for the parts that need a whole address (cards of shared links, frames); without it
    these are left out. progress: told after each page how many are done. Raises FolderInUse when the folder has other
    files.
    """
    from datasette.app import Datasette

    before = _earlier(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).touch()  # a run that is broken off can be begun again
    datasette = Datasette([str(database)], metadata=metadata, settings=PATIENCE)
    await datasette.invoke_startup()
    name = next(one for one in datasette.databases if one not in ("_internal", "_memory"))
    names = Names(str(datasette.urls.database(name)).strip("/"), whole=bool(address))
    address = f"{address.rstrip('/')}/" if address else ""
    site = _Writer(datasette, names, Rewriter(names.file, address), folder)
    with sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True) as db:
        for path in _rows(datasette, name, db):
            site.ask(path)
        await site.write_all(progress)

        def file_of(key: str) -> str | None:
            return names.file(str(datasette.urls.row(name, "quotes", _encoded(key))))

        for file, text in static_search.files(db, file_of):
            site.write(file, text.encode())
    site.write("search/search.js", SCRIPT.read_bytes())
    gone = before - set(site.sizes)
    for file in gone:
        (folder / file).unlink(missing_ok=True)
    (folder / MANIFEST).write_text("".join(f"{file}\n" for file in sorted(site.sizes)), encoding="utf-8")
    return Published(site.pages, len(site.sizes), len(gone), sum(site.sizes.values()), tuple(site.failed))


class _Writer:
    """Asks for pages and what they link to, each once, and writes them."""

    def __init__(self, datasette: "Datasette", names: Names, rewriter: Rewriter, folder: Path) -> None:
        self.datasette, self.names, self.rewriter, self.folder = datasette, names, rewriter, folder
        self.queue: deque[str] = deque()
        self.asked: set[str] = set()  # files
        self.sizes: dict[str, int] = {}
        self.pages = 0
        self.failed: list[str] = []

    def ask(self, address: str) -> None:
        """Put an address on the list, unless its file is there already."""
        file = self.names.file(address)
        if file and file not in self.asked:
            self.asked.add(file)
            self.queue.append(address)

    async def write_all(self, progress: Callable[[int], None]) -> None:
        """Write every page on the list, and those that they lead to."""
        self.ask("/")
        self.ask(f"/{self.names.database}/-/search")
        while self.queue:
            address = self.queue.popleft()
            file = self.names.file(address)
            assert file
            answer = await self.datasette.client.get(address, follow_redirects=True)
            if answer.status_code == 200:
                self.write(file, self._content(file, answer))
            else:
                self.failed.append(f"{address} (status {answer.status_code})")
                self.write(file, NOT_MADE if file.endswith(".html") else b"")
            self.pages += file.endswith(".html")
            progress(self.pages)

    def _content(self, file: str, answer: Any) -> bytes:
        if not file.endswith(".html"):
            return bytes(answer.content)
        html = answer.text
        if file == "search.html":
            html = _search_page(html)
        page, links = self.rewriter.page(html, file)
        for link in links:
            self.ask(link)
        return _with_search(page) if file == "search.html" else page

    def write(self, file: str, content: bytes) -> None:
        """Write a file of the folder."""
        target = self.folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.sizes[file] = len(content)


def _rows(datasette: "Datasette", name: str, db: sqlite3.Connection) -> Iterator[str]:
    """The addresses of all rows that have a page: lists show them page by page, and leave out some."""
    for table in ROWS:
        for (key,) in db.execute(f"select id from {table} order by id"):
            yield str(datasette.urls.row(name, table, _encoded(key)))


def _encoded(key: str) -> str:
    from datasette.utils import tilde_encode

    return str(tilde_encode(key))


def _earlier(folder: Path) -> set[str]:
    """The files that an earlier run wrote. Raises FolderInUse when there are others, which would be in the way."""
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    manifest = folder / MANIFEST
    if not folder.is_dir() or not manifest.exists():
        raise FolderInUse(
            f"{folder} has files that are not of a site written before.",
            "Name a new folder, or an empty one.",
        )
    inside = manifest.read_text(encoding="utf-8").splitlines()
    return {file for file in inside if file and ".." not in Path(file).parts and not Path(file).is_absolute()}


def _search_page(html: str) -> str:
    """The search page without what only a server can do."""
    import lxml.html

    tree = lxml.html.document_fromstring(html)
    section = tree.xpath(".//section[contains(@class, 'content')]")[0]
    for child in list(section):
        section.remove(child)
    section.text = ""
    for part in lxml.html.fragments_fromstring(NO_SEARCH_HERE):
        if not isinstance(part, str):
            section.append(part)
    return str(lxml.html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))


def _with_search(page: bytes) -> bytes:
    """The search page with its script, and the leave to run it and nothing else."""
    import lxml.html

    tree = lxml.html.document_fromstring(page.decode())
    for meta in tree.xpath(".//meta[@http-equiv='Content-Security-Policy']"):
        meta.set("content", SEARCH_POLICY)
    script = lxml.html.Element("script", src="search/search.js")
    tree.find("head").append(script)
    return bytes(lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>"))
