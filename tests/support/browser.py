"""Headless Chromium for tests, driven over its debugging pipe with the standard library alone."""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
MISSING = (
    "Chromium is not installed, and the pages are tested in it. Install it:\n"
    "    apt-get update && apt-get install -y chromium\n"
    "or put a program named chromium, chromium-browser or google-chrome on the PATH."
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
)
# Chromium reads commands from descriptor 3 and writes answers to 4.
_START = "import os, sys; r, w = map(int, sys.argv[1:3]); os.dup2(r, 103); os.dup2(w, 104); os.dup2(103, 3); os.dup2(104, 4); os.execv(sys.argv[3], sys.argv[3:])"  # noqa: E501

# What sticks out to the right although nothing around it scrolls.
OVERFLOW = """
(() => {
  const page = document.documentElement;
  const scrolls = e => e && (/(auto|scroll|hidden|clip)/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const out = [...document.body.querySelectorAll('*')].filter(e =>
    e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility() && !scrolls(e) && !e.closest('.visually-hidden'));
  return [page.scrollWidth - innerWidth, ...out.map(e => e.tagName + '.' + e.className)];
})()
"""  # noqa: E501


class Browser:
    """One browser; every page is opened in a tab of its own. Use it in a ``with`` block."""

    def __init__(self) -> None:
        program = next((found for name in NAMES if (found := shutil.which(name))), None)
        if not program:
            raise FileNotFoundError(MISSING)
        self._profile = tempfile.mkdtemp(prefix="chromium-")
        own = [f"--user-data-dir={self._profile}", "about:blank"]
        read, self._to = os.pipe()
        self._from, write = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(read), str(write), program, *FLAGS, *own],
            pass_fds=(read, write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(read)
        os.close(write)
        self._buffer, self._last, self._session, self._tab = b"", 0, "", ""
        self.events: list[dict[str, Any]] = []
        self._new_tab()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._to)
        os.close(self._from)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _new_tab(self) -> None:
        """A fresh tab in place of the last: what one page did to its tab is no concern of the next."""
        last, self._session = self._tab, ""
        self._tab = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=self._tab, flatten=True)["sessionId"]
        if last:
            self.call("Target.closeTarget", targetId=last)
        self._session = session
        for domain in ("Page", "Runtime", "Network", "Inspector"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the DevTools protocol. Raises RuntimeError when the browser refuses it."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def _next(self, seconds: float = 60) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while b"\0" not in self._buffer:
            if not select.select([self._from], [], [], max(0, until - time.monotonic()))[0]:
                raise TimeoutError("Chromium does not answer")
            part = os.read(self._from, 1 << 16)
            if not part:
                raise RuntimeError("Chromium has ended")
            self._buffer += part
        text, _, self._buffer = self._buffer.partition(b"\0")
        message = json.loads(text)
        if message.get("method") == "Inspector.targetCrashed" and message.get("sessionId") == self._session:
            raise RuntimeError("the page crashed")
        return message

    def open(
        self, url: str, *, width: int = 1280, dark: bool = False, script: bool = True, media: str = ""
    ) -> int:
        """Load a page and wait for it. Returns the HTTP status. ``media``: "print" for how it prints."""
        self._new_tab()
        self.events.clear()
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.look(dark=dark, media=media)
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.call("Page.navigate", url=url)
        until = time.monotonic() + 90
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())
            if time.monotonic() > until:
                raise TimeoutError(f"{url} does not finish loading")
        documents = [
            event["params"]["response"]["status"]
            for event in self.events
            if event["method"] == "Network.responseReceived" and event["params"]["type"] == "Document"
        ]
        if not documents:
            raise RuntimeError(f"{url} did not answer")
        return documents[-1]

    def look(self, *, dark: bool = False, media: str = "") -> None:
        """Show what is open in light or dark colours, or as it prints."""
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def value(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; of a promise, what it comes to."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def screenshot(self, path: Path, *, whole: bool = True, height: int = 900) -> Path:
        """A PNG of the page, from its top: all of it, or ``height`` pixels."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {
            "x": 0,
            "y": 0,
            "width": self.value("innerWidth"),
            "height": size["height"] if whole else height,
            "scale": 1,
        }
        answer = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(answer["data"]))
        return path

    def problems(self) -> list[str]:
        """Script errors, and requests to anything but the page's own server, since ``open``."""
        found = []
        for event in self.events:
            if event["method"] == "Runtime.exceptionThrown":
                found.append(str(event["params"]["exceptionDetails"].get("text")))
            if event["method"] == "Network.requestWillBeSent":
                url = event["params"]["request"]["url"]
                if not url.startswith(("http://127.0.0.1:", "data:")):
                    found.append(url)
            if event["method"] == "Page.javascriptDialogOpening":
                found.append(event["params"]["message"])
        return found
