"""A connection that waits while another program writes: for as long as that takes, and so that Ctrl-C still works."""

import sqlite3
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

READ_WAIT = 30.0  # seconds that a question waits for a program that writes
WRITE_WAIT = 3600.0  # seconds that a change waits: linking a large database anew takes minutes
TOLD_AFTER = 5.0  # seconds of waiting, after which the user is told
AT_ONCE = 0.25  # seconds that SQLite waits by itself, in which signals are not handled
PAUSE = 0.02  # seconds before the next try, where SQLite refuses without having waited

Result = TypeVar("Result")


class DatabaseBusy(UserWarning):
    """Another program is writing to the database, and this one waits for it."""


class Connection(sqlite3.Connection):
    """Tries again what the lock of another program keeps from being done. Make it with ``connect``."""

    path: Path
    wait: float

    def execute(self, *args: Any) -> sqlite3.Cursor:
        """As sqlite3 has it. Raises sqlite3.OperationalError when another program still writes after ``wait``."""
        return self._patiently(lambda: super(Connection, self).execute(*args))

    def commit(self) -> None:
        """As sqlite3 has it, and waiting as ``execute`` does."""
        self._patiently(super().commit)

    @contextmanager
    def waiting(self, seconds: float) -> Iterator[None]:
        """Wait for up to so many seconds in this block, if not longer anyway."""
        before = self.wait
        self.wait = max(before, seconds)
        try:
            yield
        finally:
            self.wait = before

    def _patiently(self, act: Callable[[], Result]) -> Result:
        start, told = time.monotonic(), False
        while True:
            try:
                return act()
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - start
                if not _is_busy(error) or waited >= self.wait:
                    raise
            if waited >= TOLD_AFTER and not told:
                told = True
                message = f"{self.path} is being written by another program; waiting for it."
                warnings.warn(message, DatabaseBusy, stacklevel=4)
            time.sleep(PAUSE)


def connect(path: Path, *, create: bool, wait: float) -> Connection:
    """A connection to the file, which is made when it is missing if ``create``; rows are ``sqlite3.Row``."""
    uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = sqlite3.connect(uri, uri=True, timeout=min(AT_ONCE, wait), factory=Connection)
    connection.path, connection.wait = path, wait
    connection.row_factory = sqlite3.Row
    return connection


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
