"""The commands that correct what linking found."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from quotes.cli import completion, options, render_lists
from quotes.cli.columns import CORRECTIONS
from quotes.cli.groups import grouped
from quotes.cli.output import Output
from quotes.cli.terminal import terminal
from quotes.corrections.records import Correction
from quotes.corrections.states import APPLIED
from quotes.errors import Unreadable
from quotes.store.database import Store
from quotes.text.plural import count
from quotes.text.sanitise import clean_for_terminal
from quotes.types import SpeakerType

By = Annotated[str | None, typer.Option(help="Who decides.", show_default="your user name")]
QUOTE_IDS = completion.ids("quotes")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for name, command in (
        ("merge", merge),
        ("split", split),
        ("rename", rename),
        ("assign", assign),
        ("merge-statements", merge_statements),
        ("split-statement", split_statement),
        ("corrections", corrections),
        ("undo", undo),
    ):
        app.command(name)(grouped(command))


def merge(
    speaker: options.Whom,
    others: Annotated[
        list[str],
        typer.Argument(
            metavar="OTHER", help="Who is the same; ids or names.", autocompletion=completion.speakers
        ),
    ],
    by: By = None,
    database: options.Database = options.DEFAULT,
) -> None:
    """Say that speakers are one: the first one, whose id and name stay.

    Where several speakers have a name, they are listed: give the id. Corrections outlast every run of extract.

    \b
    Example:
      quotes merge hillary-clinton "Hillary Rodham"
    """
    from quotes.linking import decisions

    with Store(database) as store:
        _decide(store, decisions.merge(store, [speaker, *others], by=by or decisions.current_user()))


def split(
    speaker: options.Whom,
    quotes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUOTE", help="Ids of quotations.", show_default=False, autocompletion=QUOTE_IDS
        ),
    ] = None,
    article: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="All in this article; may be repeated.",
            autocompletion=completion.ids("articles"),
        ),
    ] = None,
    called: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="All where the article's name is this; may be repeated."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Whose they are.", show_default="as the articles say")
    ] = None,
    by: By = None,
    database: options.Database = options.DEFAULT,
) -> None:
    """Say that some of a speaker's quotations are another speaker's, who is new.

    --article and --called hold for articles that are added later, too. For a speaker who is there, use assign, or
    merge the new one with that speaker.

    \b
    Example:
      quotes split george-bush --called "George H.W. Bush"
      quotes split clinton QUOTE --name "Chelsea Clinton"
    """
    if not (quotes or article or called):
        raise typer.BadParameter("say which quotations: ids, --article or --called")
    from quotes.linking import decisions

    with Store(database) as store:
        correction = decisions.split(
            store,
            speaker,
            quotes=quotes or (),
            articles=article or (),
            called=called or (),
            name=name,
            by=by or decisions.current_user(),
        )
        _decide(store, correction)


def rename(
    speaker: options.Whom,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to show.")],
    by: By = None,
    database: options.Database = options.DEFAULT,
) -> None:
    """Show a speaker under another name. The id stays, so that links to the page stay.

    \b
    Example:
      quotes rename bill-clinton "William J. Clinton"
    """
    from quotes.linking import decisions

    with Store(database) as store:
        _decide(store, decisions.rename(store, speaker, name, by=by or decisions.current_user()))


def assign(
    quote: Annotated[
        str, typer.Argument(metavar="QUOTE", help="The id of a quotation.", autocompletion=QUOTE_IDS)
    ],
    speaker: Annotated[
        str | None,
        typer.Argument(metavar="SPEAKER", help="An id, or a name.", autocompletion=completion.speakers),
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="It is not known whose it is.")] = False,
    new: Annotated[bool, typer.Option("--new", help="SPEAKER has no quotation yet.")] = False,
    type: Annotated[SpeakerType, typer.Option(help="With --new.")] = "person",
    by: By = None,
    database: options.Database = options.DEFAULT,
) -> None:
    """Say whose a quotation is.

    \b
    Example:
      quotes assign QUOTE hillary-clinton
      quotes assign QUOTE "Ann Okoro" --new
      quotes assign QUOTE --nobody
    """
    if (speaker is None) != nobody or (nobody and new):
        raise typer.BadParameter("give a speaker, or --nobody")
    from quotes.linking import decisions

    with Store(database) as store:
        _decide(
            store,
            decisions.assign(
                store, quote, speaker, new=type if new else None, by=by or decisions.current_user()
            ),
        )


def merge_statements(
    statements: Annotated[
        list[str],
        typer.Argument(
            metavar="STATEMENT", help="Ids of statements, or of quotations in them.", autocompletion=QUOTE_IDS
        ),
    ],
    by: By = None,
    database: options.Database = options.DEFAULT,
) -> None:
    """Say that statements are one.

    \b
    Example:
      quotes merge-statements STATEMENT STATEMENT
    """
    if len(statements) < 2:
        raise typer.BadParameter("give two statements at least")
    from quotes.linking import decisions

    with Store(database) as store:
        _decide(store, decisions.merge_statements(store, statements, by=by or decisions.current_user()))


def split_statement(
    statement: Annotated[
        str, typer.Argument(metavar="STATEMENT", help="The id of a statement.", autocompletion=QUOTE_IDS)
    ],
    quotes: Annotated[
        list[str],
        typer.Argument(
            metavar="QUOTE",
            help="The quotations that are another statement, together.",
            autocompletion=QUOTE_IDS,
        ),
    ],
    by: By = None,
    database: options.Database = options.DEFAULT,
) -> None:
    """Say that some of a statement's quotations are another statement.

    \b
    Example:
      quotes split-statement STATEMENT QUOTE QUOTE
    """
    from quotes.linking import decisions

    with Store(database) as store:
        _decide(store, decisions.split_statement(store, statement, quotes, by=by or decisions.current_user()))


def corrections(
    read: Annotated[
        str | None, typer.Option("--import", metavar="FILE", help="Add those in this file; - is stdin.")
    ] = None,
    *,
    database: options.Database = options.DEFAULT,
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
        _import(read, database)
        return
    with Store(database) as store:
        rows = [one.to_json(state) for one, state in store.corrections()]
    if format:
        output.write(rows, CORRECTIONS, format)
        return
    if not rows:
        options.say("Nothing was corrected.")
    options.put(render_lists.render_corrections(rows, **terminal()))


def undo(
    correction: Annotated[
        str,
        typer.Argument(
            metavar="CORRECTION",
            help="As quotes corrections lists it.",
            autocompletion=completion.ids("corrections"),
        ),
    ],
    by: By = None,
    database: options.Database = options.DEFAULT,
) -> None:
    """Undo a correction. It stays in the list, with who undid it and when.

    \b
    Example:
      quotes undo 1f3a
    """
    from quotes.linking import decisions

    with Store(database) as store:
        undone, changes = decisions.undo(store, correction, by=by or decisions.current_user())
    _tell(changes, undone.id)


def _import(path: str, database: Path) -> None:
    """Keep and apply the corrections in a file of JSON Lines; - is stdin."""
    from quotes.linking import decisions

    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from error
    imported = decisions.read_lines(text.splitlines())
    with Store(database) as store:
        known = {one.id for one, _ in store.corrections()}
        changes = decisions.merge_corrections(store, imported)
    new = count(len({one.id for one in imported} - known), "new correction")
    options.say(f"{new} of {len(imported):,}.")
    _tell(changes, None)


def _decide(store: Store, correction: Correction) -> None:
    """Keep and apply a correction, and tell what came of it."""
    from quotes.linking.decisions import decide

    _tell(decide(store, [correction]), correction.id)


def _tell(changes: Iterable[tuple[Correction, str]], mine: str | None) -> None:
    """What is new about corrections: of that which was asked for first, then of those that it changed."""
    for one, state in sorted(changes, key=lambda pair: pair[0].id != mine):
        said = clean_for_terminal(one.summary())
        if one.id != mine:
            options.say(f"Correction {one.id} by {one.by}, {one.at[:10]}: {said}: {state}")
        elif one.undone_at:
            options.say(f"Undone: {one.id}: {said}")
        else:
            options.say(f"Noted as {one.id}: {said} (undo it with: quotes undo {one.id})")
            if state != APPLIED:
                options.say(f"It is {state}.")


def tell_lost(store: Store) -> None:
    """Say on stderr how many corrections find nothing to apply to, or are overruled."""
    states = [state for one, state in store.corrections() if not one.undone_at]
    lost = sum(state != APPLIED for state in states)
    if lost:
        options.say(f"{lost:,} of {len(states):,} corrections do not apply. See: quotes corrections")
