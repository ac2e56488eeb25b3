"""The command line: parse, call, print. stdout is data, everything else goes to stderr."""

import os
import signal
import sqlite3
import sys
import time
import warnings
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from quotes import __version__, cli_corrections, display
from quotes.errors import QuotesError
from quotes.store import Store


class Group(TyperGroup):
    """Turns the errors that a user can act on into one message on stderr and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except QuotesError as error:
            typer.echo(f"Error: {error}", err=True)
        except sqlite3.Error as error:
            typer.echo(f"Error: the database cannot be read: {error}", err=True)
        raise typer.Exit(1)


class Type(StrEnum):
    direct = "direct"
    mixed = "mixed"
    indirect = "indirect"


class Format(StrEnum):
    jsonl = "jsonl"
    csv = "csv"


app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)

Database = Annotated[Path, typer.Option("--database", "-d", help="The database file.")]
Model = Annotated[
    str | None,
    typer.Option(
        help="An installed spaCy pipeline for English to use for syntax.", show_default="the embedded model"
    ),
]
Thoughts = Annotated[
    bool, typer.Option("--thoughts", help="Beliefs and intentions too, such as “Trump wants”.")
]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"quotes {__version__}")
        raise typer.Exit()


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Who said what: quotations, speakers and statements from news articles, in a SQLite database.

    \b
    Example:
      quotes extract articles/
      quotes search "rare earths" --speaker hassett
    """


@app.command()
def extract(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files and folders of .txt or JSON Lines; - is stdin."),
    ],
    database: Database = Path("quotes.db"),
    model: Model = None,
    thoughts: Thoughts = False,
    processes: Annotated[int, typer.Option(min=1, help="Processes that read articles.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Read unchanged articles again.")] = False,
) -> None:
    """Read articles and write their quotations, speakers and statements to a database.

    Articles that have not changed since they were read are skipped. JSON Lines have objects with "text" and
    optionally "id", "title", "publication", "author", "published" and "url".

    \b
    Example:
      quotes extract articles/ --processes 2
      cat article.txt | quotes extract -
    """
    from quotes.articles import Failure, read_articles
    from quotes.extraction import Outcome
    from quotes.extraction import extract as run

    start = shown = time.monotonic()
    progress = sys.stderr.isatty()
    if processes > 1 and hasattr(os, "register_at_fork"):  # Ctrl-C ends the others at once and silently
        os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        warnings.filterwarnings("ignore", message=r"\[W127\]")  # that they ended; what they had is read again

    def report(outcome: Outcome, failure: Failure | None) -> None:
        nonlocal shown
        if failure:
            typer.echo(("\r\x1b[K" if progress else "") + f"Error: {failure}", err=True)
        if progress and time.monotonic() > shown + 0.1:
            shown = time.monotonic()
            done = display.count(outcome.read + outcome.unchanged, "article")
            typer.echo(f"\r\x1b[K{done}, {display.count(outcome.quotes, 'quotation')}", err=True, nl=False)

    try:
        outcome = run(
            read_articles(paths),
            database,
            model=model,
            thoughts=thoughts,
            processes=processes,
            force=force,
            report=report,
        )
    except KeyboardInterrupt:
        typer.echo("\nInterrupted. What was read is stored; the same command goes on from there.", err=True)
        raise typer.Exit(130) from None
    if progress:
        typer.echo("\r\x1b[K", err=True, nl=False)
    if outcome.read + outcome.unchanged:
        with Store(database) as store:
            counts, example = store.counts(), store.most_quoted()
            cli_corrections.tell_lost(store)
        typer.echo(
            f"{display.count(outcome.read, 'article')} read, {outcome.unchanged:,} unchanged, "
            f"in {time.monotonic() - start:.1f} seconds.",
            err=True,
        )
        _print(display.summary(counts, database, example), err=True)
    if outcome.failures:
        typer.echo(
            f"{display.count(len(outcome.failures), 'article')} could not be read, see above.", err=True
        )
        raise typer.Exit(1)


@app.command()
def search(
    words: Annotated[
        str, typer.Argument(help="Words that must occur; in double quotation marks, a phrase.")
    ] = "",
    speaker: Annotated[str | None, typer.Option(help="Words of the speaker's name, or an id.")] = None,
    type: Annotated[Type | None, typer.Option(help="Only quotations of this type.")] = None,
    publication: Annotated[str | None, typer.Option(help="Part of the publication's name.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Year, month or day: 2025-06-10.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Year, month or day, included.")] = None,
    min_confidence: Annotated[float | None, typer.Option(min=0, max=1, help="From 0 to 1.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="The most results.")] = 20,
    database: Database = Path("quotes.db"),
    json: Annotated[bool, typer.Option("--json", help="A JSON array.")] = False,
    nl: Annotated[bool, typer.Option("--nl", help="One JSON object a line.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV.")] = False,
) -> None:
    """Find quotations, the best first; without words, those that the options let through, the newest first.

    \b
    Example:
      quotes search "rare earths" --speaker hassett
      quotes search --type direct --since 2025-06 --csv
    """
    if json + nl + csv > 1:
        raise typer.BadParameter("choose one of --json, --nl and --csv")
    filters: dict[str, Any] = {"since": _date(since), "until": _date(until), "min_confidence": min_confidence}
    filters |= {"speaker": speaker, "type": type and type.value, "publication": publication}
    if not words.strip() and all(value is None for value in filters.values()):
        raise typer.BadParameter("give words to search for, or an option such as --speaker")
    with Store(database) as store:
        rows = store.search(words, limit=limit, **filters)
        if store.needs_linking():
            typer.echo(
                f"{database} is not complete: run quotes extract again to link its speakers.", err=True
            )
    if json or nl or csv:
        _print(display.as_json(rows) if json else display.as_lines(rows) if nl else display.as_csv(rows))
        return
    if not rows:
        typer.echo("No quotation found. Try fewer words, or the beginning of one: tariff*", err=True)
    _print(display.results(rows, **display.terminal()))


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="As search, export and the pages give it.")],
    database: Database = Path("quotes.db"),
    json: Annotated[bool, typer.Option("--json", help="A JSON object.")] = False,
) -> None:
    """Show a quotation in its context, with its other wordings; or a speaker, a statement or an article.

    \b
    Example:
      quotes show kevin-hassett
    """
    with Store(database) as store:
        found = store.show(id)
    if found is None:
        raise QuotesError(
            f"{database} has no quotation, speaker, statement or article {id!r}. Try: quotes search"
        )
    if json:
        _print(display.as_lines([found]))
    else:
        _print(display.shown(found, **display.terminal()))


@app.command()
def export(
    database: Database = Path("quotes.db"),
    format: Annotated[Format, typer.Option("--format", "-f", help="JSON Lines or CSV.")] = Format.jsonl,
) -> None:
    """Print every quotation, one a line, by article and in text order.

    \b
    Example:
      quotes export > quotations.jsonl
      quotes export --format csv > quotations.csv
    """
    with Store(database) as store:
        rows = store.export()
        _print(display.as_lines(rows) if format is Format.jsonl else display.as_csv(map(display.flat, rows)))


@app.command()
def evaluate(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD", help="A folder of .txt and .ann files, or a .jsonl export.")
    ],
    model: Model = None,
    thoughts: Thoughts = False,
    predictions: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write what was found, as export does.")
    ] = None,
) -> None:
    """Measure how well quotations are found in texts whose quotations are known.

    GOLD is a folder of NAME.txt with NAME_ANNOTATOR.ann beside it (brat; the first annotator counts), or JSON
    Lines as export prints them, beside the texts that they name.

    \b
    Example:
      quotes evaluate gold/
    """
    from quotes.evaluation import measure, table
    from quotes.extraction import predict
    from quotes.gold import annotation, read_gold

    known = read_gold(gold)
    rows, failures = predict([str(text.path) for text in known], model=model, thoughts=thoughts)
    for failure in failures:
        typer.echo(f"Error: {failure}", err=True)
    if predictions:
        predictions.write_text("".join(f"{line}\n" for line in display.as_lines(rows)), encoding="utf-8")
    found: dict[str, list[Any]] = {str(text.path): [] for text in known}
    for row in rows:
        found[row["article"]].append(annotation(row))
    _print(table(measure((text.read(), found[str(text.path)], text.quotes, text.discard) for text in known)))
    if failures:
        raise typer.Exit(1)


cli_corrections.register(app)


def _print(lines: Iterable[str], *, err: bool = False) -> None:
    for line in lines:
        typer.echo(line, err=err)


def _date(value: str | None) -> str | None:
    """A year, month or day as it was typed; anything else is a mistake of use."""
    if value is None:
        return None
    from quotes.jsonlines import iso_date
    from quotes.textfile import Unreadable

    try:
        return iso_date(value)
    except Unreadable:
        raise typer.BadParameter(f"{value!r} is no date; write 2025, 2025-06 or 2025-06-10") from None
