"""Tables with delimiters (CSV, TSV, what Excel saves) -> articles, row by row: a file may be larger than memory."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from quotes.articles import fields, recognise
from quotes.articles.source import MAX_BYTES, Source
from quotes.errors import Unreadable
from quotes.text.encoding import WIDE, check_start
from quotes.types import Article, Failure

EXCEL_CELL = 32_767  # characters at which Excel cuts a cell
SEPARATOR_LINE = re.compile(r"sep=(.)", re.I)
MIN_CUT_CELLS = 2  # of exactly that length, from which a table was cut by it


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a table, whose first line has the names of its columns."""
    csv.field_size_limit(MAX_BYTES)
    check_start(source.head, source.path)
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
    yield from fields.articles(
        source, _rows(source, csv.reader(_without_nul(lines), delimiter=delimiter), names)
    )


def _rows(source: Source, rows: Any, names: list[str]) -> Iterator[tuple[int, Any]]:
    cut: Counter[str] = Counter()
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield number, Unreadable(f"is no row of a table: {error}")
            continue
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
        yield number, dict(zip(names, (cell.replace("\r\n", "\n") for cell in cells), strict=False))
    for name, times in cut.items():
        if times >= MIN_CUT_CELLS:
            source.notes.once(
                f"{source.path}: {times} cells of {name} have exactly {EXCEL_CELL:,} characters, at which Excel cuts: "
                "export the table again without it"
            )


def _without_nul(lines: Iterator[str]) -> Iterator[str]:
    return (line.replace("\0", "") for line in lines)


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
