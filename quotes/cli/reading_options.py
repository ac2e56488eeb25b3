"""The options that say how files are read, of ``extract`` and of ``preview``."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from quotes.articles.options import ReadOptions

Format = Annotated[
    str | None, typer.Option("--format", help="What the files are, where content and name do not tell.")
]
Column = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="What a table calls a field: text=body."),
]
Publication = Annotated[str | None, typer.Option(help="The publication of every article.")]
DateFormat = Annotated[str | None, typer.Option(metavar="FORMAT", help="How dates are written: %m/%d/%Y.")]
DayFirst = Annotated[bool, typer.Option("--day-first", help="06/10/2025 is in October.")]
Encoding = Annotated[str | None, typer.Option(help="Of texts, pages and tables: windows-1252.")]
Delimiter = Annotated[str | None, typer.Option(help="What parts the columns of a table.")]
Language = Annotated[str, typer.Option(help="en, or any: read articles in other languages as well.")]


def read_options(
    format: str | None = None,
    column: list[str] | None = None,
    publication: str | None = None,
    date_format: str | None = None,
    day_first: bool = False,
    encoding: str | None = None,
    delimiter: str | None = None,
    language: str = "en",
) -> "ReadOptions":
    """What the options of extract and preview say. Raises BadParameter for what there is not."""
    from quotes.articles.options import FIELDS, ReadOptions
    from quotes.articles.readers import reader_named
    from quotes.errors import Unreadable

    columns = {}
    for pair in column or ():
        field, equals, name = pair.partition("=")
        if not equals or not name or field not in FIELDS:
            raise typer.BadParameter(f"write --column FIELD=NAME; fields are {', '.join(FIELDS)}")
        columns[field] = name
    if language not in ("en", "any"):
        raise typer.BadParameter("--language is en or any: quotations are found in English")
    if delimiter is not None and len(delimiter.replace("\\t", "\t")) != 1:
        raise typer.BadParameter("--delimiter is one character; \\t is a tab")
    if format:
        try:
            reader_named(format)
        except Unreadable as error:
            raise typer.BadParameter(str(error)) from None
    mark = delimiter.replace("\\t", "\t") if delimiter else None
    return ReadOptions(format, columns, publication, date_format, day_first, encoding, mark, language)
