"""The options that say how files are read, of ``extract`` and of ``preview``."""

from dataclasses import dataclass
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
DateFormat = Annotated[str | None, typer.Option(metavar="FORMAT", help="How dates are written: %m/%d/%Y.")]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is said of the files."""

    format: Format = None
    column: Column = None
    publication: Annotated[str | None, typer.Option(help="The publication of every article.")] = None
    date_format: DateFormat = None
    day_first: Annotated[bool, typer.Option("--day-first", help="06/10/2025 is in October.")] = False
    encoding: Annotated[str | None, typer.Option(help="Of texts, pages and tables: windows-1252.")] = None
    delimiter: Annotated[str | None, typer.Option(help="What parts the columns of a table.")] = None
    language: Annotated[str, typer.Option(help="en, or any: read articles in other languages as well.")] = (
        "en"
    )

    def options(self) -> "ReadOptions":
        """The same as the library takes it. Raises BadParameter for what there is not."""
        from quotes.articles.options import FIELDS, ReadOptions
        from quotes.articles.readers import reader_named
        from quotes.errors import Unreadable

        columns = {}
        for pair in self.column or ():
            field, equals, name = pair.partition("=")
            if not equals or not name or field not in FIELDS:
                raise typer.BadParameter(f"write --column FIELD=NAME; fields are {', '.join(FIELDS)}")
            columns[field] = name
        if self.language not in ("en", "any"):
            raise typer.BadParameter("--language is en or any: quotations are found in English")
        mark = self.delimiter.replace("\\t", "\t") if self.delimiter is not None else None
        if mark is not None and len(mark) != 1:
            raise typer.BadParameter("--delimiter is one character; \\t is a tab")
        if self.format:
            try:
                reader_named(self.format)
            except Unreadable as error:
                raise typer.BadParameter(str(error)) from None
        return ReadOptions(
            self.format, columns, self.publication, self.date_format, self.day_first, self.encoding, mark,
            self.language,
        )  # fmt: skip
