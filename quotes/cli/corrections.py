"""The commands that correct what linking found."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from quotes.cli import completion
from quotes.cli import options as options
from quotes.cli import render_lists as listing
from quotes.cli.terminal import terminal
from quotes.corrections.records import APPLIED, Correction, summary, write_correction
from quotes.errors import Unreadable
from quotes.store.database import Store
from quotes.text.plural import count
from quotes.text.sanitise import clean_for_terminal

By = Annotated[str | None, typer.Option(help="Who decides.", show_default="your user name")]
QUOTES = completion.ids("quotes")


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
        app.command(name)(command)


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
    _decide(database, by, lambda store, who, do: do.merge(store, [speaker, *others], by=who))


def split(
    speaker: options.Whom,
    quotes: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUOTE", help="Ids of quotations.", show_default=False, autocompletion=QUOTES),
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
    _decide(
        database,
        by,
        lambda store, who, do: do.split(
            store,
            speaker,
            quotes=quotes or (),
            articles=article or (),
            called=called or (),
            name=name,
            by=who,
        ),
    )


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
    _decide(database, by, lambda store, who, do: do.rename(store, speaker, name, by=who))


def assign(
    quote: Annotated[
        str, typer.Argument(metavar="QUOTE", help="The id of a quotation.", autocompletion=QUOTES)
    ],
    speaker: Annotated[
        str | None,
        typer.Argument(metavar="SPEAKER", help="An id, or a name.", autocompletion=completion.speakers),
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="It is not known whose it is.")] = False,
    new: Annotated[bool, typer.Option("--new", help="SPEAKER has no quotation yet.")] = False,
    type: Annotated[options.SpeakerKind, typer.Option(help="With --new.")] = options.SpeakerKind.person,
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
    kind = type.value if new else None
    _decide(database, by, lambda store, who, do: do.assign(store, quote, speaker, new=kind, by=who))


def merge_statements(
    statements: Annotated[
        list[str],
        typer.Argument(
            metavar="STATEMENT", help="Ids of statements, or of quotations in them.", autocompletion=QUOTES
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
    _decide(database, by, lambda store, who, do: do.merge_statements(store, statements, by=who))


def split_statement(
    statement: Annotated[
        str, typer.Argument(metavar="STATEMENT", help="The id of a statement.", autocompletion=QUOTES)
    ],
    quotes: Annotated[
        list[str],
        typer.Argument(
            metavar="QUOTE",
            help="The quotations that are another statement, together.",
            autocompletion=QUOTES,
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
    _decide(database, by, lambda store, who, do: do.split_statement(store, statement, quotes, by=who))


def corrections(
    read: Annotated[
        str | None, typer.Option("--import", metavar="FILE", help="Add those in this file; - is stdin.")
    ] = None,
    database: options.Database = options.DEFAULT,
    json: options.Json = False,
    nl: options.Nl = False,
    csv: options.Csv = False,
) -> None:
    """List what was corrected: who decided, when, and what became of it.

    With --nl this is what --import reads, in this or in another database.

    \b
    Example:
      quotes corrections --nl > corrections.jsonl
      quotes corrections --import corrections.jsonl
    """
    data = options.one_format(json, nl, csv)
    if read is not None:
        from quotes.linking import decisions as correcting

        try:
            text = sys.stdin.read() if read == "-" else Path(read).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{read} cannot be read: {error}") from error
        decisions = correcting.read_lines(text.splitlines())
        with Store(database) as store:
            known = {one.id for one, _ in store.corrections()}
            changes = correcting.decide(store, decisions)
        new = count(len({one.id for one in decisions} - known), "new correction")
        options.say(f"{new} of {len(decisions):,}.")
        _tell(changes, None)
        return
    with Store(database) as store:
        rows = [write_correction(one, state) for one, state in store.corrections()]
    if data:
        options.put_rows(rows, json, nl)
        return
    if not rows:
        options.say("Nothing was corrected.")
    options.put(listing.corrections(rows, **terminal()))


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
    from quotes.linking import decisions as correcting

    with Store(database) as store:
        undone, changes = correcting.undo(store, correction, by=by or correcting.who())
    _tell(changes, undone.id)


def _decide(database: Path, by: str | None, make: Callable[[Store, str, Any], Correction]) -> None:
    """Keep and apply what the user decided, and tell what came of it."""
    from quotes.linking import decisions as correcting

    with Store(database) as store:
        correction = make(store, by or correcting.who(), correcting)
        changes = correcting.decide(store, [correction])
    _tell(changes, correction.id)


def _tell(changes: Iterable[tuple[Correction, str]], mine: str | None) -> None:
    """What is new about corrections: of that which was asked for first, then of those that it changed."""
    for one, state in sorted(changes, key=lambda pair: pair[0].id != mine):
        said = clean_for_terminal(summary(one))
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
