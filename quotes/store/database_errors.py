"""Errors of SQLite -> what they mean for whoever uses a database."""

import sqlite3
from pathlib import Path

from quotes.errors import DatabaseError, DatabaseProblem


def explain(path: Path, error: sqlite3.Error) -> DatabaseError:
    """What an error of SQLite means for the user."""
    message = str(error)
    if "not a database" in message or "malformed" in message:
        return database_error(path, "unusable", f"{path} is not a database that SQLite can read ({message}).")
    if "locked" in message:
        again = "Try again when it has finished."
        return database_error(path, "locked", f"{path} is being written by another program.", again)
    if "readonly" in message or "unable to open" in message:
        folder = path.absolute().parent
        if not folder.exists():
            return database_error(path, "unwritable", f"{path} cannot be made: there is no folder {folder}.")
        return database_error(
            path, "unwritable", f"{path} cannot be written: no permission for it or for its folder."
        )
    if "full" in message:
        return database_error(path, "full", f"{path} cannot be written: the disk is full.")
    return database_error(path, "unusable", f"{path} cannot be used: {message}.")


def database_error(path: Path, problem: DatabaseProblem, message: str, hint: str = "") -> DatabaseError:
    return DatabaseError(message, hint, problem=problem, path=str(path))
