"""The command that finds the quotations of one article, without a database."""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from shlex import quote
from typing import Annotated, Any, BinaryIO

import typer

from quotes.cli import options
from quotes.cli.columns import FOUND
from quotes.cli.groups import grouped
from quotes.cli.output import Output
from quotes.cli.render_quotations import quoted
from quotes.cli.terminal import Paint, beside, quiet, room, terminal, wrap
from quotes.errors import Unreadable


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(grouped(find))


def find(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="An article in any form that extract reads; - is stdin.",
            show_default="stdin",
        ),
    ] = "-",
    *,
    output: Output,
) -> None:
    """Find the quotations of one article, without a database.

    \b
    Example:
      quotes find article.txt
      echo '"We waited," Ann Okoro said.' | quotes find --json
    """
    from quotes.api import find as run

    format = output.format()
    rows = run(_read(file)).records()
    if format:
        output.write(rows, FOUND, format)
        return
    shown = list(rows)
    if not shown:
        options.say("No quotation found.")
    options.put(_rendered(shown, **terminal()))


def _read(file: str) -> str:
    """The text of the one article in a file, or in stdin. Raises Unreadable for what is no article, and for several."""
    from quotes.articles.notes import Notes
    from quotes.articles.read import read_articles
    from quotes.types import Article, Failure

    articles: list[Article] = []
    failures: list[Failure] = []
    with _stream(file) as stream:
        path, notes = file if stream is None else "-", Notes(tell=options.say)
        for item in read_articles([path], stdin=stream, notes=notes, language="any"):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                articles.append(item)
            if len(articles) > 1:
                raise Unreadable(
                    f"{file} has several articles, and this command takes one. "
                    f"Read them into a database: quotes extract {quote(file)}"
                )
    if not articles:
        raise Unreadable(str(failures[0]) if failures else f"{file} has no article.")
    for failure in failures:
        options.say(f"Error: {failure}")
    return articles[0].text


@contextmanager
def _stream(file: str) -> Iterator[BinaryIO | None]:
    """The stream of a pipe that is given by name; None for a file. Raises Unreadable where there is neither."""
    try:
        mode = 0 if file == "-" or "::" in file else os.stat(file).st_mode
    except OSError as error:
        raise Unreadable(f"{file} cannot be read: {error.strerror}.") from error
    if stat.S_ISDIR(mode):
        raise Unreadable(
            f"{file} cannot be read: it is a folder. Read it into a database: quotes extract {quote(file)}"
        )
    if stat.S_ISFIFO(mode):
        with open(file, "rb") as stream:
            yield stream
    else:
        yield None


def _rendered(rows: list[dict[str, Any]], *, width: int, paint: Paint) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number:
            yield ""
        yield from _quotation(row, width, paint)


def _quotation(row: Mapping[str, Any], width: int, paint: Paint) -> Iterator[str]:
    speaker, source = row["speaker"], row["source"]
    name = speaker["name"] if speaker else f"{source['text']} (open)" if source else "no source"
    text, marks = quoted(row["content"], row["type"])
    right = wrap(text, room(width), paint, marks)
    facts = (row["description"], f"via {row['via']}" if row["via"] else "", row["said_on"], row["occasion"])
    right += quiet(" · ".join(fact for fact in facts if fact), room(width), paint)
    left = [(name, "name" if speaker else "quiet"), (f"{row['type']} {row['confidence']:.0%}", "quiet")]
    yield from beside(left, right, f"{row['start']}-{row['end']}", width=width, paint=paint)
