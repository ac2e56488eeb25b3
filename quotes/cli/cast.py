"""The options that say whom the user knows: ``--cast`` and ``--no-cast``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import options
from quotes.text.plural import count

if TYPE_CHECKING:
    from quotes.names.cast import Cast

CastFile = Annotated[
    Path | None,
    typer.Option(
        "--cast", metavar="FILE",
        help="People whom you know: a CSV file with the columns name, aliases, pronouns, role, id.",
    ),
]  # fmt: skip
NoCast = Annotated[bool, typer.Option("--no-cast", help="Forget the people given with --cast before.")]


def cast_of(file: Path | None, *, no_cast: bool, quiet: bool = False) -> "Cast | None":
    """The people of a file, nobody with ``no_cast``, None where neither is said. Raises Unreadable for a bad file."""
    from quotes.names.cast import Cast, read_cast

    if file is not None and no_cast:
        raise typer.BadParameter("--cast gives people, --no-cast forgets them: say one of them")
    if no_cast:
        return Cast(())
    if file is None:
        return None
    people = read_cast(file)
    if not quiet:
        unread = f"; columns that say nothing here: {', '.join(people.unread)}" if people.unread else ""
        options.say(f"{count(len(people.members), 'person')} known by {file}{unread}.")
    return people
