"""The command line: parse, call, print. stdout is data, everything else goes to stderr."""

import os
import signal
import sqlite3
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from quotes.about import __version__
from quotes.cli import check as cli_check
from quotes.cli import corrected as cli_corrected
from quotes.cli import corrections as cli_corrections
from quotes.cli import erase as cli_erase
from quotes.cli import export as cli_export
from quotes.cli import find as cli_find
from quotes.cli import model as cli_model
from quotes.cli import options
from quotes.cli import quotation_corrections as cli_quotations
from quotes.cli import read as cli_read
from quotes.cli import scale as cli_scale
from quotes.cli.deciding import tell_lost
from quotes.cli.erase import without_forgotten
from quotes.cli.error_text import error_text
from quotes.errors import QuotesError
from quotes.store.database import Store

if TYPE_CHECKING:
    from quotes.extraction import Outcome
    from quotes.types import Failure


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    if category.__module__.startswith("quotes."):
        typer.echo(f"Note: {message}", err=True)
    elif not issubclass(category, DeprecationWarning):
        typer.echo(f"Warning: {message}", err=True)


class Group(TyperGroup):
    """Turns the errors that a user can act on into one message on stderr and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        warnings.showwarning = _show_warning
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:  # who reads has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except QuotesError as error:
            typer.echo(f"Error: {error_text(error)}", err=True)
        except sqlite3.Error as error:
            typer.echo(f"Error: the database cannot be read: {error}", err=True)
        raise typer.Exit(1)


app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)

Model = Annotated[
    str | None,
    typer.Option(
        help="An installed spaCy pipeline for English to use for syntax.", show_default="the embedded model"
    ),
]
Thoughts = Annotated[
    bool, typer.Option("--thoughts", help="Beliefs and intentions too, such as “Trump wants”.")
]


class Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a run in the same orderly way as Ctrl-C."""


def _terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated


@contextmanager
def _interruptible() -> Iterator[None]:
    """A block that Ctrl-C and SIGTERM end with a word and an exit code of their own."""
    try:
        yield
    except KeyboardInterrupt as error:
        options.say("\nInterrupted. What was read is stored; the same command goes on from there.")
        raise typer.Exit(143 if isinstance(error, Terminated) else 130) from None


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
    database: options.Database = options.DEFAULT,
    model: Model = None,
    thoughts: Thoughts = False,
    processes: Annotated[int, typer.Option(min=1, help="Processes that read articles.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Read unchanged articles again.")] = False,
    to: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="Write a corpus of Parquet files instead, for quotes link."),
    ] = None,
    shard: Annotated[
        str | None, typer.Option(metavar="I/N", help="With --to: the I-th of N parts only, such as 3/100.")
    ] = None,
    engine: options.Engine = "processes",
    address: options.Address = None,
    forget: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Leave out articles that have one of the names in FILE, one a line."
        ),
    ] = None,
) -> None:
    """Read articles and write their quotations, speakers and statements to a database.

    Articles that have not changed since they were read are skipped. JSON Lines have objects with "text" and
    optionally "id", "title", "publication", "author", "published" and "url".

    \b
    Example:
      quotes extract articles/ --processes 2
      cat article.txt | quotes extract -
    """
    from quotes.articles.count import count_articles
    from quotes.articles.read import read_articles
    from quotes.cli.progress import Progress
    from quotes.extraction import extract as run

    start = time.monotonic()
    signal.signal(signal.SIGTERM, _terminate)
    if to is None and (shard or engine != "processes" or address):
        raise typer.BadParameter("--shard, --engine and --address need --to FOLDER")
    if to is not None and forget is not None:
        raise typer.BadParameter("--forget is for a database, not for --to")
    if to is not None:
        with _interruptible():
            cli_scale.extract(
                paths,
                to,
                shard=shard,
                model=model,
                thoughts=thoughts,
                processes=processes,
                engine=engine,
                address=address,
            )
        return

    def report(outcome: "Outcome", failure: "Failure | None") -> None:
        if failure:
            progress.tell(f"Error: {failure}")
        done = outcome.read + outcome.unchanged + len(outcome.failures)
        progress.move(done, outcome.read, outcome.quotes)

    with (
        _interruptible(),
        Progress(count_articles(paths) if options.is_terminal() else None) as progress,
    ):
        outcome = run(
            read_articles(paths) if forget is None else without_forgotten(read_articles(paths), forget),
            database,
            model=model,
            thoughts=thoughts,
            processes=processes,
            force=force,
            report=report,
            linking=progress.link,
        )
    _tell_outcome(outcome, database, time.monotonic() - start)
    if outcome.failures:
        raise typer.Exit(1)


def _tell_outcome(outcome: "Outcome", database: Path, seconds: float) -> None:
    """Say on stderr what was read, and what is in the database now."""
    from quotes.cli.render import render_summary
    from quotes.text.plural import count

    if outcome.read + outcome.unchanged:
        with Store(database) as store:
            counts, example = store.counts(), store.queries.most_quoted()
            counts |= {"corrected": store.queries.corrected()}
            tell_lost(store)
        read = count(outcome.read, "article")
        options.say(f"{read} read, {outcome.unchanged:,} unchanged, in {seconds:.1f} seconds.")
        for line in render_summary(counts, database, example):
            options.say(line)
    if outcome.failures:
        options.say(f"{count(len(outcome.failures), 'article')} could not be read, see above.")


cli_read.register(app)
cli_export.register(app)
cli_find.register(app)


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
    from quotes.cli.formats import as_lines
    from quotes.evaluation.gold import read_gold
    from quotes.evaluation.metrics import table
    from quotes.evaluation.predict import evaluate as run
    from quotes.evaluation.predict import evaluate_export

    known = read_gold(gold)
    if predictions:
        figures, failures, rows = evaluate_export(known, model=model, thoughts=thoughts)
        predictions.write_text("".join(f"{line}\n" for line in as_lines(rows)), encoding="utf-8")
    else:
        figures, failures = run(known, model=model, thoughts=thoughts)
    for failure in failures:
        options.say(f"Error: {failure}")
    options.put(table(figures))
    if failures:
        raise typer.Exit(1)


cli_corrections.register(app)
cli_quotations.register(app)
cli_corrected.register(app)
cli_erase.register(app)
app.command()(cli_check.check)
app.add_typer(cli_model.model, name="model")
