"""Nothing is sent anywhere, and what is published can be built again."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT, SEEDS

FORBIDDEN = """
import sys

def forbid(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        print(f"{event} {arguments}", file=sys.stderr)
        sys.exit(99)

sys.addaudithook(forbid)
"""
USE = """
from quotes.cli.main import app

for arguments in (["extract", SEEDS, "-d", DATABASE], ["search", "trade", "-d", DATABASE], ["export", "-d", DATABASE]):
    try:
        app(arguments)
    except SystemExit as end:
        assert not end.code, (arguments, end.code)
"""


def test_no_command_opens_a_connection(tmp_path: Path) -> None:
    names = f"SEEDS, DATABASE = {str(SEEDS)!r}, {str(tmp_path / 'quotes.db')!r}\n"
    done = subprocess.run([sys.executable, "-c", FORBIDDEN + names + USE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Hassett" in done.stdout


def test_a_connection_would_be_noticed() -> None:
    connect = "import socket\nsocket.create_connection(('127.0.0.1', 9), timeout=1)\n"
    done = subprocess.run([sys.executable, "-c", FORBIDDEN + connect], capture_output=True, text=True)
    assert done.returncode == 99


@pytest.mark.slow
def test_two_builds_give_the_same_wheel(tmp_path: Path) -> None:
    digests = []
    for name in ("one", "two"):
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / name)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        [wheel] = (tmp_path / name).glob("*.whl")
        digests.append(hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert digests[0] == digests[1]
