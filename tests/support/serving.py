"""A real Datasette server for tests, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from support.datasette_data import METADATA


@dataclass(frozen=True)
class Site:
    """A server of a database. ``pages``: name -> address, of pages that tests open."""

    url: str
    database: Path
    port: int
    process: int  # its id
    pages: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        """Status, headers (names in lower case) and body of an address; an error's as well."""
        try:
            answer = urllib.request.urlopen(self.url + path, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, headers, answer.read().decode()


@contextmanager
def serving(database: Path, pages: dict[str, str] | None = None) -> Iterator[Site]:
    """Serve a database as the README says, on a free port of this machine, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = database.with_name("datasette.log")
    command = ["-m", "datasette", str(database), "-m", str(METADATA), "-p", str(port)]
    server = subprocess.Popen(
        [sys.executable, *command],
        stdout=log.open("wb"),  # not a pipe: nobody reads it, and a full one stops the server
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            if server.poll() is not None:
                raise RuntimeError(f"datasette ended: {log.read_text()}")
            try:
                urllib.request.urlopen(url, timeout=5).read()
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise RuntimeError("datasette did not start")
        yield Site(url, database, port, server.pid, pages or {})
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
