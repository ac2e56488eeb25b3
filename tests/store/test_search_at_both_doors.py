"""The command line's search and the pages' search, asked the same on one database: they find the same, in order."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from support.datasette_data import Get, build, client

from quotes.datasette.search_page import MAX_TYPED
from quotes.linking.index import save_article
from quotes.store.database import Store
from quotes.types import Article, Quote, Span


def article(ident: str, publication: str | None, published: str | None) -> Article:
    text = f"Nobody knew the reason. “The lamp of {ident} went out,” they wrote of the lamp."
    return Article(ident, text, f"{ident}.txt", "Lamps", publication, None, published)


def lamp(piece: Article) -> Quote:
    start = piece.text.index("The lamp")
    end = piece.text.index(",”")
    return Quote((Span(start, end, piece.text[start:end]),), "direct", confidence=0.9)


# names whose case only Unicode folds, dates that are only partly known, or that go on with a time
LAMPS = [
    article("l1", "Die ZEITUNG für Äpfel", "2031-02"),
    article("l2", "die zeitung für äpfel am Sonntag", "2031-02-11T23:59:00"),
    article("l3", "Straße 100% neu", "2031"),
    article("l4", "STRASSE 100_ neu", "2031-12-31"),
    article("l5", None, "2032-01-01"),
    article("l6", "Rag\u202e", None),
]
ASKED: list[dict[str, str]] = [
    {"words": "boat"},
    {"words": "the"},
    {"words": "lamp"},
    {"words": "“way of closing”"},
    {"words": '"way of'},
    {"words": "goodw*"},
    {"words": "AND"},
    {"words": "?!"},
    {"words": " ".join(["the"] * 80)},
    {"speaker": "holt"},
    {"speaker": "captain"},
    {"speaker": "maren-holt"},
    {"speaker": "Maren Holt"},
    {"speaker": "nobody at all"},
    {"speaker": "?!"},
    {"words": "boat", "speaker": "abara"},
    {"type": "mixed"},
    {"words": "boat", "type": "indirect"},
    {"publication": "sund"},
    {"publication": "The Sund Ledger"},
    {"publication": "DIE ZEITUNG FÜR ÄPFEL"},
    {"publication": "Die ZEITUNG für Äpfel"},
    {"publication": "strasse"},
    {"publication": "100%"},
    {"publication": "_"},
    {"publication": "Rag"},
    {"publication": "nowhere"},
    *({name: day} for name in ("since", "until") for day in ("2031", "2031-02", "2031-02-11", "2031-12-31")),
    {"since": "2031-02", "until": "2031-03"},
    {"words": "lamp", "since": "2031-02-11"},
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = build(tmp_path_factory.mktemp("doors") / "quotes.db")
    with Store(path) as store:
        for piece in LAMPS:
            save_article(store, piece, [lamp(piece)], version="1")
        # a speaker whose name is the beginning of the name of another
        store.db.execute(
            "insert into speakers (id, name, type) values ('maren-holt-2', 'Maren Holt-Berg', 'person')"
        )
        store.db.execute("update quotes set speaker = 'maren-holt-2' where article = 'l5'")
        store.db.commit()
    return path


@pytest.fixture(scope="module")
def get(database: Path) -> Get:
    return client(database)


def on_the_page(get: Get, asked: dict[str, str]) -> list[tuple[str, list[str]]]:
    """Statements and the ids of their quotations, from all pages of results."""
    out: list[tuple[str, list[str]]] = []
    url: str | None = f"/quotes/-/search.json?{urlencode(asked)}"
    while url:
        found: dict[str, Any] = get(url).json()
        if found["instead"]:  # what the page offers when nothing is found
            return []
        for group in found["statements"]:
            out.append((group["statement"], [quote["id"] for quote in group["quotations"]]))
        url = found["next_url"] and found["next_url"].replace("/search?", "/search.json?")
    return out


@pytest.mark.parametrize("asked", ASKED, ids=[" ".join(asked.values())[:40] for asked in ASKED])
def test_both_doors_find_the_same(database: Path, get: Get, asked: dict[str, str]) -> None:
    filters: dict[str, Any] = {name: value for name, value in asked.items() if name != "words"}
    words = asked.get("words", "")
    with Store(database) as store:
        statements = store.search_statements(words, limit=1000, **filters)
        quotations = store.search(words, limit=1000, **filters)
    by_statement = [(group["id"], [quote["id"] for quote in group["quotations"]]) for group in statements]
    assert on_the_page(get, asked) == by_statement
    first: dict[str, list[str]] = {}
    for quote in quotations:
        first.setdefault(quote["statement"] or quote["id"], []).append(quote["id"])
    assert list(first.items()) == by_statement


@pytest.mark.parametrize(
    ("asked", "articles"),
    [
        ({"words": "lamp"}, {"l1", "l2", "l3", "l4", "l5", "l6"}),
        ({"words": "lamp", "since": "2031-02", "until": "2031-02"}, {"l1", "l2"}),
        ({"words": "lamp", "until": "2031-02-11"}, {"l1", "l2", "l3"}),
        ({"words": "lamp", "since": "2031-03"}, {"l4", "l5"}),
        ({"words": "lamp", "publication": "Die ZEITUNG für Äpfel"}, {"l1"}),
        ({"words": "lamp", "publication": "zeitung für ä"}, {"l1", "l2"}),
        ({"words": "lamp", "publication": "strasse"}, {"l3", "l4"}),
        ({"words": "lamp", "publication": "100%"}, {"l3"}),
        ({"words": "lamp", "publication": "Rag\ufffd"}, {"l6"}),
        ({"words": "lamp", "speaker": "maren-holt-2"}, {"l5"}),
        ({"words": "lamp", "speaker": "maren holt"}, {"l5"}),
        ({"words": "lamp", "speaker": "maren-holt"}, set()),
    ],
)
def test_what_the_filters_let_through(database: Path, asked: dict[str, Any], articles: set[str]) -> None:
    words = asked["words"]
    with Store(database) as store:
        rows = store.search(words, **{name: value for name, value in asked.items() if name != "words"})
    assert {row["article"] for row in rows} == articles


def test_the_first_words_of_very_many_are_looked_for(database: Path, get: Get) -> None:
    words = "boat " * MAX_TYPED
    with Store(database) as store:
        assert [row["id"] for row in store.search(words)] == [row["id"] for row in store.search("boat")]
