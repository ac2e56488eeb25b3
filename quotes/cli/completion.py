"""What may stand where the cursor is, for the shell: names of speakers, ids, publications.

Called while somebody types: fast, silent, and without a trace. The database is opened to be read only, is never
brought up to date, and whatever is wrong with it only means that nothing is offered.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import typer

from quotes.store.lookup import Lookup

LOCK_TIMEOUT = 0.2  # seconds for another program that is writing
HELP_LENGTH = 60  # characters that tell what an offer is
Offers = list[tuple[str, str]]  # what may be typed, and what it is


def speakers(ctx: typer.Context, incomplete: str) -> Offers:
    """Names that begin like this, and surnames; and ids."""
    return _offer(
        ctx,
        incomplete,
        lambda store: [*store.names_beginning(incomplete), *_unless_empty(store, incomplete, "speakers")],
    )


def publications(ctx: typer.Context, incomplete: str) -> Offers:
    """Publications whose names begin like this."""
    return _offer(ctx, incomplete, lambda store: [(name, "") for name in store.publications()])


def ids(*tables: str) -> Callable[[typer.Context, str], Offers]:
    """A function that offers the ids in these tables that begin like what was typed."""

    def offer(ctx: typer.Context, incomplete: str) -> Offers:
        return _offer(ctx, incomplete, lambda store: store.ids_beginning(incomplete, *tables))

    return offer


class _Look(Lookup):
    """A database to look names up in."""

    def __init__(self, path: Path) -> None:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=LOCK_TIMEOUT)
        db.row_factory = sqlite3.Row
        super().__init__(db)


class _ShellWord(str):
    """A word that prints as the shell wants it written.

    It compares as it is, for typer drops what does not begin like what was typed.
    """

    written: str

    def __str__(self) -> str:
        return self.written


def _unless_empty(store: Lookup, incomplete: str, table: str) -> Offers:
    return store.ids_beginning(incomplete, table) if incomplete else []


def _offer(ctx: typer.Context, incomplete: str, find: Callable[[_Look], Iterable[tuple[str, str]]]) -> Offers:
    """What is found, written so that it goes on from what was typed; nothing when the database is not usable."""
    try:
        store = _Look(Path(ctx.params.get("database") or "quotes.db"))
        try:
            matches = list(find(store))
        finally:
            store.db.close()
    except (sqlite3.Error, OSError, ValueError):
        return []
    out: dict[str, str] = {}
    for value, said in matches:
        if value[: len(incomplete)].lower() == incomplete.lower() and value.isprintable():
            rest = value[len(incomplete) :]
            out.setdefault(incomplete + (rest.lower() if incomplete.islower() else rest), said)
    return [(_written(value), _help(said)) for value, said in out.items()]


def _help(text: str) -> str:
    """In one line, without the brackets that would be taken for markup."""
    return re.sub(r"[\s\[\]\\:]+", " ", text).strip()[:HELP_LENGTH]


def _written(value: str) -> str:
    """An offer as the shell needs it: bash inserts it as it is, and an apostrophe does not reach zsh."""
    shell = os.environ.get("_QUOTES_COMPLETE")
    if shell == "complete_zsh":
        return value.replace("'", "’")  # a name is found by either
    if shell != "complete_bash":
        return value
    typed = os.environ.get("COMP_WORDS", "").split("\n")
    at = int(os.environ.get("COMP_CWORD", "0"))
    opened = typed[at][:1] if at < len(typed) else ""
    out = _ShellWord(value)
    if opened == "'":
        out.written = value.replace("'", r"'\''")
    elif opened == '"':
        out.written = re.sub(r'([\\"$`])', r"\\\1", value)
    else:
        out.written = re.sub(r"([^\w@%+=:,./-])", r"\\\1", value)
    return out
