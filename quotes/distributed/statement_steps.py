"""The last steps of linking a corpus: quotations whose speakers are known -> statements.

Quotations go to the partition of their speaker, where statements are made; those of a speaker who has many of them are
divided (see ``hubs``). Clusters that share words with quotations whose speaker is open go to the partition of their
component. Every step uses the functions with which a database is linked.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from quotes.distributed.components import Division
from quotes.distributed.exchange import Gathered, SortedNumbers, read_parts, read_sorted, write_parts
from quotes.distributed.hubs import cluster_hubs, load_hubs, partition_of
from quotes.distributed.results import Results
from quotes.distributed.rows import Row, arrow, arrow_type, as_plain, from_plain, read_article, read_quotes
from quotes.distributed.steps import Task, a_step, kept_rows, schema_of
from quotes.statements.exact import ExactGroup, day_of, group_exact, normalise_quotation
from quotes.statements.group import (
    SettledSpeaker,
    settle_clusters,
    settle_speaker,
    settle_strays,
    stray_shingles,
)
from quotes.statements.meaning import Meaning
from quotes.statements.records import StatementQuote
from quotes.statements.unattributed import AttributedClusters, group_open, shingles_of
from quotes.store.rows import quote_rows
from quotes.store.statement_tables import statement_quote
from quotes.text.identifiers import number
from quotes.types import Statement

# Shingles of strays; of each hub, how many quotations a day has
Sent = tuple["array[int]", dict[str, Counter[int]]]


@a_step
def send_quotations(task: Task) -> Sent:
    """Send the quotations of a shard to the partitions of their speakers, or of their words.

    Returns the shingles of strays, and of what days the quotations of hubs are.
    """
    owners = {row["quote"]: row for row in read_parts(task.files("owners", task.partitions), task.number)}
    copies = {row["article"]: row["original"] for row in read_parts([task.work / "copies.arrow"], 0)}
    parts: defaultdict[int, list[Row]] = defaultdict(list)
    of_hubs: defaultdict[int, list[Row]] = defaultdict(list)
    days: dict[str, Counter[int]] = {speaker: Counter() for speaker in load_hubs(task.work)}
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
            if found.speaker in days:
                words = normalise_quotation(found).words
                of_hubs[partition_of(words, task.partitions)].append(as_plain(found))
                if (day := day_of(found)) is not None:
                    days[found.speaker][day] += 1
                continue
            whose = found.speaker if found.speaker is not None else f"\n{ident}"
            parts[number(whose) % task.partitions].append(as_plain(found))
    write_parts(task.file("quotations"), schema_of(StatementQuote), parts, task.partitions)
    if days:
        write_parts(task.file("hubs"), schema_of(StatementQuote), of_hubs, task.partitions)
    return array("q", sorted(strays)), days


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


@a_step
def link_statements(task: Task) -> None:
    """Make the statements of the speakers of a partition, as far as strays have no say in them."""
    import numpy as np

    strays = SortedNumbers(array("q", np.load(task.work / "strays.npy").tobytes()))
    results = Results(task)
    clusters = Gathered(cluster_schema())
    for found in read_sorted(task.files("quotations"), task.number, "speaker"):
        rows = [from_plain(StatementQuote, row) for row in found]
        _keep(settle_speaker(rows, strays, results.meaning(), results.links.append), results, clusters)
    if load_hubs(task.work):
        for of_hub in cluster_hubs(task, results):
            _keep(settle_clusters(of_hub, strays), results, clusters)
    clusters.write(task.file("clusters"))
    results.write("statements")


def _keep(settled: SettledSpeaker, results: Results, clusters: Gathered) -> None:
    """Keep the statements of a speaker, and the clusters of which strays have a say."""
    results.statements.extend(settled.statements)
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


def _cluster_row(
    rows: Collection[StatementQuote], keys: Iterable[int], sure: list[Row], *, attributed: bool
) -> Row:
    ident = number(min(row.id for row in rows))
    plain = [as_plain(row) for row in rows]
    return {"id": ident, "attributed": attributed, "rows": plain, "keys": sorted(keys), "confidences": sure}


@a_step
def link_strays(task: Task) -> None:
    """Make the statements of a partition of clusters that are connected by shingles or by a guessed speaker."""
    division = Division.load(task.work, "clusters")

    def component_here(ids: Any) -> Any:
        nodes = ids.to_numpy()
        return arrow().array(division.component_of(nodes), mask=division.partition_of(nodes) != task.number)

    results = Results(task)
    for rows in read_sorted(task.files("clusters", task.partitions), 0, "id", component_here):
        results.statements.extend(_settle_component(rows, results.meaning()))
    results.write("strays")


def _settle_component(rows: Iterable[Row], meaning: Meaning) -> Iterator[Statement]:
    """The statements of a component of clusters."""
    attributed = AttributedClusters()
    unattributed: list[list[ExactGroup]] = []
    confidences: dict[str, float] = {}
    for row in rows:
        quotations = sorted((from_plain(StatementQuote, one) for one in row["rows"]), key=lambda one: one.id)
        if row["attributed"]:
            attributed.add(group_exact(quotations), row["keys"])
            confidences |= {sure["quote"]: sure["confidence"] for sure in row["confidences"]}
        else:
            is_open = quotations[0].speaker is None
            unattributed.append(group_open(quotations) if is_open else group_exact(quotations))
    return settle_strays(attributed, unattributed, confidences, meaning)
