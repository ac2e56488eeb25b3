"""Compressed files and zip archives -> the sources in them. Nothing is unpacked to disk."""

import bz2
import gzip
import io
import lzma
import os
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import BinaryIO, cast

from quotes.articles import recognise
from quotes.articles.notes import Notes
from quotes.articles.options import ReadOptions
from quotes.articles.source import COMPRESSED, HEAD_BYTES, Source
from quotes.errors import Unreadable
from quotes.types import Failure

BUFFER_BYTES = 1 << 20
MAX_DEPTH = 3  # of what is compressed in something compressed
MAX_RATIO = 1000  # of the size of a member to what it takes in the archive; a text never reaches it
MIN_BOMB_BYTES = 100 << 20  # below it a member is read, whatever its ratio
SYSTEM_FILES = ("__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini")
UNPACK = {".gz": "gunzip -k", ".bz2": "bunzip2 -k", ".xz": "unxz -k", ".zst": "unzstd"}
DAMAGED = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)
OFFICE = {  # a name in an archive that is no archive of articles -> what it is
    "content.opf": "is an e-book. Make a text of it: pandoc {path} -t plain --wrap=none -o {path}.txt",
    "META-INF/container.xml": "is an e-book. Make a text of it: pandoc {path} -t plain --wrap=none -o {path}.txt",
    "ppt/presentation.xml": "is a presentation. Make a PDF of it: soffice --headless --convert-to pdf {path}",
    "Index/Document.iwa": "is of Pages, Numbers or Keynote. Export it as a Word document or CSV",
    "content.xml": "is an OpenDocument text. Convert it: soffice --headless --convert-to docx {path}",
}


def open_file(path: str) -> BinaryIO:
    """The bytes of a regular file. Raises Unreadable for other things, and OSError."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        raise Unreadable("there is no such file or folder") from None
    except ValueError as error:  # a NUL in a name
        raise Unreadable(str(error)) from None
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is not a regular file. To read from a pipe, use - and standard input")
    return open(path, "rb", buffering=BUFFER_BYTES)


def sources(
    path: str,
    stream: BinaryIO,
    options: ReadOptions,
    notes: Notes,
    *,
    part: str | None = None,
    depth: int = 0,
) -> Iterator[Source | Failure]:
    """What is in a stream: itself, what it is the compressed form of, or the files of an archive.

    ``part``: the table, or the member, that alone is meant. Raises Unreadable for what is damaged.
    """
    head, stream = peek(stream)
    opened = _opener(head)
    if opened:
        if depth == MAX_DEPTH:
            raise Unreadable(f"is compressed more than {MAX_DEPTH} times")
        yield from sources(path, opened(stream), options, notes, part=part, depth=depth + 1)
    elif head.startswith(b"PK\x03\x04") and not options.format and not _is_office(head, path):
        yield from _members(path, stream, options, notes, part, depth)
    else:
        file = Path(path) if depth == 0 and os.path.isfile(path) else None
        yield Source(path if part is None else f"{path}::{part}", stream, head, options, notes, file, part)


def peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and the stream with them. Raises Unreadable for what is damaged."""
    try:
        head = b""
        while len(head) < HEAD_BYTES and (more := stream.read(HEAD_BYTES - len(head))):
            head += more
    except DAMAGED as error:
        raise Unreadable(f"is damaged: {error}") from None
    if stream.seekable():
        stream.seek(0)
        return head, stream
    return head, cast(BinaryIO, io.BufferedReader(_Rewound(head, stream), BUFFER_BYTES))


class _Rewound(io.RawIOBase):
    """A stream that cannot go back, with the bytes that were read of it before."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._head[: len(buffer)] if self._head else self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _opener(head: bytes):  # type: ignore[no-untyped-def]
    """What unpacks a stream that begins like this; None for what is not compressed."""
    if head.startswith(b"\x1f\x8b"):
        return lambda stream: gzip.GzipFile(fileobj=stream)
    if head.startswith(b"BZh"):
        return bz2.BZ2File
    if head.startswith((b"\xfd7zXZ\x00", b"]\x00\x00")):
        return lzma.LZMAFile
    return _zstd if head.startswith((b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18")) else None


def _zstd(stream: BinaryIO) -> BinaryIO:
    try:
        import zstandard
    except ImportError:
        raise Unreadable(
            'is compressed with zstd, which needs zstandard: pip install "quote-tracker[warc]"'
        ) from None
    reader = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True)
    return cast(BinaryIO, _OneWay(reader))


class _OneWay(io.RawIOBase):
    """A stream that says of itself that it cannot go back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        try:
            data = self._stream.read(len(buffer))
        except Exception as error:  # zstandard has an error of its own
            raise OSError(str(error)) from None
        buffer[: len(data)] = data
        return len(data)


def _is_office(head: bytes, path: str) -> bool:
    return recognise.is_docx(head, path) or recognise.is_xlsx(head, path)


def _members(
    path: str, stream: BinaryIO, options: ReadOptions, notes: Notes, part: str | None, depth: int
) -> Iterator[Source | Failure]:
    from quotes.articles.readers import suffixes

    if depth == MAX_DEPTH:
        raise Unreadable(f"is compressed more than {MAX_DEPTH} times")
    with tempfile.SpooledTemporaryFile(max_size=BUFFER_BYTES * 16) as spool:
        if not stream.seekable():
            while data := stream.read(BUFFER_BYTES):
                spool.write(data)
            stream = cast(BinaryIO, spool)
        try:
            archive = zipfile.ZipFile(stream)
        except DAMAGED as error:
            raise Unreadable(f"is a damaged ZIP archive: {error}") from None
        names = set(archive.namelist())
        for name, message in OFFICE.items():
            if name in names and part is None:
                raise Unreadable(message.format(path=quote(path)))
        if part is not None and part not in names:
            raise Unreadable(f"has no {part!r}, only {', '.join(sorted(names)[:12])}")
        some = False
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            name = info.filename
            hidden = any(is_system_file(step) for step in name.split("/") if step != "..")
            if info.is_dir() or hidden or (part is not None and name != part):
                continue
            suffix = Path(recognise_name(name)).suffix.lower()
            if part is None and suffix not in suffixes():
                notes.skipped[suffix] += 1
                continue
            some = True
            yield from _member(path, archive, info, options, notes, depth)
        if not some:
            raise Unreadable(f"is a ZIP archive without articles; {', '.join(sorted(suffixes()))} are read")


def _member(
    path: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, options: ReadOptions, notes: Notes, depth: int
) -> Iterator[Source | Failure]:
    place = f"{path}::{info.filename}"
    if info.file_size > MIN_BOMB_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        yield Failure(
            place, f"would be {info.file_size:,} bytes, more than {MAX_RATIO} times what it takes: not read"
        )
        return
    if info.flag_bits & 1:
        yield Failure(place, f"is encrypted. Unpack it: unzip {quote(path)}")
        return
    try:
        with archive.open(info) as member:
            yield from sources(place, cast(BinaryIO, member), options, notes, depth=depth + 1)
    except Unreadable as error:
        yield Failure(place, str(error))
    except DAMAGED as error:
        yield Failure(place, f"is damaged: {error}")


def is_system_file(name: str) -> bool:
    """Whether a file or folder is hidden, or one that a system or an office program leaves beside documents."""
    return name.startswith((".", "~$")) or name.casefold() in SYSTEM_FILES


def advice(reason: str, source: Source) -> str:
    """A reason, and how to unpack a file first that its command takes."""
    if source.unpacked == source.path or quote(source.unpacked) not in reason:
        return reason
    archive = source.path.rpartition("::")[0]
    command = "unzip" if archive else UNPACK[source.path[len(source.unpacked) :].lower()]
    return f"{reason} (unpack it first: {command} {quote(archive or source.path)})"


def recognise_name(name: str) -> str:
    """The name of a file without that of its compression."""
    return COMPRESSED.sub("", name)
