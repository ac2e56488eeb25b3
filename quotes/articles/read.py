"""Files, folders and standard input -> articles. What cannot be read becomes a failure; the rest goes on."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Unpack

from quotes.articles import containers, readers
from quotes.articles.addresses import address_key
from quotes.articles.ids import SeenIds, another_id, row_id
from quotes.articles.language import is_english
from quotes.articles.notes import Notes
from quotes.articles.options import ReadOptions, Said
from quotes.articles.source import Source
from quotes.errors import Unreadable
from quotes.log import logger
from quotes.types import STDIN, Article, Failure, file_of

LOG = logger(__name__)
LINES_SUFFIXES = (".jsonl", ".ndjson")  # of files with one article a line


def read_articles(
    paths: Iterable[str],
    *,
    stdin: BinaryIO | None = None,
    notes: Notes | None = None,
    options: ReadOptions | None = None,
    **said: Unpack[Said],
) -> Iterator[Article | Failure]:
    """Every article of files and folders, lazily and in a fixed order; folders are searched to the bottom.

    What a file is is known by its content, then by its name: texts, pages, feeds, tables, JSON, databases
    (``news.db::stories``), messages, captions, news wire formats, web archives, and their compressed forms; ``-`` is
    standard input. A file that is named twice is read once.

    What is said goes over what files say: ``columns`` (the field of an article -> what a table calls it, such as
    ``{"text": "body"}``), ``publication``, ``format``, ``date_format``, ``day_first``, ``encoding``, ``delimiter``,
    ``language``; or all of it as ``options``. ``notes`` collects what there is to tell besides. Raises Unreadable for
    a format that there is not.
    """
    options = replace(options or ReadOptions(), **said)
    if options.format:
        readers.reader_named(options.format)
    reading = _Reading(options, notes or Notes())
    for path in paths:
        for item in reading.path(path, stdin):
            wanted = item if isinstance(item, Failure) else reading.wanted(item)
            if wanted is not None:
                yield wanted


class _Reading:
    """One run: what has been read, so that nothing is read twice."""

    def __init__(self, options: ReadOptions, notes: Notes) -> None:
        self.options, self.notes = options, notes
        self._seen, self._files = SeenIds(), set[str]()
        self._failure: Failure | None = None

    def path(self, path: str, stdin: BinaryIO | None) -> Iterator[Article | Failure]:
        """The articles of one argument."""
        if path == STDIN:
            yield from self._stream(STDIN, stdin or sys.stdin.buffer)
            return
        name, _, part = (path, "", "") if os.path.exists(path) else path.partition("::")
        for file in [path] if part else files(path, self.notes):
            if isinstance(file, Failure):
                yield file
            elif part or self._first_time(file):
                try:
                    with closing(containers.open_file(name if part else file)) as stream:
                        yield from self._stream(name if part else file, stream, part or None)
                except Unreadable as error:
                    yield Failure(file, str(error))
                except OSError as error:
                    yield Failure(file, reason(error))

    def wanted(self, article: Article) -> Article | Failure | None:
        """The article, None where it is not new in this run or in no language that is read; those are counted.

        A Failure where its id was given to another text in the same table; in another table of the same name it may
        well be, which the database tells. One address of several rows with ids of their own is no one's.
        """
        file = file_of(article.path)
        before = self._seen.before(article.id, f"{article.text}\n{article.withdrawn}", file)
        if article.source_id:
            row = self._seen.before(row_id(file, article.source_id), article.text, file)
            if before and not before.same_text and before.same_file and row is None:
                article = replace(article, id=another_id(article.id, article.source_id))
                before = self._seen.before(article.id, article.text, file)
            elif before and not before.same_text and before.same_file and not address_key(article.url):
                return Failure(article.path, f'"id" {article.source_id!r} was used before, for another text')
        if before and before.same_text:
            self.notes.repeated += 1
            return None
        if not article.withdrawn and self.options.language != "any" and not is_english(article.text):
            self.notes.other_languages += 1
            return None
        self.notes.undated += article.published is None
        return article

    def _stream(self, path: str, stream: BinaryIO, part: str | None = None) -> Iterator[Article | Failure]:
        shown = "standard input" if path == STDIN else path
        try:
            for source in containers.sources(path, stream, self.options, self.notes, part=part):
                if isinstance(source, Failure):
                    yield source
                else:
                    yield from self._source(source)
        except Unreadable as error:
            yield Failure(shown, str(error))
        except OSError as error:
            yield Failure(shown, reason(error))

    def _source(self, source: Source) -> Iterator[Article | Failure]:
        shown = "standard input" if source.path == STDIN else source.path
        try:
            if not source.head:
                raise Unreadable("is empty")
            yield from readers.choose(source).read(source)
        except Unreadable as error:
            yield Failure(shown, containers.advice(str(error), source))
        except containers.DAMAGED as error:
            yield Failure(shown, reason(error) if type(error) is OSError else f"is damaged: {error}")
        except Exception as error:  # a reader is wrong, ours or another package's: the other files are read
            LOG.exception("%s", shown)
            yield Failure(shown, f"cannot be read: {type(error).__name__}: {error}")

    def _first_time(self, path: str) -> bool:
        real = os.path.realpath(path)
        new = real not in self._files
        self._files.add(real)
        return new


def files(path: str, notes: Notes | None = None) -> Iterator[str | Failure]:
    """The files to read under a path, sorted by folder and name; hidden ones are left out, other kinds counted."""
    if not os.path.isdir(path):
        yield path
        return
    any_file = False
    failures: list[Failure] = []

    def unreadable(error: OSError) -> None:
        failures.append(Failure(str(error.filename), reason(error)))

    known = readers.suffixes()
    for folder, folders, names in os.walk(path, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not containers.is_system_file(name))
        for link in (os.path.join(folder, name) for name in folders):
            if notes is not None and os.path.islink(link):  # which may lead back
                notes.once(f"{link}: is a link to another folder, and not followed: name that one too")
        for name in sorted(names):
            suffix = Path(containers.recognise_name(name)).suffix.lower()
            if containers.is_system_file(name):
                continue
            if suffix in known or suffix == ".zip":
                any_file = True
                yield os.path.join(folder, name)
            elif notes is not None:
                notes.skipped[suffix] += 1
    yield from failures
    if not any_file and not failures:
        yield Failure(path, f"the folder has no {', '.join(sorted(known))} files")


def reason(error: BaseException) -> str:
    """Why a file could not be read, in words that follow its path."""
    if isinstance(error, PermissionError):
        return "may not be read: no permission"
    return (getattr(error, "strerror", None) or str(error)).lower()
