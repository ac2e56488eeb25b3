"""By what the copies of an article are looked up, and which article is a copy of which."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quotes.store.changes import Change, Changes


class SharedHashes(NamedTuple):
    """Another article that shares stored hashes with one: how many, and how many each of them has."""

    article: str
    shared: int
    own: int
    others: int


class CopyTables:
    """Table ``shingle_hashes`` and ``articles.copy_of``. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection, changes: Changes) -> None:
        self.db, self.changes = db, changes

    def save_hashes(self, article: str, hashes: Iterable[int]) -> None:
        """Store the hashes of an article's shingles in place of those that were stored."""
        self.db.execute("delete from shingle_hashes where article = ?", (article,))
        self.db.executemany("insert into shingle_hashes values (?, ?)", ((one, article) for one in hashes))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Id and text of every article."""
        return (tuple(row) for row in self.db.execute("select id, text from articles"))

    def text(self, article: str) -> str | None:
        """The text of an article; None when there is none with this id."""
        row = self.db.execute("select text from articles where id = ?", (article,)).fetchone()
        return row[0] if row else None

    def sharing_hashes(self, article: str) -> list[SharedHashes]:
        """The other articles that share two hashes or more with an article."""
        query = """
            select other.article, count(*),
                (select count(*) from shingle_hashes where article = :article),
                (select count(*) from shingle_hashes where article = other.article)
            from shingle_hashes as own
            join shingle_hashes as other on other.hash = own.hash and other.article <> own.article
            where own.article = :article group by other.article having count(*) >= 2 order by other.article
        """
        return [SharedHashes(*row) for row in self.db.execute(query, {"article": article})]

    def known_copies(self, article: str) -> list[str]:
        """What an article was a copy of until now, and its copies."""
        query = """
            select copy_of from articles where id = :id and copy_of is not null
            union select id from articles where copy_of = :id
        """
        return [row[0] for row in self.db.execute(query, {"id": article})]

    def dates(self, articles: Iterable[str]) -> dict[str, str | None]:
        """Id -> date of publication, of those articles that are there."""
        query = "select id, published from articles where id = ?"
        return dict(tuple(row) for ident in articles for row in self.db.execute(query, (ident,)))

    def save_original(self, article: str, original: str | None) -> None:
        """Store what an article is a copy of; note its quotations, statements and speakers when that is new."""
        differs = "update articles set copy_of = :original where id = :article and copy_of is not :original"
        if self.db.execute(differs, {"article": article, "original": original}).rowcount:
            for kind, column in (
                (Change.QUOTATION, "id"),
                (Change.STATEMENT, "statement"),
                (Change.SPEAKER, "speaker"),
            ):
                query = f"select {column} from quotes where article = :article"
                self.changes.note_selected(kind, query, {"article": article})
