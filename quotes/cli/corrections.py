"""The commands that correct what linking found."""

from typing import Annotated

import typer

from quotes.cli import completion, options
from quotes.cli.deciding import Deciding
from quotes.cli.groups import grouped
from quotes.store.database import Store
from quotes.types import SpeakerType

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
    *,
    how: Deciding,
) -> None:
    """Say that speakers are one: the first one, whose id and name stay.

    Where several speakers have a name, they are listed: give the id. Corrections outlast every run of extract.

    \b
    Example:
      quotes merge hillary-clinton "Hillary Rodham"
    """
    from quotes.linking import decisions

    with Store(how.database) as store:
        how.decide(store, decisions.merge(store, [speaker, *others], by=how.who))


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
    *,
    how: Deciding,
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

    with Store(how.database) as store:
        correction = decisions.split(
            store,
            speaker,
            quotes=quotes or (),
            articles=article or (),
            called=called or (),
            name=name,
            by=how.who,
        )
        how.decide(store, correction)


def rename(
    speaker: options.Whom,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to show.")],
    *,
    how: Deciding,
) -> None:
    """Show a speaker under another name. The id stays, so that links to the page stay.

    \b
    Example:
      quotes rename bill-clinton "William J. Clinton"
    """
    from quotes.linking import decisions

    with Store(how.database) as store:
        how.decide(store, decisions.rename(store, speaker, name, by=how.who))


def assign(
    quote: options.Quote,
    speaker: Annotated[
        str | None,
        typer.Argument(metavar="SPEAKER", help="An id, or a name.", autocompletion=completion.speakers),
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="It is not known whose it is.")] = False,
    new: Annotated[bool, typer.Option("--new", help="SPEAKER has no quotation yet.")] = False,
    type: Annotated[SpeakerType, typer.Option(help="With --new.")] = "person",
    *,
    how: Deciding,
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

    with Store(how.database) as store:
        how.decide(store, decisions.assign(store, quote, speaker, new=type if new else None, by=how.who))


def merge_statements(
    statements: Annotated[
        list[str],
        typer.Argument(
            metavar="STATEMENT", help="Ids of statements, or of quotations in them.", autocompletion=QUOTE_IDS
        ),
    ],
    *,
    how: Deciding,
) -> None:
    """Say that statements are one.

    \b
    Example:
      quotes merge-statements STATEMENT STATEMENT
    """
    if len(statements) < 2:
        raise typer.BadParameter("give two statements at least")
    from quotes.linking import decisions

    with Store(how.database) as store:
        how.decide(store, decisions.merge_statements(store, statements, by=how.who))


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
    *,
    how: Deciding,
) -> None:
    """Say that some of a statement's quotations are another statement.

    \b
    Example:
      quotes split-statement STATEMENT QUOTE QUOTE
    """
    from quotes.linking import decisions

    with Store(how.database) as store:
        how.decide(store, decisions.split_statement(store, statement, quotes, by=how.who))
