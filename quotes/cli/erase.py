"""The command that erases a person, and what keeps later runs from reading the same again."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import options
from quotes.cli.groups import grouped
from quotes.errors import Unreadable
from quotes.store.database import Store
from quotes.text.plural import count
from quotes.text.sanitise import clean_for_terminal

if TYPE_CHECKING:
    from quotes.types import Article, Failure

NAMES_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(grouped(erase))


def erase(
    speaker: options.Whom,
    keep_articles: Annotated[
        bool, typer.Option("--keep-articles", help="Leave the articles, which go on naming the person.")
    ] = False,
    forget: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Add the names to this file, for quotes extract --forget."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask. This cannot be undone.")] = False,
    database: options.Database = options.DEFAULT,
) -> None:
    """Take a person out of the database for good: quotations, names, and the articles that quote or name them.

    Corrections that speak of the person go, too. The file is written anew, and keeps no trace but a count. This is the
    one command that cannot be undone. So that later runs do not read the same again, keep the names in a file.

    \b
    Example:
      quotes erase ann-okoro --forget forget.txt
      quotes extract articles/ --forget forget.txt
    """
    from quotes.linking.erase import erase, plan
    from quotes.store.find_speaker import find_whole_speaker

    with Store(database) as store:
        whom = find_whole_speaker(store, speaker)
        erasure = plan(store, whom["id"])
        names = ", ".join(erasure.names[:NAMES_SHOWN])
        articles = "which stay" if keep_articles else "which go, with all that is quoted in them"
        for line in (
            f"{whom['name']} ({whom['id']}) goes for good, with {count(len(erasure.quotations), 'quotation')}.",
            f"Names: {names}.",
            f"{count(len(erasure.articles), 'article')} quote or name the person, {articles}.",
            *(f"“{name}” is others' name as well: it is not looked for." for name in erasure.shared),
        ):
            options.say(clean_for_terminal(line))
        _ask(yes)
        if forget is not None:
            _remember(forget, erasure.names)
        done = erase(store, erasure, keep_articles=keep_articles)
    options.say("Erased.")
    for name in done.left:
        where = "in the articles that were kept" if keep_articles else "as a part of other words"
        options.say(f"The file still has “{clean_for_terminal(name)}”, {where}.")
    copies = sorted(database.parent.glob(f"{database.name}.before-*"))
    if copies:
        options.say(f"Copies of earlier versions still have the person: {', '.join(map(str, copies))}")
    if forget is None:
        options.say(
            "A later run reads the same again, unless the names are in a file: quotes extract --forget FILE"
        )


def _ask(yes: bool) -> None:
    """Ask on a terminal; without one, --yes is needed. Raises typer.Exit when the answer is no."""
    if yes:
        return
    if not sys.stdin.isatty():
        options.say("Error: nothing was changed. This cannot be undone: if you want it, add --yes.")
        raise typer.Exit(1)
    if not typer.confirm("This cannot be undone. Do it?", err=True):
        options.say("Nothing was changed.")
        raise typer.Exit(1)


def _remember(path: Path, names: Iterable[str]) -> None:
    """Add names to a file of those to be forgotten."""
    from quotes.linking.erase import read_names

    try:
        known = set(read_names(path)) if path.exists() else set()
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in names if name not in known)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} cannot be written: {error}. Nothing was changed.") from error


def without_forgotten(items: "Iterable[Article | Failure]", path: Path) -> "Iterator[Article | Failure]":
    """The articles that name nobody in a file of names to be forgotten; how many were left out is said at the end.

    Raises Unreadable for a file that cannot be read, or has no name.
    """
    from quotes.linking.erase import read_names, says
    from quotes.types import Failure

    try:
        names = read_names(path)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from error
    if not names:
        raise Unreadable(f"{path} has no name in it.", "Write one a line.")
    left_out, names_them = 0, says(names)
    for item in items:
        told = (
            ()
            if isinstance(item, Failure)
            else (item.title, item.author, item.url, item.path, item.id, item.text)
        )
        if names_them("\n".join(part for part in told if part)):
            left_out += 1
        else:
            yield item
    if left_out:
        options.say(f"{count(left_out, 'article')} left out, as {path} has a name that is in them.")
