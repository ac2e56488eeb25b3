"""The commands that list corrections, import and undo them; those that ask for more are registered with them."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from quotes.cli import completion, options, render_lists
from quotes.cli.columns import CORRECTIONS
from quotes.cli.deciding import Deciding, confirm, tell
from quotes.cli.groups import grouped
from quotes.cli.output import Limit, Output
from quotes.cli.review import review
from quotes.cli.serve import serve
from quotes.cli.terminal import terminal
from quotes.errors import Unreadable
from quotes.store.database import Store
from quotes.text.plural import count


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (corrections, undo, review):
        app.command()(grouped(command))
    app.command()(serve)


def corrections(
    read: Annotated[
        str | None, typer.Option("--import", metavar="FILE", help="Add those in this file; - is stdin.")
    ] = None,
    *,
    limit: Limit = None,
    how: Deciding,
    output: Output,
) -> None:
    """List what was corrected: who decided, when, and what became of it.

    With --nl this is what --import reads, in this or in another database.

    \b
    Example:
      quotes corrections --nl > corrections.jsonl
      quotes corrections --import corrections.jsonl
    """
    format = output.format()
    if read is not None:
        _import(read, how)
        return
    with Store(how.database) as store:
        rows = [one.to_json(state) for one, state in store.corrections()]
    if how.by is not None:
        rows = [row for row in rows if row["by"] == how.by]
    rows = rows[: limit or len(rows)]
    if format:
        output.write(rows, CORRECTIONS, format)
        return
    if not rows:
        options.say("Nothing was corrected.")
    options.put(render_lists.render_corrections(rows, **terminal()))


def undo(
    correction: Annotated[
        str | None,
        typer.Argument(
            metavar="CORRECTION",
            help="As quotes corrections lists it.",
            autocompletion=completion.ids("corrections"),
            show_default=False,
        ),
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="The last one that is not undone.")] = False,
    *,
    how: Deciding,
) -> None:
    """Undo a correction. It stays in the list, with who undid it and when.

    \b
    Example:
      quotes undo 1f3a
      quotes undo --last
    """
    from quotes.linking import decisions

    if (correction is None) != last:
        raise typer.BadParameter("give a correction, or --last")
    with Store(how.database) as store:
        meant = decisions.last_correction(store) if last else decisions.to_undo(store, correction or "")
        confirm([f"Undo {meant.id} by {meant.by}, {meant.at[:10]}: {meant.summary()}"], yes=how.yes)
        undone, changes = decisions.undo(store, meant.id, by=how.who)
    tell(changes, undone.id)


def _import(path: str, how: Deciding) -> None:
    """Keep and apply the corrections in a file of JSON Lines; - is stdin."""
    from quotes.linking import decisions

    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from error
    imported = decisions.read_lines(text.splitlines())
    with Store(how.database) as store:
        known = {one.id for one, _ in store.corrections()}
        fresh = [one for one in imported if one.id not in known]
        if fresh and path != "-":
            confirm([f"{one.by}, {one.at[:10]}: {one.summary()}" for one in fresh], yes=how.yes)
        changes = decisions.merge_corrections(store, imported)
    new = count(len({one.id for one in fresh}), "new correction")
    options.say(f"{new} of {len(imported):,}.")
    tell(changes, None)
