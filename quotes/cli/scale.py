"""What the command line says of a corpus of shards: ``extract --to``."""

import re
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from quotes.cli import options
from quotes.text.plural import count

if TYPE_CHECKING:
    from quotes.distributed import ShardOutcome
    from quotes.distributed.shards import ShardCounts

ONE_OF = re.compile(r"(\d+)/(\d+)")


def which_shard(value: str | None) -> tuple[int | None, int | None]:
    """What ``--shard`` names: the number of the shard, counted from 0, and how many there are."""
    if value is None:
        return None, None
    match = ONE_OF.fullmatch(value)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise typer.BadParameter(f"{value!r} is no shard; write 3/100 for the third of a hundred")
    return int(match[1]) - 1, int(match[2])


def extract(paths: Iterable[str], folder: str, *, shard: str | None, **values: Any) -> None:
    """Read articles into the shards of a corpus, and say what was done."""
    from quotes.cli.progress import Progress
    from quotes.distributed import extract as run

    only, shards = which_shard(shard)
    start = time.monotonic()

    def report(outcome: "ShardOutcome", counts: "ShardCounts") -> None:
        for failure in counts.failures:
            progress.tell(f"Error: {failure}")
        if more := counts.failed - len(counts.failures):
            progress.tell(f"and {count(more, 'article')} more that could not be read")
        progress.show_shards(outcome.done, outcome.shards, outcome.read + outcome.unchanged, outcome.quotes)

    with Progress(None) as progress:
        outcome = run(paths, folder, shards=shards, only=only, report=report, **values)
    seconds = time.monotonic() - start
    read = count(outcome.read, "article")
    options.say(f"{read} read, {outcome.unchanged:,} unchanged, in {seconds:.1f} seconds.")
    options.say(f"{count(outcome.quotes, 'quotation')} in {folder}: next, quotes link {folder}")
    if outcome.failed:
        options.say(f"{count(outcome.failed, 'article')} could not be read: rows with an error in {folder}.")
        raise typer.Exit(1)
