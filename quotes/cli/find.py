"""The command that finds quotations in a text, without a database."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

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
        str, typer.Argument(metavar="FILE", help="A text, or a saved page; - is stdin.", show_default="stdin")
    ] = "-",
    *,
    output: Output,
) -> None:
    """Find the quotations of one text, without a database.

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
    """The text of a file, or of stdin. Raises Unreadable for what is no text."""
    from quotes.text.encoding import check_characters, decode

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Unreadable(f"{file} cannot be read: {error.strerror}.") from error
    text = _page_text(raw, file) or decode(raw, file)
    check_characters(text)
    if not text.strip():
        raise Unreadable(f"{'The text' if file == '-' else file} is empty.")
    return text


def _page_text(raw: bytes, file: str) -> str | None:
    """The article's text of a page; None for what is none. Raises Unreadable for documents, with what helps."""
    from quotes.articles import recognise
    from quotes.articles.source import HEAD_BYTES

    head = raw[:HEAD_BYTES]
    if file != "-" and (refusal := recognise.refusal(head, file)):
        raise Unreadable(f"{file} {refusal}")
    if not recognise.is_html(head, Path(file).name):
        return None
    from quotes.articles.html_pages import read_page
    from quotes.articles.html_tree import decode_page

    return read_page(decode_page(raw))["text"]


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
