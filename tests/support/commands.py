"""The command line for tests: in this process, or in one of its own."""

import os
import subprocess
import sys
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
