"""Commands of a corpus of shards: ``extract --to``, ``link`` and ``build``."""

import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli import options
from quotes.cli.render import render_summary
from quotes.store.database import Store
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


Corpus = Annotated[str, typer.Argument(metavar="CORPUS", help="A folder that extract --to has made.")]


def link(
    corpus: Corpus,
    processes: Annotated[int, typer.Option(min=1, help="Processes that link.")] = 1,
    engine: options.Engine = "processes",
    address: options.Address = None,
    corrections: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="JSON Lines of quotes corrections --nl, which build applies."),
    ] = None,
) -> None:
    """Link the quotations of a corpus: one speaker a person, one statement an utterance, as in one database.

    \b
    Example:
      quotes link corpus/ --processes 8
    """
    from quotes.cli.progress import Progress
    from quotes.distributed import link as run

    if corrections is not None and not corrections.exists():
        raise typer.BadParameter(f"there is no file {corrections}")
    start = time.monotonic()
    with Progress(None) as progress:
        run(
            corpus,
            processes=processes,
            engine=engine,
            address=address,
            corrections=corrections,
            report=progress.show_step,
        )
    options.say(f"Linked in {time.monotonic() - start:.1f} seconds: next, quotes build {corpus} quotes.db")


def build(
    corpus: Corpus,
    database: Annotated[Path, typer.Argument(metavar="DATABASE", help="The new database file.")],
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Year, month or day: 2025-06-10.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Year, month or day, included.")] = None,
    publication: Annotated[str | None, typer.Option(help="The publication's name, or a part of it.")] = None,
    speaker: Annotated[
        str | None, typer.Option(help="Only this speaker's quotations: a name or an id.")
    ] = None,
    no_embeddings: Annotated[
        bool, typer.Option("--no-embeddings", help="Leave the embeddings out: a smaller file.")
    ] = False,
) -> None:
    """Make a database of a linked corpus, or of a slice of it, for search and the pages.

    \b
    Example:
      quotes build corpus/ 2025.db --since 2025 --until 2025
    """
    from quotes.cli.progress import Progress
    from quotes.distributed import build as run

    start = time.monotonic()
    with Progress(None) as progress:
        run(
            corpus,
            database,
            since=_date(since),
            until=_date(until),
            publication=publication,
            speaker=speaker,
            embeddings=not no_embeddings,
            report=lambda articles, quotations: progress.move(articles, articles, quotations),
        )
    with Store(database) as store:
        counts, example = store.counts(), store.queries.most_quoted()
    options.say(f"Built in {time.monotonic() - start:.1f} seconds.")
    for line in render_summary(counts, database, example):
        options.say(line)


def _date(value: str | None) -> str | None:
    from quotes.errors import Unreadable
    from quotes.text.dates import iso_date

    try:
        return value and iso_date(value)
    except Unreadable:
        raise typer.BadParameter(f"{value!r} is no date; write 2025, 2025-06 or 2025-06-10") from None
