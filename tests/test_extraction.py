"""Articles through the pipeline into a database."""

from pathlib import Path

from quotes.extraction import extract
from quotes.provenance import linking_version, reading_version
from quotes.store.database import Store
from quotes.types import Article, Failure


def test_no_article_makes_no_database(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    result = extract([Failure("gone.txt", "there is no such file")], path)
    assert (result.read, len(result.failures), path.exists()) == (0, 1, False)


def test_what_an_older_version_read_and_linked_is_read_and_linked_again(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    article = Article("news/one", "“We waited,” Ann Okoro said.", "news/one.txt")
    assert extract([article], path).read == 1
    with Store(path) as store:
        before = list(store.export())
        versions = {row[0] for row in store.db.execute("select version from articles")}
    assert versions == {reading_version()}
    assert extract([article], path).unchanged == 1
    with Store(path) as store, store.db:
        store.db.execute(
            "update articles set version = '0.1.0 0123456789ab'"
        )  # as before code was part of it
        store.db.execute("update settings set value = '0.1.0 0123456789ab' where key = 'linked'")
    outcome = extract([article], path)
    assert (outcome.read, outcome.unchanged, outcome.failures) == (1, 0, [])
    with Store(path) as store:
        assert list(store.export()) == before
        assert {row[0] for row in store.db.execute("select version from articles")} == versions
        assert store.changes.linked_by() == linking_version()
