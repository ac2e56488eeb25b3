"""What has changed since the last linking is noted once, by kind, and forgotten when everything is linked."""

from pathlib import Path

from support.by_hand import ARTICLES, VERSION

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.provenance import linking_version
from quotes.store.changes import Change
from quotes.store.database import Store


def test_ids_are_noted_by_kind(tmp_path: Path) -> None:
    with Store(tmp_path / "quotes.db", create=True) as store, store.transaction():
        changes = store.changes
        changes.note(Change.SPEAKER, ["b", "a", "b"])
        changes.note(Change.STATEMENT, ["a"])
        changes.note_selected(Change.SPEAKER, "select :one union select null", {"one": "c"})
        assert changes.ids(Change.SPEAKER) == ["a", "b", "c"]
        assert changes.ids(Change.STATEMENT) == ["a"]
        assert [row[0] for row in store.db.execute(changes.query(Change.STATEMENT))] == ["a"]
        changes.all_linked("1")
        assert not any(changes.ids(kind) for kind in Change)
        assert (changes.linked_by(), changes.indexed_by()) == ("1", "1")
        changes.unlinked()
        assert (changes.linked_by(), changes.indexed_by()) == ("0", "1")


def test_it_is_known_whether_one_version_computed_all_indexes(tmp_path: Path) -> None:
    article, quotes = ARTICLES[0]
    with Store(tmp_path / "quotes.db", create=True) as store:
        save_article(store, article, quotes, version=VERSION)
        assert store.changes.computed_by() == linking_version()
        store.changes.computed("a later version")
        assert not store.changes.computed_by()
        save_article(store, article, quotes, version=VERSION)
        assert not store.changes.computed_by()  # what the later one computed may be there still


def test_what_is_linked_first_needs_no_index_computed_again(tmp_path: Path) -> None:
    dumps = []
    for name in ("new", "anew"):
        with Store(tmp_path / f"{name}.db", create=True) as store:
            for article, quotes in ARTICLES:
                save_article(store, article, quotes, version=VERSION)
            if name == "anew":
                store.changes.computed("a later version")
                store.db.execute("delete from fingerprints")
            link(store)
            assert store.changes.computed_by() is None
            dumps.append([line for line in store.db.iterdump() if '"_sqlite_migrations"' not in line])
    assert dumps[0] == dumps[1]


def test_an_article_that_goes_leaves_behind_whom_and_what_it_concerned(database: Path) -> None:
    article, _ = ARTICLES[0]
    with Store(database, create=True) as store:
        rows = store.db.execute(
            "select speaker, statement from quotes where article = ?", (article.id,)
        ).fetchall()
        assert not any(store.changes.ids(kind) for kind in Change)
        save_article(store, article, [], version=VERSION)
        assert store.changes.ids(Change.ARTICLE) == [article.id]
        assert store.changes.ids(Change.SPEAKER) == sorted({row["speaker"] for row in rows})
        assert store.changes.ids(Change.STATEMENT) == sorted({row["statement"] for row in rows})
        link(store)
        assert not any(store.changes.ids(kind) for kind in Change)
