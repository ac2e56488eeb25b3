"""The first steps of linking a corpus: what one task does with one shard, or with one partition of what shards gave.

Shards are indexed; their mention groups go to the partition of their block, where speakers are linked; texts of
articles that may be copies are compared. Every step uses the functions with which a database is linked.
"""

import ctypes
import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from quotes.articles.near_duplicates import is_copy, shingles
from quotes.distributed.components import Division
from quotes.distributed.exchange import Gathered, batch, read_parts, write_batches, write_parts
from quotes.distributed.rows import Row, arrow, as_plain, columns, read_article, read_quotes
from quotes.linking.index import article_index
from quotes.speakers.records import LinkedSpeaker, MentionGroup, local_id
from quotes.speakers.resolve import blocks, link_block

Found = TypeVar("Found")
COLLECTED_AFTER = (
    100_000,
    50,
    1_000,
)  # objects more, and collections of younger ones: see ``gc.set_threshold``


@dataclass(frozen=True, slots=True)
class Task:
    """A shard or a partition of a corpus that is being linked, and where everything is."""

    work: Path  # folder of what steps leave
    shards: tuple[Path, ...]
    number: int  # of the shard or of the partition
    partitions: int
    left_out: tuple[int, ...] = ()  # rows of the shard that a later one has anew
    divisible: int = 0  # quotations of a speaker from which they are cut into slices; 0: never

    def files(self, step: str, count: int | None = None) -> list[Path]:
        """The files that a step left, one for each shard, or for each of ``count`` tasks."""
        return [
            self.work / f"{step}-{at:05}.arrow" for at in range(len(self.shards) if count is None else count)
        ]

    def file(self, step: str) -> Path:
        """The file that this task leaves."""
        return self.work / f"{step}-{self.number:05}.arrow"


def a_step(function: "Callable[[Task], Found]") -> "Callable[[Task], Found]":
    """A function that does one task of a step, with what all of them need of the process.

    Python seldom looks for cycles meanwhile, for among the many rows that a step holds there are none: to look through
    them again and again was an eighth of the time. What is free afterwards is given back to the system: else the next
    task has what it needs on top of what this one needed at most.
    """

    @wraps(function)
    def run(task: Task) -> Found:
        before = gc.get_threshold()
        gc.set_threshold(*COLLECTED_AFTER)
        try:
            return function(task)
        finally:
            gc.set_threshold(*before)
            _give_memory_back()

    return run


def _give_memory_back() -> None:
    arrow().default_memory_pool().release_unused()
    # the C library of Linux has this function, others none
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def kept_rows(task: Task, names: list[str] | None = None) -> Iterator[Row]:
    """The rows of a shard that are articles, and that no later shard has anew."""
    left_out, at = set(task.left_out), -1
    with arrow().parquet.ParquetFile(task.shards[task.number]) as file:
        wanted = names and [*names, "error", "withdrawn"]
        for group in file.iter_batches(columns=wanted, batch_size=200):
            for row in group.to_pylist():
                at += 1
                if row["error"] is None and not row["withdrawn"] and at not in left_out:
                    yield row


# Shard by shard: what everything is looked up by


def index_schema() -> Any:
    """One row an article: the arguments of ``ArticleIndex``."""
    pa = arrow()
    group = [
        ("id", pa.int64()),
        ("data", pa.string()),
        ("keys", pa.list_(pa.int64())),
        ("quotes", pa.list_(pa.list_(pa.string()))),
    ]
    mark = [("fingerprint", pa.int64()), ("quote", pa.string())]
    return pa.schema(
        [
            ("article", pa.string()),
            ("published", pa.string()),
            ("groups", pa.list_(pa.struct(group))),
            ("hashes", pa.list_(pa.int64())),
            ("fingerprints", pa.list_(pa.struct(mark))),
        ]
    )


@a_step
def index_shard(task: Task) -> int:
    """Index the articles of a shard; returns how many quotations they have."""
    rows, quotations = Gathered(index_schema()), 0
    for row in kept_rows(task):
        by_id = read_quotes(row)
        quotations += len(by_id)
        index = article_index(read_article(row), by_id)
        rows.append(
            {
                "article": row["id"],
                "published": row["published"],
                "groups": [group._asdict() for group in index.mention_groups],
                "hashes": index.shingle_hashes,
                "fingerprints": [{"fingerprint": mark, "quote": quote} for mark, quote in index.fingerprints],
            }
        )
    rows.write(task.file("index"))
    return quotations


# Speakers


@a_step
def send_groups(task: Task) -> None:
    """Send the mention groups of a shard to the partitions of their blocks."""
    division = Division.load(task.work, "groups")
    parts: defaultdict[int, list[Row]] = defaultdict(list)
    for row in read_parts([task.file("index")], 0, ["article", "groups"]):
        for group in row["groups"]:
            part = int(division.partition_of(group["id"]))
            said = {name: group[name] for name in ("id", "data", "quotes")}
            parts[part].append(said | {"article": row["article"], "shard": task.number})
    pa = arrow()
    schema = pa.schema(
        [
            ("id", pa.int64()),
            ("data", pa.string()),
            ("quotes", pa.list_(pa.list_(pa.string()))),
            ("article", pa.string()),
            ("shard", pa.int32()),
        ]
    )
    write_parts(task.file("groups"), schema, parts, task.partitions)


@a_step
def link_speakers(task: Task) -> list[str]:
    """Link the speakers of a partition, and tell each shard whose its quotations are.

    Returns the ids of those with so many quotations that they are divided.
    """
    groups: dict[int, MentionGroup] = {}
    places: defaultdict[int, list[tuple[str, int, list[list[str]]]]] = defaultdict(list)
    for row in read_parts(task.files("groups"), task.number):
        groups.setdefault(row["id"], MentionGroup.read(row["data"]))
        places[row["id"]].append((row["article"], row["shard"], row["quotes"]))
    speakers = Gathered(schema_of(LinkedSpeaker), as_plain)
    pa = arrow()
    owner = pa.schema([("quote", pa.string()), ("speaker", pa.string()), ("type", pa.string())])
    owners = [Gathered(owner, _owner) for _ in task.shards]
    said: Counter[str] = Counter()
    for block in blocks(groups[ident] for ident in sorted(groups)):
        for linked in link_block((group, len(places[group.id])) for group in block):
            speakers.append(linked)
            for ident, place in linked.members:
                for article, shard, quotes in places[ident]:
                    who = linked.speaker.id
                    who = local_id(who, article) if linked.local else who
                    said[who] += len(quotes[place])
                    owners[shard].extend((quote, who, linked.speaker.type) for quote in quotes[place])
    speakers.write(task.file("speakers"))
    write_batches(task.file("owners"), owner, (one.batch() for one in owners))
    return [who for who, count in said.items() if task.divisible and count > task.divisible]


def _owner(row: tuple[str, str, str]) -> Row:
    return {"quote": row[0], "speaker": row[1], "type": row[2]}


def schema_of(kind: type) -> Any:
    """The Arrow schema of a dataclass."""
    return arrow().schema(columns(kind))


# Copies


@a_step
def collect_texts(task: Task) -> None:
    """Collect the texts of the articles of a shard that may be copies."""
    wanted = set(read_column(task.work / "candidates.arrow", "article"))
    rows = [
        {"article": row["id"], "text": row["text"]}
        for row in kept_rows(task, ["id", "text"])
        if row["id"] in wanted
    ]
    pa = arrow()
    schema = pa.schema([("article", pa.string()), ("text", pa.string())])
    write_parts(task.file("texts"), schema, {0: rows}, 1)


@a_step
def compare_copies(task: Task) -> list[tuple[str, str]]:
    """The pairs of a partition that are copies of each other."""
    pairs = list(read_parts([task.work / "pairs.arrow"], task.number))
    wanted = {pair[side] for pair in pairs for side in ("one", "other")}
    texts = read_parts(task.files("texts"), 0)
    known = {row["article"]: shingles(row["text"]) for row in texts if row["article"] in wanted}
    return [
        (pair["one"], pair["other"]) for pair in pairs if is_copy(known[pair["one"]], known[pair["other"]])
    ]


def read_column(path: Path, name: str) -> list[Any]:
    """A column of a file with one partition."""
    values: list[Any] = batch(path, 0, [name]).column(0).to_pylist()
    return values
