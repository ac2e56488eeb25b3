"""JSON Lines -> articles, one line after the other: a file may be larger than memory."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from quotes.articles import fields
from quotes.articles.source import MAX_DOCUMENT_BYTES, Source
from quotes.errors import Unreadable
from quotes.text.encoding import check_start
from quotes.types import Article, Failure


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a file with one JSON object a line."""
    check_start(source.head, source.unpacked)
    yield from fields.articles(source, parse_lines(_lines(source)))


def _lines(source: Source) -> Iterator[bytes | None]:
    """Lines; None for one that is longer than any, so that memory stays bounded."""
    while line := source.stream.readline(MAX_DOCUMENT_BYTES):
        if len(line) < MAX_DOCUMENT_BYTES or line.endswith(b"\n"):
            yield line
            continue
        yield None
        while len(line) == MAX_DOCUMENT_BYTES and not line.endswith(b"\n"):
            line = source.stream.readline(MAX_DOCUMENT_BYTES)


def parse_lines(lines: Iterable[bytes | None]) -> Iterator[tuple[int, Any]]:
    """One JSON value a line -> number of the line (from 1), and the value or what is wrong with it."""
    for number, line in enumerate(lines, 1):
        if line is None:
            yield (
                number,
                Unreadable(f"has more than {MAX_DOCUMENT_BYTES:,} bytes. Split it into its articles."),
            )
            continue
        if not line.strip():
            continue
        try:
            yield number, load(line.decode("utf-8-sig").strip())
        except UnicodeDecodeError as error:
            yield (
                number,
                Unreadable(f"is not UTF-8: byte 0x{line[error.start]:02x} at column {error.start + 1}"),
            )
        except Unreadable as error:
            yield number, error


def load(text: str) -> Any:
    """JSON as Python has it. Raises Unreadable with the place of the mistake."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise broken(error.msg, error.lineno if "\n" in text else None, error.colno) from None
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"broken JSON: {error}") from None


def broken(message: str, line: int | None, column: int) -> Unreadable:
    """What is wrong with JSON, and where."""
    place = f"column {column}" if line is None else f"line {line}, column {column}"
    return Unreadable(f"broken JSON: {message.removesuffix(' at')} at {place}")
