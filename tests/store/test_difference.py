"""Two databases of the same articles compared."""

from pathlib import Path

from quotes.corrections.quotations import most_similar
from quotes.corrections.references import QuoteRef
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.store.difference import differences
from quotes.types import Article, Mention, Quote, Span

TEXT = "Ruiz said the road was closed on Monday. Lind said the bridge was open. Cole denied the claim."


def quote(words: str, name: str, **more: object) -> Quote:
    start = TEXT.index(words)
    span = Span(start, start + len(words), words)
    return Quote(
        (span,), "indirect", speaker=Mention(name, "person"), attribution="name", confidence=0.9, **more
    )  # type: ignore[arg-type]


def database(path: Path, quotes: list[Quote]) -> Store:
    store = Store(path, create=True)
    with store.transaction():
        save_article(store, Article("one", TEXT, "one.txt"), quotes, version="1")
    link(store)
    return store


def test_what_was_found_lost_moved_and_renamed(tmp_path: Path) -> None:
    before = [quote("the road was closed", "Ruiz"), quote("the bridge was open", "Lind")]
    after = [quote("the road was closed on Monday", "Rita Ruiz"), quote("the claim", "Cole", act="denies")]
    with database(tmp_path / "old.db", before) as old, database(tmp_path / "new.db", after) as new:
        found = [
            (one.kind, (one.new or one.old or {})["content"]) for one in differences(old, new).quotations
        ]
    assert sorted(found) == [
        ("found", "the claim"),
        ("lost", "the bridge was open"),
        ("moved", "the road was closed on Monday"),
        ("renamed", "the road was closed on Monday"),
    ]


def test_nothing_differs(tmp_path: Path) -> None:
    quotes = [quote("the road was closed", "Ruiz")]
    with database(tmp_path / "old.db", quotes) as old, database(tmp_path / "new.db", quotes) as new:
        assert differences(old, new).quotations == []


def test_what_was_not_said_is_no_statement_and_is_not_counted(tmp_path: Path) -> None:
    quotes = [quote("the road was closed", "Ruiz"), quote("the bridge was open", "Ruiz", asserted=False)]
    with database(tmp_path / "one.db", quotes) as store:
        rows = store.db.execute("select content, statement is null as open from quotes order by position")
        assert [tuple(row) for row in rows] == [("the road was closed", 0), ("the bridge was open", 1)]
        assert store.db.execute("select quotes from speakers").fetchone()[0] == 1
        assert [row["content"] for row in store.search(asserted=False)] == ["the bridge was open"]
        assert [row["content"] for row in store.search(act="asserts", asserted=True)] == [
            "the road was closed"
        ]


def test_a_correction_follows_a_span_that_is_read_shorter_or_longer() -> None:
    ref = QuoteRef("gone", "one", 100, 112, "of the river")
    longer = "nobody will ever go and swim in the cold water of the river"
    assert most_similar(ref, [("a", "of the river", 400), ("b", longer, 60)]) == "a"
    assert most_similar(ref, [("b", longer, 60)]) == "b"
    assert most_similar(ref, [("c", longer, 400)]) is None
