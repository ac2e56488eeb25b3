"""A corpus of shards -> the same, linked: speakers, copies and statements, partition by partition."""

import hashlib
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.articles.near_duplicates import assign_originals, is_candidate
from quotes.corrections.records import Correction
from quotes.distributed import hubs, statement_steps, steps
from quotes.distributed.components import Division
from quotes.distributed.corpus import Corpus, write_beside
from quotes.distributed.engines import EngineName, make_engine
from quotes.distributed.exchange import batch, flat_pairs, with_shared_keys, write_parts
from quotes.distributed.rows import arrow
from quotes.distributed.steps import Task
from quotes.distributed.tasks import Engine
from quotes.linking.decisions import read_lines
from quotes.log import logger
from quotes.provenance import linking_version
from quotes.speakers.disjoint_sets import DisjointSets
from quotes.text.identifiers import number

if TYPE_CHECKING:
    import numpy as np

LOG = logger(__name__)
PARTITION_QUOTATIONS = 100_000  # quotations of a partition: some 500 MB in the step that takes most
DONE = "_SUCCESS"
CORRECTIONS = "corrections.jsonl"
RESULTS = (
    "speakers",
    "statements",
    "strays",
    "near",
    "far",
    "copies",
    "index",
)  # the files that stay, and those named after them
# called after each task: the step, how many are done, and of how many
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """Where the links of a corpus are: of these shards, by this version of the program."""

    folder: Path
    shards: tuple[Path, ...]

    @classmethod
    def of(cls, corpus: Corpus) -> "Linked":
        """Those of a corpus. Raises CorpusError when a shard is missing."""
        shards = tuple(corpus.complete())
        said = "\n".join([linking_version(), *(path.name for path in shards)])
        version = hashlib.sha1(said.encode()).hexdigest()[:12]
        return cls(corpus.folder / "linked" / version, shards)

    def is_complete(self) -> bool:
        """Whether everything is linked."""
        return (self.folder / DONE).exists()

    def files(self, step: str) -> list[Path]:
        """What a step left."""
        return sorted(self.folder.glob(f"{step}-[0-9]*.arrow"))

    def corrections(self) -> list[Correction]:
        """The corrections that were given with them."""
        path = self.folder / CORRECTIONS
        return read_lines(path.read_text(encoding="utf-8").splitlines()) if path.exists() else []


def link(
    folder: str | os.PathLike[str],
    *,
    processes: int = 1,
    engine: EngineName = "processes",
    address: str | None = None,
    partitions: int | None = None,
    corrections: str | os.PathLike[str] | None = None,
    report: Report = lambda step, done, of: None,
) -> Path:
    """Link all quotations of a corpus; returns the folder of what was found.

    The result is that of one database with all articles. ``partitions``: into how many the work is divided, by default
    by the number of quotations; the result does not depend on it. ``corrections``: a file of JSON Lines, as ``quotes
    corrections --nl`` prints them, which ``build`` applies. Else as in ``extract``. Nothing is done when all is linked.

    Raises CorpusError when a shard is missing, InvalidCorrection for a file that is none.
    """
    arrow()
    linked = Linked.of(Corpus.open(folder))
    given = Path(corrections).read_bytes() if corrections is not None else None
    if given is not None:
        read_lines(given.decode("utf-8").splitlines())
    if not linked.is_complete():
        linked.folder.mkdir(parents=True, exist_ok=True)
        with make_engine(engine, processes=processes, address=address) as runner:
            _Linking(linked, runner, partitions, report).run()
        for step in linked.folder.iterdir():
            if not step.name.startswith(RESULTS) or step.suffix != ".arrow":
                step.unlink()
        write_beside(linked.folder / DONE, b"")
        for other in linked.folder.parent.iterdir():  # of other shards, or of another version
            if other != linked.folder:
                shutil.rmtree(other)
    if given is not None:
        write_beside(linked.folder / CORRECTIONS, given)
    return linked.folder


class _Linking:
    """One linking: tasks are run step by step, and between two steps it is told which partition has what."""

    def __init__(self, linked: Linked, engine: Engine, partitions: int | None, report: Report) -> None:
        self.work, self.shards, self.engine = linked.folder, linked.shards, engine
        self.partitions, self.report = partitions, report
        self.left_out = repeated(self.shards)
        self.divisible = 0  # quotations of a speaker from which they are divided

    def run(self) -> None:
        """Do all steps."""
        import numpy as np

        quotations = sum(self._each_shard(steps.index_shard))
        self.partitions = self.partitions or max(1, -(-quotations // PARTITION_QUOTATIONS))
        self.divisible = max(1, min(PARTITION_QUOTATIONS, quotations // self.partitions) // 2)
        self._divide_groups()
        self._each_shard(steps.send_groups)
        divided = [who for found in self._each_partition(steps.link_speakers) for who in found]
        hubs.save_hubs(self.work, hubs.plan_hubs({who: {} for who in divided}, self.divisible))
        self._link_copies()
        shingles, days = zip(*self._each_shard(statement_steps.send_quotations), strict=True)
        np.save(self.work / "strays.npy", np.unique(np.concatenate([np.asarray(keys) for keys in shingles])))
        del shingles
        if divided:
            self._link_hubs(days)
        self._each_partition(statement_steps.link_statements)
        self._divide_clusters()
        self._each_partition(statement_steps.link_strays)

    def _link_hubs(self, sent: Iterable[dict[str, Counter[int]]]) -> None:
        """Compare the quotations of speakers who have many; ``sent``: of what days, as each shard told."""
        import numpy as np

        days: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for of_shard in sent:
            for speaker, count in of_shard.items():
                days[speaker] += count
        planned = hubs.plan_hubs(days, self.divisible)
        hubs.save_hubs(self.work, planned)
        self._each_partition(hubs.group_hubs)
        nodes, marks = hubs.read_marks(self._files("groups-of-hubs", self.partitions or 1))
        self._divide("marks", np.unique(marks[:, 0]), marks)
        self._run(hubs.compare_slices, hubs.count_slices(planned))
        self._each_partition(hubs.compare_far)
        edges = hubs.read_edges(self.work)
        numbers = np.arange(len(edges)).repeat(2)
        same = np.stack([edges.reshape(-1), numbers], axis=1)
        self._divide("same", np.unique(nodes), same)

    def _each_shard(self, function: Callable[[Task], Any]) -> list[Any]:
        return self._run(function, len(self.shards))

    def _each_partition(self, function: Callable[[Task], Any]) -> list[Any]:
        return self._run(function, self.partitions or 1)

    def _run(self, function: Callable[[Task], Any], count: int) -> list[Any]:
        tasks = [
            Task(self.work, self.shards, at, self.partitions or 1, self.left_out.get(at, ()), self.divisible)
            for at in range(count)
        ]
        answers = {}
        with closing(self.engine.run(function, tasks)) as results:
            for task, answer in results:
                answers[task.number] = answer
                self.report(function.__name__.replace("_", " "), len(answers), count)
        return [answers[at] for at in range(count)]

    def _files(self, step: str, count: int) -> list[Path]:
        return [self.work / f"{step}-{at:05}.arrow" for at in range(count)]

    def _divide(
        self, name: str, nodes: "np.ndarray", pairs: "np.ndarray", weights: "np.ndarray | None" = None
    ) -> None:
        """Store in which partition each node is, those together that keys connect."""
        Division.of(nodes, pairs, self.partitions or 1, weights).save(self.work, name)

    def _divide_groups(self) -> None:
        import numpy as np

        owners, pairs = [], []
        for path in self._files("index", len(self.shards)):
            groups = batch(path, 0, ["groups"]).column(0).flatten()
            owners.append(groups.field("id").to_numpy().copy())  # of what is read nothing else is kept
            pairs.append(flat_pairs(owners[-1], groups.field("keys")))
        nodes, weights = np.unique(np.concatenate(owners), return_counts=True)
        self._divide("groups", nodes, np.concatenate(pairs), weights)

    def _divide_clusters(self) -> None:
        import numpy as np

        owners, pairs = [], []
        for path in self._files("clusters", self.partitions or 1):
            rows = batch(path, 0, ["id", "keys"])
            owners.append(rows.column("id").to_numpy())
            pairs.append(flat_pairs(owners[-1], rows.column("keys")))
        self._divide("clusters", np.unique(np.concatenate(owners)), np.concatenate(pairs))

    def _link_copies(self) -> None:
        """Find the copies among all articles: candidates share hashes, and what they are is decided on their texts."""
        import numpy as np

        pa, indexes = arrow(), self._files("index", len(self.shards))
        names: list[str] = []
        dates: list[str | None] = []
        hashes: list[np.ndarray] = []
        for path in indexes:
            rows = batch(path, 0, ["article", "published", "hashes"])
            places = np.arange(len(names), len(names) + len(rows))
            hashes.append(flat_pairs(places, rows.column("hashes")))
            names += rows.column("article").to_pylist()
            dates += rows.column("published").to_pylist()
        pairs = (sorted((names[one], names[other])) for one, other in _candidates(np.concatenate(hashes)))
        candidates = sorted((one, other) for one, other in pairs)
        hashes.clear()
        concerned = sorted({article for pair in candidates for article in pair})
        articles = pa.schema([("article", pa.string())])
        write_parts(self.work / "candidates.arrow", articles, {0: [{"article": one} for one in concerned]}, 1)
        parts: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
        for one, other in candidates:
            parts[number(one) % (self.partitions or 1)].append({"one": one, "other": other})
        pair = pa.schema([("one", pa.string()), ("other", pa.string())])
        write_parts(self.work / "pairs.arrow", pair, parts, self.partitions or 1)
        self._each_shard(steps.collect_texts)
        copies = [pair for pairs in self._each_partition(steps.compare_copies) for pair in pairs]
        originals = _originals(copies, dict(zip(names, dates, strict=True)))
        found = [{"article": copy, "original": first} for copy, first in sorted(originals.items())]
        copy = pa.schema([("article", pa.string()), ("original", pa.string())])
        write_parts(self.work / "copies.arrow", copy, {0: found}, 1)


def _originals(copies: Iterable[tuple[str, str]], dates: dict[str, str | None]) -> dict[str, str]:
    """The original of each copy; ``copies`` are the pairs, ``dates`` those of publication."""
    sets = DisjointSets()
    for one, other in copies:
        sets.union(one, other)
    stories: defaultdict[Hashable, list[tuple[str, str]]] = defaultdict(list)
    for pair in copies:
        stories[sets.find(pair[0])].append(pair)
    originals: dict[str, str] = {}
    for pairs in stories.values():
        near = {article: dates[article] for pair in pairs for article in pair}
        originals |= {copy: first for copy, first in assign_originals(near, pairs).items() if first}
    return originals


def _candidates(hashes: "np.ndarray") -> Iterator[tuple[int, int]]:
    """The pairs of articles that may be copies: those that share many of their hashes.

    ``hashes``: an array of two columns, an article's number with each of its hashes, in the order of articles. They are
    counted article by article, since many more pairs share a hash or two than may be copies.
    """
    import numpy as np

    sizes = np.bincount(hashes[:, 0]).tolist()
    articles, keys = with_shared_keys(hashes).T.tolist()
    having: defaultdict[int, list[int]] = defaultdict(list)
    for article, own in groupby(zip(articles, keys, strict=True), key=itemgetter(0)):
        of_article = [key for _, key in own]
        shared = Counter(other for key in of_article for other in having[key])
        for other, count in shared.items():
            if is_candidate(count, sizes[other], sizes[article]):
                yield other, article
        for key in of_article:
            having[key].append(article)


def repeated(shards: Iterable[Path]) -> dict[int, tuple[int, ...]]:
    """For the number of each shard the rows whose article a later row or shard has again: the last one counts."""
    seen: dict[int, tuple[int, int]] = {}
    left_out: defaultdict[int, list[int]] = defaultdict(list)
    for at, path in enumerate(shards):
        table = arrow().parquet.read_table(path, columns=["id", "error"])
        ids, errors = table.column("id").to_pylist(), table.column("error").to_pylist()
        for row, (ident, error) in enumerate(zip(ids, errors, strict=True)):
            if error is None:
                key = number(ident)
                if key in seen:
                    left_out[seen[key][0]].append(seen[key][1])
                seen[key] = (at, row)
    return {at: tuple(rows) for at, rows in left_out.items()}
