"""Articles -> a corpus of shards, by one process, several, or a cluster."""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from quotes.distributed.corpus import Corpus, Reading, Shard, cut
from quotes.distributed.engines import EngineName, make_engine
from quotes.distributed.rows import arrow
from quotes.distributed.shards import ShardCounts, progress_file, run_shard
from quotes.errors import CorpusError
from quotes.log import logger
from quotes.types import Failure, Keep

LOG = logger(__name__)


@dataclass(slots=True)
class ShardOutcome:
    """What a run over shards did."""

    shards: int = 0  # of the run
    done: int = 0  # of these, read now or before
    read: int = 0  # articles, in shards that were read now
    unchanged: int = 0  # articles in shards that were there
    words: int = 0  # of the articles that were read
    quotes: int = 0  # quotations found in them
    failed: int = 0  # articles that could not be read, now or before: rows with an error
    failures: list[Failure] = field(default_factory=list)  # the first of each shard

    def add(self, counts: ShardCounts) -> None:
        """Count a shard."""
        self.done += 1
        self.failed += counts.failed
        self.failures += counts.failures
        if counts.known:
            self.unchanged += counts.read
        else:
            self.read += counts.read
            self.words += counts.words
            self.quotes += counts.quotes


Report = Callable[[ShardOutcome, ShardCounts], None]  # called after each shard


def extract(
    targets: Iterable[str],
    folder: str | os.PathLike[str],
    *,
    processes: int = 1,
    engine: EngineName = "processes",
    address: str | None = None,
    shards: int | None = None,
    only: int | None = None,
    model: str | None = None,
    keep: Keep = "said",
    options: Mapping[str, Any] | None = None,
    report: Report = lambda outcome, counts: None,
) -> ShardOutcome:
    """Read articles into the shards of a corpus that are not there yet.

    ``targets``: files and folders, as ``read_articles`` takes them, with its ``options``. ``processes``: of this
    machine, or of the Ray cluster at ``address`` with ``engine="ray"``. ``shards``: into how many the targets are cut,
    by default by their size; ``only``: read this one alone, counted from 0. ``model`` and ``keep`` are those of
    ``load``; ``report`` is called after each shard. An article that cannot be read is a row with an error.

    Raises CorpusError for what cannot be cut into shards, MissingExtra when a package is not installed, PipelineError
    when the pipeline cannot be used.

    >>> from quotes import distributed
    >>> distributed.extract(["archive/"], "corpus/", processes=8)                      # doctest: +SKIP
    """
    arrow()
    if only is not None and not 0 <= only < (shards or 0):
        raise CorpusError(
            f"There is no shard {only + 1} of {shards}.", "The first is 1, the last is their number."
        )
    where, targets = os.fspath(folder), list(targets)
    reading = Reading(model, keep, tuple(sorted((options or {}).items())))
    plan = cut(targets, where, reading, shards=shards)
    corpus = Corpus.open(where, create=True).with_run(targets, plan, reading)
    todo = plan if only is None else [plan[only]]
    outcome = ShardOutcome(shards=len(todo))
    with make_engine(engine, processes=processes, address=address) as runner:
        run_all(todo, runner.run, outcome, report)
    if all(path.exists() for path in corpus.shards()):
        for path in corpus.superseded():
            LOG.info("removed %s, which was read again", path.name)
            path.unlink()
    return outcome


def run_all(shards: Iterable[Shard], run: Any, outcome: ShardOutcome, report: Report) -> None:
    """Run the shards that are not there; a run that is broken off in order leaves no trace of what it was at."""
    waiting = {shard.number: shard for shard in shards}
    for number in [number for number, shard in waiting.items() if shard.path.exists()]:
        counts = run_shard(waiting.pop(number))
        outcome.add(counts)
        report(outcome, counts)
    try:
        with closing(run(run_shard, list(waiting.values()))) as answers:
            for shard, counts in answers:
                del waiting[shard.number]
                outcome.add(counts)
                report(outcome, counts)
    finally:
        for shard in waiting.values():
            progress_file(shard).unlink(missing_ok=True)
