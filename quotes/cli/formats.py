"""Rows -> JSON, JSON Lines, CSV, TSV, Markdown, a workbook or a Parquet file, for other programs.

JSON keeps the nesting of what is listed; the others have the flat columns of its ``Table``. Rows are written as they
come, so that memory does not grow with their number.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Any, Literal, get_args

from quotes.cli.columns import Table
from quotes.errors import MissingExtra

TableFormat = Literal["json", "jsonl", "csv", "tsv", "md", "xlsx", "parquet"]
TABLE_FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)
SUFFIXES: dict[str, TableFormat] = {f".{name}": name for name in TABLE_FORMATS}
SUFFIXES |= {".nl": "jsonl", ".ndjson": "jsonl", ".tab": "tsv", ".markdown": "md"}
BINARY_FORMATS = ("xlsx", "parquet")
MAX_SHEET_ROWS = 1_048_576  # of a worksheet, its header among them
MAX_CELL_LENGTH = 32_767  # characters of a cell of a worksheet
PARQUET_GROUP_ROWS = 50_000  # rows that are held until they are written

Rows = Iterable[Mapping[str, Any]]
Tell = Callable[[str], None]


def as_json(rows: Rows) -> Iterator[str]:
    """Lines of one JSON array."""
    lead = "["
    for row in rows:
        yield f"{lead}{json.dumps(row, ensure_ascii=False)}"
        lead = ","
    yield "[]" if lead == "[" else "]"


def as_lines(rows: Rows) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False)


def as_csv(rows: Rows, table: Table, *, delimiter: str = ",") -> Iterator[str]:
    """Lines of CSV with a header, or of TSV: what contains the delimiter, a mark or a line break is between marks."""
    yield _csv_line(list(table.columns), delimiter)
    for row in rows:
        yield _csv_line(table.cells(row), delimiter)


def as_markdown(rows: Rows, table: Table) -> Iterator[str]:
    """Lines of a Markdown table; a line break in a cell is a ``<br>``."""
    yield f"| {' | '.join(table.columns)} |"
    yield "|" + "---|" * len(table.columns)
    for row in rows:
        yield f"| {' | '.join(map(_markdown_cell, table.cells(row)))} |"


def write_xlsx(rows: Rows, table: Table, file: IO[bytes], tell: Tell) -> None:
    """Write a workbook. What a worksheet cannot hold goes on in the next; what a cell cannot hold is told.

    Raises MissingExtra without openpyxl.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    except ImportError:
        raise MissingExtra("Writing xlsx", "xlsx") from None
    book = Workbook(write_only=True)

    def cell(sheet: Any, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
        if len(text) > MAX_CELL_LENGTH:
            tell(f"Cut to the {MAX_CELL_LENGTH:,} characters that a cell can have: {text[:60]}…")
            text = text[: MAX_CELL_LENGTH - 1] + "…"
        made = WriteOnlyCell(sheet, text)
        made.data_type = "s"  # never a formula, whatever it begins with
        return made

    waiting, number = iter(rows), 0
    while True:
        number += 1
        sheet = book.create_sheet("quotes" if number == 1 else f"quotes {number}")
        sheet.append(list(table.columns))
        size = 0
        for row in islice(waiting, MAX_SHEET_ROWS - 1):
            sheet.append([cell(sheet, value) for value in table.cells(row)])
            size += 1
        if size < MAX_SHEET_ROWS - 1:
            break
        tell(f"More than {MAX_SHEET_ROWS - 1:,} rows: they go on in the next worksheet.")
    book.save(file)


def write_parquet(rows: Rows, table: Table, file: IO[bytes]) -> None:
    """Write a Parquet file, a group of rows at a time. Raises MissingExtra without pyarrow."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("Writing parquet", "parquet") from None
    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in table.columns.items()])
    waiting = iter(rows)
    with parquet.ParquetWriter(file, schema) as writer:
        while group := list(islice(waiting, PARQUET_GROUP_ROWS)):
            columns = zip(*map(table.cells, group), strict=True)
            arrays = [
                pyarrow.array(column, type=kind) for column, kind in zip(columns, schema.types, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def text_lines(rows: Rows, table: Table, format: TableFormat) -> Iterator[str]:
    """Lines in one of the formats that are text."""
    match format:
        case "json":
            return as_json(rows)
        case "csv":
            return as_csv(rows, table)
        case "tsv":
            return as_csv(rows, table, delimiter="\t")
        case "md":
            return as_markdown(rows, table)
    return as_lines(rows)


def write(rows: Rows, table: Table, format: TableFormat, file: IO[bytes], *, bom: bool, tell: Tell) -> None:
    """Write rows into a file. ``bom``: with the mark by which spreadsheets know UTF-8; ``tell``: what is to be said."""
    if format == "xlsx":
        write_xlsx(rows, table, file, tell)
    elif format == "parquet":
        write_parquet(rows, table, file)
    else:
        write_lines(text_lines(rows, table, format), file, bom=bom)


def write_lines(lines: Iterable[str], file: IO[bytes], *, bom: bool = False) -> None:
    """Write lines of text as UTF-8."""
    if bom:
        file.write(b"\xef\xbb\xbf")
    for line in lines:
        file.write(line.encode("utf-8"))
        file.write(b"\n")


def _csv_line(cells: Sequence[Any], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(cells)  # so that either is quoted
    return line.getvalue()[:-2]


def _markdown_cell(value: Any) -> str:
    text = "" if value is None else str(value)
    for raw, written in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), ("\r\n", "<br>")):
        text = text.replace(raw, written)
    return "<br>".join(text.splitlines()) if text else ""
