"""The command that writes quotations for other programs."""

from typing import Annotated, Literal

import typer

from quotes.cli import options
from quotes.cli.columns import QUOTATIONS
from quotes.cli.filters import Filters
from quotes.cli.formats import TableFormat
from quotes.cli.groups import grouped
from quotes.cli.output import Output
from quotes.store.database import Store

Format = Literal["jsonl", "csv", "tsv", "json", "md", "xlsx", "parquet"]
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

    \b
    Example:
      quotes export > quotations.jsonl
      quotes export --since 2025-06 -o june.xlsx
      quotes export --columns published,speaker,content --csv --bom -o june.csv
    """
    chosen = _format(format, output)
    with Store(database) as store:
        given = filters.checked(store)
        output.write(store.records.find(order="article", limit=limit, **given), QUOTATIONS, chosen)


def _format(named: Format | None, output: Output) -> TableFormat:
    """The format that is asked for by name, by a switch or by the ending of a file; JSON Lines without any."""
    switched = output.format(named)
    if named and switched != named:
        raise typer.BadParameter(f"choose one format: {named} or {switched}")
    return switched or "jsonl"
