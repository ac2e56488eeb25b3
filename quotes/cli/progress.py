"""How far ``extract`` is, for somebody who looks at it: a bar, articles, quotations and the time left."""

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import typer

from quotes.articles.read import LINES, files
from quotes.text.plural import count
from quotes.types import STDIN

EVERY = 0.1  # seconds between two looks of the bar
SURE = 1.0  # seconds after which the time left is worth telling
CHUNK = 1 << 20
TEXT = re.compile(rb'"text"\s*:')  # an article in JSON, near enough for a bar


def count_articles(paths: Iterable[str]) -> int | None:
    """How many articles there are, without reading them as such; None when nobody knows before the end."""
    total = 0
    for path in paths:
        if path == STDIN:
            return None
        for found in files(path):
            try:
                total += _articles_in(found) if isinstance(found, str) else 1
            except OSError:  # is told when it is read
                total += 1
    return total


def _articles_in(path: str) -> int:
    suffix = Path(path).suffix.lower()
    if suffix not in (*LINES, ".json") or not os.path.isfile(path):
        return 1
    found, rest = 0, b""
    with open(path, "rb") as stream:
        while chunk := stream.read(CHUNK):
            if suffix in LINES:
                found += chunk.count(b"\n")
                rest = chunk[-1:]
            else:
                whole = rest + chunk
                found += len(TEXT.findall(whole))
                rest = whole[-6:]  # less than a match, so that none counts twice
    return found + (rest not in (b"", b"\n")) if suffix in LINES else max(found, 1)


class Progress:
    """A bar on stderr while in a ``with`` block; nothing when that is no terminal.

    ``total``: how many articles there are, when that is known.
    """

    def __init__(self, total: int | None) -> None:
        self.done = self.read = self.quotes = self._shown = 0
        self._start, self._at = time.monotonic(), 0.0
        self._linking = False
        self.bar: Any = None  # typer does not name the type of its bars
        if sys.stderr.isatty():
            unknown: Iterator[None] = (None for _ in ())
            self.bar = typer.progressbar(
                unknown if total is None else None,
                length=total,
                file=sys.stderr,
                width=0,
                show_eta=False,
                show_percent=False,
                bar_template="%(bar)s %(info)s",
                fill_char="━",
                empty_char="─",
                item_show_func=lambda _: self._says(),
            )

    def __enter__(self) -> Self:
        if self.bar:
            self.bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self._draw()
            self.bar.__exit__(kind, error, trace)

    def tell(self, message: str) -> None:
        """Print a message above the bar."""
        typer.echo(f"\r\x1b[K{message}" if self.bar else message, err=True)

    def move(self, done: int, read: int, quotes: int) -> None:
        """So many articles are done, so many of them were read and not skipped, and have so many quotations."""
        if not read:  # skipping takes no time, and tells nothing of the time that reading takes
            self._start = time.monotonic()
        self.done, self.read, self.quotes = done, read, quotes
        if self.bar and time.monotonic() > self._at + EVERY:
            self._draw()

    def link(self) -> None:
        """All articles are read, and their speakers and statements are being linked."""
        self._linking = True
        if self.bar:
            self._draw()

    def _draw(self) -> None:
        self._at = time.monotonic()
        self.bar.make_step(self.done - self._shown)
        self.bar.render_progress()
        self._shown = self.done

    def _says(self) -> str:
        total = self.bar.length
        articles = (
            count(self.done, "article") if total is None else f"{self.done:,} of {count(total, 'article')}"
        )
        parts = [articles, count(self.quotes, "quotation")]
        if self._linking:
            parts.append("linking")
        elif total is not None and self.read and (passed := time.monotonic() - self._start) > SURE:
            parts.append(f"{clock(passed / self.read * max(0, total - self.done))} left")
        return ", ".join(parts)


def clock(seconds: float) -> str:
    """Minutes and seconds, and hours if there are any: 2:05, 1:00:00."""
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
