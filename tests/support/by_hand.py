"""Articles with quotations written by hand, and what is needed to store and compare them."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Candidate, Mention, Quote, Span

VERSION = "test"

FERRY = """Harbour ferry to stop in autumn

“We waited,” Mayor Ann Okoro said, “and nobody came.”
The drivers' union called the plan “a farce” on Monday. “A farce,” it said again.
According to the Harbour Office, traffic has doubled since 2015.
"""
PORT = """Port vote put off

Ann Okoro, the mayor, said that nobody came although the council waited.
“It’s the council's 100% fault_line,” said Tom Lind, according to Reuters.
"""


def span(text: str, part: str, *, after: str = "") -> Span:
    """Where ``part`` stands in ``text``, the first time after ``after``."""
    start = text.index(part, text.index(after))
    return Span(start, start + len(part), part)


def quote(text: str, content: Iterable[str], source: str | None, cue: str | None, **more: Any) -> Quote:
    """A quotation whose pieces are given as they are written."""
    spans = tuple(span(text, part) for part in content)
    start = text[: spans[0].start].rfind("\n") + 1
    near = text[start:]

    def piece(part: str | None) -> Span | None:
        if part is None:
            return None
        at = start + near.index(part)
        return Span(at, at + len(part), part)

    return Quote(spans, source=piece(source), cue=piece(cue), **{"type": "direct", "confidence": 0.9} | more)


OKORO = Mention("Ann Okoro", "person", "Mayor", ("Okoro",), "she")
UNION = Mention("The drivers' union", "organisation")
LIND = Mention("Tom Lind", "person")
OFFICE = Mention("Harbour Office", "organisation")

ARTICLES: list[tuple[Article, list[Quote]]] = [
    (
        Article(
            "ferry-000001", FERRY, "news/ferry.txt", "Harbour ferry to stop in autumn",
            "Port Courier", "N. Lee", "2025-06-30", "https://example.org/ferry",
        ),
        [
            quote(FERRY, ["“We waited,”", "“and nobody came.”"], "Mayor Ann Okoro", "said", speaker=OKORO,
                  attribution="name"),
            quote(FERRY, ["the plan “a farce”"], "The drivers' union", "called", speaker=UNION, type="mixed",
                  attribution="name", confidence=0.6),
            quote(FERRY, ["“A farce,”"], "it", "said", speaker=UNION, attribution="coreference",
                  confidence=0.5, candidates=(
                      Candidate("Ann Okoro", "person", 0.3), Candidate("Tom Lind", "person", 0.1),
                  )),
            quote(FERRY, ["traffic has doubled since 2015"], "the Harbour Office", "According to",
                  speaker=OFFICE, type="indirect", attribution="name", embedding=b"\x00\x3c" * 4),
        ],
    ),
    (
        Article("port-000002", PORT, "news/port.txt", "Port vote put off", None, None, "2025-07-01"),
        [
            quote(PORT, ["nobody came although the council waited"], "Ann Okoro, the mayor", "said",
                  speaker=OKORO, type="indirect", attribution="name"),
            quote(PORT, ["“It’s the council's 100% fault_line,”"], "Tom Lind", "said", speaker=LIND,
                  attribution="name", via="Reuters"),
        ],
    ),
]  # fmt: skip


def fill(store: Store, articles: Iterable[tuple[Article, list[Quote]]]) -> None:
    """Save and link."""
    for article, quotes in articles:
        save_article(store, article, quotes, version=VERSION)
    link(store)


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours, sorted: equal for databases with the same content."""
    db = sqlite3.connect(path)
    names = [
        row[0]
        for row in db.execute("select name from sqlite_master where type = 'table'")
        if "_fts" not in row[0] and not row[0].startswith(("sqlite_", "_sqlite"))
    ]
    out = {name: sorted(db.execute(f'select * from "{name}"').fetchall(), key=repr) for name in names}
    db.close()
    return out


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Without the rights of root for a while, when the tests run as root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def sound(path: Path) -> bool:
    """Whether SQLite, the foreign keys and the search indexes are all right."""
    db = sqlite3.connect(path)
    checks = [db.execute("pragma integrity_check").fetchone()[0] == "ok"]
    checks.append(not db.execute("pragma foreign_key_check").fetchall())
    for table in ("articles", "quotes", "speakers", "statements"):
        # raises when the index does not agree with the table
        db.execute(f"insert into {table}_fts({table}_fts, rank) values ('integrity-check', 1)")
    db.close()
    return all(checks)
