"""Parquet files -> articles, some rows at a time: a file may be larger than memory."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from quotes.articles import fields
from quotes.articles.fields import NAMES, plain
from quotes.articles.source import Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure

ROWS_PER_BATCH = 500


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of a file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(source.file or pa.BufferReader(source.stream.read()))
        yield from fields.articles(source, _rows(source, file))
    except (pa.ArrowException, OSError) as error:
        raise Unreadable(f"cannot be read as Parquet: {error}") from None


def _rows(source: Source, file: Any) -> Iterator[tuple[int, Any]]:
    known = {name for names in NAMES.values() for name in names}
    said = set(source.options.columns.values())
    wanted = [name for name in file.schema_arrow.names if plain(name) in known or name in said]
    unused = [name for name in file.schema_arrow.names if name not in wanted]
    number = 0
    for batch in file.iter_batches(batch_size=ROWS_PER_BATCH, columns=wanted or None):
        for row in batch.to_pylist():
            number += 1
            yield number, {name: _cell(value) for name, value in row.items()} | dict.fromkeys(unused)


def _cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
