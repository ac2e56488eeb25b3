"""A JSON document -> articles: one object, a list of objects, what services wrap them in, or one object a line."""

import json
from collections.abc import Iterator
from typing import Any

from quotes.articles import fields
from quotes.articles.json_lines import load, parse_lines
from quotes.articles.source import Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure

MAX_JSON_BYTES = 1 << 30  # of a document, which is in memory as a whole


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a file of JSON. Numbers of places count from 1."""
    text = source.text(MAX_JSON_BYTES)
    yield from fields.articles(source, parse_document(text))


def parse_document(text: str) -> Iterator[tuple[int, Any]]:
    """Number and value of each article."""
    try:
        whole = load(text)
    except Unreadable as error:
        lines = text.encode("utf-8").split(b"\n")
        if sum(bool(line.strip()) for line in lines) > 1 and _is_object(next(filter(bytes.strip, lines))):
            yield from parse_lines(lines)
            return
        raise error
    rows = fields.rows_of(whole)
    yield from enumerate([whole] if rows is None else rows, 1)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
