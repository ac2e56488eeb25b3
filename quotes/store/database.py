"""The database: opening it, asking it, saving an article with its quotations.

Every change is one transaction, in which no other program can write: a run that is killed leaves whole articles
behind, marked as not linked yet, and the next run goes on from there. What is needed only for writing is imported
when something is written, sqlite-utils only when tables have to be made, so that searching starts fast.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack, cast

from quotes.store.changes import Change, Changes
from quotes.store.connection import READ_WAIT, WRITE_WAIT, connect
from quotes.store.database_errors import database_error, explain
from quotes.store.lookup import Lookup
from quotes.store.migration_names import MIGRATIONS
from quotes.store.queries import Queries
from quotes.store.records import Records
from quotes.store.rows import ArticleIndex, article_row, quote_rows
from quotes.store.search import Search
from quotes.store.search_sql import Filters
from quotes.types import Article, Quote

if TYPE_CHECKING:  # neither is needed to search
    from quotes.corrections.records import Correction
    from quotes.store.article_tables import ArticleTables
    from quotes.store.correction_tables import CorrectionTables
    from quotes.store.linking_tables import LinkingTables
    from quotes.store.quotation_tables import QuotationTables
    from quotes.store.row_types import ArticleRow, QuotationRow, SpeakerRow, StatementRow

KEY_LENGTHS = {"spans": 3, "candidates": 2}  # columns of the key, the first ones, where it is not one
QUOTATION_TABLES = ("quotes", "spans", "mentions", "candidates", "embeddings", "inferred")


class Store:
    """A quotations database. Use it in a ``with`` block.

    ``path`` is the file. With ``create`` it is made when it is missing and must be writable; without, it
    must exist and may be read-only. Raises DatabaseError when it is not one of ours or cannot be used. A database of an
    earlier version is brought up to date, after a copy of it was made beside it (see ``backup.back_up``).

    Its parts: ``queries`` (what is shown), ``lookup`` (names and ids), ``finder`` (search), ``records`` (export);
    ``correction_tables``, ``changes`` and ``linking`` are for those who correct and link.
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False) -> None:
        self.path = Path(path)
        if not create and not self.path.exists():
            raise database_error(
                self.path, "missing", f"There is no database {self.path}.", "Make it with quotes.extract()."
            )
        if self.path.is_dir():
            raise database_error(self.path, "folder", f"{self.path} is a folder.", "Name a file.")
        try:
            self.db = connect(self.path, create=create, wait=WRITE_WAIT if create else READ_WAIT)
        except sqlite3.Error as error:
            raise explain(self.path, error) from error
        try:
            if self._check_ours() != list(MIGRATIONS):
                self._migrate()
            if create:  # what cannot be written fails now, not after the first article
                self.db.execute("BEGIN IMMEDIATE")
                self.db.execute("insert into settings values ('writable', '1')")
                self.db.execute("ROLLBACK")
        except sqlite3.Error as error:
            self.db.close()
            raise explain(self.path, error) from error
        except BaseException:
            self.db.close()
            raise

        self.changes = Changes(self.db)
        self.queries = Queries(self.db)
        self.lookup = Lookup(self.db)
        self.finder = Search(self.db)
        self.records = Records(self.db, self.finder)

    def _migrate(self) -> None:
        """Bring the tables up to date, if no other program has done so while this one waited."""
        from quotes.store.backup import back_up
        from quotes.store.schema import migrate

        with self.transaction():
            applied = self._check_ours()
            if applied != list(MIGRATIONS):
                if applied:
                    back_up(self.path)
                migrate(self.db)

    def _check_ours(self) -> list[str]:
        """The migrations that were applied; raises DatabaseError for a file that is not of this package."""
        with self._snapshot():  # another program may be making the tables
            names = [row[0] for row in self.db.execute("select name from sqlite_master")]
            query = "select name from _sqlite_migrations where migration_set = 'quotes' order by id"
            known = "_sqlite_migrations" in names
            applied = [row[0] for row in self.db.execute(query)] if known else []
        if names and not applied:
            message = f"{self.path} is a database of something else: it has no quotations tables."
            raise database_error(self.path, "foreign", message, "Nothing was changed. Name another file.")
        newer = [name for name in applied if name not in MIGRATIONS]
        if newer:
            message = f"{self.path} was made by a newer version of quotes ({newer[-1]} is not known here)."
            raise database_error(
                self.path, "newer", message, "Upgrade with: pip install --upgrade quote-tracker"
            )
        return applied

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """One state of the database for several questions."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.rollback()

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
        """All or nothing, and no other program writes meanwhile. A failure of the database is a DatabaseError.

        Waits while another program writes. Within another transaction it is a part of that.
        """
        if self.db.in_transaction:
            yield
            return
        try:
            with self.db.waiting(WRITE_WAIT):
                self.db.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    self.db.commit()
                except BaseException:
                    self.db.rollback()
                    raise
        except sqlite3.OperationalError as error:
            raise explain(self.path, error) from error

    # what users ask

    def counts(self) -> dict[str, int]:
        """How many there are: articles, quotes, speakers, statements, words, and quotations by type."""
        return self.queries.counts()

    def search(self, words: str = "", *, limit: int = 20, **filters: Unpack[Filters]) -> "list[QuotationRow]":
        """Quotations with all of the words, best first; without words the newest first (see ``Filters``).

        A result's ``matches`` are the offsets of the words in its ``content``.
        """
        return cast("list[QuotationRow]", self.finder.quotations(words, limit=limit, **filters))

    def search_statements(
        self, words: str = "", *, limit: int = 20, **filters: Unpack[Filters]
    ) -> "list[StatementRow]":
        """Statements, in the order in which ``search`` finds the first quotation of each, with ``quotations``."""
        return cast("list[StatementRow]", self.finder.statements(words, limit=limit, **filters))

    def speakers(
        self,
        words: str = "",
        *,
        type: str | None = None,
        limit: int | None = None,
        filters: Filters | None = None,
    ) -> "list[SpeakerRow]":
        """Speakers whose name or alias has these words, or their beginnings; the most quoted first.

        ``type`` is that of the speaker. With filters of quotations (see ``Filters``), those who have such quotations,
        which alone are counted.
        """
        given = filters is not None and any(value is not None for value in filters.values())
        search = self.finder.search_for("", filters) if filters and given else None
        return cast("list[SpeakerRow]", self.lookup.speakers(words, type=type, limit=limit, among=search))

    def show(self, key: str) -> dict[str, Any] | None:
        """The quotation, speaker, statement or article with this id (see ``kind``); None when there is none.

        A statement shares the id of one of its quotations, which is then shown with its other wordings.
        """
        return self.queries.show(key)

    def quotation(self, key: str) -> "QuotationRow | None":
        """A quotation with its context in the article and the other wordings of its statement."""
        return cast("QuotationRow | None", self.queries.quotation(key))

    def speaker(self, key: str) -> "SpeakerRow | None":
        """A speaker and all quotations, oldest first."""
        return cast("SpeakerRow | None", self.queries.speaker(key))

    def statement(self, key: str) -> "StatementRow | None":
        """A statement and its wordings, oldest first, each with its ``difference`` to the statement's text."""
        return cast("StatementRow | None", self.queries.statement(key))

    def article(self, key: str) -> "ArticleRow | None":
        """An article, its quotations in text order, and the ids of its copies."""
        return cast("ArticleRow | None", self.queries.article(key))

    def export(self, **filters: Unpack[Filters]) -> Iterator[dict[str, Any]]:
        """Every quotation that passes the filters, by article and in text order, as ``quotes export`` prints it."""
        return self.records.find(order="article", **filters)

    def corrections(self) -> "list[tuple[Correction, str | None]]":
        """All corrections in the order in which they were made, each with what became of it."""
        return self.correction_tables.all()

    def needs_linking(self) -> bool:
        """Whether articles were saved that no speaker and no statement was linked to yet."""
        unlinked = self.changes.linked_by() == "0"
        return unlinked and self.db.execute("select 1 from articles").fetchone() is not None

    # what is written

    @cached_property
    def correction_tables(self) -> "CorrectionTables":
        """What people decided, and the quotations that it is about."""
        from quotes.store.correction_tables import CorrectionTables

        return CorrectionTables(self.db, self.changes)

    @cached_property
    def quotation_tables(self) -> "QuotationTables":
        """What corrections made of quotations."""
        from quotes.store.quotation_tables import QuotationTables

        return QuotationTables(self.db)

    @cached_property
    def articles(self) -> "ArticleTables":
        """Which file gives which article, what articles said before, and those that are withdrawn."""
        from quotes.store.article_tables import ArticleTables

        return ArticleTables(self.db, self.changes)

    @cached_property
    def linking(self) -> "LinkingTables":
        """The tables of which linking reads and writes more than a quotation or a speaker."""
        from quotes.store.linking_tables import LinkingTables

        return LinkingTables(self.db, self.changes)

    def unchanged(self, article: str, sha: str, version: str) -> bool:
        """Whether the article is stored with this text and was read by this version of the pipeline.

        ``sha`` is ``text_sha`` of the article.
        """
        query = "select 1 from articles where id = ? and sha = ? and version = ?"
        return self.db.execute(query, (article, sha, version)).fetchone() is not None

    def save_article(
        self,
        article: Article,
        quotes: Mapping[str, Quote],
        index: ArticleIndex,
        *,
        version: str,
        keep_earlier: bool = False,
    ) -> None:
        """Store an article and its quotations (by id) in place of what was stored of it, in one transaction.

        ``index``: by what linking looks them up, see ``linking.index.save_article``, which has ``keep_earlier``. The
        quotations have no speaker and no statement until the next ``link``.
        """
        tables = self.linking
        with self.transaction():
            if keep_earlier:
                self.articles.keep_version(article.id)
            self._forget_quotations(article.id)
            self._put("articles", [article_row(article, version)])
            self.articles.drop_standing(article.id, article.text)
            for quote_id, quote in quotes.items():
                for table, rows in quote_rows(quote_id, article, quote).items():
                    self._put(table, rows)
            tables.copies.save_hashes(article.id, index.shingle_hashes)
            tables.mentions.add_groups(index.mention_groups)
            tables.statements.add_fingerprints(index.fingerprints)
            self.changes.note(Change.ARTICLE, [article.id])
            self.changes.unlinked()

    def remove_article(self, ident: str) -> None:
        """Delete an article and all that was made of it; the next ``link`` does without it."""
        with self.transaction():
            self._forget_quotations(ident)
            self.articles.remove(ident)
            self.changes.unlinked()

    def _forget_quotations(self, article: str) -> None:
        """Delete the quotations of an article, and note what linking has to look at for it."""
        self.linking.mentions.drop_groups(article)
        self.linking.statements.drop_fingerprints(article)
        self.quotation_tables.forget(article)
        own = "(select id from quotes where article = ?)"
        for table in QUOTATION_TABLES[1:]:
            self.db.execute(f"delete from {table} where quote in {own}", (article,))
        self.db.execute("delete from quotes where article = ?", (article,))

    def analyze(self) -> None:
        """Let SQLite count its indexes, so that it and Datasette choose well."""
        with self.transaction():
            self.db.execute("pragma analysis_limit = 0")  # with a sample, numbers of rows are wrong by half
            self.db.execute("ANALYZE")

    def _put(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows, all with the same columns, or update those whose key is there."""
        if not rows:
            return
        columns = list(rows[0])
        names = ", ".join(f'"{column}"' for column in columns)
        key = ", ".join(f'"{column}"' for column in columns[: KEY_LENGTHS.get(table, 1)])
        update = ", ".join(f'"{column}" = excluded."{column}"' for column in columns[1:])
        self.db.executemany(
            f"insert into {table} ({names}) values ({', '.join('?' * len(columns))}) "
            f"on conflict ({key}) do update set {update}",
            [tuple(row[column] for column in columns) for row in rows],
        )
