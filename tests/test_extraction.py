"""Articles through the pipeline into a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("processes", [1, 2])
def test_of_two_files_with_one_id_the_second_is_told(tmp_path: Path, processes: int) -> None:
    """Also where both are read before either is stored."""
    files = [tmp_path / folder / "news" / "one.txt" for folder in "ab"]
    articles = []
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text(f"“We waited,” {file.parts[-3]} said.", encoding="utf-8")
        articles.append(Article("news/one", file.read_text(encoding="utf-8"), str(file)))
    outcome = extract(articles, tmp_path / "quotes.db", processes=processes)
    assert outcome.read == 1
    assert [failure.path for failure in outcome.failures] == [str(files[1])]
    assert str(files[0]) in str(outcome.failures[0])


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_read_is_stored_when_the_source_of_articles_fails(tmp_path: Path, processes: int) -> None:
    def failing() -> Iterator[Article]:
        for number in range(6):
            yield Article(f"news/{number}", "“We waited,” Ann Okoro said.", f"news/{number}.txt")
        raise OSError("the disk is gone")

    path = tmp_path / "quotes.db"
    with pytest.raises(OSError, match="the disk is gone"):
        extract(failing(), path, processes=processes)
    with Store(path) as store:
        assert store.counts()["articles"] == 6
