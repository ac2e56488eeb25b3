"""The command line: parse, call, print. stdout is data, everything else goes to stderr."""

import os
import sqlite3
import sys
import warnings
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from quotes.about import __version__
from quotes.cli import check as cli_check
from quotes.cli import claims as cli_claims
from quotes.cli import corrected as cli_corrected
from quotes.cli import corrections as cli_corrections
from quotes.cli import diff as cli_diff
from quotes.cli import erase as cli_erase
from quotes.cli import export as cli_export
from quotes.cli import extract as cli_extract
from quotes.cli import find as cli_find
from quotes.cli import model as cli_model
from quotes.cli import options
from quotes.cli import publish as cli_publish
from quotes.cli import quotation_corrections as cli_quotations
from quotes.cli import read as cli_read
from quotes.cli import scale as cli_scale
from quotes.cli import topics as cli_topics
from quotes.cli.error_text import error_text
from quotes.errors import QuotesError


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
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


cli_extract.register(app)
cli_read.register(app)
cli_claims.register(app)
cli_export.register(app)
cli_find.register(app)


@app.command()
def evaluate(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD", help="A folder of .txt and .ann files, or a .jsonl export.")
    ],
    model: options.Model = None,
    everything: options.All = False,
    thoughts: options.Thoughts = False,
    predictions: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write what was found, as export does.")
    ] = None,
) -> None:
    """Measure how well quotations are found in texts whose quotations are known.

    GOLD is a folder of NAME.txt with NAME_ANNOTATOR.ann beside it (brat; the first annotator counts), or JSON
    Lines as export prints them, beside the texts that they name. Lines may also have "required": what need not be
    found then counts neither way; "act": how often each act is right; "speaker", with "also" for other right names:
    how often the speaker is right, by how the source refers, and whether speaker_confidence keeps what it promises.

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
        figures, failures, rows = evaluate_export(known, model=model, keep=options.keep(everything, thoughts))
        predictions.write_text("".join(f"{line}\n" for line in as_lines(rows)), encoding="utf-8")
    else:
        figures, failures = run(known, model=model, keep=options.keep(everything, thoughts))
    for failure in failures:
        options.say(f"Error: {failure}")
    options.put(table(figures))
    if failures:
        raise typer.Exit(1)


cli_corrections.register(app)
app.command()(cli_scale.link)
app.command()(cli_scale.build)
cli_quotations.register(app)
cli_corrected.register(app)
cli_erase.register(app)
app.command()(cli_topics.topics)
app.command()(cli_check.check)
app.command()(cli_publish.publish_static)
app.command()(cli_diff.diff)
app.add_typer(cli_model.model, name="model")
