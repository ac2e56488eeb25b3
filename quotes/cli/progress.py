"""How far ``extract`` is, for somebody who looks at it: a bar, articles, quotations and the time left."""

import sys
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

import typer

from quotes.text.plural import count

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


class Progress:
    """A bar on stderr while in a ``with`` block; nothing when that is no terminal.

    ``total``: the number of articles, when it is known.
    """

    def __init__(self, total: int | None) -> None:
        self.total = total
        self._bar = _bar() if sys.stderr.isatty() else None
        self._stack = ExitStack()
        self._told = ""

    def __enter__(self) -> Self:
        if self._bar:
            self._stack.enter_context(self._bar)
            self._task = self._bar.add_task(self._says(0, 0), total=self.total)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def tell(self, message: str) -> None:
        """Print a message above the bar."""
        if self._bar:
            self._bar.console.print(message, markup=False, highlight=False, soft_wrap=True)
        else:
            typer.echo(message, err=True)

    def move(self, done: int, read: int, quotes: int) -> None:
        """Show that so many articles are done, of which so many were read and not skipped, with their quotations."""
        if not self._bar:
            return
        says = self._says(done, quotes)
        if read:
            self._bar.update(self._task, completed=done, description=says)
        else:  # skipping takes no time, and tells nothing of the time that reading takes
            self._bar.reset(self._task, completed=done, description=says)

    def show_shards(self, done: int, shards: int, articles: int, quotes: int) -> None:
        """Show that so many shards are done, and what is in them."""
        if self._bar:
            found = f"{count(articles, 'article')}, {count(quotes, 'quotation')}"
            self._told = f"{done:,} of {count(shards, 'shard')}, {found}"
            self._bar.update(self._task, total=shards, completed=done, description=self._told)

    def show_step(self, step: str, done: int, of: int) -> None:
        """Show that so many parts of a step are done."""
        if self._bar:
            self._told = f"{step}: {done:,} of {of:,}"
            self._bar.update(self._task, total=of, completed=done, description=self._told)

    def link(self) -> None:
        """Show that all articles are read, and their speakers and statements are being linked."""
        if self._bar:
            self._bar.update(self._task, description=f"{self._told}, linking")

    def _says(self, done: int, quotes: int) -> str:
        whole = f"{done:,} of {count(self.total, 'article')}" if self.total else count(done, "article")
        self._told = f"{whole}, {count(quotes, 'quotation')}"
        return self._told


def _bar() -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(bar_width=None),
        TextColumn("{task.description}", markup=False),
        TimeRemainingColumn(compact=True),
    )
    return Progress(*columns, console=Console(stderr=True), expand=True)
