"""The commands that put articles into a database and take them out: extract, remove."""

import logging
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import completion, options
from quotes.cli import scale as cli_scale
from quotes.cli.cast import CastFile, NoCast, cast_of
from quotes.cli.deciding import Deciding, confirm, tell_lost
from quotes.cli.erase import without_forgotten
from quotes.cli.groups import grouped
from quotes.cli.preview import preview
from quotes.cli.reading_options import Reading
from quotes.errors import NotFound
from quotes.store.database import Store
from quotes.text.plural import count

if TYPE_CHECKING:
    from quotes.articles.notes import Notes
    from quotes.extraction import Outcome
    from quotes.types import Failure


class Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a run in the same orderly way as Ctrl-C."""


def _terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated


@contextmanager
def _interruptible() -> Iterator[None]:
    """A block that Ctrl-C and SIGTERM end with a word and an exit code of their own."""
    try:
        yield
    except KeyboardInterrupt as error:
        options.say("\nInterrupted. What was read is stored; the same command goes on from there.")
        raise typer.Exit(143 if isinstance(error, Terminated) else 130) from None


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (extract, preview, remove):
        app.command()(grouped(command))


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files and folders; news.db::stories is a table; - is stdin."),
    ],
    database: options.Database = options.DEFAULT,
    *,
    reading: Reading,
    model: options.Model = None,
    everything: options.All = False,
    thoughts: options.Thoughts = False,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Processes that read articles.", show_default="the cores")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Read unchanged articles again.")] = False,
    sync: Annotated[bool, typer.Option("--sync", help="Take out what is gone from these paths.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say what is found in each article.")
    ] = False,
    log: Annotated[Path | None, typer.Option(metavar="FILE", help="Write to a file what was done.")] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="Write a corpus of Parquet files instead, for quotes link."),
    ] = None,
    shard: Annotated[
        str | None, typer.Option(metavar="I/N", help="With --to: the I-th of N parts only, such as 3/100.")
    ] = None,
    engine: options.Engine = "processes",
    address: options.Address = None,
    cast: CastFile = None,
    no_cast: NoCast = False,
    forget: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Leave out articles that have one of the names in FILE, one a line."
        ),
    ] = None,
) -> None:
    """Read articles and write their quotations, speakers and statements to a database.

    What a file is is known by its content: plain texts, saved pages, RSS and Atom feeds, CSV and TSV, JSON and JSON
    Lines, SQLite databases, e-mail and mailboxes, captions (VTT, SRT), wire formats (NITF, NewsML-G2, ninjs); with
    extras also web archives, Word, Excel and Parquet; all of them also as .gz, .bz2, .xz and .zip. What cannot be
    read is told with what helps. Articles that have not changed since they were read are skipped.

    \b
    Example:
      quotes extract articles/ page.html feed.xml news.db::stories
      quotes extract export.csv --column text=story --publication "The Courier"
      quotes extract articles/ --cast people.csv
      xzcat dump.jsonl.xz | quotes extract - --format jsonl
    """
    from quotes.articles.count import count_articles
    from quotes.articles.notes import Notes
    from quotes.articles.read import read_articles
    from quotes.cli.progress import Progress
    from quotes.extraction import extract as run

    start = time.monotonic()
    signal.signal(signal.SIGTERM, _terminate)
    if to is None and (shard or engine != "processes" or address):
        raise typer.BadParameter("--shard, --engine and --address need --to FOLDER")
    if to is not None and forget is not None:
        raise typer.BadParameter("--forget is for a database, not for --to")
    if to is not None and (cast is not None or no_cast):
        raise typer.BadParameter("--cast is for a database, not for --to: extract into a database instead")
    people = cast_of(cast, no_cast=no_cast, quiet=quiet)
    said = reading.options()
    if to is not None:
        with _interruptible():
            cli_scale.extract(
                paths,
                to,
                shard=shard,
                model=model,
                keep=options.keep(everything, thoughts),
                processes=processes or 1,
                engine=engine,
                address=address,
                options={name: value for name, value in asdict(said).items() if value},
            )
        return
    # With --verbose they are logged
    notes = Notes(tell=lambda message: None if quiet or verbose else progress.tell(message))

    def report(outcome: "Outcome", failure: "Failure | None") -> None:
        if failure:
            progress.tell(f"Error: {failure}")
        done = outcome.read + outcome.unchanged + outcome.moved + len(outcome.failures)
        progress.move(done, outcome.read, outcome.quotes)

    total = count_articles(paths) if options.is_terminal() else None
    with _interruptible(), _logging(log, verbose), Progress(total) as progress:
        items = read_articles(paths, options=said, notes=notes)
        outcome = run(
            items if forget is None else without_forgotten(items, forget),
            database,
            model=model,
            keep=options.keep(everything, thoughts),
            processes=processes,
            force=force,
            sync=[path for path in paths if path != "-"] if sync else (),
            cast=people,
            report=report,
            linking=progress.link,
        )
    if not quiet:
        _tell_outcome(outcome, notes, database, time.monotonic() - start, sync=sync)
    if outcome.failures:
        raise typer.Exit(1)


@contextmanager
def _logging(file: Path | None, verbose: bool) -> Iterator[None]:
    """What the library logs goes to a file, and to stderr where every article is to be told."""
    logger = logging.getLogger("quotes")
    handlers: list[logging.Handler] = []
    if file:
        try:
            handlers.append(logging.FileHandler(file, encoding="utf-8"))
        except OSError as error:
            raise typer.BadParameter(f"--log {file}: {(error.strerror or str(error)).lower()}") from None
        handlers[-1].setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    if verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
        handlers[-1].addFilter(lambda record: record.levelno < logging.WARNING)  # errors are told anyway
    before = logger.level
    for handler in handlers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(before)
        for handler in handlers:
            logger.removeHandler(handler)
            handler.close()


def _tell_outcome(
    outcome: "Outcome", notes: "Notes", database: Path, seconds: float, *, sync: bool = False
) -> None:
    """Say on stderr what was read, and what is in the database now."""
    from quotes.cli.render import render_summary

    if outcome.read + outcome.unchanged + outcome.moved + outcome.removed:
        with Store(database) as store:
            counts, example = store.counts(), store.queries.most_quoted()
            counts |= {"corrected": store.queries.corrected()}
            copies = store.queries.copies()
            tell_lost(store)
        others = {"moved": outcome.moved, "withdrawn": outcome.withdrawn, "taken out": outcome.removed}
        more = "".join(f", {number:,} {what}" for what, number in others.items() if number)
        read = count(outcome.read, "article")
        options.say(f"{read} read, {outcome.unchanged:,} unchanged{more}, in {seconds:.1f} seconds.")
        if notes.undated:
            options.say(f"{count(notes.undated, 'article')} without a date.")
        if copies:
            options.say(f"{count(copies, 'article')} nearly the same as another: copies.")
        for line in notes.lines():
            options.say(line)
        for line in render_summary(counts, database, example):
            options.say(line)
    else:
        for line in notes.lines():
            options.say(line)
    if outcome.failures:
        options.say(f"{count(len(outcome.failures), 'article')} could not be read, see above.")
        if sync:
            options.say("What came from there before stays. To take it out: quotes remove PATH")


def remove(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE",
            help="An id, an address, a file or a folder.",
            autocompletion=completion.ids("articles"),
        ),
    ],
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="Keep them, marked as taken back by their publisher.")
    ] = False,
    *,
    how: Deciding,
) -> None:
    """Take articles out of a database, with their quotations; what was linked with them is linked anew.

    ARTICLE is the id of an article or its address, or a file or a folder that articles were read from, whether it is
    still there or not. Corrections about them are kept, and tell that they do not apply any more. With --withdrawn
    they stay, and what they say is shown as withdrawn and counted nowhere: a correction like others, undone by undo.

    \b
    Example:
      quotes remove old-news/ https://example.org/withdrawn-story
      quotes remove 1f0c5a9e22b04d17 --withdrawn
    """
    from quotes.linking.removal import articles_meant, remove_articles, withdraw

    database = how.database
    with Store(database, create=database.exists()) as store:
        meant: dict[str, None] = {}
        for words in articles:
            found = articles_meant(store, words)
            if not found:
                raise NotFound(
                    f"{database} has no article {words!r}, and none that was read from there.",
                    "Nothing was changed. Ids are shown by quotes show and on the pages.",
                )
            meant.update(dict.fromkeys(found))
        if withdrawn:
            how.decide(store, withdraw(store, meant, by=how.who))
        else:
            confirm([f"{count(len(meant), 'article')} and all that they say go."], yes=how.yes)
            number = remove_articles(store, meant)
            options.say(f"{count(number, 'article')} taken out of {database}.")
        tell_lost(store)
