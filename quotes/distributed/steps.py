"""The steps of linking a corpus: what one task does with one shard, or with one partition of what shards gave.

Shards are indexed; their mention groups go to the partition of their block, where speakers are linked; quotations go to
the partition of their speaker, where statements are made; clusters that share words with quotations whose speaker is
open go to the partition of their component. Every step uses the functions with which a database is linked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.articles.near_duplicates import is_copy, shingles
from quotes.distributed.exchange import batch, read_parts, write_parts
from quotes.distributed.rows import (
    Row,
    arrow,
    arrow_type,
    as_plain,
    columns,
    from_plain,
    read_article,
    read_quotes,
)
from quotes.linking.index import article_index
from quotes.linking.link import meaning
from quotes.speakers.records import LinkedSpeaker, MentionGroup, local_id
from quotes.speakers.resolve import blocks, link_block
from quotes.statements.exact import ExactGroup, group_exact
from quotes.statements.group import settle_speaker, settle_strays, stray_shingles
from quotes.statements.records import QuotationLink, StatementQuote
from quotes.statements.unattributed import AttributedClusters, group_open, shingles_of
from quotes.store.rows import quote_rows
from quotes.store.statement_tables import statement_quote
from quotes.text.identifiers import number
from quotes.types import Statement

LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Task:
    """A shard or a partition of a corpus that is being linked, and where everything is."""

    work: Path  # folder of what steps leave
    shards: tuple[Path, ...]
    number: int  # of the shard or of the partition
    partitions: int
    left_out: tuple[int, ...] = ()  # rows of the shard that a later one has anew

    def files(self, step: str, count: int | None = None) -> list[Path]:
        """The files that a step left, one for each shard, or for each of ``count`` tasks."""
        return [
            self.work / f"{step}-{at:05}.arrow" for at in range(len(self.shards) if count is None else count)
        ]

    def file(self, step: str) -> Path:
        """The file that this task leaves."""
        return self.work / f"{step}-{self.number:05}.arrow"


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


def index_shard(task: Task) -> int:
    """Index the articles of a shard; returns how many quotations they have."""
    rows, quotations = [], 0
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
    write_parts(task.file("index"), index_schema(), {0: rows}, 1)
    return quotations


# Speakers


def send_groups(task: Task) -> None:
    """Send the mention groups of a shard to the partitions of their blocks."""
    import numpy as np

    known, partition = np.load(task.work / "groups.npy"), np.load(task.work / "groups-partition.npy")
    parts: defaultdict[int, list[Row]] = defaultdict(list)
    for row in read_parts([task.file("index")], 0, ["article", "groups"]):
        for group in row["groups"]:
            part = int(partition[np.searchsorted(known, group["id"])])
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


def link_speakers(task: Task) -> None:
    """Link the speakers of a partition, and tell each shard whose its quotations are."""
    groups: dict[int, MentionGroup] = {}
    places: defaultdict[int, list[tuple[str, int, list[list[str]]]]] = defaultdict(list)
    for row in read_parts(task.files("groups"), task.number):
        groups.setdefault(row["id"], MentionGroup.read(row["data"]))
        places[row["id"]].append((row["article"], row["shard"], row["quotes"]))
    speakers: list[Row] = []
    owners: defaultdict[int, list[Row]] = defaultdict(list)
    for block in blocks(groups[ident] for ident in sorted(groups)):
        for linked in link_block((group, len(places[group.id])) for group in block):
            speakers.append(as_plain(linked))
            for ident, place in linked.members:
                for article, shard, quotes in places[ident]:
                    who = linked.speaker.id
                    who = local_id(who, article) if linked.local else who
                    owners[shard] += [
                        {"quote": quote, "speaker": who, "type": linked.speaker.type}
                        for quote in quotes[place]
                    ]
    pa = arrow()
    write_parts(task.file("speakers"), schema_of(LinkedSpeaker), {0: speakers}, 1)
    owner = pa.schema([("quote", pa.string()), ("speaker", pa.string()), ("type", pa.string())])
    write_parts(task.file("owners"), owner, owners, len(task.shards))


def schema_of(kind: type) -> Any:
    """The Arrow schema of a dataclass."""
    return arrow().schema(columns(kind))


# Copies


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


# Statements


def send_quotations(task: Task) -> list[int]:
    """Send the quotations of a shard to the partitions of their speakers; returns the shingles of strays."""
    owners = {row["quote"]: row for row in read_parts(task.files("owners", task.partitions), task.number)}
    copies = {row["article"]: row["original"] for row in read_parts([task.work / "copies.arrow"], 0)}
    parts: defaultdict[int, list[Row]] = defaultdict(list)
    strays: set[int] = set()
    for row in kept_rows(task):
        article = read_article(row)
        for ident, quote in read_quotes(row).items():
            if not quote.asserted:  # what was not said is in no statement
                continue
            tables = quote_rows(ident, article, quote)
            owner = owners.get(ident, {"speaker": None, "type": None})
            joined = {
                "vector": quote.embedding,
                "behind": max(span.end for span in quote.spans),
                "story": copies.get(article.id) or article.id,
                "speaker_type": owner["type"],
                "own_speaker": owner["speaker"],
                "corrected": 0,
            }
            found = statement_quote(tables["quotes"][0] | joined)
            strays |= stray_shingles([found])
            whose = found.speaker if found.speaker is not None else f"\n{ident}"
            parts[number(whose) % task.partitions].append(as_plain(found))
    write_parts(task.file("quotations"), schema_of(StatementQuote), parts, task.partitions)
    return sorted(strays)


def cluster_schema() -> Any:
    """One row a cluster of which strays have a say: its quotations, its keys, and how sure these are of it."""
    pa = arrow()
    sure = pa.struct([("quote", pa.string()), ("confidence", pa.float64())])
    return pa.schema(
        [
            ("id", pa.int64()),
            ("attributed", pa.bool_()),
            ("rows", pa.list_(arrow_type(StatementQuote))),
            ("keys", pa.list_(pa.int64())),
            ("confidences", pa.list_(sure)),
        ]
    )


def link_statements(task: Task) -> None:
    """Make the statements of the speakers of a partition, as far as strays have no say in them."""
    import numpy as np

    strays = set(np.load(task.work / "strays.npy").tolist())
    output = _Output(task)
    by_speaker: defaultdict[str, list[StatementQuote]] = defaultdict(list)
    for row in read_parts(task.files("quotations"), task.number):
        quotation = from_plain(StatementQuote, row)
        by_speaker[quotation.speaker or ""].append(quotation)
    clusters: list[Row] = []
    for name in sorted(by_speaker):
        settled = settle_speaker(by_speaker.pop(name), strays, meaning(output.keep), output.links.append)
        output.statements += settled.statements
        for cluster, shared in settled.attributed:
            rows = [row for group in cluster for row in group.rows]
            sure = [
                {"quote": row.id, "confidence": settled.confidences[row.id]}
                for row in rows
                if row.id in settled.confidences
            ]
            clusters.append(_cluster_row(rows, shared, sure, attributed=True))
        for cluster in settled.unattributed:
            rows = [row for group in cluster for row in group.rows]
            keys = {key for group in cluster for key in shingles_of(group)}
            keys |= {number(f"speaker {row.speaker}") for row in rows if row.speaker is not None}
            clusters.append(_cluster_row(rows, keys, [], attributed=False))
    write_parts(task.file("clusters"), cluster_schema(), {0: clusters}, 1)
    output.write("statements")


def _cluster_row(
    rows: list[StatementQuote], keys: Iterable[int], sure: list[Row], *, attributed: bool
) -> Row:
    ident = number(min(row.id for row in rows))
    plain = [as_plain(row) for row in rows]
    return {"id": ident, "attributed": attributed, "rows": plain, "keys": sorted(keys), "confidences": sure}


def link_strays(task: Task) -> None:
    """Make the statements of a partition of clusters that are connected by shingles or by a guessed speaker."""
    import numpy as np

    known, partition = np.load(task.work / "clusters.npy"), np.load(task.work / "clusters-partition.npy")
    output, attributed = _Output(task), AttributedClusters()
    unattributed: list[list[ExactGroup]] = []
    confidences: dict[str, float] = {}
    for path in task.files("clusters", task.partitions):
        rows = batch(path, 0)
        here = partition[np.searchsorted(known, rows.column("id").to_numpy())] == task.number
        for row in rows.filter(arrow().array(here)).to_pylist():
            quotations = sorted(
                (from_plain(StatementQuote, one) for one in row["rows"]), key=lambda one: one.id
            )
            if row["attributed"]:
                attributed.add(group_exact(quotations), row["keys"])
                confidences |= {sure["quote"]: sure["confidence"] for sure in row["confidences"]}
            else:
                is_open = quotations[0].speaker is None
                unattributed.append(group_open(quotations) if is_open else group_exact(quotations))
    linked = settle_strays(attributed, unattributed, confidences, meaning(output.keep))
    output.statements += linked
    output.write("strays")


class _Output:
    """What linking statements leaves: statements, what is likely between them, embeddings that were made."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.statements: list[Statement] = []
        self.links: list[QuotationLink] = []
        self.embeddings: dict[str, bytes] = {}
        self.keep: Callable[[Any], None] = self.embeddings.update

    def write(self, step: str) -> None:
        pa = arrow()
        vector = pa.schema([("quote", pa.string()), ("vector", pa.binary())])
        made = [{"quote": quote, "vector": made} for quote, made in sorted(self.embeddings.items())]
        task = self.task
        write_parts(task.file(f"{step}-embeddings"), vector, {0: made}, 1)
        links = [as_plain(link) for link in self.links]
        write_parts(task.file(f"{step}-links"), schema_of(QuotationLink), {0: links}, 1)
        found = [as_plain(statement) for statement in self.statements]
        write_parts(task.file(step), schema_of(Statement), {0: found}, 1)
