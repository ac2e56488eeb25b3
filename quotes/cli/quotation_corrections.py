"""The commands that correct which quotations there are, and which words they are."""

from typing import Annotated

import typer

from quotes.cli import completion, options
from quotes.cli.deciding import Deciding
from quotes.cli.groups import grouped
from quotes.store.database import Store
from quotes.types import SpeakerType


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (reject, add, trim):
        app.command()(grouped(command))


def reject(quote: options.Quote, *, how: Deciding) -> None:
    """Say that what was taken for a quotation is none. It is gone from lists and pages, and stays so.

    \b
    Example:
      quotes reject QUOTE
    """
    from quotes.linking.quotation_decisions import reject

    with Store(how.database) as store:
        how.decide(store, reject(store, [quote], by=how.who))


def add(
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE", help="The id of an article.", autocompletion=completion.ids("articles")
        ),
    ],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The words, as the article has them.")],
    *,
    speaker: Annotated[
        str | None,
        typer.Option(help="Whose they are: an id, or a whole name.", autocompletion=completion.speakers),
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="It is not known whose they are.")] = False,
    new: Annotated[bool, typer.Option("--new", help="The speaker has no quotation yet.")] = False,
    type: Annotated[SpeakerType, typer.Option(help="With --new.")] = "person",
    at: Annotated[
        int | None, typer.Option(min=0, help="Where the words begin, if they occur more than once.")
    ] = None,
    how: Deciding,
) -> None:
    """Say that words of an article are a quotation that was not found.

    \b
    Example:
      quotes add ARTICLE "nobody came to open it" --speaker ann-okoro
    """
    from quotes.linking.quotation_decisions import add

    if (speaker is None) != nobody or (nobody and new):
        raise typer.BadParameter("give --speaker, or --nobody")
    with Store(how.database) as store:
        kind = type if new else None
        how.decide(store, add(store, article, words, speaker, new=kind, at=at, by=how.who))


def trim(
    quote: options.Quote,
    start: Annotated[
        int, typer.Argument(metavar="START", help="Where it begins, in characters of the article.")
    ],
    end: Annotated[
        int, typer.Argument(metavar="END", help="Where it ends: the place behind its last character.")
    ],
    *,
    how: Deciding,
) -> None:
    """Say which words of its article a quotation is: more or fewer than were found. Its id stays.

    quotes show tells where a quotation begins and ends now.

    \b
    Example:
      quotes trim QUOTE 1204 1266
    """
    from quotes.linking.quotation_decisions import trim

    with Store(how.database) as store:
        how.decide(store, trim(store, quote, start, end, by=how.who))
