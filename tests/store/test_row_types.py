"""The rows that the store answers have the keys of their types, and values of these types."""

import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

import pytest

import quotes
from quotes import ArticleRow, QuotationRow, SpeakerRow, StatementRow, Store


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is of a type, as deep as these rows go."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is Any:
        return True
    if origin in (Union, types.UnionType):
        return any(fits(value, part) for part in parts)
    if origin is NotRequired:
        return fits(value, parts[0])
    if origin is Literal:
        return value in parts
    if origin is list:
        return isinstance(value, list) and all(fits(one, parts[0]) for one in value)
    if origin is dict:
        return isinstance(value, dict)
    if hasattr(kind, "__required_keys__"):
        return misfits(value, kind) == []
    return value is None if kind is type(None) else isinstance(value, kind)


def misfits(row: Mapping[str, Any], kind: Any) -> list[str]:
    hints = get_type_hints(kind, include_extras=True)
    wrong = [key for key in row if key not in hints or not fits(row[key], hints[key])]
    return [*wrong, *(kind.__required_keys__ - set(row))]


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with quotes.open(database) as opened:
        yield opened


def test_quotations(store: Store) -> None:
    rows = [*store.search(limit=100), *store.search("the", limit=100)]
    assert len(rows) > 5
    assert [misfits(row, QuotationRow) for row in rows if misfits(row, QuotationRow)] == []
    for row in rows:
        assert misfits(store.quotation(row["id"]) or {}, QuotationRow) == []


def test_statements(store: Store) -> None:
    rows = store.search_statements(limit=100)
    assert rows
    for row in rows:
        assert misfits(row, StatementRow) == []
        assert misfits(store.statement(row["id"]) or {}, StatementRow) == []


def test_speakers(store: Store) -> None:
    rows = store.speakers()
    assert rows
    for row in rows:
        assert misfits(row, SpeakerRow) == []
        assert misfits(store.speaker(row["id"]) or {}, SpeakerRow) == []


def test_articles(store: Store) -> None:
    ids = [row[0] for row in store.db.execute("select id from articles")]
    assert ids
    for ident in ids:
        assert misfits(store.article(ident) or {}, ArticleRow) == []


def test_misfits_are_seen(store: Store) -> None:
    [row, *_] = store.search()
    assert misfits(row | {"confidence": "high", "new": 1}, QuotationRow) == ["confidence", "new"]
