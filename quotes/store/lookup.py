"""Whom and what there is: speakers by their words, names and ids by their beginnings, publications."""

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from quotes.store.fts import name_query

MOST = 40  # beginnings that are looked up for a shell; more are no help
AFTER = "\U0010ffff"  # sorts after everything that an id begins with


class Lookup:
    """The part of a store that finds names and ids. ``db`` is open and its rows are ``sqlite3.Row``."""

    db: sqlite3.Connection

    def speakers(
        self, words: str = "", *, type: str | None = None, limit: int | None = None
    ) -> list[dict[str, Any]]:
        """Speakers whose name or alias has these words, or their beginnings; the most quoted first."""
        where, values = ["true"], {"type": type, "limit": -1 if limit is None else limit}
        if words.strip():
            where.append("rowid in (select rowid from speakers_fts where speakers_fts match :name)")
            values["name"] = name_query(words)
        if type is not None:
            where.append("type = :type")
        query = f"select * from speakers where {' and '.join(where)} order by quotes desc, id limit :limit"
        rows = (dict(row) for row in self.db.execute(query, values))
        return [row | {"aliases": json.loads(row["aliases"] or "[]")} for row in rows]

    def is_speaker(self, words: str) -> bool:
        """Whether ``search`` finds a speaker by this id or these words of a name or an alias."""
        query = (
            "select exists (select 1 from speakers where id = ?) "
            "or exists (select 1 from speakers_fts where speakers_fts match ?)"
        )
        return bool(self.db.execute(query, (words, name_query(words))).fetchone()[0])

    def names(self) -> Iterator[tuple[str, ...]]:
        """The name of every speaker, and the aliases; the most quoted first."""
        for name, aliases in self.db.execute("select name, aliases from speakers order by quotes desc, id"):
            yield (name, *json.loads(aliases)) if aliases and aliases != "[]" else (name,)

    def publications(self) -> list[str]:
        """The names of all publications, those with the most articles first."""
        query = (
            "select publication from articles where publication is not null "
            "group by publication order by count(*) desc, publication"
        )
        return [row[0] for row in self.db.execute(query)]

    def headline(self, speaker: str) -> str | None:
        """The title of an article that quotes a speaker."""
        query = "select title from articles where id = (select min(article) from quotes where speaker = ?)"
        row = self.db.execute(query, (speaker,)).fetchone()
        return row[0] if row else None

    # for a shell: all return pairs of what may be typed and what it is

    def names_beginning(self, text: str) -> list[tuple[str, str]]:
        """Names of speakers that begin with a text, and surnames of people; the most quoted first."""
        like = re.sub(r"([\\%_])", r"\\\1", text)
        query = r"""
            select name, description, quotes from speakers
            where type <> 'unnamed' and name like :begin escape '\'
                or type = 'person' and name like :inside escape '\'
            order by quotes desc, id limit :most
        """
        values = {"begin": f"{like}%", "inside": f"% {like}%", "most": MOST}
        found: dict[str, str] = {}
        for name, description, quotes in self.db.execute(query, values):
            said = f"{name}, {description}" if description else f"{name}, {quotes:,} quotations"
            whole = name[: len(text)].lower() == text.lower()
            start = 0 if whole else name.lower().find(f" {text.lower()}") + 1
            found.setdefault(name[start:], said)
        return list(found.items())

    def ids_beginning(self, text: str, *tables: str) -> list[tuple[str, str]]:
        """Ids that begin with a text, in ``speakers``, ``articles``, ``quotes``, ``corrections``."""
        shown = {"speakers": "name", "articles": "title", "quotes": "content", "corrections": "summary"}
        found: dict[str, str] = {}
        for table in tables:
            query = f"select id, {shown[table]} from {table} where id >= ? and id < ? order by id limit ?"
            for ident, said in self.db.execute(query, (text, text + AFTER, MOST)):
                found.setdefault(ident, said or "")
        return list(found.items())
