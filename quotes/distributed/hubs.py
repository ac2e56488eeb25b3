"""Speakers of many quotations, whose quotations are linked in slices of time: the steps of that.

Their quotations go to a partition by their words, where equal ones become exact groups. Each group goes to the slices
that have to know it, and the groups that share a mark go to one partition: there pairs are compared. Groups that are
connected by pairs that are the same go to one partition at last, where statements are made of them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from quotes.distributed.components import Division
from quotes.distributed.corpus import write_beside
from quotes.distributed.exchange import batch, flat_pairs, read_parts, with_shared_keys, write_parts
from quotes.distributed.results import Results
from quotes.distributed.rows import Row, arrow, arrow_type, as_plain, from_plain
from quotes.distributed.steps import Task, a_step
from quotes.statements.blocking import marks_at_any_time
from quotes.statements.exact import ExactGroup, group_exact
from quotes.statements.group import Clusters, cluster_groups, likely_links
from quotes.statements.meaning import Comparison, unit_vector
from quotes.statements.records import StatementQuote
from quotes.statements.slices import cut_days, pairs_far_apart, pairs_in_slice, slices_of
from quotes.text.identifiers import number

FILE = "hubs.json"
COMPARED = ("near", "far")  # the steps that compare pairs: what their files are named after
Days = Mapping[int, int]  # day -> how many quotations


@dataclass(frozen=True, slots=True)
class Hub:
    """A speaker of many quotations: from which days they are cut, and the days between the first and the last one."""

    speaker: str
    first_slice: int  # its number among the slices of all hubs
    cuts: tuple[int, ...] = ()
    span: int = 0


def plan_hubs(days: Mapping[str, Days], size: int) -> list[Hub]:
    """The hubs, each cut into slices of about ``size`` quotations. ``days``: of each speaker."""
    hubs: list[Hub] = []
    at = 0
    for speaker in sorted(days):
        cuts = tuple(cut_days(days[speaker], size))
        span = max(days[speaker]) - min(days[speaker]) if days[speaker] else 0
        hubs.append(Hub(speaker, at, cuts, span))
        at += len(cuts) + 1
    return hubs


def count_slices(hubs: Iterable[Hub]) -> int:
    """How many slices all hubs have together."""
    return sum(len(hub.cuts) + 1 for hub in hubs)


def save_hubs(work: Path, hubs: Iterable[Hub]) -> None:
    """Store the hubs for all tasks."""
    write_beside(work / FILE, json.dumps([asdict(hub) for hub in hubs]).encode())


def load_hubs(work: Path) -> dict[str, Hub]:
    """The stored hubs: the speaker's id -> hub."""
    hubs = [
        Hub(**row | {"cuts": tuple(row["cuts"])})
        for row in json.loads((work / FILE).read_text(encoding="utf-8"))
    ]
    return {hub.speaker: hub for hub in hubs}


def partition_of(words: Iterable[str], partitions: int) -> int:
    """Where quotations in these words become exact groups."""
    return number("\n".join(words)) % partitions


def group_schema(*more: tuple[str, Any]) -> Any:
    """One row an exact group: its number, whose it is, and its quotations."""
    pa = arrow()
    rows = pa.list_(arrow_type(StatementQuote))
    return pa.schema([("id", pa.int64()), ("speaker", pa.string()), ("rows", rows), *more])


@a_step
def group_hubs(task: Task) -> None:
    """Make exact groups of the quotations of hubs whose words belong to a partition; send them to their slices."""
    hubs = load_hubs(task.work)
    by_speaker: defaultdict[str, list[StatementQuote]] = defaultdict(list)
    for row in read_parts(task.files("hubs"), task.number):
        quotation = from_plain(StatementQuote, row)
        by_speaker[quotation.speaker or ""].append(quotation)
    groups: list[Row] = []
    slices: defaultdict[int, list[Row]] = defaultdict(list)
    for speaker in sorted(by_speaker):
        hub, own = hubs[speaker], number(speaker)  # one speaker's words are not another's
        for group in group_exact(sorted(by_speaker.pop(speaker), key=lambda row: row.id)):
            rows = [as_plain(row) for row in group.rows]
            row = {"id": number(group.key), "speaker": speaker, "rows": rows}
            marks = (mark ^ own for mark in marks_at_any_time(group, hub.span))
            groups.append(row | {"marks": sorted(marks)})
            for at in slices_of(group, hub.cuts):
                slices[hub.first_slice + at].append(row)
    schema = group_schema(("marks", arrow().list_(arrow().int64())))
    write_parts(task.file("groups-of-hubs"), schema, {0: groups}, 1)
    write_parts(task.file("slices-of-hubs"), group_schema(), slices, count_slices(hubs.values()))


@a_step
def compare_slices(task: Task) -> None:
    """Compare what is near in time in one slice of a hub."""
    hubs = load_hubs(task.work).values()
    hub = next(one for one in hubs if task.number <= one.first_slice + len(one.cuts))
    rows = read_parts(task.files("slices-of-hubs", task.partitions), task.number)
    groups = _groups(rows).get(hub.speaker, [])
    found = _Compared(task)
    found.compare(groups, pairs_in_slice(groups, task.number - hub.first_slice, hub.cuts))
    found.write("near")


@a_step
def compare_far(task: Task) -> None:
    """Compare what is far apart in time, of the groups of hubs that marks connect in one partition."""
    hubs = load_hubs(task.work)
    found = _Compared(task)
    for speaker, groups in sorted(_groups(_rows_of_partition(task, "marks")).items()):
        found.compare(groups, pairs_far_apart(groups, hubs[speaker].span))
    found.write("far")


def cluster_hubs(task: Task, results: Results) -> Iterator[Clusters]:
    """The clusters of the groups of hubs that equal pairs connect in one partition."""
    edges = read_edges(task.work)
    here = Division.load(task.work, "same").partition_of(edges[:, 0]) == task.number
    places_of: defaultdict[int, list[int]] = defaultdict(list)
    for low, high in edges[here].tolist():
        places_of[low].append(high)
    ours = _groups(_rows_of_partition(task, "same"))
    _load_embeddings(task.work, ours, set(edges[here].reshape(-1).tolist()))
    for _, groups in sorted(ours.items()):
        places = {number(group.key): at for at, group in enumerate(groups)}
        pairs = [
            (min(at, places[other]), max(at, places[other]))
            for ident, at in places.items()
            for other in places_of.get(ident, ())
        ]
        yield cluster_groups(groups, pairs, Comparison(groups, results.meaning()))


def _load_embeddings(work: Path, ours: Mapping[str, list[ExactGroup]], wanted: set[int]) -> None:
    """Give the groups with these numbers the embeddings that were made when they were compared."""
    import pyarrow.compute as pc

    known = {group.key: group for groups in ours.values() for group in groups if number(group.key) in wanted}
    keys = arrow().array(sorted(known), arrow().string())
    for step in COMPARED:
        for path in sorted(work.glob(f"{step}-embeddings-[0-9]*.arrow")):
            rows = batch(path, 0)
            for row in rows.filter(pc.is_in(rows.column("quote"), value_set=keys)).to_pylist():
                known[row["quote"]].vector = unit_vector(row["vector"])


def read_edges(work: Path) -> Any:
    """All pairs of groups that are the same: an array of two columns, the numbers of the groups."""
    import numpy as np

    tables = [batch(path, 0) for step in COMPARED for path in sorted(work.glob(f"same-{step}-[0-9]*.arrow"))]
    columns = [
        np.concatenate([table.column(side).to_numpy() for table in tables]) for side in ("one", "other")
    ]
    return np.stack(columns, axis=1).astype(np.int64)


def read_marks(paths: Iterable[Path]) -> tuple[Any, Any]:
    """The numbers of all groups of hubs, and their marks that another one has, too: an array (group, mark)."""
    import numpy as np

    tables = [batch(path, 0, ["id", "marks"]) for path in paths]
    nodes = [table.column("id").to_numpy() for table in tables]
    pairs = np.concatenate(
        [flat_pairs(ids, table.column("marks")) for ids, table in zip(nodes, tables, strict=True)]
    )
    return np.concatenate(nodes), with_shared_keys(pairs)


class _Compared(Results):
    """What comparing pairs finds: links, and the pairs that are the same."""

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._edges: list[tuple[int, int]] = []

    def compare(self, groups: list[ExactGroup], pairs: list[tuple[int, int]]) -> None:
        """Decide on pairs of groups of one speaker."""
        compare = Comparison(groups, self.meaning())
        self.links.extend(likely_links(groups, pairs, compare))
        self._edges += (
            (number(groups[a].key), number(groups[b].key)) for a, b in pairs if compare(a, b).same
        )

    def write(self, step: str) -> None:
        """Write what was found."""
        super().write(step)
        pa = arrow()
        schema = pa.schema([("one", pa.int64()), ("other", pa.int64())])
        rows = ({"one": one, "other": other} for one, other in self._edges)
        write_parts(self.task.file(f"same-{step}"), schema, {0: rows}, 1)


def _rows_of_partition(task: Task, name: str) -> Iterator[Row]:
    """The groups of hubs that are in a partition."""
    import numpy as np

    division = Division.load(task.work, name)
    ours = division.nodes[division.partition == task.number]
    for path in task.files("groups-of-hubs", task.partitions):
        rows = batch(path, 0, ["id", "speaker", "rows"])
        here = np.isin(rows.column("id").to_numpy(), ours)
        yield from rows.filter(arrow().array(here)).to_pylist()


def _groups(rows: Iterable[Row]) -> dict[str, list[ExactGroup]]:
    """The exact groups of rows, by speaker, in the order of their keys."""
    groups: defaultdict[str, list[ExactGroup]] = defaultdict(list)
    for row in rows:
        groups[row["speaker"]] += group_exact([from_plain(StatementQuote, one) for one in row["rows"]])
    return {speaker: sorted(found, key=lambda group: group.key) for speaker, found in groups.items()}
