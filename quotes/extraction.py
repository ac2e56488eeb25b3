"""Articles through a pipeline into the store. One article that fails never stops the rest."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from quotes.articles.checked import checked
from quotes.deprecated import moved
from quotes.identity import Arrivals, source_path
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.log import logger
from quotes.names.cast import Cast, read_cast
from quotes.provenance import reading_version
from quotes.store.database import Store
from quotes.types import Article, Failure, Keep, Quote, file_of, kept
from quotes.workers import annotate

if TYPE_CHECKING:
    from spacy.language import Language

LOG = logger(__name__)
FEW_ARTICLES = 20  # are read by one process in the time that others take to start


@dataclass(slots=True)
class Outcome:
    """What a run did: numbers of articles read anew and found unchanged, and what failed."""

    read: int = 0  # articles, new or changed
    unchanged: int = 0  # articles that were skipped
    moved: int = 0  # articles that are unchanged, and stand in another file now
    withdrawn: int = 0  # articles that their publisher took back, marked as that where they are stored
    removed: int = 0  # articles that are gone from the folders that are kept in step
    words: int = 0  # of the articles that were read
    quotes: int = 0  # quotations found in them
    failures: list[Failure] = field(default_factory=list)  # files and items that were not read


Report = Callable[[Outcome, Failure | None], None]  # called after each article, with its failure if any


def extract(
    items: Iterable[Article | Failure],
    database: str | os.PathLike[str],
    *,
    model: str | None = None,
    keep: Keep = "said",
    thoughts: bool = False,
    processes: int | None = 1,
    force: bool = False,
    sync: Sequence[str] = (),
    cast: Cast | str | os.PathLike[str] | None = None,
    report: Report = lambda outcome, failure: None,
    linking: Callable[[], None] = lambda: None,
) -> Outcome:
    """Read the articles that are new or have changed, store their quotations, and link everything stored.

    ``items`` may be endless: nothing of an article is kept once it is stored. ``report`` is called after each
    article, with the failure when it was one, and ``linking`` before speakers and statements are linked. The
    database is not made when there is no article at all, and the pipeline is not loaded when none has changed
    (``force`` reads them all again). ``processes``: None for as many as there are cores, where more than a few articles
    are to be read. ``sync``: folders and files that the database is to be in step with; what was read from them before
    and is not among ``items`` any more is taken out. ``cast``: a CSV file of people whom you know (see ``load``); None
    for those of the run before. Articles that were read with others are read again. Raises DatabaseError or
    PipelineError when one cannot be used, Unreadable for a bad file.
    """
    tally = _Tally(report)
    articles = _readable(items, tally)
    first = next(articles, None)
    if first is None and not (sync and os.path.exists(database)):
        return tally.outcome
    keep = kept(keep, thoughts=thoughts)
    known = cast if isinstance(cast, Cast | None) else read_cast(cast)
    with Store(database, create=True) as store:
        if known is not None:
            with store.transaction():
                store.linking.cast.save(known)
        people = store.linking.cast.read()
        version = reading_version(model, keep=keep, cast=people.version if people else "")
        arrivals = Arrivals(store, version, force=force)
        present = _Present(sync)
        todo = _changed(arrivals, chain([first] if first else [], articles), tally, present)
        some = list(islice(todo, FEW_ARTICLES if processes is None else 1))
        if some:
            LOG.info("reading with version %s", version)
            load = partial(_load, model, keep=keep, cast=people)
            processes = processes or (cores() if len(some) == FEW_ARTICLES else 1)
            for article, found in annotate(load, chain(some, todo), processes=processes):
                if isinstance(found, Failure):
                    tally.failed(found)
                elif failure := _save(store, arrivals, article, found, version):
                    tally.failed(failure)
                else:
                    tally.read(article, found)
        tally.outcome.removed = present.remove_others(store, tally.outcome.failures)
        linking()
        if link(store) or tally.outcome.read or tally.outcome.removed:
            store.analyze()
    return tally.outcome


class _Tally:
    """Counts what a run does, and reports and logs it article by article."""

    def __init__(self, report: Report) -> None:
        self.outcome = Outcome()
        self._report = report

    def failed(self, failure: Failure) -> None:
        self.outcome.failures.append(failure)
        LOG.warning("%s", failure)
        self._report(self.outcome, failure)

    def skipped(self, state: str) -> None:
        """Count an article that is "unchanged", "moved" or "withdrawn"."""
        setattr(self.outcome, state, getattr(self.outcome, state) + 1)
        self._report(self.outcome, None)

    def read(self, article: Article, quotes: Sequence[Quote]) -> None:
        self.outcome.read += 1
        self.outcome.words += len(article.text.split())
        self.outcome.quotes += len(quotes)
        LOG.info("%s: %d quotations", article.path, len(quotes))
        self._report(self.outcome, None)


def _readable(items: Iterable[Article | Failure], tally: _Tally) -> Iterator[Article]:
    for item in items:
        one = item if isinstance(item, Failure) else checked(item)
        if isinstance(one, Failure):
            tally.failed(one)
        else:
            yield one


class _Present:
    """What the folders that the database is to be in step with have now."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = [os.path.realpath(folder) for folder in folders]
        self._pairs: list[tuple[str, str]] = []

    def note(self, article: Article) -> None:
        """Note that an article is there, under the id that it is stored with."""
        if self._folders:
            self._pairs.append((source_path(article.path), article.id))

    def remove_others(self, store: Store, failures: Iterable[Failure]) -> int:
        """Take out what is not there any more; the number of articles. What could not be read stays as it was."""
        if not self._folders:
            return 0
        unread = {os.path.realpath(file_of(failure.path)) for failure in failures}
        removed = 0
        with store.transaction():
            for path, article in store.articles.gone(self._folders, self._pairs):
                if any(path == failed or path.startswith((f"{failed}/", f"{failed}::")) for failed in unread):
                    continue
                store.articles.forget_source(path, article)
                if store.articles.stored(article) and not store.articles.sources_of(article):
                    store.remove_article(article)
                    removed += 1
        return removed


def _changed(
    arrivals: Arrivals, articles: Iterable[Article], tally: _Tally, present: _Present
) -> Iterator[Article]:
    """The articles that are to be read: not stored yet, with another text, or read by another version."""
    for article in articles:
        arrived = arrivals.arrive(article)
        if isinstance(arrived, Failure):
            tally.failed(arrived)
            continue
        present.note(arrived.article)
        if arrived.state in ("new", "changed"):
            yield arrived.article
        else:
            tally.skipped(arrived.state)


def cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load(model: str | None, *, keep: Keep, cast: Cast) -> "Language":
    from quotes.pipeline import load  # spaCy is loaded when there is something to read

    return load(model, keep=keep, coreference="needed", cast=cast or None)


def _save(
    store: Store, arrivals: Arrivals, article: Article, quotes: Sequence[Quote], version: str
) -> Failure | None:
    """Store an article; return the failure when another file with its id was stored while it was read."""
    with store.transaction():
        known = arrivals.before_saving(article)
        if isinstance(known, Failure):
            return known
        article, keep_earlier = known
        save_article(store, article, quotes, version=version, keep_earlier=keep_earlier)
    return None


__getattr__ = moved(__name__, {"predict": "quotes.evaluation.predict"})
