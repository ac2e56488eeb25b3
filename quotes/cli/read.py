"""The commands that read a database: search, who, show, speakers and export."""

from collections.abc import Sized
from shlex import quote
from typing import Annotated, Any, Literal

import typer

from quotes.cli import completion, formats, options, render, render_lists
from quotes.cli.terminal import terminal
from quotes.errors import NotFound
from quotes.store.database import Store
from quotes.store.find_speaker import check_publication, check_speaker, find_speaker, no_speaker
from quotes.text.plural import count
from quotes.types import QuoteType, SpeakerType


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (search, who, show, speakers, export):
        app.command()(command)


def search(
    words: Annotated[
        str, typer.Argument(help="Words that must occur; in double quotation marks, a phrase.")
    ] = "",
    speaker: Annotated[
        str | None,
        typer.Option(help="Words of the speaker's name, or an id.", autocompletion=completion.speakers),
    ] = None,
    type: Annotated[QuoteType | None, typer.Option(help="Only quotations of this type.")] = None,
    publication: Annotated[
        str | None,
        typer.Option(help="The publication's name, or a part of it.", autocompletion=completion.publications),
    ] = None,
    since: options.Since = None,
    until: options.Until = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="From 0 to 1.")] = None,
    limit: options.Limit = 20,
    database: options.Database = options.DEFAULT,
    json: options.Json = False,
    nl: options.Nl = False,
    csv: options.Csv = False,
) -> None:
    """Find what was said, the best match first.

    One entry a statement: the quotation that matches best, and other wordings that match. Without words, what the
    options let through, the newest first. A question mark after a name: it is uncertain who spoke.

    \b
    Example:
      quotes search "rare earths" --speaker hassett
      quotes search --type direct --since 2025-06 --csv
    """
    data = options.one_format(json, nl, csv)
    filters: dict[str, Any] = {"speaker": speaker, "type": type, "publication": publication}
    filters |= {"since": options.date(since), "until": options.date(until), "min_confidence": min_confidence}
    if not words.strip() and all(value is None for value in filters.values()):
        raise typer.BadParameter("give words to search for, or an option such as --speaker")
    with Store(database) as store:
        if store.needs_linking():
            options.say(f"{database} is not complete: run quotes extract again to link its speakers.")
        check_speaker(store, speaker)
        check_publication(store, publication)
        if data:
            options.put_rows(store.search(words, limit=limit, **filters), json, nl)
            return
        groups = store.search_statements(words, limit=limit + 1, **filters)
    if not groups:
        options.say("No quotation found. Try fewer words, or the beginning of one: tariff*")
    options.put(render.render_results(groups[:limit], **terminal()))
    _tell_more(groups, limit)


def who(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A name, or a part of one that only one has, or an id.",
            autocompletion=completion.speakers,
        ),
    ],
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = 20,
    database: options.Database = options.DEFAULT,
    json: options.Json = False,
    nl: options.Nl = False,
    csv: options.Csv = False,
) -> None:
    """Show who somebody is, and what they said, the newest first.

    Who they are is what articles call them. Where several speakers have the name, they are listed: give the id.

    \b
    Example:
      quotes who "Kevin Hassett"
      quotes who kevin-hassett --since 2025-06 --json
    """
    data = options.one_format(json, nl, csv)
    filters: dict[str, Any] = {"since": options.date(since), "until": options.date(until)}
    with Store(database) as store:
        speaker = find_speaker(store, name)
        filters["by"] = speaker["id"]
        if data:
            options.put_rows(store.search(limit=limit, **filters), json, nl)
            return
        about = store.queries.about(speaker["id"])
        groups = store.search_statements(limit=limit + 1, **filters)
        others = len(store.speakers(name)) - 1 if name != speaker["id"] else 0
    options.put(render.render_speaker(about or speaker, groups[:limit], **terminal()))
    if not groups:
        options.say("No quotation found.")
    _tell_more(groups, limit)
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
    type: Annotated[SpeakerType | None, typer.Option(help="Only speakers of this type.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="The most results.")] = 50,
    database: options.Database = options.DEFAULT,
    json: options.Json = False,
    nl: options.Nl = False,
    csv: options.Csv = False,
) -> None:
    """List speakers and their ids, the most quoted first.

    \b
    Example:
      quotes speakers clinton
      quotes speakers --type person --csv
    """
    data = options.one_format(json, nl, csv)
    with Store(database) as store:
        rows = store.speakers(words, type=type, limit=limit + (not data))
        if not rows and words.strip():
            error = no_speaker(store, words)
            options.say(
                f"{error.message} {error.hint or 'Try the beginning of a name: quotes speakers clint'}"
            )
    if data:
        options.put_rows(rows, json, nl)
        return
    options.put(render_lists.render_speakers(rows[:limit], **terminal()))
    _tell_more(rows, limit)


def export(
    database: options.Database = options.DEFAULT,
    format: Annotated[
        Literal["jsonl", "csv"], typer.Option("--format", "-f", help="JSON Lines or CSV.")
    ] = "jsonl",
) -> None:
    """Print every quotation, one a line, by article and in text order.

    \b
    Example:
      quotes export > quotations.jsonl
      quotes export --format csv > quotations.csv
    """
    with Store(database) as store:
        rows = store.export()
        options.put(formats.as_lines(rows) if format == "jsonl" else formats.as_csv(map(formats.flat, rows)))


def _tell_more(items: Sized, limit: int) -> None:
    """Say that there is more; ``items`` has one more than was to be shown."""
    if len(items) > limit:
        options.say(f"\nThere is more: add --limit {limit * 5}")
