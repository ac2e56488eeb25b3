"""The command line for tests: in this process, or in one of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from typer.testing import CliRunner

from quotes.cli.main import app

WIDTH = {"COLUMNS": "100"}  # as wide as what no terminal is


def run(*args: str | Path, code: int = 0):  # a Result, whose type typer does not name
    result = CliRunner().invoke(app, [str(arg) for arg in args], env=WIDTH)
    assert result.exit_code == code, result.output
    return result


def process(*args: str | Path, **env: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from quotes.cli.main import app; app()", *map(str, args)]
    return subprocess.run(
        command, capture_output=True, text=True, env=os.environ | WIDTH | env, stdin=subprocess.DEVNULL
    )


def alive(*, group: int) -> list[int]:
    """The processes of a group that run, without those that have ended and whose parent has not asked how."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended in between
            state, _, belongs = stat.read_text().rpartition(")")[2].split()[:3]
            if int(belongs) == group and state != "Z":
                found.append(int(stat.parent.name))
    return found


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that happens soon; how soon depends on what else the machine does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.05)
