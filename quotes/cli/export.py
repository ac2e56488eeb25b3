"""The command that writes quotations for other programs."""

from pathlib import Path
from typing import Annotated, Literal, cast, get_args

import typer

from quotes.cli import interchange, options
from quotes.cli.columns import QUOTATIONS
from quotes.cli.filters import Filters
from quotes.cli.formats import TableFormat, write_lines
from quotes.cli.groups import grouped
from quotes.cli.interchange import Interchange
from quotes.cli.output import Output
from quotes.store.database import Store
from quotes.text.plural import count

Format = Literal[
    "jsonl", "csv", "tsv", "json", "md", "xlsx", "parquet", "webannotation", "claims", "brat", "spacy"
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="The most.", show_default="all")]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(grouped(export))


def export(
    *,
    filters: Filters,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="One of these formats.", show_default="jsonl")
    ] = None,
    limit: Limit = None,
    database: options.Database = options.DEFAULT,
    output: Output,
) -> None:
    """Write every quotation, by article and in text order: as JSON Lines, or in another format.

    webannotation is W3C Web Annotation, claims is ClaimReview, one a statement, with what only a fact-checker knows
    left open. brat (a folder) and spacy (a DocBin) are to train on: the articles of the quotations that are chosen,
    with all of their quotations.

    \b
    Example:
      quotes export > quotations.jsonl
      quotes export --since 2025-06 -o june.xlsx
      quotes export --corrected --format brat -o decided/
      quotes export --columns published,speaker,content --csv --bom -o june.csv
    """
    if format in get_args(Interchange):
        _interchange(cast(Interchange, format), filters, limit, database, output)
        return
    chosen = _format(cast("TableFormat | None", format), output)
    with Store(database) as store:
        given = filters.checked(store)
        output.write(store.records.find(order="article", limit=limit, **given), QUOTATIONS, chosen)


def _interchange(
    format: Interchange, filters: Filters, limit: int | None, database: Path, output: Output
) -> None:
    """Write one of the formats of other tools."""
    asked = output.switched()
    if asked or output.columns or output.bom:
        raise typer.BadParameter(f"--format {format} goes with no other format, --columns or --bom")
    if format in ("brat", "spacy") and output.output is None:
        raise typer.BadParameter(f"--format {format} needs -o {'FOLDER' if format == 'brat' else 'FILE'}")
    with Store(database) as store:
        given = filters.checked(store)
        records = store.records.find(order="article", limit=limit, **given)
        if format in ("brat", "spacy"):
            write = interchange.write_brat if format == "brat" else interchange.write_spacy
            options.say(f"{count(write(store, records, cast(Path, output.output)), 'article')} written.")
            return
        lines = (
            interchange.web_annotations(store, records)
            if format == "webannotation"
            else interchange.claims(records)
        )
        with output.file() as file:
            write_lines(lines, file)


def _format(named: TableFormat | None, output: Output) -> TableFormat:
    """The format that is asked for by name, by a switch or by the ending of a file; JSON Lines without any."""
    switched = output.format(named or (None if output.output else "jsonl"))
    if named and switched != named:
        raise typer.BadParameter(f"choose one format: {named} or {switched}")
    return switched or "jsonl"
