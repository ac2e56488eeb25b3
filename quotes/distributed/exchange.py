"""What tasks hand to other tasks: Arrow files with one batch of rows for each partition that reads them."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.distributed.rows import arrow


def write_parts(
    path: Path, schema: Any, parts: Mapping[int, Sequence[Mapping[str, Any]]], count: int
) -> None:
    """Write the rows of each of ``count`` partitions to one file, whole or not at all."""
    pa = arrow()
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.OSFile(str(new), "wb") as sink, pa.ipc.new_file(sink, schema, options=options) as writer:
        for part in range(count):
            writer.write_batch(pa.RecordBatch.from_pylist(list(parts.get(part, ())), schema=schema))
    new.replace(path)


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
