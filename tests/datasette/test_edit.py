"""quotes serve --edit against a real server: who has the token corrects; nobody else, no other site, and not when
the pages are served to be read."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from support.commands import run

from quotes.store.database import Store

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Server:
    """A server in a process of its own, and a browser's cookies."""

    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log

    @property
    def token(self) -> str:
        return re.findall(r"token=(\w+)", self.log.read_text())[0]

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(
            method, path, body or None, {name.replace("_", "-"): text for name, text in headers.items()}
        )
        answer = connection.getresponse()
        cookies = [
            text.partition(";")[0] for name, text in answer.getheaders() if name.lower() == "set-cookie"
        ]
        found = dict(answer.getheaders()) | {"cookies": "; ".join(cookies)}
        return answer.status, found, answer.read().decode()

    def enter(self) -> str:
        """The cookie of who came with the token."""
        status, headers, _ = self.ask("GET", f"/-/auth-token?token={self.token}")
        assert status == 302
        return headers["cookies"]


@contextmanager
def serving(database: Path, *options: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = database.with_suffix(".log")
    code = "from quotes.cli.main import app; app()"
    command = [
        sys.executable,
        "-c",
        code,
        "serve",
        str(database),
        "-p",
        str(port),
        "--by",
        "the desk",
        *options,
    ]
    running = subprocess.Popen(
        command, stdout=log.open("wb"), stderr=subprocess.STDOUT, start_new_session=True
    )
    server = Server(port, log)
    try:
        for _ in range(600):
            assert running.poll() is None, log.read_text()
            try:
                server.ask("GET", "/")
                break
            except OSError:
                time.sleep(0.1)
        yield server
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def first(database: Path) -> dict:
    with Store(database) as store:
        return next(row for row in store.export() if row["content"] == "A farce")


def decided(database: Path) -> list[str]:
    with Store(database) as store:
        return [one.kind for one, _ in store.corrections() if not one.undone_at]


def test_with_the_token_pages_are_corrected(database: Path) -> None:
    ident = first(database)["id"]
    page = f"/quotes/quotes/{ident}"
    with serving(database, "--edit") as server:
        assert 'action="/quotes/-/decide"' not in server.ask("GET", page)[2]
        cookie = server.enter()
        _, headers, html = server.ask("GET", page, Cookie=cookie)
        assert html.count('action="/quotes/-/decide"') == 3
        [csrf] = set(re.findall(r'name="csrftoken" value="([^"]+)"', html))
        cookie = f"{cookie}; {headers['cookies']}"
        own = {"Origin": f"http://127.0.0.1:{server.port}", "Cookie": cookie, **FORM}
        form = {"csrftoken": csrf, "quote": ident, "back": page, "action": "assign", "speaker": "tom-lind"}

        def send(**changes: str) -> int:
            return server.ask("POST", "/quotes/-/decide", urlencode(form | changes), **own)[0]

        assert send() == 302
        assert decided(database) == ["assign"]
        shown = first(database)
        assert (shown["speaker"]["id"], shown["corrected_by"]) == ("tom-lind", "the desk")
        assert "corrected by the desk" in server.ask("GET", page, Cookie=cookie)[2]
        assert send(speaker="Tom") == 302  # a part of a name: a message, and nothing done
        assert decided(database) == ["assign"]
        # the same from elsewhere, or without what it takes
        wrong = [
            own | {"Origin": "https://evil.example"},
            own | {"Origin": f"http://evil.example:{server.port}"},
            own | {"Origin": "null"},
            own | {"Host": f"evil.example:{server.port}"},
            {key: text for key, text in own.items() if key != "Origin"} | {"Referer": "https://evil.example/page"},
            {key: text for key, text in own.items() if key != "Origin"} | {"Sec_Fetch_Site": "cross-site"},
            {key: text for key, text in own.items() if key != "Cookie"},
            own | {"Cookie": "ds_actor=forged"},
            own | {"Cookie": headers["cookies"]},  # the token of a form, but not that of the server
        ]  # fmt: skip
        reject = urlencode(form | {"action": "reject"})
        for sent in wrong:
            assert server.ask("POST", "/quotes/-/decide", reject, **sent)[0] == 403, sent
        without = urlencode(
            {key: text for key, text in form.items() if key != "csrftoken"} | {"action": "reject"}
        )
        assert server.ask("POST", "/quotes/-/decide", without, **own)[0] == 403
        assert server.ask("POST", "/quotes/-/decide", reject.replace(csrf, "forged"), **own)[0] == 403
        assert server.ask("GET", f"/quotes/-/decide?{reject}", **own)[0] == 405
        assert send(action="reject", back="https://evil.example/") == 403
        assert server.ask("GET", f"/-/auth-token?token={'0' * 64}")[0] == 403
        assert decided(database) == ["assign"]
        assert send(action="reject", back="/quotes/articles/ferry-000001") == 302
        assert decided(database) == ["assign", "reject"]
        with Store(database) as store:
            last = store.corrections()[-1][0].id
        assert send(action="undo", correction=last, back="/quotes/-/corrections") == 302
        assert decided(database) == ["assign"]
        assert "Undo</button>" in server.ask("GET", "/quotes/-/corrections", Cookie=cookie)[2]


def test_served_to_be_read_nothing_is_written(database: Path) -> None:
    ident, before = first(database)["id"], database.read_bytes()
    with serving(database) as server:
        assert "token" not in server.log.read_text()
        assert "decide" not in server.ask("GET", f"/quotes/quotes/{ident}")[2]
        form = urlencode({"quote": ident, "action": "reject", "back": "/"})
        own = {"Origin": f"http://127.0.0.1:{server.port}", **FORM}
        assert server.ask("POST", "/quotes/-/decide", form, **own)[0] in (403, 404, 405)
        assert server.ask("GET", "/-/auth-token?token=x")[0] == 403
    assert database.read_bytes() == before


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])
def test_only_this_machine_may_edit(database: Path, host: str) -> None:
    said = run("serve", database, "--edit", "--host", host, code=2).stderr
    assert "this machine only" in said


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    assert "There is no database" in run("serve", tmp_path / "none.db", code=1).stderr
