"""What tasks hand to other tasks: Arrow files with one batch of rows for each partition that reads them."""

import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.distributed.rows import arrow

if TYPE_CHECKING:
    import numpy as np


ROWS_AT_ONCE = 2_000  # that are held as Python objects
ROWS_IN_RANGE = 25_000  # that are held in Arrow
KEY = "key of the order"  # the column that is added to rows while they are put into it


class Gathered:
    """Rows that are gathered one by one and held in Arrow, which takes a fraction of the memory that dicts take.

    ``plain`` makes the dict of a row, when it is put into Arrow.
    """

    def __init__(self, schema: Any, plain: Callable[[Any], Mapping[str, Any]] = lambda row: row) -> None:
        self._schema, self._plain = schema, plain
        self._rows: list[Any] = []
        self._pieces: list[Any] = []

    def append(self, row: Any) -> None:
        """Add a row."""
        self._rows.append(row)
        if len(self._rows) == ROWS_AT_ONCE:
            self._put()

    def extend(self, rows: Iterable[Any]) -> None:
        """Add rows."""
        for row in rows:
            self.append(row)

    def batch(self) -> Any:
        """All rows as one batch; nothing is held any more."""
        pa = arrow()
        self._put()
        pieces, self._pieces = self._pieces, []
        table = pa.Table.from_batches(pieces, schema=self._schema).combine_chunks()
        return next(iter(table.to_batches()), pa.RecordBatch.from_pylist([], schema=self._schema))

    def write(self, path: Path) -> None:
        """Write all rows to a file, as its only partition."""
        write_batches(path, self._schema, [self.batch()])

    def _put(self) -> None:
        if self._rows:
            rows = [self._plain(row) for row in self._rows]
            self._pieces.append(arrow().RecordBatch.from_pylist(rows, schema=self._schema))
            self._rows = []


def write_parts(
    path: Path, schema: Any, parts: Mapping[int, Iterable[Mapping[str, Any]]], count: int
) -> None:
    """Write the rows of each of ``count`` partitions to one file, whole or not at all."""
    write_batches(path, schema, (_one_batch(parts.get(part, ()), schema) for part in range(count)))


def _one_batch(rows: Iterable[Mapping[str, Any]], schema: Any) -> Any:
    gathered = Gathered(schema)
    gathered.extend(rows)
    return gathered.batch()


def write_batches(path: Path, schema: Any, batches: Iterable[Any]) -> None:
    """Write a batch for each partition to one file, whole or not at all."""
    pa = arrow()
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.OSFile(str(new), "wb") as sink, pa.ipc.new_file(sink, schema, options=options) as writer:
        for one in batches:
            writer.write_batch(one)
    new.replace(path)


class SortedNumbers:
    """Numbers in order that are only looked up: eight bytes each, where a set takes a hundred."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = numbers

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int):
            return False
        at = bisect_left(self._numbers, number)
        return at < len(self._numbers) and self._numbers[at] == number


def flat_pairs(owners: Any, lists: Any) -> "np.ndarray":
    """An array of two columns: each owner (an array of numbers) with each number of its list (an Arrow array)."""
    import numpy as np

    counts = np.diff(lists.offsets.to_numpy())
    return np.stack([np.repeat(np.asarray(owners), counts), lists.flatten().to_numpy()], axis=1)


def with_shared_keys(pairs: "np.ndarray") -> "np.ndarray":
    """The pairs of an array (node, key) whose key another pair has, too: most keys connect nothing."""
    import numpy as np

    keys = np.sort(pairs[:, 1])
    shared = np.unique(keys[1:][keys[1:] == keys[:-1]])
    del keys
    found: np.ndarray = pairs[:0]
    if len(shared):
        places = shared.searchsorted(pairs[:, 1])
        found = pairs[shared.take(places, mode="clip") == pairs[:, 1]]
    return found


def read_parts(
    paths: Iterable[Path], part: int, columns: Sequence[str] | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of one partition in several files, in their order."""
    for path in paths:
        yield from as_dicts(batch(path, part, columns))


def as_dicts(rows: Any) -> Iterator[dict[str, Any]]:
    """The rows of a batch in Arrow, few of them as dicts at a time: these are several times as large."""
    for begin in range(0, len(rows), ROWS_AT_ONCE):
        yield from rows.slice(begin, ROWS_AT_ONCE).to_pylist()


def as_text(column: Any) -> Any:
    """The texts of a column of a batch; where it has none, an empty one."""
    return column.fill_null("")


def read_sorted(
    paths: Sequence[Path], part: int, name: str, key: Callable[[Any], Any] = as_text
) -> Iterator[list[dict[str, Any]]]:
    """The rows of one partition in several files, those together that have one key, in the order of keys.

    ``key`` makes keys of the column ``name`` of a batch; rows without one are left out. Files are read once for each
    range of keys, so that only the rows of one range are in memory, and few of them as dicts.
    """
    import pyarrow.compute as pc

    keys = [key(batch(path, part, [name]).column(0)) for path in paths]
    for low, high in _ranges(arrow().chunked_array(keys)):
        pieces = []
        for path, own in zip(paths, keys, strict=True):
            here = pc.and_(pc.greater_equal(own, low), pc.less_equal(own, high))
            pieces.append(batch(path, part).append_column(KEY, own).filter(here))
        table = arrow().Table.from_batches(pieces).combine_chunks()
        pieces.clear()
        yield from _groups_in_order(table)


def _ranges(keys: Any) -> Iterator[tuple[Any, Any]]:
    """The first and the last key of ranges that have about ``ROWS_IN_RANGE`` rows each."""
    counted = sorted((row["values"], row["counts"]) for row in keys.drop_null().value_counts().to_pylist())
    rows, low = 0, None
    for at, (key, count) in enumerate(counted, 1):
        low = key if low is None else low
        rows += count
        if rows >= ROWS_IN_RANGE or at == len(counted):
            yield low, key
            rows, low = 0, None


def _groups_in_order(table: Any) -> Iterator[list[dict[str, Any]]]:
    import pyarrow.compute as pc

    order = pc.sort_indices(table, [(KEY, "ascending")])
    ends = pc.run_end_encode(pc.take(table.column(KEY), order)).combine_chunks().run_ends.to_pylist()
    table = table.drop_columns(KEY)
    first = begin = 0
    for at, end in enumerate(ends):
        if end - begin < ROWS_AT_ONCE and end < len(table):
            continue
        rows = table.take(order.slice(begin, end - begin)).to_pylist()
        for stop in ends[first : at + 1]:
            start = ends[first - 1] if first else 0
            yield rows[start - begin : stop - begin]
            first += 1
        begin = end


def batch(path: Path, part: int, columns: Sequence[str] | None = None) -> Any:
    """The rows of one partition in a file, in Arrow; of other columns than these nothing is decompressed."""
    ipc = arrow().ipc
    with arrow().memory_map(str(path)) as source:
        file = ipc.open_file(source)
        if not columns:
            return file.get_batch(part)
        wanted = [file.schema.get_field_index(name) for name in columns]
        options = ipc.IpcReadOptions(included_fields=wanted)
        return ipc.open_file(source, options=options).get_batch(part).select(list(columns))
