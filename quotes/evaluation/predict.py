"""Texts whose quotations are known -> what the pipeline finds in them, and the figures of both."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quotes.articles.read import read_articles
from quotes.evaluation.gold import Annotation, GoldText, annotation
from quotes.evaluation.metrics import Figures, measure
from quotes.evaluation.required import measure_required
from quotes.evaluation.speakers import measure_speakers
from quotes.extraction import extract
from quotes.store.database import Store
from quotes.types import Article, Failure, Keep, Quote, Span
from quotes.workers import annotate


def evaluate(
    known: Sequence[GoldText], *, model: str | None = None, keep: Keep = "said"
) -> tuple[Figures, list[Failure]]:
    """Figures of what is found in these texts, and the texts that could not be read.

    Where the known quotations say who spoke, speakers are those of a database of these articles and nothing else, which
    is removed again; else none is made. Statements are not measured.
    """
    if any(quote.speaker for text in known for quote in text.quotes):
        return evaluate_export(known, model=model, keep=keep)[:2]
    from quotes.pipeline import load

    found: dict[str, list[Annotation]] = {}
    failures: list[Failure] = []
    articles: list[Article] = []
    for item in read_articles([str(text.path) for text in known]):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            articles.append(item)
    pipeline = partial(load, model, keep=keep, coreference="needed")
    for article, result in annotate(pipeline, articles):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            found[article.path] = [as_annotation(quote) for quote in result]
    return figures_of(known, found), failures


def evaluate_export(
    known: Sequence[GoldText], *, model: str | None = None, keep: Keep = "said"
) -> tuple[Figures, list[Failure], list[dict[str, Any]]]:
    """As ``evaluate``, and what ``quotes export`` would print for these texts and nothing else."""
    rows, failures = predict([str(text.path) for text in known], model=model, keep=keep)
    found: dict[str, list[Annotation]] = {}
    for row in rows:
        found.setdefault(row["article"], []).append(annotation(row))
    return figures_of(known, found), failures, rows


def predict(
    paths: Iterable[str], *, model: str | None = None, keep: Keep = "said"
) -> tuple[list[dict[str, Any]], list[Failure]]:
    """The export of a database of these articles and nothing else, and what could not be read."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "quotes.db"
        outcome = extract(read_articles(paths), database, model=model, keep=keep)
        if not outcome.read:
            return [], outcome.failures
        with Store(database) as store:
            return list(store.export()), outcome.failures


def figures_of(known: Iterable[GoldText], found: dict[str, list[Annotation]]) -> Figures:
    """Figures of what was found, by the path of each text; nothing was found in a text that is not there."""
    texts = [(text.read(), found.get(str(text.path), []), text.quotes, text.discard) for text in known]
    figures = measure(texts)
    if any(quote.required is not None for _, _, quotes, _ in texts for quote in quotes):
        figures.required = measure_required((text, mine, gold) for text, mine, gold, _ in texts)
    if any(quote.speaker for _, _, quotes, _ in texts for quote in quotes):
        figures.speakers = measure_speakers((text, mine, gold) for text, mine, gold, _ in texts)
    return figures


def as_annotation(quote: Quote) -> Annotation:
    """A quotation of the pipeline as the offsets that are compared."""

    def edges(span: Span | None) -> tuple[tuple[int, int], ...]:
        return ((span.start, span.end),) if span else ()

    content = tuple((span.start, span.end) for span in quote.spans)
    name = quote.speaker.name if quote.speaker else None
    return Annotation(content, edges(quote.source), edges(quote.cue), quote.type, act=quote.act, speaker=name)
