"""Options that several commands have, and how all of them print."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from quotes.cli import completion
from quotes.types import Keep

DEFAULT = Path("quotes.db")
Database = Annotated[Path, typer.Option("--database", "-d", help="The database file.")]
Engine = Annotated[
    Literal["processes", "ray"], typer.Option(help="What runs the parts: processes of this machine, or Ray.")
]
Address = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Of a Ray cluster; auto is the one that this machine is in."),
]
Model = Annotated[
    str | None,
    typer.Option(
        help="An installed spaCy pipeline for English to use for syntax.", show_default="the embedded model"
    ),
]
All = Annotated[
    bool,
    typer.Option(
        "--all", help="Beliefs, refusals and requests for a mere thing too, not only what was said."
    ),
]
Thoughts = Annotated[
    bool, typer.Option("--thoughts", help="Of these only beliefs and intentions, such as “Trump wants”.")
]
Quote = Annotated[
    str,
    typer.Argument(metavar="QUOTE", help="The id of a quotation.", autocompletion=completion.ids("quotes")),
]
Whom = Annotated[
    str,
    typer.Argument(
        metavar="SPEAKER",
        help="An id, or a whole name that only one has.",
        autocompletion=completion.speakers,
        show_default=False,
    ),
]


def keep(everything: bool, thoughts: bool) -> Keep:
    """What is kept, as ``--all`` and ``--thoughts`` say."""
    return "all" if everything else "thoughts" if thoughts else "said"


def say(text: str) -> None:
    """Print a message on stderr."""
    typer.echo(text, err=True)


def put(lines: Iterable[str]) -> None:
    """Print lines of data on stdout."""
    for line in lines:
        typer.echo(line)


def date(value: str | None) -> str | None:
    """A year, month or day as it was typed, or one counted from today; anything else is a mistake of use."""
    if value is None:
        return None
    from quotes.errors import Unreadable
    from quotes.text.dates import typed_date

    try:
        return typed_date(value)
    except Unreadable:
        raise typer.BadParameter(
            f"{value!r} is no date; write 2025, 2025-06, 2025-06-10, yesterday, 7d, 2w, 3m or 1y"
        ) from None


def is_terminal() -> bool:
    """Whether stderr is a terminal, where a progress bar can be seen."""
    return sys.stderr.isatty()


def show_embedded(done: int, total: int) -> None:
    """Say on a terminal how many quotations have got their embeddings, in place of what was said before."""
    if is_terminal():
        typer.echo(f"\r{done:,} of {total:,} quotations embedded", err=True, nl=done == total)
