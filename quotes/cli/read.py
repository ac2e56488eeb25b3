"""The commands that read a database: search, who, show and speakers."""

import re
from collections.abc import Sized
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from quotes.cli import completion, formats, options, render, render_lists
from quotes.cli.columns import QUOTATIONS, SPEAKERS
from quotes.cli.filters import Filters, OwnFilters, SpeakersFilters
from quotes.cli.groups import grouped
from quotes.cli.output import Limit, Output
from quotes.cli.terminal import terminal
from quotes.errors import NotFound
from quotes.store.database import Store
from quotes.store.find_speaker import find_speaker, no_speaker
from quotes.store.search_sql import Filters as StoreFilters
from quotes.text.plural import count
from quotes.types import SpeakerType

if TYPE_CHECKING:
    from quotes.store.row_types import StatementRow

STATEMENTS_SHOWN = 20  # to people, without --limit
SPEAKERS_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (search, who, show, speakers):
        app.command()(grouped(command))


def search(
    typed: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            help='Words that must occur; "in quotation marks" a phrase, "a OR b" one of them, "-word" not this one.',
            show_default=False,
        ),
    ] = None,
    *,
    like: Annotated[
        str | None,
        typer.Option(
            metavar="ID|TEXT", help="Near in meaning to this quotation or these words, the nearest first."
        ),
    ] = None,
    filters: Filters,
    limit: Limit = None,
    database: options.Database = options.DEFAULT,
    output: Output,
) -> None:
    """Find what was said, the best match first.

    One entry a statement: the quotation that matches best, and other wordings that match. Without words, what the
    options let through, the newest first. A question mark after a name: it is uncertain who spoke. A data format, such
    as --csv, has every quotation that is found, unless --limit is given.

    \b
    Example:
      quotes search "rare earths" --speaker hassett
      quotes search 'tariff* OR duties -china' --since 7d
      quotes search --like "trains will be late" --since 2025-06 --xlsx -o june.xlsx
    """
    format, words = output.format(), " ".join(typed or ())
    if not words.strip() and not filters.are_given and not (like or "").strip():
        raise typer.BadParameter("give words to search for, or an option such as --speaker")
    with Store(database) as store:
        _tell_unlinked(store)
        given = filters.checked(store)
        alike = _like(store, like, words, given) if like is not None else None
        if format:
            rows = store.records.find(words, limit=limit, **given)
            output.write(rows if alike is None else store.records.of(alike[:limit]), QUOTATIONS, format)
            return
        most = limit or STATEMENTS_SHOWN
        if alike is None:
            groups = store.search_statements(words, limit=most + 1, **given)
        else:
            groups = cast("list[StatementRow]", store.finder.grouped(alike, limit=most + 1))
    if not groups and alike is not None:
        options.say("No quotation found that is near in meaning to that.")
    elif not groups:
        options.say(f"No quotation found. Try fewer words, or the beginning of one: {_beginning(words)}")
    options.put(render.render_results(groups[:most], **terminal()))
    _tell_more(groups, most)


def who(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A name, or a part of one that only one has, or an id.",
            autocompletion=completion.speakers,
        ),
    ],
    *,
    filters: OwnFilters,
    limit: Limit = None,
    database: options.Database = options.DEFAULT,
    output: Output,
) -> None:
    """Show who somebody is, and what they said, the newest first.

    Who they are is what articles call them. Where several speakers have the name, they are listed: give the id.

    \b
    Example:
      quotes who "Kevin Hassett"
      quotes who kevin-hassett --since 2025-06 --json
    """
    format = output.format()
    with Store(database) as store:
        speaker = find_speaker(store, name)
        given = filters.checked(store) | {"by": speaker["id"]}
        if format:
            output.write(store.records.find(limit=limit, **given), QUOTATIONS, format)
            return
        most = limit or STATEMENTS_SHOWN
        about = store.queries.about(speaker["id"])
        groups = store.search_statements(limit=most + 1, **given)
        others = len(store.speakers(name)) - 1 if name != speaker["id"] else 0
    options.put(render.render_speaker(about or speaker, groups[:most], **terminal()))
    if not groups:
        options.say("No quotation found.")
    _tell_more(groups, most)
    if others > 0:
        options.say(f"{count(others, 'other speaker')} may be meant: quotes speakers {quote(name)}")


def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="As search, export and the pages give it.",
            autocompletion=completion.ids("speakers", "articles", "quotes"),
        ),
    ],
    database: options.Database = options.DEFAULT,
    json: Annotated[bool, typer.Option("--json", help="A JSON object.")] = False,
) -> None:
    """Show a quotation, a statement, a speaker or an article.

    A quotation is shown in its context and with its other wordings, word by word compared with the fullest one:
    [-left out-], {+changed or added+}; on a terminal in colour.

    \b
    Example:
      quotes show kevin-hassett
    """
    with Store(database) as store:
        item = store.show(id)
        if item is None:
            other = f"who {quote(id)}" if store.lookup.is_speaker(id) else "search"
            raise NotFound(
                f"{database} has no quotation, speaker, statement or article {id!r}.", f"Try: quotes {other}"
            )
    if json:
        options.put(formats.as_lines([item]))
    else:
        options.put(render.render_item(item, **terminal()))


def speakers(
    words: Annotated[
        str,
        typer.Argument(
            help="Words of a name or an alias, or their beginnings.", autocompletion=completion.speakers
        ),
    ] = "",
    *,
    type: Annotated[SpeakerType | None, typer.Option(help="Only speakers of this type.")] = None,
    filters: SpeakersFilters,
    limit: Limit = None,
    database: options.Database = options.DEFAULT,
    output: Output,
) -> None:
    """List speakers and their ids, the most quoted first.

    With options about quotations, such as --since, those who have such quotations, and how many of these.

    \b
    Example:
      quotes speakers clinton
      quotes speakers --type person --since 2025-06 --csv
    """
    format = output.format()
    with Store(database) as store:
        given = cast(StoreFilters, filters.checked(store))
        most = limit or SPEAKERS_SHOWN
        rows = store.speakers(words, type=type, limit=limit if format else most + 1, filters=given)
        if not rows and words.strip():
            error = no_speaker(store, words)
            if not store.speakers(words, limit=1):
                options.say(
                    f"{error.message} {error.hint or 'Try the beginning of a name: quotes speakers clint'}"
                )
    if format:
        output.write(rows, SPEAKERS, format)
        return
    options.put(render_lists.render_speakers(rows[:most], **terminal()))
    _tell_more(rows, most)


def _like(store: Store, typed: str, words: str, given: dict[str, Any]) -> list[str]:
    """The ids of quotations near in meaning to what was typed; what has no embedding yet gets one first."""
    from quotes.linking.likeness import embed_missing, like

    if not typed.strip():
        raise typer.BadParameter("--like needs an id or words")
    embed_missing(store, options.show_embedded)
    return [
        ident for ident, _ in like(store, typed, store.finder.search_for(words, cast(StoreFilters, given)))
    ]


def _tell_unlinked(store: Store) -> None:
    if store.needs_linking():
        options.say(f"{store.path} is not complete: run quotes extract again to link its speakers.")


def _beginning(words: str) -> str:
    """The longest of the words as a search for what begins like it, as the shell wants it written."""
    longest = max(re.findall(r"[^\W_]+", words), key=len, default="tariff")
    return f"quotes search {quote(longest[: max(4, len(longest) - 2)] + '*')}"


def _tell_more(items: Sized, limit: int) -> None:
    """Say that there is more; ``items`` has one more than was to be shown."""
    if len(items) > limit:
        options.say(f"\nThere is more: add --limit {limit * 5}, or a data format such as --csv for all.")
