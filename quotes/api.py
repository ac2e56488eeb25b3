"""The verbs of the package: find quotations in a text, open a database, correct it, measure.

Each is a few lines over the rooms below. All that a correction needs is a store:

>>> import quotes
>>> with quotes.open("quotes.db") as store:                                       # doctest: +SKIP
...     done = quotes.merge(store, "hillary-clinton", "Hillary Rodham", by="ed")
...     quotes.undo(store, done.id, by="ed")
"""

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.linking import decisions
from quotes.store.database import Store

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.corrections.records import Correction
    from quotes.evaluation.metrics import Figures
    from quotes.found import Quotations
    from quotes.types import Keep, SpeakerType


def find(text: str) -> "Quotations":
    """The quotations of one text, in text order: a tuple, which a notebook shows marked in the text.

    The pipeline is loaded by the first call, which takes about a second, and kept. For options, many texts or
    the whole spaCy ``Doc`` use ``quotes.load()``.

    >>> for quote in find("“We waited,” Ann Okoro said. She left."):
    ...     print(quote.type, quote.speaker.name, quote.text)
    direct Ann Okoro “We waited,”
    """
    from quotes.found import Quotations

    return Quotations(_pipeline()(text)._.quotes, text)


@lru_cache(maxsize=1)
def _pipeline() -> "Language":
    from quotes.pipeline import load

    return load()


def open(path: str | os.PathLike[str], *, create: bool = False) -> Store:
    """The store of a database that ``extract`` wrote, or of a new one with ``create``. Use it in a ``with`` block.

    Raises DatabaseError when there is none, or it is not one of this package.
    """
    return Store(path, create=create)


def evaluate(
    gold: str | os.PathLike[str], *, model: str | None = None, keep: "Keep" = "said", thoughts: bool = False
) -> "Figures":
    """Precision, recall and F of what is found in texts whose quotations are known.

    ``gold`` is a folder of NAME.txt with NAME_ANNOTATOR.ann beside it (brat), or JSON Lines as ``quotes export``
    prints them, beside the texts that they name. ``model``, ``keep`` and ``thoughts`` are those of ``load``. Raises
    Unreadable when there is nothing to measure by, or a text that cannot be read.

    >>> figures = evaluate("gold/").counts["SPEECH"]                               # doctest: +SKIP
    >>> precision, recall, f = figures.scores(figures.joint)                       # doctest: +SKIP
    """
    from quotes.errors import Unreadable
    from quotes.evaluation.gold import read_gold
    from quotes.evaluation.predict import evaluate as run
    from quotes.types import kept

    figures, failures = run(read_gold(gold), model=model, keep=kept(keep, thoughts=thoughts))
    if failures:
        raise Unreadable(str(failures[0]))
    return figures


def merge(store: Store, speaker: str, *others: str, by: str | None = None) -> "Correction":
    """The correction, applied, that some speakers are one: the first, whose id and name stay.

    Speakers are meant by id, or by a whole name that only one has. ``by`` is who decides, by default the user of this
    system. A correction outlasts every later run of ``extract``.

    Raises NotFound, Ambiguous (several have the name: see its ``choices``) or InvalidCorrection.
    """
    return _decide(store, by, lambda who: decisions.merge(store, [speaker, *others], by=who))


def split(
    store: Store,
    speaker: str,
    *,
    quotes: Sequence[str] = (),
    articles: Sequence[str] = (),
    called: Sequence[str] = (),
    name: str | None = None,
    by: str | None = None,
) -> "Correction":
    """The correction, applied, that some of a speaker's quotations are a new speaker's.

    Which ones: those with the ids ``quotes``, all in ``articles`` (ids), or all where an article's name for the
    speaker is in ``called``; the last two hold for articles that are added later, too. ``name`` is the new
    speaker's, by default as the articles have it. Raises as ``merge`` does.
    """
    return _decide(
        store,
        by,
        lambda who: decisions.split(
            store, speaker, quotes=quotes, articles=articles, called=called, name=name, by=who
        ),
    )


def rename(store: Store, speaker: str, name: str, *, by: str | None = None) -> "Correction":
    """The correction, applied, that a speaker is shown under another name. The id stays. Raises as ``merge`` does."""
    return _decide(store, by, lambda who: decisions.rename(store, speaker, name, by=who))


def assign(
    store: Store, quote: str, speaker: str | None, *, new: "SpeakerType | None" = None, by: str | None = None
) -> "Correction":
    """The correction, applied, that a quotation is this speaker's, or nobody's who is known (None).

    ``new`` is the type ("person") of a speaker who has no quotation yet. Raises as ``merge`` does.
    """
    return _decide(store, by, lambda who: decisions.assign(store, quote, speaker, new=new, by=who))


def merge_statements(store: Store, *statements: str, by: str | None = None) -> "Correction":
    """The correction, applied, that statements are one; each is meant by its id or that of a quotation in it."""
    return _decide(store, by, lambda who: decisions.merge_statements(store, statements, by=who))


def split_statement(
    store: Store, statement: str, quotes: Sequence[str], *, by: str | None = None
) -> "Correction":
    """The correction, applied, that some of a statement's quotations are a statement of their own."""
    return _decide(store, by, lambda who: decisions.split_statement(store, statement, quotes, by=who))


def reject(store: Store, quote: str, *, by: str | None = None) -> "Correction":
    """The correction, applied, that what was taken for a quotation is none: it is gone for good."""
    from quotes.linking.quotation_decisions import reject

    return _decide(store, by, lambda who: reject(store, [quote], by=who))


def trim(store: Store, quote: str, start: int, end: int, *, by: str | None = None) -> "Correction":
    """The correction, applied, that a quotation is the words from ``start`` to ``end`` of its article's text.

    Its id stays. Raises NotFound, or InvalidCorrection for a span that is outside the text, empty or elsewhere.
    """
    from quotes.linking.quotation_decisions import trim

    return _decide(store, by, lambda who: trim(store, quote, start, end, by=who))


def add(
    store: Store,
    article: str,
    words: str,
    speaker: str | None,
    *,
    new: "SpeakerType | None" = None,
    at: int | None = None,
    by: str | None = None,
) -> "Correction":
    """The correction, applied, that words of an article are a quotation by this speaker, or by nobody known (None).

    ``new`` is the type ("person") of a speaker who has no quotation yet, ``at`` where the words begin, if they occur
    more than once. Raises as ``merge`` does.
    """
    from quotes.linking.quotation_decisions import add

    return _decide(store, by, lambda who: add(store, article, words, speaker, new=new, at=at, by=who))


def undo(store: Store, correction: str, *, by: str | None = None) -> "Correction":
    """The correction as undone: it stays in the list, with who undid it and when.

    ``correction`` is its id, or as much of it as no other has. Raises NotFound, Ambiguous or InvalidCorrection.
    """
    return decisions.undo(store, correction, by=by or decisions.current_user())[0]


def _decide(store: Store, by: str | None, make: Callable[[str], "Correction"]) -> "Correction":
    correction = make(by or decisions.current_user())
    decisions.decide(store, [correction])
    return correction
