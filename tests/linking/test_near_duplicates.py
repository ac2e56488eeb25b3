"""Copies of one story are recognised, counted once, and never depend on the order of the articles."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from support.by_hand import VERSION, sound

from quotes.articles.near_duplicates import assign_originals, is_copy, min_hashes, shingles
from quotes.cli.render import render_item
from quotes.cli.terminal import painter
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, AttributionMethod, Mention, Quote, Span

STORY = """The ferry between Lunde and Tarvik will stop running in October, its owner said on Monday.

“We have lost money on every crossing since the bridge was opened, and no company can go on like that,” said
Maren Oduya, the head of the line.

Oduya said that all 42 sailors would be offered work on other routes. The mayor of Tarvik, Ilse Krantz, called the
decision “a blow to the whole fjord”. The town will ask the government for help before the end of the summer.

The line was founded in 1921 and carried 300,000 passengers in its best year. Last year it carried fewer than
40,000. Since then two of its three boats have been sold to a company in Greece, and the third needs a new engine.

Residents of the islands were not asked. A petition against the closure has been signed by more than two thousand
people, most of whom have never missed the boat before.
"""
SHORT = "\n\n".join(STORY.split("\n\n")[:3])
OTHER = """The last ferry from Lunde leaves in October. It has sailed for more than a hundred years, and many of those
who live on the islands will miss it.

“We have lost money on every crossing since the bridge was opened, and no company can go on like that,” it says in a
letter to the passengers that was put up in the harbour this week. Nobody was there to answer questions on Tuesday.

The owner, Maren Oduya, will speak in Tarvik on Friday. The mayor has invited the ministers of transport and of the
interior, neither of whom has said whether he is going to come. A petition is lying in the grocery of the village.
"""
WORDS = (
    "We have lost money on every crossing since the bridge was opened, and no company can go on like that,"
)
BLOW = "a blow to the whole fjord"  # few words: only within one story they leave no doubt
MAREN, ILSE = Mention("Maren Oduya", "person"), Mention("Ilse Krantz", "person")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (STORY, STORY.upper(), True),
        (STORY, STORY.replace(", its owner said on Monday", ""), True),
        (STORY, SHORT, True),
        (STORY, "By our correspondent\n\n" + STORY.replace("\n", " "), True),
        (STORY, OTHER, False),
        (STORY, WORDS, False),
        ("", "", False),
        ("Too short.", "Too short.", True),
    ],
)
def test_what_a_copy_is(a: str, b: str, expected: bool) -> None:
    assert is_copy(shingles(a), shingles(b)) is expected
    assert is_copy(shingles(b), shingles(a)) is expected
    if expected:
        assert len(set(min_hashes(shingles(a))) & set(min_hashes(shingles(b)))) >= min(2, len(shingles(a)))


def test_the_original_is_the_earliest_and_copies_of_copies_do_not_chain() -> None:
    dates = {"c": "2024-05-01", "a": "2024-05-02", "b": None, "d": "2024-05-03"}
    pairs = [("c", "a"), ("a", "d"), ("a", "b")]
    expected = {"c": None, "a": "c", "d": None, "b": None}
    assert assign_originals(dates, pairs) == expected
    assert assign_originals(dict(reversed(dates.items())), pairs[::-1]) == expected


def article(ident: str, text: str, published: str, publication: str) -> tuple[Article, list[Quote]]:
    """An article with its quotations: of Oduya where she is named beside it, of Krantz in one paper only."""
    quotes = []
    for words, who, named in (
        (WORDS, MAREN, "said\nMaren Oduya" in text),
        (BLOW, ILSE, publication == "Lunde Post"),
    ):
        start = text.find(words)
        if start >= 0:
            span = Span(start, start + len(words), words)
            how: AttributionMethod = "name" if named else "none"
            quotes.append(Quote((span,), "direct", speaker=who if named else None, attribution=how))
    return Article(ident, text, f"{ident}.txt", ident, publication, published=published), quotes


ARTICLES = [
    article("wire", STORY, "2024-05-06", "Lunde Post"),
    article("print", STORY.replace("on Monday", ""), "2024-05-07", "Fjord News"),
    article("brief", SHORT, "2024-05-07", "Island Times"),
    article("own", OTHER, "2024-05-08", "Fjord News"),
]


def stored(path: Path, articles: list[tuple[Article, list[Quote]]], *, at_once: bool) -> dict[str, list]:
    with Store(path, create=True) as store:
        for one in articles:
            save_article(store, *one, version=VERSION)
            if not at_once:
                link(store)
        link(store)
        tables = {
            "articles": "select id, copy_of from articles order by id",
            "statements": "select * from statements order by id",
            "quotes": "select article, speaker, attribution, statement from quotes order by article, position",
            "speakers": "select id, quotes, articles from speakers order by id",
        }
        return {
            name: [tuple(row) for row in store.db.execute(query).fetchall()] for name, query in tables.items()
        }


def test_copies_count_once_and_a_statement_lends_its_speaker(tmp_path: Path) -> None:
    found = stored(tmp_path / "quotes.db", ARTICLES, at_once=True)
    assert found["articles"] == [("brief", "wire"), ("own", None), ("print", "wire"), ("wire", None)]
    columns = "speaker, variants, articles, publications, first_published, last_published"
    with Store(tmp_path / "quotes.db") as store:
        statements = store.db.execute(f"select {columns} from statements order by speaker").fetchall()
    assert [tuple(row) for row in statements] == [
        ("ilse-krantz", 1, 1, 1, "2024-05-06", "2024-05-07"),
        ("maren-oduya", 2, 2, 2, "2024-05-06", "2024-05-08"),
    ]
    assert [row[:3] for row in found["quotes"]] == [
        ("brief", "maren-oduya", "name"),
        ("brief", "ilse-krantz", "statement"),
        ("own", "maren-oduya", "statement"),
        ("print", "maren-oduya", "name"),
        ("print", "ilse-krantz", "statement"),
        ("wire", "maren-oduya", "name"),
        ("wire", "ilse-krantz", "name"),
    ]
    assert found["speakers"] == [("ilse-krantz", 1, 1), ("maren-oduya", 2, 2)]  # copies count once
    assert sound(tmp_path / "quotes.db")


def test_any_order_in_one_run_or_many_gives_the_same(tmp_path: Path) -> None:
    expected = stored(tmp_path / "once.db", ARTICLES, at_once=True)
    for seed in range(6):
        some = list(ARTICLES)
        random.Random(seed).shuffle(some)
        assert stored(tmp_path / f"{seed}.db", some, at_once=seed % 2 == 0) == expected


def test_what_is_lent_is_taken_back_when_the_owner_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    stored(path, ARTICLES, at_once=True)
    for ident in ("wire", "print", "brief"):  # they are rewritten, and quote nobody any more
        found = stored(path, [article(ident, f"Nothing about the {ident}.", "2024-05-09", "X")], at_once=True)
    assert [row[:3] for row in found["quotes"]] == [("own", None, "none")]
    assert found["speakers"] == []
    assert found["articles"] == [("brief", None), ("own", None), ("print", None), ("wire", None)]
    assert len(found["statements"]) == 1


@pytest.mark.parametrize("unknown", [None, "", " "])
def test_publications_are_counted_only_when_all_are_known(tmp_path: Path, unknown: str | None) -> None:
    own, quotes = ARTICLES[-1]
    articles = [*ARTICLES[:-1], (replace(own, publication=unknown), quotes)]
    found = stored(tmp_path / "quotes.db", articles, at_once=True)
    with Store(tmp_path / "quotes.db") as store:
        keys = {row[0]: row[3] for row in found["quotes"]}  # article -> statement of its last quotation
        both, one = (store.statement(keys[name]) or {} for name in ("own", "wire"))
        assert (both["articles"], both["publications"]) == (2, None)
        assert (one["articles"], one["publications"]) == (1, 1)
        lines = "\n".join(render_item(both, width=80, paint=painter(False)))
        assert "2 times in 2 articles, 2024-05-06 to 2024-05-08" in lines


def test_copies_and_lent_speakers_are_shown(tmp_path: Path) -> None:
    found = stored(tmp_path / "quotes.db", ARTICLES, at_once=True)
    with Store(tmp_path / "quotes.db") as store:
        key = next(row[3] for row in found["quotes"] if row[0] == "own")
        article, statement = store.show("wire"), store.statement(key)
    assert article is not None
    assert article["copies"] == ["brief", "print"]
    lines = "\n".join(render_item(article, width=80, paint=painter(False)))
    assert "copies" in lines
    assert "brief, print" in lines
    lines = "\n".join(render_item(statement or {}, width=80, paint=painter(False)))
    assert "2 times in 2 articles of 2 publications, 2024-05-06 to 2024-05-08" in lines
    assert lines.count("copy of wire") == 2
    assert lines.count("speaker known from the same words elsewhere") == 1
