"""Articles through a pipeline into the store. One article that fails never stops the rest."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from quotes.articles.read import read_articles
from quotes.linking.link import link
from quotes.provenance import reading_version
from quotes.store.database import Store
from quotes.store.rows import text_sha
from quotes.types import Article, Failure, Quote

if TYPE_CHECKING:
    from spacy.language import Language

BATCH = 4  # articles that travel together to another process, and the most that wait for one that failed


@dataclass(slots=True)
class Outcome:
    """What a run did: numbers of articles read anew and found unchanged, and what failed."""

    read: int = 0
    unchanged: int = 0
    words: int = 0
    quotes: int = 0
    failures: list[Failure] = field(default_factory=list)


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
    (``force`` reads them all again). Raises QuotesError when the database or the pipeline cannot be used.
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
            from quotes.pipeline import load

            nlp = load(model, thoughts=thoughts, embeddings=True, coreference="needed")
            for article, found in annotate(nlp, chain([first_changed], todo), processes=processes):
                if isinstance(found, Exception):
                    failure = Failure(article.path, f"could not be read ({type(found).__name__}: {found})")
                    outcome.failures.append(failure)
                    report(outcome, failure)
                    continue
                store.save_article(article, found, version=version)
                outcome.read += 1
                outcome.words += len(article.text.split())
                outcome.quotes += len(found)
                report(outcome, None)
        linking()
        if link(store) or outcome.read:
            store.analyze()
    return outcome


def _other_file(store: Store, article: Article) -> str | None:
    """The path of another file, still there, that an article would replace because their ids are the same."""
    stored = store.path_of(article.id)
    if stored and os.path.isfile(stored) and os.path.isfile(article.path):
        return None if os.path.samefile(stored, article.path) else stored
    return None


def predict(
    paths: Iterable[str], *, model: str | None = None, thoughts: bool = False
) -> tuple[list[dict[str, Any]], list[Failure]]:
    """What ``quotes export`` would print for these articles and nothing else, and what could not be read."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "quotes.db"
        outcome = extract(read_articles(paths), database, model=model, thoughts=thoughts)
        if not outcome.read:
            return [], outcome.failures
        with Store(database) as store:
            return list(store.export()), outcome.failures


def annotate(
    nlp: "Language", articles: Iterable[Article], *, processes: int = 1
) -> Iterator[tuple[Article, tuple[Quote, ...] | Exception]]:
    """Each article with its quotations, or with the error that its text raises.

    spaCy drops a whole batch when one text of it fails; what does not come back is read again on its own.
    """
    waiting: dict[str, Article] = {}  # went in and has not come out, in order
    ended: list[BaseException | None] = []  # the articles are at an end; with what raised, if something did

    def feed() -> Iterator[tuple[str, str]]:
        try:
            for article in articles:
                waiting[article.id] = article
                yield article.text, article.id
        except Exception as error:
            ended.append(error)
        else:
            ended.append(None)

    stream = feed()
    handler = nlp.default_error_handler
    while not ended:
        nlp.set_error_handler(DROP)
        try:
            for doc, key in nlp.pipe(stream, as_tuples=True, n_process=processes, batch_size=BATCH):
                for lost in _before(key, waiting):
                    yield waiting[lost], _alone(nlp, waiting.pop(lost))
                yield waiting[key], _result(doc)
                del waiting[key]
        except Exception:  # in a part of spaCy that no handler covers: all that waits is read again
            if not waiting and not ended:  # nothing went in: it would fail for ever
                raise
        finally:
            nlp.set_error_handler(handler)
        for lost in list(waiting):
            yield waiting[lost], _alone(nlp, waiting.pop(lost))
    if ended[0] is not None:
        raise ended[0]


def _before(key: str, waiting: dict[str, Article]) -> list[str]:
    out = []
    for other in waiting:
        if other == key:
            break
        out.append(other)
    return out


def _drop(name: str, component: Any, docs: list[Any], error: Exception) -> None:
    """spaCy's error handler: leave the documents out, they are noticed by their absence."""


def _fail(name: str, component: Any, docs: list[Any], error: Exception) -> None:
    raise error


DROP: Any = _drop  # spaCy's own type says that a handler never returns
FAIL: Any = _fail


def _alone(nlp: "Language", article: Article) -> tuple[Quote, ...] | Exception:
    """Read one article by itself; what it raises is the result."""
    nlp.set_error_handler(FAIL)
    try:
        return _result(nlp(article.text))
    except Exception as error:
        return error
    finally:
        nlp.set_error_handler(DROP)


def _result(doc: Any) -> tuple[Quote, ...] | Exception:
    try:
        return tuple(doc._.quotes)
    except Exception as error:
        return error
