"""Tables with delimiters (CSV, TSV, what Excel saves) -> articles, row by row: a file may be larger than memory."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

from quotes.articles import fields, recognise
from quotes.articles.source import MAX_DOCUMENT_BYTES, Source
from quotes.errors import Unreadable
from quotes.text.encoding import WIDE, check_start
from quotes.types import Article, Failure

EXCEL_CELL = 32_767  # characters at which Excel cuts a cell
SEPARATOR_LINE = re.compile(r"sep=(.)", re.I)
MIN_CUT_CELLS = 2  # of exactly that length, from which a table was cut by it
MAX_NAME_WORDS = 12  # of a column: what is longer is a text


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a table, whose first line has the names of its columns."""
    # a cell that is too long for an article is told, and the next read
    csv.field_size_limit(MAX_DOCUMENT_BYTES)
    if not source.options.encoding:
        check_start(source.head, source.unpacked)
    lines = io.TextIOWrapper(source.stream, encoding=_encoding(source), errors="replace", newline="")
    first = lines.readline().removeprefix("\ufeff")
    said = SEPARATOR_LINE.fullmatch(first.strip())  # as Excel writes and reads it
    if said:
        first = lines.readline()
    if not first.strip():
        raise Unreadable("is empty")
    delimiter = source.options.delimiter or (said and said[1]) or recognise.delimiter_of(first) or ","
    names = [name.strip() for name in next(csv.reader([first.rstrip("\r\n")], delimiter=delimiter))]
    if len(names) < 2 and source.suffix not in (".csv", ".tsv"):
        raise Unreadable("has one column only. Say what parts them: --delimiter")
    known = source.options.columns or set(fields.NAMES["text"]) & {fields.plain(name) for name in names}
    if not known and any(len(name.split()) > MAX_NAME_WORDS for name in names):
        raise Unreadable(
            "begins with a text where the names of its columns should stand. "
            "Write them in a line before all others, such as: id,title,text"
        )
    for name in [name for name, times in Counter(names).items() if times > 1 and name]:
        source.notes.once(f"{source.path}: several columns are called {name}: the first is read")
    read_lines = _Lines(lines)
    rows = _rows(source, csv.reader(read_lines, delimiter=delimiter), names, read_lines, delimiter)
    first_row = next(rows, None)
    if first_row is None:
        raise Unreadable("has the names of columns and no rows")
    yield from fields.articles(source, chain([first_row], rows))


class _Lines:
    """The lines of a table without what no text has, and those of the row that is being read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.row: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines).replace("\0", "")
        self.row.append(line)
        return line


def _rows(
    source: Source, rows: Any, names: list[str], lines: _Lines, delimiter: str
) -> Iterator[tuple[int, Any]]:
    cut: Counter[str] = Counter()
    number = 0
    while True:
        number += 1
        lines.row.clear()
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error as error:  # within a cell: what follows would be taken for rows
            yield number, Unreadable(f"is no row of a table, and ends what can be read of it: {error}")
            break
        if _is_open(lines.row, delimiter):
            yield (
                number,
                Unreadable(
                    "has a quotation mark that is never closed, so that all that follows is one row. Close it"
                ),
            )
            break
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield (
                number,
                Unreadable(
                    f"has {len(cells)} cells for {len(names)} columns: a text with the delimiter in it needs quotation "
                    "marks around it. Write the table again with those, or as JSON Lines"
                ),
            )
            continue
        for name, cell in zip(names, cells, strict=False):
            cut[name] += len(cell) == EXCEL_CELL
        row: dict[str, str] = {}
        for name, cell in zip(names, cells, strict=False):
            row.setdefault(name, cell.replace("\r\n", "\n"))
        yield number, row
    for name, times in cut.items():
        if times >= MIN_CUT_CELLS:
            source.notes.once(
                f"{source.path}: {times} cells of {name} have exactly {EXCEL_CELL:,} characters, at which Excel cuts: "
                "export the table again without it"
            )


def _is_open(row: list[str], delimiter: str) -> bool:
    """Whether the lines of a row end within quotation marks: only at the end of a table."""
    if len(row) < 2 or sum(line.count('"') for line in row) % 2 == 0:
        return False
    try:
        list(csv.reader(row, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _encoding(source: Source) -> str:
    """What is said, or marked; else UTF-8 where the beginning is that, and what Excel writes on Windows where not."""
    if source.options.encoding:
        try:
            return codecs.lookup(source.options.encoding).name
        except LookupError:
            raise Unreadable(f"there is no encoding {source.options.encoding!r}") from None
    for mark, name in WIDE.items():
        if source.head.startswith(mark):
            return name
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(source.head)
    except UnicodeDecodeError:
        source.notes.once(f"{source.path}: is not UTF-8, read as windows-1252; --encoding says another")
        return "cp1252"
    return "utf-8"
