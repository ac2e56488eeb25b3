"""A copy of a database beside it, before its tables are changed."""

import sqlite3
import warnings
from pathlib import Path

from quotes.about import __version__


class DatabaseMigrated(UserWarning):
    """A database of an earlier version was brought up to date; the message names the copy of what it was."""


def back_up(path: Path) -> Path:
    """The copy of the database at ``path``: ``quotes.db.before-VERSION``, numbered where that is taken.

    Copied through SQLite, so it is whole also while others read; by a connection of its own, for one that is about
    to write cannot be copied. Warns with ``DatabaseMigrated``. Raises
    sqlite3.Error where the copy cannot be written, so that nothing is changed that has no copy.
    """
    name, number = f"{path.name}.before-{__version__}", 1
    while path.with_name(name).exists():
        number += 1
        name = f"{path.name}.before-{__version__}-{number}"
    target = path.with_name(name)
    try:
        source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    message = (
        f"{path} is of an earlier version and is brought up to date; a copy of it as it was is in {target}."
    )
    warnings.warn(message, DatabaseMigrated, stacklevel=4)
    return target
