"""What linking has to look at: the table ``changed``, by which saving, speakers and statements tell each other.

Whoever writes notes what that makes out of date, linking reads it kind by kind, and forgets it when all is linked.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any


class Change(StrEnum):
    """What an id in ``changed`` is of, and why it is there."""

    ARTICLE = "article"  # stored anew: its quotations are not linked, and may be a copy's
    QUOTATION = "quote"  # its speaker is another or surer, or what it shared words with is gone
    SPEAKER = "speaker"  # has more or fewer quotations, or statements with other ones
    STATEMENT = "statement"  # has lost a quotation, or one of another speaker
    CORRECTION = "correction"  # new or undone


class Changes:
    """The ids that have changed since the last linking, and the version of the program that did that."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def note(self, kind: Change, ids: Iterable[str]) -> None:
        """Note ids of this kind."""
        self.db.executemany("insert or ignore into changed values (?, ?)", ((kind, ident) for ident in ids))

    def note_selected(self, kind: Change, query: str, values: Mapping[str, Any] | None = None) -> None:
        """Note the ids that a query selects, which has one column; nulls are left out."""
        self.db.execute(
            f"with noted (id) as ({query}) insert or ignore into changed "
            f"select distinct '{kind}', id from noted where id is not null",
            values or {},
        )

    def ids(self, kind: Change) -> list[str]:
        """The ids of this kind, in order."""
        return [
            row[0] for row in self.db.execute("select id from changed where kind = ? order by id", (kind,))
        ]

    @staticmethod
    def query(kind: Change) -> str:
        """What selects the ids of this kind, as a part of other SQL."""
        return f"select id from changed where kind = '{kind}'"

    # by which version

    def linked_by(self) -> str:
        """The version that linked what is stored; "0" when something was stored or decided since."""
        return self._setting("linked") or "0"

    def indexed_by(self) -> str | None:
        """The version that computed by what linking looks things up; None when all has to be computed anew."""
        return self._setting("indexed")

    def computed_by(self) -> str | None:
        """The one version that computed the same of all articles since the database was made; None if not known."""
        return self._setting("computed")

    def computed(self, version: str) -> None:
        """Note, before an article is stored, which version computes by what linking looks it up."""
        known = self.computed_by()
        if known is None and not self.db.execute("select 1 from articles limit 1").fetchone():
            self._set("computed", version)
        elif known not in (None, version):
            self._set("computed", "")

    def unlinked(self) -> None:
        """Note that something is stored that is not linked."""
        self._set("linked", "0")

    def all_linked(self, version: str) -> None:
        """Note that this version has linked everything."""
        self.db.execute("delete from changed")
        self.db.execute("delete from settings where key = 'computed'")
        self._set("indexed", version)
        self._set("linked", version)

    def _setting(self, key: str) -> str | None:
        row = self.db.execute("select value from settings where key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def _set(self, key: str, value: str) -> None:
        self.db.execute("insert or replace into settings (key, value) values (?, ?)", (key, value))
