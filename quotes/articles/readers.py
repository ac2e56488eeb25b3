"""The readers: what each recognises, and where it is. Chosen by content first, by name second.

A reader takes a ``Source`` and gives articles and failures. Other packages add theirs through the entry point
``quotes.readers``, whose value is a ``Reader``; they are asked before those of this package.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec

from quotes.articles import recognise
from quotes.articles.source import Source
from quotes.errors import Unreadable
from quotes.log import logger
from quotes.types import Article, Failure

LOG = logger(__name__)
ENTRY_POINT = "quotes.readers"

Read = Callable[[Source], Iterator[Article | Failure]]


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. ``recognises`` is asked with the first bytes and the name of a file; False where it is unsure.

    ``suffixes`` are those by which it is found in a folder, and chosen where no content tells. ``read`` may raise
    Unreadable for a file that it cannot read at all.
    """

    name: str  # for ``--format``
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes, str], bool]
    read: Read


def _lazy(module: str, function: str = "read", *, needs: str = "", extra: str = "") -> Read:
    """A reader's function, imported when something is read; where it needs another package, that is told."""

    def read(source: Source) -> Iterator[Article | Failure]:
        if needs and find_spec(needs) is None:
            raise Unreadable(f'needs {needs}: pip install "quote-tracker[{extra}]"')
        reader: Read = getattr(import_module(f"quotes.articles.{module}"), function)
        return reader(source)

    return read


def _never(head: bytes, name: str) -> bool:
    return False


WARC = _lazy("warc", needs="fastwarc", extra="warc")
DOCX = _lazy("office", "read_docx", needs="docx", extra="office")
XLSX = _lazy("office", "read_xlsx", needs="python_calamine", extra="office")
PARQUET = _lazy("parquet", needs="pyarrow", extra="parquet")
BUILT_IN = (  # asked in this order
    Reader("sqlite", (".db", ".sqlite", ".sqlite3"), recognise.is_sqlite, _lazy("sqlite_tables")),
    Reader("parquet", (".parquet",), recognise.is_parquet, PARQUET),
    Reader("docx", (".docx",), recognise.is_docx, DOCX),
    Reader("xlsx", (".xlsx", ".xlsm", ".ods"), recognise.is_xlsx, XLSX),
    Reader("warc", (".warc",), recognise.is_warc, WARC),
    Reader("vtt", (".vtt",), recognise.is_vtt, _lazy("captions")),
    Reader("srt", (".srt",), recognise.is_srt, _lazy("captions")),
    Reader("mbox", (".mbox",), recognise.is_mbox, _lazy("mail", "read_mbox")),
    Reader("eml", (".eml", ".mht", ".mhtml"), recognise.is_mail, _lazy("mail")),
    Reader("feed", (".rss", ".atom"), recognise.is_feed, _lazy("feeds")),
    Reader("wire", (".nitf", ".xml"), recognise.is_wire, _lazy("wire")),
    Reader("jsonl", (".jsonl", ".ndjson"), recognise.is_json_lines, _lazy("json_lines")),
    Reader("json", (".json",), recognise.is_json, _lazy("json_documents")),
    Reader("html", (".html", ".htm", ".xhtml"), recognise.is_html, _lazy("html_pages")),
    Reader("csv", (".csv",), recognise.is_table, _lazy("tables")),
    Reader("tsv", (".tsv", ".tab"), _never, _lazy("tables")),
    Reader("text", (".txt",), _never, _lazy("plain_text")),
)


@cache
def readers() -> tuple[Reader, ...]:
    """All readers: those of other packages, then those of this one."""
    others = []
    for point in entry_points(group=ENTRY_POINT):
        try:
            reader = point.load()
        except Exception as error:  # another package is broken: the others read on
            LOG.warning("the reader %s cannot be loaded (%s: %s)", point.name, type(error).__name__, error)
        else:
            others.append(reader)
    return (*others, *BUILT_IN)


def reader_named(name: str) -> Reader:
    """The reader with this name, or for this suffix. Raises Unreadable when there is none."""
    wanted = name.lower().lstrip(".")
    for reader in readers():
        if wanted == reader.name or f".{wanted}" in reader.suffixes:
            return reader
    known = ", ".join(sorted(reader.name for reader in readers()))
    raise Unreadable(f"there is no format {name!r}; there are {known}")


def choose(source: Source) -> Reader:
    """The reader of a source. Raises Unreadable, with what helps, when none reads it."""
    if source.options.format:
        return reader_named(source.options.format)
    if refusal := recognise.refusal(source.head, source.unpacked):
        raise Unreadable(refusal)
    for reader in readers():
        if _recognises(reader, source):
            return reader
    for reader in readers():
        if source.suffix in reader.suffixes:
            return reader
    return reader_named("text")


def _recognises(reader: Reader, source: Source) -> bool:
    try:
        return reader.recognises(source.head, source.name)
    except Exception as error:  # of another package: it takes nothing, and the others are asked
        LOG.warning("the reader %s failed (%s: %s)", reader.name, type(error).__name__, error)
        return False


@cache
def suffixes() -> frozenset[str]:
    """The ends of the names of files that are read in folders, compressed or not."""
    return frozenset(suffix for reader in readers() for suffix in reader.suffixes)
