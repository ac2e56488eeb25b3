"""An error of the library -> what the command line says: the same message, with hints that speak of its options."""

from pathlib import Path
from shlex import quote

from quotes.errors import Ambiguous, DatabaseError, InvalidCorrection, NotFound, QuotesError

CHOICES_SHOWN = 10
ID_COLUMN = 30  # characters for ids; what is known of one with a longer id follows below
LISTED_BY = {
    "speaker": "List them with: quotes speakers",
    "quotation": "Try: quotes search",
    "statement": "Try: quotes search",
    "correction": "Try: quotes corrections",
}


def error_text(error: QuotesError) -> str:
    """The message of an error, and what to type next."""
    if isinstance(error, Ambiguous) and error.choices:
        return "\n".join(_choices(error))
    hint = _hint(error)
    return f"{error.message} {hint}" if hint else error.message


def _hint(error: QuotesError) -> str:
    if isinstance(error, DatabaseError):
        return _database_hint(error)
    if isinstance(error, NotFound) and not error.hint:
        return LISTED_BY.get(error.kind or "", "")
    if isinstance(error, InvalidCorrection) and error.about:
        return f"Try: quotes show {quote(error.about)}"
    return error.hint


def _database_hint(error: DatabaseError) -> str:
    match error.problem:
        case "missing":
            make = f"quotes extract FOLDER --database {error.path}"
            return f"Name another with --database, or make it with:\n  {make}"
        case "folder":
            return f"Name a file: --database {Path(error.path, 'quotes.db')}"
        case "foreign":
            return "Nothing was changed. Name another file with --database."
        case "newer":
            return f"{error.hint}\nor name another file with --database."
        case "unwritable" | "unusable":
            return "Name another file with --database."
        case _:
            return error.hint


def _choices(error: Ambiguous) -> list[str]:
    """A line for each thing that a name may mean: its id, and what is known of it."""
    may_be = f"“{error.name}” may be any of these"
    lines = [f"{may_be}. Give the id:"]
    if len(error.choices) == 1:
        lines = [f"{may_be}: it is only a part of a name. Give the whole name or the id:"]
    for choice in error.choices[:CHOICES_SHOWN]:
        gap = "" if len(choice.id) <= ID_COLUMN else f"\n{'':{ID_COLUMN + 2}}"
        lines.append(f"  {choice.id:<{ID_COLUMN}}{gap} {choice.label}")
    more = len(error.choices) - CHOICES_SHOWN
    if more > 0:
        lines.append(f"  and {more:,} more: quotes speakers {quote(error.name)}")
    return lines
