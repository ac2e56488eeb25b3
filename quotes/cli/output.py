"""Where and how a command writes what it lists: the options that all such commands share."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from quotes.cli import formats, options
from quotes.cli.columns import Table
from quotes.cli.formats import BINARY_FORMATS, SUFFIXES, TableFormat
from quotes.errors import QuotesError

Limit = Annotated[
    int | None,
    typer.Option(
        "--limit", "-n", min=1,
        help="The most that is listed. Without it a terminal gets the first, and a data format everything.",
        show_default=False,
    ),
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Output:
    """A data format, or none: then text for people."""

    json: Annotated[bool, typer.Option("--json", help="A JSON array.")] = False
    nl: Annotated[bool, typer.Option("--nl", help="One JSON object a line.")] = False
    csv: Annotated[bool, typer.Option("--csv", help="CSV.")] = False
    tsv: Annotated[bool, typer.Option("--tsv", help="Values separated by tabs.")] = False
    md: Annotated[bool, typer.Option("--md", help="A Markdown table.")] = False
    xlsx: Annotated[bool, typer.Option("--xlsx", help="An Excel workbook.")] = False
    parquet: Annotated[bool, typer.Option("--parquet", help="A Parquet file.")] = False
    columns: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Only these columns, in this order: id,speaker,content."),
    ] = None
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write into FILE; its ending tells the format."),
    ] = None
    bom: Annotated[bool, typer.Option("--bom", help="CSV and TSV so that Excel knows that it is UTF-8.")] = (
        False
    )

    def format(self, otherwise: TableFormat | None = None) -> TableFormat | None:
        """The format that is asked for, ``otherwise`` when none is. Raises BadParameter for what contradicts itself."""
        asked = self.switched()
        if len(asked) > 1:
            raise typer.BadParameter("choose one of --json, --nl, --csv, --tsv, --md, --xlsx and --parquet")
        format = asked[0] if asked else otherwise
        if format is None and self.output is not None:
            format = SUFFIXES.get(self.output.suffix.lower())
            if format is None:
                endings = ", ".join(SUFFIXES)
                raise typer.BadParameter(
                    f"{self.output} does not tell the format: give one, such as --csv, or one of the endings {endings}"
                )
        if self.bom and format not in ("csv", "tsv"):
            raise typer.BadParameter("--bom is for --csv and --tsv")
        if self.columns and format is None:
            raise typer.BadParameter("--columns is for data formats, such as --csv")
        if format in BINARY_FORMATS and self.output is None and sys.stdout.isatty():
            raise typer.BadParameter(f"--{format} is no text: name a file with -o, or redirect it")
        return format

    def switched(self) -> list[TableFormat]:
        """The formats that are asked for by switches."""
        flags: dict[TableFormat, bool] = {
            "json": self.json, "jsonl": self.nl, "csv": self.csv, "tsv": self.tsv, "md": self.md,
            "xlsx": self.xlsx, "parquet": self.parquet,
        }  # fmt: skip
        return [name for name, given in flags.items() if given]

    def write(self, rows: Iterable[Mapping[str, Any]], table: Table, format: TableFormat) -> None:
        """Write rows in a format, into the file or to stdout."""
        if self.columns:
            rows, table = self._chosen(rows, table, format)
        with self.file() as file:
            formats.write(rows, table, format, file, bom=self.bom, tell=options.say)

    def _chosen(
        self, rows: Iterable[Mapping[str, Any]], table: Table, format: TableFormat
    ) -> tuple[Iterable[Mapping[str, Any]], Table]:
        names = [name.strip() for name in (self.columns or "").split(",") if name.strip()]
        unknown = [name for name in names if name not in table.columns]
        if unknown or not names:
            raise typer.BadParameter(
                f"there is no column {', '.join(unknown) or '“”'}; there are: {', '.join(table.columns)}"
            )
        chosen = table.only(names)
        if format in ("json", "jsonl"):  # chosen columns are flat in JSON, too
            return (dict(zip(names, chosen.cells(row), strict=True)) for row in rows), chosen
        return rows, chosen

    @contextmanager
    def file(self) -> Iterator[IO[bytes]]:
        """The file to write into; stdout without ``-o``. A file that is there is replaced when all is written."""
        if self.output is None:
            sys.stdout.flush()
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with replaced(self.output) as file:
            yield file


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of ``path`` when all is written, and is gone when that fails. Raises QuotesError."""
    if path.is_dir():
        raise QuotesError(f"{path} is a folder.", "Name a file.")
    try:
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    except OSError as error:
        raise QuotesError(
            f"{path} cannot be written: {error.strerror}.", "Name another file with -o."
        ) from error
    try:
        with os.fdopen(number, "wb") as file:
            yield file
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
