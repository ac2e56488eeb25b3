"""Articles with nested quotations as rows: plain dicts, and their schema in Arrow.

Both follow from the dataclasses of ``quotes.types``, so a field that is added there is in every shard that is made
afterwards. Spans are kept as offsets: the text is in the article.
"""

import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from quotes.articles.checked import checked
from quotes.errors import MissingExtra
from quotes.store.rows import content, identified, text_sha
from quotes.types import Article, Failure, Keep, Quote, Span
from quotes.workers import Result, annotate

if TYPE_CHECKING:
    import pyarrow as pa
    from spacy.language import Language

Row = dict[str, Any]
Record = TypeVar("Record")
COLUMN_NAMES = {"speaker": "mention"}  # of a quotation: who is meant across articles is not known yet


def rows(
    articles: Iterable[Article | Failure], *, model: str | None = None, keep: Keep = "said"
) -> Iterator[Row]:
    """A row for each article, with its quotations nested: what engines of one's own need, beside ``SCHEMA``.

    The pipeline (``model`` and ``keep`` are those of ``load``) is loaded once a process. An article that cannot be
    read has no quotations, and ``error`` says why. Raises PipelineError when the pipeline cannot be used.

    >>> from quotes.types import Article
    >>> article = Article("a-1", "“We waited,” Ann Okoro said.", "a.txt")
    >>> [(quote["mention"]["name"], quote["content"]) for quote in next(rows([article]))["quotes"]]
    [('Ann Okoro', 'We waited')]
    """
    from quotes.provenance import reading_version

    version = reading_version(model, keep=keep)
    for item in articles:
        one = item if isinstance(item, Failure) else checked(item)
        if isinstance(one, Failure):
            yield error_row(one, version)
        else:
            for article, found in annotate(partial(load_pipeline, model, keep), [one]):
                yield article_row(article, found, version)


@cache
def load_pipeline(model: str | None, keep: Keep) -> "Language":
    """The pipeline that articles are read with, loaded once a process."""
    from quotes.pipeline import load

    return load(model, keep=keep, coreference="needed")


def article_row(article: Article, found: Result, version: str) -> Row:
    """The row of an article; ``found`` are its quotations, or why it could not be read."""
    row = {field.name: getattr(article, field.name) for field in fields(article)}
    row |= {"sha": text_sha(article), "version": version, "error": None, "quotes": []}
    if isinstance(found, Failure):
        row["error"] = found.reason
    else:
        by_id = identified(article.id, found)
        row["quotes"] = [quote_row(ident, quote, article.text) for ident, quote in by_id.items()]
    return row


def error_row(failure: Failure, version: str) -> Row:
    """The row of what is no article: where it is, and why."""
    row = dict.fromkeys(field.name for field in fields(Article))
    return row | {
        "path": failure.path,
        "sha": None,
        "version": version,
        "error": failure.reason,
        "quotes": [],
    }


def quote_row(ident: str, quote: Quote, text: str) -> Row:
    """A quotation as it is nested in the row of its article, which has this text."""
    row = {COLUMN_NAMES.get(name, name): value for name, value in as_plain(quote).items()}
    return {"id": ident, "content": content(quote, text), **row}


def read_article(row: Mapping[str, Any]) -> Article:
    """The article of a row."""
    return Article(**{field.name: row[field.name] for field in fields(Article) if field.name in row})


def read_quotes(row: Mapping[str, Any]) -> dict[str, Quote]:
    """The quotations of a row: id -> quotation, in text order."""
    names = {column: name for name, column in COLUMN_NAMES.items()}
    return {
        nested["id"]: from_plain(
            Quote, {names.get(name, name): value for name, value in nested.items()}, row["text"]
        )
        for nested in row["quotes"]
    }


# Dataclasses as plain values, and back


def as_plain(value: Any) -> Any:
    """A value without dataclasses and tuples."""
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if is_dataclass(value):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    return [as_plain(item) for item in value] if isinstance(value, tuple) else value


def from_plain(kind: Callable[..., Record], row: Mapping[str, Any], text: str = "") -> Record:
    """The dataclass that ``as_plain`` made a row of. ``text``: what its spans are offsets into.

    A field that the row does not have has its default: the row may have been made before there was one.
    """
    as_they_are, others = _readers(kind)
    values = {name: value for name in as_they_are if (value := row.get(name)) is not None}
    values |= {name: read(value, text) for name, read in others if (value := row.get(name)) is not None}
    return kind(**{name: None for name in _required(kind) if name not in values} | values)


@cache
def _readers(kind: Any) -> tuple[list[str], list[tuple[str, Callable[[Any, str], Any]]]]:
    """The fields that are as they are in a row, and the others, each with what reads it."""
    hints = get_type_hints(kind)
    readers = [(field.name, _reader(hints[field.name])) for field in fields(kind)]
    return (
        [name for name, read in readers if read is _as_it_is],
        [(name, read) for name, read in readers if read is not _as_it_is],
    )


@cache
def _required(kind: Any) -> list[str]:
    """The fields that have no default."""
    return [
        field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING
    ]


def _reader(hint: Any) -> Callable[[Any, str], Any]:
    hint = _without_none(hint)
    if hint is Span:
        return lambda value, text: Span(value["start"], value["end"], text[value["start"] : value["end"]])
    if is_dataclass(hint):
        return lambda value, text: from_plain(hint, value, text)  # type: ignore[arg-type]
    if get_origin(hint) is tuple:
        item = _reader(get_args(hint)[0])
        if item is _as_it_is:
            return lambda value, text: tuple(value)
        return lambda value, text: tuple([item(one, text) for one in value])
    return _as_it_is


def _as_it_is(value: Any, text: str) -> Any:
    return value


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(kind for kind in get_args(hint) if kind is not types.NoneType)
    return hint


# In Arrow


def arrow() -> Any:
    """The package pyarrow. Raises MissingExtra when it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("A corpus of Parquet files", "parquet") from error
    return pyarrow


if TYPE_CHECKING:
    SCHEMA: pa.Schema
else:

    def __getattr__(name: str) -> Any:
        """``SCHEMA``, made when it is asked for: what needs no Parquet needs no pyarrow."""
        if name == "SCHEMA":
            return schema()
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def schema() -> "pa.Schema":
    """The Arrow schema of ``rows``: the public name ``SCHEMA``. Raises MissingExtra without the extra "parquet"."""
    pa = arrow()
    quote = {"id": pa.string(), "content": pa.string()}
    quote |= {COLUMN_NAMES.get(name, name): kind for name, kind in columns(Quote).items()}
    added = {"sha": pa.string(), "version": pa.string(), "error": pa.string()}
    return pa.schema({**columns(Article), **added, "quotes": pa.list_(pa.struct(list(quote.items())))})


def columns(kind: type) -> dict[str, Any]:
    """Name -> Arrow type of the fields of a dataclass."""
    hints = get_type_hints(kind)
    return {field.name: arrow_type(hints[field.name]) for field in fields(kind)}


def arrow_type(hint: Any) -> Any:
    """The Arrow type of what a type hint allows."""
    pa, hint = arrow(), _without_none(hint)
    if hint is Span:
        return pa.struct([("start", pa.int32()), ("end", pa.int32())])
    if is_dataclass(hint):
        return pa.struct(list(columns(hint).items()))  # type: ignore[arg-type]
    if get_origin(hint) is tuple:
        return pa.list_(arrow_type(get_args(hint)[0]))
    if get_origin(hint) is Literal:
        return pa.string()
    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), bytes: pa.binary()}
    return plain[hint]
