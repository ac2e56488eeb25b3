"""Keys that are read one by one, from a terminal or from a pipe."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

END = "\x04"  # what stands for the end of the input, as Ctrl-D types it


@contextmanager
def single_keys() -> Iterator[None]:
    """The terminal gives every key at once in this block, also those that were typed ahead; a pipe does anyway."""
    if not sys.stdin.isatty():
        yield
        return
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSANOW)  # at once: what was typed ahead is kept
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


@contextmanager
def whole_lines() -> Iterator[None]:
    """Within ``single_keys``: the terminal gives a line at a time, with what is typed shown."""
    if not sys.stdin.isatty():
        yield
        return
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    line = list(before)
    line[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, line)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def read_key() -> str:
    """The next key, in lower case; ``END`` when there is none."""
    raw = os.read(sys.stdin.fileno(), 1) if sys.stdin.isatty() else sys.stdin.read(1).encode()
    return raw.decode("utf-8", "replace").lower() or END


def read_line() -> str:
    """The next line that is typed, without its end."""
    with whole_lines():
        if not sys.stdin.isatty():
            return sys.stdin.readline().strip()
        line = b""
        while (part := os.read(sys.stdin.fileno(), 1)) not in (b"", b"\n"):
            line += part
        return line.decode("utf-8", "replace").strip()
