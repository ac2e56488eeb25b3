"""One shard: articles in, one Parquet file out, whole or not at all.

A pure function, so an engine may run it anywhere, twice, or again after a crash: the second time finds the file. While
it runs, a file beside it says which article is being read. When the process dies, the next try knows at which one, and
an article at which ``TRIES`` processes died is stored with an error: whatever runs the shard needs to know nothing of
that.
"""

import json
import os
import socket
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from quotes.articles.checked import checked
from quotes.articles.read import read_articles
from quotes.distributed.corpus import Shard, Source
from quotes.distributed.rows import Row, arrow, article_row, error_row, load_pipeline, schema
from quotes.log import logger
from quotes.provenance import reading_version
from quotes.types import Article, Failure
from quotes.workers import annotate

LOG = logger(__name__)
TRIES = 3  # processes that may die at one article before it is stored with an error
ROWS_PER_GROUP = 250  # articles that are held before they are written
FAILURES_TOLD = 100  # of a shard; all are in its file
COUNTS = b"quotes.counts"  # the metadata of a shard's file


@dataclass(slots=True)
class ShardCounts:
    """What is in a shard, and whether it was there already."""

    read: int = 0  # articles
    words: int = 0  # of these
    quotes: int = 0  # quotations found in them
    failed: int = 0  # articles and files that could not be read, stored with an error
    failures: list[Failure] = field(default_factory=list)  # the first of these
    known: bool = False  # nothing was read: the file was there


def run_shard(shard: Shard) -> ShardCounts:
    """Read a shard into its file, if that is not there yet. Raises PipelineError when the pipeline cannot be used."""
    if shard.path.exists():
        return _stored_counts(shard.path)
    shard.path.parent.mkdir(parents=True, exist_ok=True)
    new = shard.path.with_name(f".{shard.name}.{socket.gethostname()}.{os.getpid()}")
    counts = ShardCounts()
    try:
        with _Progress(progress_file(shard)) as progress:
            _write(new, _rows(shard, progress, counts), counts)
            new.replace(shard.path)
    finally:
        new.unlink(missing_ok=True)
    LOG.info("%s: %d articles, %d quotations", shard.name, counts.read, counts.quotes)
    return counts


def progress_file(shard: Shard) -> Path:
    """The file that says which article of a shard is being read; it is there only while that is so."""
    return shard.path.with_name(f".{shard.name}.progress")


def _rows(shard: Shard, progress: "_Progress", counts: ShardCounts) -> Iterator[Row]:
    reading = shard.reading
    version = reading_version(reading.model, keep=reading.keep)
    load = partial(load_pipeline, reading.model, reading.keep)
    for item in progress.follow(_items(shard.sources, dict(reading.options))):
        one = item if isinstance(item, Failure) else checked(item)
        if isinstance(one, Failure):
            counts.failed += 1
            counts.failures += [one][: FAILURES_TOLD - len(counts.failures)]
            yield error_row(one, version)
            continue
        found = (
            Failure(one.path, "ended the process that read it; is there enough memory?")
            if progress.is_deadly()
            else ()  # its text is not read
            if one.withdrawn
            else next(found for _, found in annotate(load, [one]))
        )
        if isinstance(found, Failure):
            counts.failed += 1
            counts.failures += [found][: FAILURES_TOLD - len(counts.failures)]
        else:
            counts.read += 1
            counts.words += len(one.text.split())
            counts.quotes += len(found)
        yield article_row(one, found, version)


def _items(sources: Iterable[Source], options: dict[str, Any]) -> Iterator[Article | Failure]:
    for source in sources:
        yield from islice(read_articles([source.path], **options), source.part, None, source.of)


def _write(path: Path, rows: Iterator[Row], counts: ShardCounts) -> None:
    """Write rows to a file, some at a time; ``counts`` are complete when the rows are at their end."""
    pa = arrow()
    with pa.parquet.ParquetWriter(path, schema(), compression="zstd") as writer:
        while some := list(islice(rows, ROWS_PER_GROUP)):
            writer.write_table(pa.Table.from_pylist(some, schema=schema()))
        writer.add_key_value_metadata({COUNTS: json.dumps(asdict(counts)).encode()})
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _stored_counts(path: Path) -> ShardCounts:
    counts = json.loads(arrow().parquet.read_metadata(path).metadata[COUNTS])
    failures = [Failure(**failure) for failure in counts.pop("failures")]
    return ShardCounts(**counts | {"failures": failures, "known": True})


class _Progress:
    """A file with the number of each article that is begun, one a line; every try begins with a line of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._at = -1
        self._deaths = Counter(self._former())

    def __enter__(self) -> "_Progress":
        self._file = self.path.open("ab", buffering=0)
        self._file.write(b"try\n")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _former(self) -> Iterator[int]:
        """The articles at which earlier tries died."""
        with suppress(FileNotFoundError):
            for numbers in self.path.read_text().split("try\n"):
                if numbers.strip():
                    yield int(numbers.split()[-1])

    def follow(self, items: Iterator[Article | Failure]) -> Iterator[Article | Failure]:
        """The items, each noted before it is read."""
        while True:
            self._at += 1
            self._file.write(f"{self._at}\n".encode())
            try:
                yield next(items)
            except StopIteration:
                return

    def is_deadly(self) -> bool:
        """Whether processes died at the item that is being read, again and again."""
        return self._deaths[self._at] >= TRIES
