"""Web archives (WARC) -> articles, one a page that was answered; other records and other kinds of files are counted.

fastwarc's ``auto_decode="all"`` ends an archive without a word after the first record that is both chunked and
compressed, the commonest on the web: so what servers did to a page is undone here.
"""

import bz2
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from quotes.articles.source import MAX_DOCUMENT_BYTES, Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure

PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source) -> Iterator[Article | Failure]:
    """The articles of an archive."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    left_out: Counter[str] = Counter()
    records = ArchiveIterator(
        source.stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="none"
    )
    place = 0
    for record in records:
        place += 1
        status = record.http_headers.status_code if record.http_headers else None
        kind = (record.http_content_type or "").lower()
        if status != 200 or kind not in PAGES:
            left_out["other answers and files"] += 1
            continue
        try:
            yield _article(source, record, place)
        except Unreadable as error:
            yield source.failure(str(error), place)
    if not place:
        raise Unreadable("has no answers of servers in it")
    if left_out:
        number = sum(left_out.values())
        source.notes.once(f"{source.path}: {number:,} records that are no pages were left out")


def _article(source: Source, record: Any, place: int) -> Article | Failure:
    from quotes.articles.html_pages import read_page
    from quotes.articles.html_tree import decode_page

    address = record.headers.get("WARC-Target-URI", "").strip("<>") or None
    headers = {name.lower(): value for name, value in record.http_headers.items()}
    body = record.reader.read(MAX_DOCUMENT_BYTES + 1)
    if len(body) > MAX_DOCUMENT_BYTES:
        raise Unreadable(f"has more than {MAX_DOCUMENT_BYTES:,} bytes")
    body = undone(body, headers.get("transfer-encoding", ""), headers.get("content-encoding", ""))
    fields = read_page(decode_page(body, record.http_charset), address)
    crawled = record.headers.get("WARC-Date", "")[:10]
    if crawled and (fields["published"] or "") > crawled:  # nothing is read before it is published
        fields["published"] = None
    return source.article(fields.pop("text") or "", fields, place=place)


def undone(body: bytes, transfer: str, content: str) -> bytes:
    """A body without what was done to it for the way: pieces put together, then unpacked."""
    if "chunked" in transfer.lower():
        body = joined(body)
    for name in reversed([part.strip().lower() for part in content.split(",") if part.strip()]):
        try:
            if name in ("gzip", "x-gzip"):
                body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
            elif name == "deflate":
                body = _inflated(body)
            elif name == "br":
                body = _brotli(body)
            elif name == "bzip2":
                body = bz2.decompress(body)
        except (OSError, EOFError, zlib.error) as error:
            raise Unreadable(f"is damaged: {error}") from None
    return body


def joined(body: bytes) -> bytes:
    """The pieces of a chunked body, put together; a body that is no such thing is left as it is."""
    stream = io.BytesIO(body)
    parts: list[bytes] = []
    while line := stream.readline(64):
        try:
            size = int(line.split(b";")[0].strip(), 16)
        except ValueError:
            return b"".join(parts) if parts else body  # archives of decoded pages keep the header
        if size == 0:
            break
        parts.append(stream.read(size))
        stream.readline(4)
    return b"".join(parts)


def _inflated(body: bytes) -> bytes:
    try:
        return zlib.decompress(body)
    except zlib.error:
        return zlib.decompress(body, -zlib.MAX_WBITS)


def _brotli(body: bytes) -> bytes:
    from fastwarc.stream_io import BrotliReader

    try:
        return bytes(BrotliReader(io.BytesIO(body)).read())
    except Exception:  # an archive of decoded pages keeps the header
        return body
