"""What tasks hand to other tasks: Arrow files with one batch of rows for each partition that reads them."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.distributed.rows import arrow

if TYPE_CHECKING:
    import numpy as np


ROWS_AT_ONCE = 10_000  # that are held as dicts while a file is written


def write_parts(
    path: Path, schema: Any, parts: Mapping[int, Iterable[Mapping[str, Any]]], count: int
) -> None:
    """Write the rows of each of ``count`` partitions to one file, whole or not at all."""
    pa = arrow()
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.OSFile(str(new), "wb") as sink, pa.ipc.new_file(sink, schema, options=options) as writer:
        for part in range(count):
            writer.write_batch(_one_batch(parts.get(part, ()), schema))
    new.replace(path)


def _one_batch(rows: Iterable[Mapping[str, Any]], schema: Any) -> Any:
    pa, rows, pieces = arrow(), iter(rows), []
    while some := list(islice(rows, ROWS_AT_ONCE)):
        pieces.append(pa.RecordBatch.from_pylist(some, schema=schema))
    table = pa.Table.from_batches(pieces, schema=schema).combine_chunks()
    return next(iter(table.to_batches()), pa.RecordBatch.from_pylist([], schema=schema))


def flat_pairs(owners: Any, lists: Any) -> "np.ndarray":
    """An array of two columns: each owner (an array of numbers) with each number of its list (an Arrow array)."""
    import numpy as np

    counts = np.diff(lists.offsets.to_numpy())
    return np.stack([np.repeat(np.asarray(owners), counts), lists.flatten().to_numpy()], axis=1)


def read_parts(
    paths: Iterable[Path], part: int, columns: Sequence[str] | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of one partition in several files, in their order."""
    for path in paths:
        yield from batch(path, part, columns).to_pylist()


def batch(path: Path, part: int, columns: Sequence[str] | None = None) -> Any:
    """The rows of one partition in a file, in Arrow."""
    pa = arrow()
    with pa.memory_map(str(path)) as source:
        rows = pa.ipc.open_file(source).get_batch(part)
        return rows.select(list(columns)) if columns else rows
