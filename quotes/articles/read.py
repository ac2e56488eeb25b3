"""Files, folders and standard input -> articles. What cannot be read becomes a failure; the rest goes on."""

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from quotes.articles.json_lines import parse_document, parse_lines
from quotes.articles.text_files import MAX_LENGTH, check_text, make_title
from quotes.errors import Unreadable
from quotes.text.dates import iso_date
from quotes.text.encoding import check_start, decode
from quotes.text.identifiers import short_hash, slug
from quotes.types import STDIN, Article, Failure

LINES_SUFFIXES = (".jsonl", ".ndjson")
# What is read in a folder; a file that is named is read whatever its name
ARTICLE_SUFFIXES = (".txt", ".json", *LINES_SUFFIXES)
DAY_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")


def read_articles(paths: Iterable[str], *, stdin: BinaryIO | None = None) -> Iterator[Article | Failure]:
    """Every article of files and folders, lazily and in a fixed order; folders are searched to the bottom.

    ``.txt`` is one article, published on the day that its name has (2025-06-10-talks.txt); ``.jsonl``, ``.ndjson`` and
    ``.json`` have objects with ``text`` and optionally ``id, title, publication, author, published, url``; ``-`` is
    standard input, either of the two. A file that is named twice is read once.
    """
    ids = _Ids()
    for path in paths:
        if path == STDIN:
            yield from _read_stdin(stdin or sys.stdin.buffer, ids)
            continue
        for found in files(path):
            if isinstance(found, Failure):
                yield found
            elif ids.first_time(found):
                yield from _read_file(found, ids)


class _Ids:
    """Hands out ids that depend on where an article is, not on how its path was spelled; no id twice."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.taken: dict[str, str] = {}  # id -> short hash of the text it was given to

    def first_time(self, path: str) -> bool:
        real = os.path.realpath(path)
        new = real not in self.files
        self.files.add(real)
        return new

    def of_file(self, path: str, text: str) -> str:
        """File name and its folder's name; more folders when another file of this run has both in common."""
        parts = Path(os.path.realpath(path)).parts
        stem = slug(Path(os.path.realpath(path)).stem) or "article"
        return self._free(
            (f"{stem}-{short_hash('/'.join(parts[-n:]))}" for n in range(2, len(parts) + 1)), text
        )

    def of_fields(self, fields: dict[str, str], name: str) -> str | None:
        """The item's own id, or one made of what names it; None when this very article came before.

        Raises Unreadable when the item's own id was given to another text.
        """
        text = short_hash(fields["text"])
        own = fields.get("id")
        if own:
            if own not in self.taken:
                self.taken[own] = text
                return own
            if self.taken[own] == text:
                return None
            raise Unreadable(f'"id" {own!r} was used before, for another text')
        stem = slug(fields.get("title", "")) or name
        named = [fields.get(key, "") for key in ("title", "publication", "published")]
        keys = (
            [fields["url"]]
            if fields.get("url")
            else ["\n".join([name, *named])]
            if fields.get("title")
            else []
        )
        ids = [f"{stem}-{short_hash(key)}" for key in [*keys, fields["text"]]]
        return None if text in (self.taken.get(key) for key in ids) else self._free(ids, fields["text"])

    def _free(self, candidates: Iterable[str], text: str) -> str:
        last = ""
        for last in candidates:
            if last not in self.taken:
                break
        while last in self.taken:
            last = f"{last}-2"
        self.taken[last] = short_hash(text)
        return last


def files(path: str) -> Iterator[str | Failure]:
    """The files to read under a path, sorted by folder and name; hidden ones are left out."""
    if not os.path.isdir(path):
        yield path
        return
    any_file = False
    failures: list[Failure] = []

    def unreadable(error: OSError) -> None:
        failures.append(Failure(str(error.filename), _reason(error)))

    for folder, folders, names in os.walk(path, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith(ARTICLE_SUFFIXES):
                any_file = True
                yield os.path.join(folder, name)
    yield from failures
    if not any_file and not failures:
        yield Failure(
            path, f"the folder has no {', '.join(ARTICLE_SUFFIXES[:-1])} or {ARTICLE_SUFFIXES[-1]} files"
        )


def _read_file(path: str, ids: _Ids) -> Iterator[Article | Failure]:
    try:
        suffix = Path(path).suffix.lower()
        if suffix in LINES_SUFFIXES:
            with open(path, "rb") as lines:
                check_start(lines.read(8192), path)
                lines.seek(0)
                yield from _articles(path, parse_lines(lines), ids)
            return
        data = _read_bytes(path, most=None if suffix == ".json" else 4 * MAX_LENGTH + 3)
        text = decode(data, path)
        if suffix == ".json":
            yield from _articles(path, parse_document(text), ids)
            return
        check_text(text)
        yield Article(
            id=ids.of_file(path, text),
            text=text,
            path=path,
            title=make_title(text),
            published=_named_day(path),
        )
    except Unreadable as error:
        yield Failure(path, str(error))
    except OSError as error:
        yield Failure(path, _reason(error))


def _named_day(path: str) -> str | None:
    """The day in a file's name, such as 2025-06-10-talks.txt, if it has exactly one."""
    found = set(DAY_IN_NAME.findall(Path(path).stem))
    try:
        return iso_date(found.pop()) if len(found) == 1 else None
    except Unreadable:  # 2025-13-45
        return None


def _read_bytes(path: str, *, most: int | None) -> bytes:
    """Raises Unreadable, before reading, for what is not a regular file or has more than ``most`` bytes."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        raise Unreadable("there is no such file or folder") from None
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is not a regular file. To read from a pipe, use - and standard input")
    if most is not None and status.st_size > most:
        raise Unreadable(
            f"has {status.st_size:,} bytes, and {MAX_LENGTH:,} characters is the most for one article. "
            "Split it into its articles."
        )
    return Path(path).read_bytes()


def _articles(
    path: str, items: Iterable[tuple[int, dict[str, str] | Unreadable]], ids: _Ids
) -> Iterator[Article | Failure]:
    name = "stdin" if path == STDIN else slug(Path(path).stem) or "article"
    empty = True
    for number, fields in items:
        empty = False
        place = f"{path}:{number}"
        try:
            if isinstance(fields, Unreadable):
                raise fields
            article = ids.of_fields(fields, name)
        except Unreadable as error:
            yield Failure(place, str(error))
            continue
        if article is not None:
            fields = {"title": make_title(fields["text"])} | fields | {"id": article, "path": place}
            yield Article(**fields)
    if empty:
        raise Unreadable("is empty")


def _read_stdin(stream: BinaryIO, ids: _Ids) -> Iterator[Article | Failure]:
    try:
        text = decode(stream.read(), STDIN)
        if text.lstrip().startswith(("{", "[{")):
            yield from _articles(STDIN, parse_document(text), ids)
            return
        check_text(text)
        yield Article(id=f"stdin-{short_hash(text)}", text=text, path=STDIN, title=make_title(text))
    except Unreadable as error:
        yield Failure("standard input", str(error))
    except OSError as error:
        yield Failure("standard input", _reason(error))


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read: no permission"
    return (error.strerror or str(error)).lower()
