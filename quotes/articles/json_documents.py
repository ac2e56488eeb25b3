"""A JSON document -> articles: an object, a list of them, what services wrap them in, or one object after the other.

A list is read object by object, so that its file may be larger than memory.
"""

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import Any

from quotes.articles import fields
from quotes.articles.json_lines import broken
from quotes.articles.source import MAX_DOCUMENT_BYTES, Source
from quotes.errors import Unreadable
from quotes.text.encoding import WIDE, check_start, wrong_bytes
from quotes.types import Article, Failure

PIECE_BYTES = 1 << 20
MAX_WRAPPED = 128 << 20  # characters of an object with all articles in it, which is in memory as a whole
# Characters before the end of what is read so far, where a mistake may only be that more follows
CUT_MARGIN = 16
CUT_STRING = "Unterminated string"
DECODER = json.JSONDecoder()


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a file of JSON. Numbers of places count from 1."""
    if not source.options.encoding:
        check_start(source.head, source.unpacked)
    yield from fields.articles(source, rows(_pieces(source)))


def rows(pieces: Iterable[str]) -> Iterator[tuple[int, Any]]:
    """Number and value of each article of a document that comes in pieces.

    What is broken in the middle is a value as well, after which nothing can be told apart. Raises Unreadable where
    that is the first one.
    """
    values = _Values(pieces)
    number = 0
    try:
        for value in _listed(values) if values.next_sign() == "[" else _following(values):
            for row in value:
                number += 1
                yield number, row
    except Unreadable as error:
        if not number:
            raise
        yield number + 1, error


def _listed(values: "_Values") -> Iterator[list[Any]]:
    """Each item of a list."""
    values.skip()
    while values.next_sign() != "]":
        yield [values.value(MAX_DOCUMENT_BYTES)]
        if values.next_sign() == ",":
            values.skip()
        elif values.next_sign() != "]":
            raise values.mistake("Expecting ',' delimiter")
    values.skip()
    if values.next_sign():
        raise values.mistake("Extra data")


def _following(values: "_Values") -> Iterator[list[Any]]:
    """The articles of each value, one value after the other: most documents have one."""
    while values.next_sign():
        whole = values.value(MAX_WRAPPED)
        inner = fields.rows_of(whole)
        yield [whole] if inner is None else inner


def _pieces(source: Source) -> Iterator[str]:
    encoding = source.options.encoding or next(
        (name for mark, name in WIDE.items() if source.head.startswith(mark)), "utf-8-sig"
    )
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError:
        raise Unreadable(f"there is no encoding {encoding!r}") from None
    before = lines = 0
    while True:
        data = source.stream.read(PIECE_BYTES)
        held = len(decoder.getstate()[0])
        try:
            piece = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            if encoding == "utf-8-sig":
                raise wrong_bytes(error, source.unpacked, before=before - held, lines=lines) from None
            raise Unreadable(f"is not {encoding}: {error.reason}") from None
        if not data:
            return
        before, lines = before + len(data), lines + data.count(b"\n")
        yield piece


class _Values:
    """The values of JSON in a text that comes in pieces."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._text, self._at = "", 0
        self._lines, self._column = 1, 1  # of where the text begins that is in memory

    def next_sign(self) -> str:
        """The sign that follows, spaces aside; "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n\ufeff":
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        """Go on behind the next sign."""
        self._at += 1

    def value(self, most: int) -> Any:
        """The next value. Raises Unreadable where it is broken, or longer than ``most`` characters."""
        self.next_sign()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith(CUT_STRING) or error.pos >= len(self._text) - CUT_MARGIN
                if cut and len(self._text) - self._at > most:
                    raise _too_long(most) from None
                if not (cut and self._more()):
                    raise self.mistake(error.msg, error.pos) from None
            except (RecursionError, ValueError) as error:
                raise Unreadable(f"broken JSON: {error}") from None
            else:
                if end - self._at > most:
                    raise _too_long(most)
                if end < len(self._text) or not self._more():  # a number may go on
                    self._at = end
                    return value

    def mistake(self, message: str, at: int | None = None) -> Unreadable:
        """What is wrong, with its line and column."""
        before = self._text[: self._at if at is None else at]
        line = self._lines + before.count("\n")
        column = len(before) - before.rfind("\n") if "\n" in before else self._column + len(before)
        return broken(message, line, column)

    def _more(self) -> bool:
        """Read on, as much again as there is; whether there was more."""
        gone, rest = self._text[: self._at], self._text[self._at :]
        parts = [rest]
        size = 0
        for piece in self._pieces:
            parts.append(piece)
            size += len(piece)
            if size >= len(rest):
                break
        if not size:
            return False
        self._lines += gone.count("\n")
        self._column = len(gone) - gone.rfind("\n") if "\n" in gone else self._column + len(gone)
        self._text, self._at = "".join(parts), 0
        return True


def _too_long(most: int) -> Unreadable:
    return Unreadable(
        f"has an object of more than {most:,} characters. Write each article on a line of its own: "
        "jq -c '.articles[]' OLD > NEW.jsonl"
    )
