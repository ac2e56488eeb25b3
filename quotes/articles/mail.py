"""Messages and mailboxes -> articles: press releases, newsletters, pages that a browser saved as a message (MHTML)."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from quotes.articles.html_tree import decode_page
from quotes.articles.source import MAX_DOCUMENT_BYTES, Fields, Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure

# What a reply or a signature begins with; behind it are words of another message
QUOTED_BEGIN = re.compile(
    r"^(?:-{2,}\s*(?:original message|forwarded message)\s*-{2,}|_{20,}|on .{5,120} wrote:|-- )\s*$",
    re.I | re.M,
)
FORWARDED = re.compile(r"^-{2,}\s*forwarded message\s*-{2,}\s*$|^begin forwarded message:\s*$", re.I | re.M)
HEADER_LINE = re.compile(r"^(?:from|date|sent|subject|to|cc|reply-to):.*$", re.I)
FLOWED_LINES = re.compile(r"(?<=\S) \r?\n(?=\S)")  # RFC 3676: a space at the end of a line goes on
SAVED_BY = re.compile(r"\W*Saved by ")  # what browsers write where the sender stands
MIN_WORDS = 20


def read(source: Source) -> Iterator[Article | Failure]:
    """The article of one message."""
    yield _article(source, source.data(), None)


def read_mbox(source: Source) -> Iterator[Article | Failure]:
    """The articles of a mailbox, one message after the other."""
    for place, data in enumerate(messages(source.stream), 1):
        yield _article(source, data, place)


def messages(stream: BinaryIO) -> Iterator[bytes]:
    """The messages of a mailbox: each begins after a line "From " that follows an empty one."""
    lines: list[bytes] = []
    size, blank = 0, True
    for line in stream:
        if blank and line.startswith(b"From "):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size < MAX_DOCUMENT_BYTES:
            lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
            size += len(line)
        blank = not line.strip()
    if lines:
        yield b"".join(lines)


def _article(source: Source, data: bytes, place: int | None) -> Article | Failure:
    try:
        message = message_from_bytes(data, policy=default)
        address = message.get("Snapshot-Content-Location") or message.get("Content-Location")
        saved_page = SAVED_BY.match(str(message.get("From", ""))) or message.get("Snapshot-Content-Location")
        if saved_page:
            return _saved_page(source, message, str(address) if address else None, place)
        text = _text(message)
        for part in message.iter_attachments():
            if not part.get("Content-ID"):  # what has one is a picture in the message
                name = PurePosixPath(str(part.get_filename() or "")).suffix.lower()
                source.notes.skipped[f"attached {name}".rstrip()] += 1
        if len(text.split()) < MIN_WORDS:
            raise Unreadable(
                f"has a text of {len(text.split())} words; what is attached is not read: save it as a file"
            )
        name, sender = parseaddr(str(message.get("From", "")))
        found: Fields = {
            "title": re.sub(
                r"^(?:(?:fwd?|re|aw|wg)\s*:\s*)+", "", str(message.get("Subject", "")), flags=re.I
            ),
            "published": str(message.get("Date", "")),
            "publication": str(message.get("Organization", "")) or name or sender or None,
            "author": name if message.get("Organization") else None,
        }
        key = str(message.get("Message-ID", "")).strip(" <>")
        return source.article(text, found, place=place, key=key or None, table="")
    except Unreadable as error:
        return source.failure(str(error), place)
    except Exception as error:  # the standard library raises many things on broken headers
        return source.failure(f"is no message that can be read ({type(error).__name__}: {error})", place)


def _saved_page(
    source: Source, message: EmailMessage, address: str | None, place: int | None
) -> Article | Failure:
    from quotes.articles.html_pages import read_page

    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = decode_page(_payload(part), part.get_content_charset())
            found = read_page(page, address or str(part.get("Content-Location", "")) or None)
            return source.article(found.pop("text") or "", found, place=place)
    raise Unreadable("has no page in it")


def _text(message: EmailMessage) -> str:
    """What the sender wrote: paragraphs of the HTML where it is richer, for plain lines are often wrapped hard."""
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    text = _plain_text(cast(EmailMessage, plain)) if plain is not None else ""
    if rich is not None and ("\n\n" not in text or not text.strip()):
        from quotes.articles.html_body import fragment_text

        text = fragment_text(decode_page(_payload(rich), rich.get_content_charset()))
    return _without_quoted(text)


def _payload(part: object) -> bytes:
    data = cast(EmailMessage, part).get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _plain_text(part: EmailMessage) -> str:
    data, charset = _payload(part), part.get_content_charset() or "utf-8"
    try:
        text = data.decode("cp1252" if charset in ("us-ascii", "iso-8859-1") else charset)
    except (UnicodeDecodeError, LookupError):
        text = decode_page(data)
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format") or "").lower() == "flowed":
        text = FLOWED_LINES.sub(" ", text)
    return text


def _without_quoted(text: str) -> str:
    """The message itself; of one that only passes another on, the other."""
    if (forwarded := FORWARDED.search(text)) and len(text[: forwarded.start()].split()) < MIN_WORDS:
        lines = text[forwarded.end() :].lstrip().split("\n")
        while lines and (HEADER_LINE.match(lines[0]) or not lines[0].strip()):
            lines.pop(0)
        text = "\n".join(lines)
    if quoted := QUOTED_BEGIN.search(text):
        text = text[: quoted.start()] if text[: quoted.start()].strip() else text
    return "\n".join(line for line in text.split("\n") if not re.match(r"\s*>", line)).strip()
