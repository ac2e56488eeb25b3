"""One file, member of an archive or stream that a reader reads, and the articles that are made of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from quotes.articles.addresses import clean_address
from quotes.articles.days import read_day
from quotes.articles.ids import article_id
from quotes.articles.notes import Notes
from quotes.articles.options import ReadOptions
from quotes.articles.text_files import MAX_LENGTH, check_text, make_title
from quotes.errors import Unreadable
from quotes.text.encoding import check_characters, decode
from quotes.types import STDIN, Article, Failure

HEAD_BYTES = 1 << 16  # by which a reader is chosen
MAX_BYTES = 4 * MAX_LENGTH + 3  # of one article in UTF-8
MAX_DOCUMENT_BYTES = 64 << 20  # of a page, a feed or a message, which have more than their text
COMPRESSED = re.compile(r"\.(?:gz|bz2|xz|zst)$", re.I)


Fields = dict[str, str | None]  # of an article, as they are written


@dataclass(slots=True)
class Source:
    """What a reader reads: bytes, a name, what the user said. ``article`` makes an article of what was found."""

    path: str  # as the user gave it; "old.zip::news/a.html" within an archive
    stream: BinaryIO  # from the beginning, uncompressed
    head: bytes  # the first bytes of it, which are still to be read from ``stream``
    options: ReadOptions = field(default_factory=ReadOptions)
    notes: Notes = field(default_factory=Notes)
    file: Path | None = None  # the file itself, where it is one that is neither compressed nor in an archive
    part: str | None = None  # the table of a database: "stories" of "news.db::stories"

    @property
    def name(self) -> str:
        """The name of the file, without that of its folder and of its compression."""
        return COMPRESSED.sub("", PurePosixPath(self.path.replace("\\", "/").rpartition("::")[2]).name)

    @property
    def unpacked(self) -> str:
        """Its path once it is out of its archive, or not compressed any more: what a command would be given."""
        archive, _, member = self.path.rpartition("::")
        return member if archive and self.part is None else COMPRESSED.sub("", self.path)

    @property
    def suffix(self) -> str:
        """The end of its name, such as ".csv"; empty when there is none."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def table(self) -> str:
        """The name by which ids of its rows are told from those of other tables."""
        return "" if self.path == STDIN else self.part or PurePosixPath(self.name).stem

    def data(self, most: int = MAX_DOCUMENT_BYTES) -> bytes:
        """All bytes. Raises Unreadable when there are more than ``most``."""
        data = self.stream.read(most + 1)
        if len(data) > most:
            raise Unreadable(
                f"has more than {most:,} bytes, and {MAX_LENGTH:,} characters is the most for one article. "
                "Split it into its articles."
            )
        return data

    def text(self, most: int = MAX_DOCUMENT_BYTES) -> str:
        """All of it as text, line breaks as they are. Raises Unreadable for binary data and unknown encodings."""
        return decode(self.data(most), self.unpacked, encoding=self.options.encoding)

    def lines(self) -> Iterator[bytes]:
        """Its lines, one after the other, so that a file may be larger than memory."""
        return iter(self.stream)

    def failure(self, reason: str, place: int | str | None = None) -> Failure:
        """What could not be read, and why; at a place in the file."""
        return Failure(self._place(place), reason)

    def _place(self, place: int | str | None) -> str:
        path = "standard input" if self.path == STDIN and place is None else self.path
        return path if place is None else f"{path}:{place}"

    def article(
        self,
        text: str,
        fields: Mapping[str, str | None],
        *,
        place: int | None = None,
        key: str | None = None,
        table: str | None = None,
        withdrawn: bool = False,
    ) -> Article | Failure:
        """An article of what a reader found, under its id; a Failure where it has no text that can be read.

        ``fields``: title, publication, author, published, url, as they are written. ``place`` counts the articles of a
        file from 1. ``key``: the article's own id there; it is told from others by ``table``, by default this
        source's, and "" where a key is the only one in the world.
        """
        try:
            if not withdrawn:
                check_text(text)
            known = {name: checked(name, value) for name, value in fields.items() if value}
            if key:
                check_characters(key)
        except Unreadable as error:
            return self.failure(str(error), place)
        publication = self.options.publication or known.get("publication") or None
        url = clean_address(known["url"]) if known.get("url") else None
        table = self.table if table is None else table
        return Article(
            id=article_id(text, url=url, table=table, key=key, publication=publication),
            text=text,
            path=self.path if place is None else f"{self.path}:{place}",
            title=known.get("title") or make_title(text),
            publication=publication,
            author=known.get("author") or None,
            published=self._published(known.get("published")),
            url=url or known.get("url") or None,
            source_id=key or None,
            withdrawn=withdrawn,
        )

    def _published(self, value: str | None) -> str | None:
        if not value:
            return None
        day = read_day(value, self.options)
        if day is None:
            self.notes.unread_date(self.path, value)
        return day


def checked(name: str, value: str) -> str:
    """A field on one line, without spaces at its ends. Raises Unreadable for characters that none has."""
    try:
        check_characters(value)
    except Unreadable as error:
        raise Unreadable(f'"{name}" {error}') from None
    return " ".join(value.split()) if name != "text" else value


def merged(over: Mapping[str, str | None], under: Mapping[str, str | None]) -> Fields:
    """Fields of two origins: of each the first that has it."""
    return {name: over.get(name) or under.get(name) for name in {**over, **under}}
