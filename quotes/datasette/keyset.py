"""A list page by page, each page found by where the last one ended: as quick on the thousandth as on the first.

An offset would have to count what it leaves out, and would repeat or leave out rows when others come in between
(Winand, "SQL Performance Explained", 2012: the seek method).
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.datasette.fetch import fetch_rows

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

MAX_TOKEN_LENGTH = 2000  # characters of a place in a list, in an address


@dataclass(frozen=True, slots=True)
class Key:
    """One of what a list is ordered by: an SQL expression. SQLite has NULL before all else, so last when descending."""

    sql: str
    descending: bool = False

    @property
    def order(self) -> str:
        """For ``order by``."""
        return f"{self.sql} desc" if self.descending else self.sql

    def reversed(self) -> "Key":
        """The same, the other way round."""
        return Key(self.sql, not self.descending)

    def beyond(self, value: Any, name: str) -> list[str]:
        """Conditions for what comes after ``value``, a parameter called ``name``, in the order of the list."""
        if not self.descending:
            return [f"{self.sql} is not null"] if value is None else [f"{self.sql} > :{name}"]
        return [] if value is None else [f"{self.sql} < :{name}", f"{self.sql} is null"]


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: the column that tells rows apart, where it is from, under which conditions, in which order.

    The last key has to be different for every row.
    """

    ident: str
    source: str
    conditions: tuple[str, ...]
    keys: tuple[Key, ...]

    def query(self, keys: Sequence[Key], *more: str) -> str:
        """SQL for the ids and keys of rows in order; ``more``: further conditions."""
        columns = ", ".join(f"{key.sql} as key{number}" for number, key in enumerate(self.keys))
        where = " and ".join([*self.conditions, *more]) or "true"
        order = ", ".join(key.order for key in keys)
        return f"select {self.ident} as ident, {columns} from {self.source} where {where} order by {order} limit :most"

    def count(self) -> str:
        """SQL for the number of rows."""
        return f"select count(*) from {self.source} where {' and '.join(self.conditions) or 'true'}"


@dataclass(frozen=True, slots=True)
class Page:
    """The ids on a page, and where the pages before and after it are: parameters of an address."""

    idents: list[str]
    previous: dict[str, str] | None
    next: dict[str, str] | None


async def fetch_page(
    db: "Database", listing: Listing, values: Mapping[str, Any], given: Mapping[str, str], size: int
) -> Page:
    """The page that ``given`` asks for with ``after`` or ``before``; the first where it asks for nothing that is one.

    ``values``: parameters of the conditions. Raises QueryInterrupted when it takes too long.
    """
    for name, keys in (("after", listing.keys), ("before", tuple(key.reversed() for key in listing.keys))):
        place = _place(given.get(name), len(keys))
        if place is None:
            continue
        rows = await _rows_beyond(db, listing, keys, place, values, size + 1)
        more, rows = len(rows) > size, rows[:size]
        if name == "before" and not more:
            break  # what is left before it is the first page, or a part of that
        if rows and name == "after":
            return _page(rows, previous=True, following=more)
        if rows:
            return _page(rows[::-1], previous=True, following=True)
    rows = await fetch_rows(db, listing.query(listing.keys), **values, most=size + 1)
    return _page(rows[:size], previous=False, following=len(rows) > size)


async def _rows_beyond(
    db: "Database",
    listing: Listing,
    keys: Sequence[Key],
    place: list[Any],
    values: Mapping[str, Any],
    most: int,
) -> list[dict[str, Any]]:
    """The next rows after a place: those that share most of their keys with it first, each range by an index."""
    named = {f"place{number}": value for number, value in enumerate(place)}
    rows: list[dict[str, Any]] = []
    for condition in _ranges(keys, place):
        if len(rows) < most:
            query = listing.query(keys, condition)
            rows += await fetch_rows(db, query, **values, **named, most=most - len(rows))
    return rows


def _ranges(keys: Sequence[Key], place: list[Any]) -> Iterator[str]:
    for last in reversed(range(len(keys))):
        same = [f"{key.sql} is :place{number}" for number, key in enumerate(keys[:last])]
        for beyond in keys[last].beyond(place[last], f"place{last}"):
            yield " and ".join([*same, beyond])


def _page(rows: list[dict[str, Any]], *, previous: bool, following: bool) -> Page:
    return Page(
        [row["ident"] for row in rows],
        {"before": _token(rows[0])} if previous and rows else None,
        {"after": _token(rows[-1])} if following else None,
    )


def _token(row: dict[str, Any]) -> str:
    keys = [value for name, value in row.items() if name != "ident"]
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def _place(token: str | None, size: int) -> list[Any] | None:
    """The keys in a token; None when it is none of ours."""
    if not token or len(token) > MAX_TOKEN_LENGTH:
        return None
    try:
        keys = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except ValueError:
        return None
    plain = isinstance(keys, list) and len(keys) == size and all(map(_can_be_stored, keys))
    return keys if plain else None


def _can_be_stored(key: Any) -> bool:
    """Whether SQLite takes it as a value: integers have 64 bits there, and no half of a character is text."""
    if isinstance(key, str):
        return not any("\ud800" <= char <= "\udfff" for char in key)
    if isinstance(key, int):
        return not isinstance(key, bool) and -(2**63) <= key < 2**63
    return isinstance(key, float | None)
