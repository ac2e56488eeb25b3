"""The runs of words by which open quotations find their statement, in the database."""

import sqlite3
from collections.abc import Iterable, Iterator

from quotes.statements.exact import read
from quotes.statements.fingerprints import marks
from quotes.statements.normalise import wording
from quotes.statements.records import StatementQuote

BATCH = 200_000  # marks that are sorted before they are written


class MarkStore:
    """The part of a store that keeps marks (see ``reach``). ``db``: an open connection."""

    db: sqlite3.Connection

    def add_marks(self, rows: Iterable[StatementQuote], *, anew: bool = False) -> Iterator[StatementQuote]:
        """Store the marks of quotations while they pass. ``anew``: forget all that is stored."""
        if anew:
            self.db.execute("delete from marks")
        waiting: list[tuple[int, str]] = []
        for row in rows:
            waiting += [(mark, row.id) for mark in marks(read(row).words)]
            if len(waiting) > BATCH:
                self._put_marks(waiting)
                waiting = []
            yield row
        self._put_marks(waiting)

    def _put_marks(self, rows: list[tuple[int, str]]) -> None:
        self.db.executemany("insert or ignore into marks values (?, ?)", sorted(rows))

    def sharing(self, some: Iterable[int]) -> list[str]:
        """The ids of quotations with one of these marks."""
        query = "select quote from marks where mark = ?"
        return list({row[0]: None for mark in some for row in self.db.execute(query, (mark,))})

    def drop_marks(self, article: str) -> None:
        """Forget the marks of an article, which is about to go; note in ``changed`` what shares words with it."""
        query = "select id, content, type from quotes where article = ?"
        for ident, content, kind in self.db.execute(query, (article,)).fetchall():
            own = marks(wording(content, direct=kind == "direct").words)
            rows = ((other,) for other in self.sharing(own))
            self.db.executemany("insert or ignore into changed values ('quote', ?)", rows)
            self.db.executemany(
                "delete from marks where mark = ? and quote = ?", ((mark, ident) for mark in own)
            )
