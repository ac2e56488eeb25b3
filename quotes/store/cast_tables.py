"""The people whom the user knows (table ``cast``), and which speakers they are (``speakers.outside_id``)."""

import json
import sqlite3
from collections import defaultdict

from quotes.names.cast import Cast, CastMember


class CastTables:
    """Table ``cast``, and the column ``outside_id`` of ``speakers``. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def read(self) -> Cast:
        """The people as they were given last, in the order of their names."""
        rows = self.db.execute("select name, aliases, pronouns, role, outside_id from cast order by name")
        return Cast(
            CastMember(name, tuple(json.loads(aliases)), pronouns, role, ident)
            for name, aliases, pronouns, role, ident in rows
        )

    def save(self, cast: Cast) -> None:
        """Keep these people in place of those before; the speakers who are known get their ids."""
        rows = [
            (m.name, json.dumps(m.aliases, ensure_ascii=False), m.pronouns, m.role, m.id)
            for m in cast.members
        ]
        self.db.execute("delete from cast")
        self.db.executemany("insert into cast values (?, ?, ?, ?, ?)", rows)
        self.assign()

    def assign(self) -> None:
        """Give the outside ids to the speakers who have the names of these people, and to nobody else.

        A speaker is meant by the name, else by an alias; where several speakers have one, none is.
        """
        members = [member for member in self.read().members if member.id]
        wanted: dict[str, str] = {}
        if members:
            by_name, by_alias = self._speakers()
            for member in members:
                meant = {ident for name in member.names for ident in by_name.get(name, ())}
                meant = meant or {ident for name in member.names for ident in by_alias.get(name, ())}
                if len(meant) == 1:
                    wanted[meant.pop()] = str(member.id)
        rows = self.db.execute("select id, outside_id from speakers where outside_id is not null").fetchall()
        known = {ident: outside for ident, outside in rows}
        for ident in known.keys() | wanted.keys():
            if known.get(ident) != wanted.get(ident):
                self.db.execute("update speakers set outside_id = ? where id = ?", (wanted.get(ident), ident))

    def _speakers(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The ids of people by their names, and by their aliases."""
        by_name: dict[str, set[str]] = defaultdict(set)
        by_alias: dict[str, set[str]] = defaultdict(set)
        rows = self.db.execute("select id, name, aliases from speakers where type = 'person'")
        for ident, name, aliases in rows:
            by_name[name].add(ident)
            for alias in json.loads(aliases or "[]"):
                by_alias[alias].add(ident)
        return by_name, by_alias
