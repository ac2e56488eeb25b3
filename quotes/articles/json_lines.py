"""JSON and JSON Lines -> the fields of articles."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from quotes.articles.text_files import check_text
from quotes.errors import Unreadable
from quotes.text.dates import iso_date
from quotes.text.encoding import check_characters

OPTIONAL_FIELDS = ("id", "title", "publication", "author", "published", "url")


def parse_lines(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, str] | Unreadable]]:
    """One JSON object a line -> number of the line (from 1), and its fields or what is wrong with it."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, fields(load(line.decode("utf-8-sig").strip()))
        except UnicodeDecodeError as error:
            yield (
                number,
                Unreadable(f"is not UTF-8: byte 0x{line[error.start]:02x} at column {error.start + 1}"),
            )
        except Unreadable as error:
            yield number, error


def parse_document(text: str) -> Iterator[tuple[int, dict[str, str] | Unreadable]]:
    """A whole file: one object, a list of objects, or one object a line. Numbers count from 1."""
    try:
        whole = load(text)
    except Unreadable as error:
        lines = text.encode("utf-8").split(b"\n")
        if sum(bool(line.strip()) for line in lines) > 1 and _is_object(next(filter(bytes.strip, lines))):
            yield from parse_lines(lines)
            return
        raise error
    for number, item in enumerate(whole if isinstance(whole, list) else [whole], 1):
        try:
            yield number, fields(item)
        except Unreadable as error:
            yield number, error


def load(text: str) -> Any:
    """JSON as Python has it. Raises Unreadable with the place of the mistake."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if "\n" in text else ""
        raise Unreadable(f"broken JSON: {error.msg} at {line}column {error.colno}") from None
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"broken JSON: {error}") from None


def fields(item: Any) -> dict[str, str]:
    """The fields of one article, all of them strings: "text", and those of OPTIONAL_FIELDS that are there.

    Raises Unreadable when there is no text or a field has the wrong type.
    """
    if not isinstance(item, dict):
        raise Unreadable('expected an object such as {"text": "...", "title": "..."}')
    text = item.get("text")
    if not isinstance(text, str):
        raise Unreadable('has no "text"' if text is None else '"text" is not a string')
    check_text(text)
    found = {"text": text}
    for name in OPTIONAL_FIELDS:
        value = item.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise Unreadable(f'"{name}" is not a string')
        value = str(value).strip()
        try:
            check_characters(value)
        except Unreadable as error:
            raise Unreadable(f'"{name}" {error}') from None
        if value:
            found[name] = iso_date(value) if name == "published" else value
    return found


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
