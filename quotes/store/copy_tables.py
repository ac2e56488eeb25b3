"""What recognising copies reads from the database, and writes into it."""

import sqlite3
from collections.abc import Callable

from quotes.articles.near_duplicates import is_copy, originals, runs, sketch, worth_a_look


class CopyStore:
    """The part of a store that copies need. ``db``: an open connection whose rows are ``sqlite3.Row``."""

    db: sqlite3.Connection

    def save_sketch(self, article: str, text: str) -> None:
        """Store by what the copies of an article are looked up, in place of what was stored."""
        self.db.execute("delete from sketches where article = ?", (article,))
        rows = ((key, article) for key in sketch(runs(text)))
        self.db.executemany("insert into sketches (key, article) values (?, ?)", rows)

    def link_copies(self) -> None:
        """Find the copies among the articles that have changed and all that have to do with them.

        Statements of articles that become or cease to be copies are noted as out of date.
        """
        changed = [
            row[0] for row in self.db.execute("select id from changed where kind = 'article' order by id")
        ]
        done: set[str] = set()
        for ident in changed:
            if ident not in done:
                done |= self._link_around(ident)

    def _link_around(self, start: str) -> set[str]:
        """Settle the articles that are connected to one by being copies; return them."""
        texts: dict[str, frozenset[int]] = {}

        def runs_of(ident: str) -> frozenset[int]:
            if ident not in texts:
                row = self.db.execute("select text from articles where id = ?", (ident,)).fetchone()
                texts[ident] = runs(row[0]) if row else frozenset()
            return texts[ident]

        seen, waiting = {start}, [start]
        pairs: set[tuple[str, str]] = set()
        while waiting:
            ident = waiting.pop()
            near = [other for other in self._candidates(ident) if is_copy(runs_of(ident), runs_of(other))]
            pairs.update((ident, other) if ident < other else (other, ident) for other in near)
            for other in (*near, *self._family(ident)):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        self._settle(seen, lambda dates: originals(dates, pairs))
        return seen

    def _candidates(self, ident: str) -> list[str]:
        query = """
            select other.article, count(*) as shared,
                (select count(*) from sketches where article = :article) as mine,
                (select count(*) from sketches where article = other.article) as theirs
            from sketches as my join sketches as other on other.key = my.key and other.article <> my.article
            where my.article = :article group by other.article having count(*) >= 2 order by other.article
        """
        rows = self.db.execute(query, {"article": ident})
        return [row[0] for row in rows if worth_a_look(row["shared"], row["mine"], row["theirs"])]

    def _family(self, ident: str) -> list[str]:
        """What an article was a copy of until now, and its copies."""
        query = """
            select copy_of from articles where id = :id and copy_of is not null
            union select id from articles where copy_of = :id
        """
        return [row[0] for row in self.db.execute(query, {"id": ident})]

    def _settle(
        self, idents: set[str], decide: Callable[[dict[str, str | None]], dict[str, str | None]]
    ) -> None:
        old: dict[str, str | None] = {}
        dates: dict[str, str | None] = {}
        for ident in idents:
            row = self.db.execute("select published, copy_of from articles where id = ?", (ident,)).fetchone()
            if row:
                dates[ident], old[ident] = row
        for ident, original in decide(dates).items():
            if old[ident] == original:
                continue
            self.db.execute("update articles set copy_of = ? where id = ?", (original, ident))
            self.db.execute(
                "insert or ignore into changed select 'quote', id from quotes where article = :article union "
                "select 'statement', statement from quotes where article = :article and statement is not null",
                {"article": ident},
            )
