"""Ids of articles: 16 hexadecimal digits that depend on the article alone, so that every machine gives the same.

They are made of the address where there is one; else of the id that the article has where it was read, with the name
of that table; else of the text. All of them are addresses of pages, so how they are made is decided once.
"""

import sqlite3
from typing import NamedTuple

from quotes.articles.addresses import address_key
from quotes.text.identifiers import hex_digits, text_id


def article_id(
    text: str,
    *,
    url: str | None = None,
    table: str = "",
    key: str | None = None,
    publication: str | None = None,
) -> str:
    """The id of an article. ``key``: its id in ``table``; a key that is unique in the world has no table.

    >>> article_id("One text.", url="https://example.org/a") == article_id("Another.", url="http://example.org/a/")
    True
    >>> article_id("One text.", table="stories", key="17") == article_id("One text.", table="wires", key="17")
    False
    """
    if address := address_key(url):
        return hex_digits("address", address)
    if key:
        return hex_digits("key", table, key)
    return text_id(text, publication)


def another_id(article: str, text: str) -> str:
    """The id of another article that would have the id ``article``: of a table of the same name with the same key."""
    return hex_digits("another", article, " ".join(text.split()))


def row_id(file: str, key: str) -> str:
    """What tells the rows of a file apart while it is read."""
    return hex_digits("row", file, key)


class SeenIds:
    """The ids that a run has given, and of which text and file. On disk, because a run may have millions."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # a temporary file, which SQLite deletes
        for statement in (
            "pragma journal_mode = off",
            "pragma cache_size = -4000",
            "create table seen (id integer primary key, text integer, file integer)",
            "begin",
        ):
            self._db.execute(statement)

    def before(self, ident: str, text: str, file: str) -> "Seen | None":
        """What is known of an id that came before, None the first time; the last text counts from now on."""
        number = _number(ident)
        row = self._db.execute("select text, file from seen where id = ?", (number,)).fetchone()
        now = (_number(hex_digits(text)), _number(hex_digits(file)))
        if row != now:
            self._db.execute("insert or replace into seen values (?, ?, ?)", (number, *now))
        return Seen(row[0] == now[0], row[1] == now[1]) if row else None


class Seen(NamedTuple):
    """An id that came before in this run: whether with the same text, and from the same file."""

    same_text: bool
    same_file: bool


def _number(digits: str) -> int:
    return int(digits, 16) - (1 << 63)
