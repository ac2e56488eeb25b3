"""Options that several commands have, and how all of them print."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from quotes.cli import completion, formats

DEFAULT = Path("quotes.db")
Database = Annotated[Path, typer.Option("--database", "-d", help="The database file.")]
Limit = Annotated[
    int,
    typer.Option(
        "--limit", "-n", min=1, help="The most statements; with --json, --nl and --csv, the most quotations."
    ),
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Year, month or day: 2025-06-10.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Year, month or day, included.")]
Json = Annotated[bool, typer.Option("--json", help="A JSON array.")]
Nl = Annotated[bool, typer.Option("--nl", help="One JSON object a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="CSV.")]
Whom = Annotated[
    str,
    typer.Argument(
        metavar="SPEAKER",
        help="An id, or a name that only one has.",
        autocompletion=completion.speakers,
        show_default=False,
    ),
]


def say(text: str) -> None:
    """Print a message on stderr."""
    typer.echo(text, err=True)


def put(lines: Iterable[str]) -> None:
    """Print lines of data on stdout."""
    for line in lines:
        typer.echo(line)


def one_format(json: bool, nl: bool, csv: bool) -> bool:
    """Whether one of the formats for programs is asked for. Raises BadParameter for more than one."""
    if json + nl + csv > 1:
        raise typer.BadParameter("choose one of --json, --nl and --csv")
    return json or nl or csv


def put_rows(rows: Sequence[Mapping[str, Any]], json: bool, nl: bool) -> None:
    """Print rows for another program: as a JSON array, as JSON Lines, or else as CSV."""
    put(formats.as_json(rows) if json else formats.as_lines(rows) if nl else formats.as_csv(rows))


def date(value: str | None) -> str | None:
    """A year, month or day as it was typed; anything else is a mistake of use."""
    if value is None:
        return None
    from quotes.errors import Unreadable
    from quotes.text.dates import iso_date

    try:
        return iso_date(value)
    except Unreadable:
        raise typer.BadParameter(f"{value!r} is no date; write 2025, 2025-06 or 2025-06-10") from None


def is_terminal() -> bool:
    """Whether stderr is a terminal, where a progress bar can be seen."""
    return sys.stderr.isatty()
