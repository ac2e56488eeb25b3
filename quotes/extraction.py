"""Articles through a pipeline into the store. One article that fails never stops the rest."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.log import logger
from quotes.provenance import reading_version
from quotes.store.database import Store
from quotes.store.rows import text_sha
from quotes.types import Article, Failure
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


def extract(
    items: Iterable[Article | Failure],
    database: str | os.PathLike[str],
    *,
    model: str | None = None,
    thoughts: bool = False,
    processes: int = 1,
    force: bool = False,
    report: Callable[[Outcome, Failure | None], None] = lambda outcome, failure: None,
    linking: Callable[[], None] = lambda: None,
) -> Outcome:
    """Read the articles that are new or have changed, store their quotations, and link everything stored.

    ``items`` may be endless: nothing of an article is kept once it is stored. ``report`` is called after each
    article, with the failure when it was one, and ``linking`` before speakers and statements are linked. The
    database is not made when there is no article at all, and the pipeline is not loaded when none has changed
    (``force`` reads them all again). Raises DatabaseError or PipelineError when one cannot be used.
    """
    outcome = Outcome()

    def readable() -> Iterator[Article]:
        for item in items:
            if isinstance(item, Failure):
                outcome.failures.append(item)
                report(outcome, item)
            else:
                yield item

    articles = readable()
    first = next(articles, None)
    if first is None:
        return outcome
    version = reading_version(model, thoughts=thoughts)
    with Store(database, create=True) as store:

        def changed() -> Iterator[Article]:
            for article in chain([first], articles):
                if not force and store.unchanged(article.id, text_sha(article), version):
                    outcome.unchanged += 1
                    report(outcome, None)
                elif other := _other_file(store, article):
                    reason = (
                        f"has the same folder and file name as {other}, which is in this database; rename one"
                    )
                    outcome.failures.append(Failure(article.path, reason))
                    report(outcome, outcome.failures[-1])
                else:
                    yield article

        todo = changed()
        first_changed = next(todo, None)
        if first_changed is not None:
            LOG.info("reading with version %s", version)
            load = partial(_load, model, thoughts=thoughts)
            for article, found in annotate(load, chain([first_changed], todo), processes=processes):
                if isinstance(found, Failure):
                    outcome.failures.append(found)
                    LOG.warning("%s", found)
                    report(outcome, found)
                    continue
                save_article(store, article, found, version=version)
                outcome.read += 1
                outcome.words += len(article.text.split())
                outcome.quotes += len(found)
                LOG.info("%s: %d quotations", article.path, len(found))
                report(outcome, None)
        linking()
        if link(store) or outcome.read:
            store.analyze()
    return outcome


def _load(model: str | None, *, thoughts: bool) -> "Language":
    from quotes.pipeline import load  # spaCy is loaded when there is something to read

    return load(model, thoughts=thoughts, embeddings=True, coreference="needed")


def _other_file(store: Store, article: Article) -> str | None:
    """The path of another file, still there, that an article would replace because their ids are the same."""
    stored = store.queries.path_of(article.id)
    if stored and os.path.isfile(stored) and os.path.isfile(article.path):
        return None if os.path.samefile(stored, article.path) else stored
    return None
