"""The database: opening it, saving an article's quotations, linking them. Reading is in ``reading.py``.

Every change is one transaction: a run that is killed leaves whole articles behind, marked as not linked
yet, and the next run goes on from there. Neither this file nor ``reading.py`` imports spaCy; sqlite-utils
is imported only when tables have to be made, so that searching starts fast.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quotes.errors import DatabaseError, DatabaseProblem
from quotes.speakers.records import SpeakerMention
from quotes.store.copy_tables import CopyStore
from quotes.store.correction_tables import CorrectionStore
from quotes.store.fingerprint_tables import MarkStore
from quotes.store.queries import Reading
from quotes.store.rows import article_row, quote_ids, quote_rows
from quotes.store.speaker_tables import Linkage
from quotes.store.statement_tables import StatementStore
from quotes.types import Article, Quote

# every migration of schema.py, in order
MIGRATIONS = (
    "m001_tables",
    "m002_search",
    "m003_linking",
    "m004_copies",
    "m005_marks",
    "m006_descriptions",
    "m007_pages",
    "m008_unknown_publications",
    "m009_facets",
    "m010_inferred_speakers",
)
WAIT = 30.0  # seconds to wait for another program that is writing
OURS = ("quotes", "spans", "mentions", "embeddings", "inferred")


class Store(Reading, Linkage, StatementStore, MarkStore, CopyStore, CorrectionStore):
    """A quotations database. Use it in a ``with`` block.

    ``path`` is the file. With ``create`` it is made when it is missing and must be writable; without, it
    must exist and may be read-only. Raises DatabaseError when it is not one of ours or cannot be used.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False) -> None:
        self.path = Path(path)
        if not create and not self.path.exists():
            raise _error(
                self.path, "missing", f"There is no database {self.path}.", "Make it with quotes.extract()."
            )
        if self.path.is_dir():
            raise _error(self.path, "folder", f"{self.path} is a folder.", "Name a file.")
        try:
            self.db = self._connect(create)
        except sqlite3.Error as error:
            raise _explain(self.path, error) from error
        try:
            self._check_ours()
            if self._migrations() != list(MIGRATIONS):
                from quotes.store.schema import migrate

                migrate(self.db)
            if create:  # what cannot be written fails now, not after the first article
                self.db.execute("BEGIN IMMEDIATE")
                self.db.execute("insert into settings values ('writable', '1')")
                self.db.execute("ROLLBACK")
        except sqlite3.Error as error:
            self.db.close()
            raise _explain(self.path, error) from error
        except DatabaseError:
            self.db.close()
            raise

    def _connect(self, create: bool) -> sqlite3.Connection:
        uri = f"{self.path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
        connection = sqlite3.connect(uri, uri=True, timeout=WAIT)
        connection.row_factory = sqlite3.Row
        return connection

    def _migrations(self) -> list[str]:
        tables = {row[0] for row in self.db.execute("select name from sqlite_master where type = 'table'")}
        if "_sqlite_migrations" not in tables:
            return []
        query = "select name from _sqlite_migrations where migration_set = 'quotes' order by id"
        return [row[0] for row in self.db.execute(query)]

    def _check_ours(self) -> None:
        applied = self._migrations()
        if not applied and self.db.execute("select count(*) from sqlite_master").fetchone()[0]:
            message = f"{self.path} is a database of something else: it has no quotations tables."
            raise _error(self.path, "foreign", message, "Nothing was changed. Name another file.")
        newer = [name for name in applied if name not in MIGRATIONS]
        if newer:
            message = f"{self.path} was made by a newer version of quotes ({newer[-1]} is not known here)."
            raise _error(self.path, "newer", message, "Upgrade with: pip install --upgrade quote-tracker")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. A failure of the database is told as a DatabaseError."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.db.rollback()
                raise
            self.db.commit()
        except sqlite3.OperationalError as error:
            raise _explain(self.path, error) from error

    def unchanged(self, article: str, sha: str, version: str) -> bool:
        """Whether the article is stored with this text and was read by this version of the pipeline.

        ``sha`` is ``text_sha`` of the article.
        """
        query = "select 1 from articles where id = ? and sha = ? and version = ?"
        return self.db.execute(query, (article, sha, version)).fetchone() is not None

    def save_article(self, article: Article, quotes: Sequence[Quote], *, version: str) -> None:
        """Store an article and its quotations in place of what was stored of it, in one transaction.

        The quotations have no speaker and no statement until the next ``link``.
        """
        quotes = sorted(quotes, key=lambda quote: (quote.spans[0].start, quote.spans[-1].end))
        ids = quote_ids(article.id, quotes)
        with self.transaction():
            self.drop_bundles(article.id)
            self.drop_marks(article.id)
            for table in OURS[1:]:
                self.db.execute(
                    f"delete from {table} where quote in (select id from quotes where article = ?)",
                    (article.id,),
                )
            self.db.execute("delete from quotes where article = ?", (article.id,))
            self._put("articles", [article_row(article, version)])
            self.save_sketch(article.id, article.text)
            for quote_id, quote in zip(ids, quotes, strict=True):
                for table, rows in quote_rows(quote_id, article, quote).items():
                    self._put(table, rows)
            self.add_bundles(
                [
                    SpeakerMention(i, article.id, q.speaker)
                    for i, q in zip(ids, quotes, strict=True)
                    if q.speaker
                ]
            )
            self.db.execute("insert or ignore into changed values ('article', ?)", (article.id,))
            self._set("linked", "0")

    def setting(self, key: str) -> str | None:
        """What was noted under ``key``."""
        row = self.db.execute("select value from settings where key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def linked_with(self) -> str:
        """The version that linked what is stored; "0" when something was saved since."""
        return self.setting("linked") or "0"

    def needs_linking(self) -> bool:
        """Whether articles were saved that no speaker and no statement was linked to yet."""
        return self.linked_with() == "0" and self.db.execute("select 1 from articles").fetchone() is not None

    def end_linking(self, version: str) -> None:
        """Note that everything that has changed is linked, and by which version."""
        self.db.execute("delete from changed")
        self._set("bundles", version)
        self._set("linked", version)

    def analyze(self) -> None:
        """Let SQLite count its indexes, so that it and Datasette choose well."""
        with self.transaction():
            self.db.execute("pragma analysis_limit = 1000")
            self.db.execute("ANALYZE")

    def _put(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows, all with the same columns, or update those whose key (the first column) is there."""
        if not rows:
            return
        columns = list(rows[0])
        names = ", ".join(f'"{column}"' for column in columns)
        key = ", ".join(f'"{column}"' for column in (columns[:3] if table == "spans" else columns[:1]))
        update = ", ".join(f'"{column}" = excluded."{column}"' for column in columns[1:])
        self.db.executemany(
            f"insert into {table} ({names}) values ({', '.join('?' * len(columns))}) "
            f"on conflict ({key}) do update set {update}",
            [tuple(row[column] for column in columns) for row in rows],
        )

    def _set(self, key: str, value: str) -> None:
        self._put("settings", [{"key": key, "value": value}])


def _explain(path: Path, error: sqlite3.Error) -> DatabaseError:
    """What an error of SQLite means for the user."""
    message = str(error)
    if "not a database" in message or "malformed" in message:
        return _error(path, "unusable", f"{path} is not a database that SQLite can read ({message}).")
    if "locked" in message:
        again = "Try again when it has finished."
        return _error(path, "locked", f"{path} is being written by another program.", again)
    if "readonly" in message or "unable to open" in message:
        folder = path.absolute().parent
        if not folder.exists():
            return _error(path, "unwritable", f"{path} cannot be made: there is no folder {folder}.")
        return _error(
            path, "unwritable", f"{path} cannot be written: no permission for it or for its folder."
        )
    if "full" in message:
        return _error(path, "full", f"{path} cannot be written: the disk is full.")
    return _error(path, "unusable", f"{path} cannot be used: {message}.")


def _error(path: Path, problem: DatabaseProblem, message: str, hint: str = "") -> DatabaseError:
    return DatabaseError(message, hint, problem=problem, path=str(path))
