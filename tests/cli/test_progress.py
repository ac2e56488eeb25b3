"""The bar of extract on a pseudo-terminal."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

RUN = [sys.executable, "-c", "from quotes.cli.main import app; app()"]
GOOD = "“The bridge is safe,” said Ana Ruiz, who inspected it on Monday.\n"


def on_terminal(*args: str | Path, width: int = 80, stdin: str = "", interrupt: str = "") -> tuple[int, str]:
    """Exit status and what a terminal of this width gets from stderr; Ctrl-C after ``interrupt`` came."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [*RUN, *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"COLUMNS": str(width)},
        text=True,
    )
    os.close(theirs)
    assert running.stdin
    assert running.stdout
    running.stdin.write(stdin)
    running.stdin.close()
    seen = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux says so at the end
            break
        if not part:
            break
        seen += part
        if interrupt and re.search(interrupt, seen.decode(errors="replace")):
            running.send_signal(signal.SIGINT)
            interrupt = ""
    assert running.stdout.read() == ""
    os.close(ours)
    return running.wait(), seen.decode().replace("\r\n", "\n")


def frames(seen: str) -> list[str]:
    """Each line that was drawn, without what steers the cursor."""
    lines = re.split(r"[\r\n]", re.sub(r"\x1b\[[?0-9]*[a-zA-Z]", "", seen))
    return [line for line in lines if line.strip()]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_bar_tells_articles_quotations_and_time(tmp_path: Path, width: int) -> None:
    (tmp_path / "news").mkdir()
    for n in range(6):
        (tmp_path / "news" / f"{n}.txt").write_text(GOOD * (40 + n), encoding="utf-8")
    (tmp_path / "news" / "3-empty.txt").write_text("")
    status, seen = on_terminal("extract", tmp_path / "news", "-d", tmp_path / "quotes.db", width=width)
    assert status == 1
    drawn = frames(seen)
    assert all(len(line) <= width for line in drawn if "─" in line or "━" in line)
    assert re.fullmatch(r"━+ 0 of 7 articles, 0 quotations --:--", drawn[0])
    assert any(
        re.fullmatch(r"━+[╺╸]?━* [1-7] of 7 articles, \d+ quotations? \d\d:\d\d", line) for line in drawn
    )
    end = max(n for n, line in enumerate(drawn) if "of 7" in line)
    assert re.fullmatch(r"━+ 7 of 7 articles, \d+ quotations, linking \d\d:\d\d", drawn[end])
    assert f"Error: {tmp_path}/news/3-empty.txt: is empty" in drawn  # a line of its own, whatever its length
    assert seen.count("\x1b[?25h") == 1  # the cursor is there again
    assert drawn[end + 1].startswith("6 articles read, 0 unchanged")


def test_from_a_pipe_the_number_is_not_known(tmp_path: Path) -> None:
    lines = "".join(f"{json.dumps({'text': GOOD + str(n)})}\n" for n in range(3))
    status, seen = on_terminal("extract", "-", "-d", tmp_path / "quotes.db", stdin=lines)
    assert status == 0
    bars = [line for line in frames(seen) if "━" in line]
    assert any(re.search(" 3 articles, 3 quotations, linking$", line.rstrip()) for line in bars)
    assert not any(re.search(r" of |\d:\d\d", line) for line in bars)


def test_without_a_terminal_there_is_no_bar_and_nothing_for_it_is_imported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    code = (
        "import sys; from quotes.cli.progress import Progress\n"
        "with Progress(3) as bar: bar.tell('so'); bar.move(1, 1, 2); bar.link()\n"
        "print([name for name in sys.modules if name.startswith('rich.progress')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[]\n", "so\n")


def test_ctrl_c_leaves_a_terminal_to_work_in(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(300)]
    for n, path in enumerate(paths):
        path.write_text(GOOD * 20 + str(n), encoding="utf-8")
    status, seen = on_terminal("extract", tmp_path, "-d", tmp_path / "quotes.db", interrupt="[1-9] of 300")
    assert status == 130
    assert seen.rindex("\x1b[?25h") > seen.rindex("\x1b[?25l")
    assert seen.endswith("Interrupted. What was read is stored; the same command goes on from there.\n")
