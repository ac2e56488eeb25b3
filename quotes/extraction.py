"""Articles through a pipeline into the store. One article that fails never stops the rest."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from quotes.articles.checked import checked
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.log import logger
from quotes.provenance import reading_version
from quotes.store.database import Store
from quotes.store.rows import text_sha
from quotes.types import Article, Failure, Quote
from quotes.workers import annotate

if TYPE_CHECKING:
    from spacy.language import Language

LOG = logger(__name__)


@dataclass(slots=True)
class Outcome:
    """What a run did: numbers of articles read anew and found unchanged, and what failed."""

    read: int = 0  # articles, new or changed
    unchanged: int = 0  # articles that were skipped
    words: int = 0  # of the articles that were read
    quotes: int = 0  # quotations found in them
    failures: list[Failure] = field(default_factory=list)  # files and items that were not read


Report = Callable[[Outcome, Failure | None], None]  # called after each article, with its failure if any


def extract(
    items: Iterable[Article | Failure],
    database: str | os.PathLike[str],
    *,
    model: str | None = None,
    thoughts: bool = False,
    processes: int = 1,
    force: bool = False,
    report: Report = lambda outcome, failure: None,
    linking: Callable[[], None] = lambda: None,
) -> Outcome:
    """Read the articles that are new or have changed, store their quotations, and link everything stored.

    ``items`` may be endless: nothing of an article is kept once it is stored. ``report`` is called after each
    article, with the failure when it was one, and ``linking`` before speakers and statements are linked. The
    database is not made when there is no article at all, and the pipeline is not loaded when none has changed
    (``force`` reads them all again). Raises DatabaseError or PipelineError when one cannot be used.
    """
    tally = _Tally(report)
    articles = _readable(items, tally)
    first = next(articles, None)
    if first is None:
        return tally.outcome
    version = reading_version(model, thoughts=thoughts)
    with Store(database, create=True) as store:
        todo = _changed(store, chain([first], articles), tally, version=version, force=force)
        first_changed = next(todo, None)
        if first_changed is not None:
            LOG.info("reading with version %s", version)
            load = partial(_load, model, thoughts=thoughts)
            for article, found in annotate(load, chain([first_changed], todo), processes=processes):
                if isinstance(found, Failure):
                    tally.failed(found)
                elif failure := _save(store, article, found, version):
                    tally.failed(failure)
                else:
                    tally.read(article, found)
        linking()
        if link(store) or tally.outcome.read:
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

    def unchanged(self) -> None:
        self.outcome.unchanged += 1
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


def _changed(
    store: Store, articles: Iterable[Article], tally: _Tally, *, version: str, force: bool
) -> Iterator[Article]:
    """The articles that are to be read: not stored yet, with another text, or read by another version."""
    for article in articles:
        if not force and store.unchanged(article.id, text_sha(article), version):
            tally.unchanged()
        elif failure := _clash(store, article):
            tally.failed(failure)
        else:
            yield article


def _load(model: str | None, *, thoughts: bool) -> "Language":
    from quotes.pipeline import load  # spaCy is loaded when there is something to read

    return load(model, thoughts=thoughts, coreference="needed")


def _save(store: Store, article: Article, quotes: Sequence[Quote], version: str) -> Failure | None:
    """Store an article; return the failure when another file with its id was stored while it was read."""
    with store.transaction():
        failure = _clash(store, article)
        if not failure:
            save_article(store, article, quotes, version=version)
    return failure


def _clash(store: Store, article: Article) -> Failure | None:
    """That another file, still there, has the id of an article, which would replace it."""
    stored = store.queries.path_of(article.id)
    if not stored or not os.path.isfile(stored) or not os.path.isfile(article.path):
        return None
    if os.path.samefile(stored, article.path):
        return None
    reason = f"has the same folder and file name as {stored}, which is in this database; rename one"
    return Failure(article.path, reason)


def __getattr__(name: str) -> Any:
    from quotes.deprecated import from_new_place

    return from_new_place(__name__, name, {"predict": "quotes.evaluation.predict"})
