"""The bar of extract on a pseudo-terminal, and how many articles it expects."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotes.articles.read import read_articles
from quotes.cli.progress import clock, count_articles
from quotes.types import Failure

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
        (tmp_path / "news" / f"{n}.txt").write_text(GOOD * (n + 1), encoding="utf-8")
    (tmp_path / "news" / "3-empty.txt").write_text("")
    status, seen = on_terminal("extract", tmp_path / "news", "-d", tmp_path / "quotes.db", width=width)
    assert status == 1
    drawn = frames(seen)
    assert all(len(line) <= width for line in drawn if "─" in line or "━" in line)
    assert drawn[0].endswith("─ 0 of 7 articles, 0 quotations")
    assert any(re.fullmatch(r"━+─* \d of 7 articles, \d+ quotations?, \d+:\d\d left", line) for line in drawn)
    last = [line for line in drawn if "of 7" in line][-1]
    assert re.fullmatch(r"━+ 7 of 7 articles, \d+ quotations, linking", last)
    assert f"\r\x1b[KError: {tmp_path}/news/3-empty.txt: is empty\n" in seen
    assert seen.count("\x1b[?25h") == 1  # the cursor is there again
    assert drawn[drawn.index(last) + 1].startswith("6 articles read, 0 unchanged")


def test_from_a_pipe_the_number_is_not_known(tmp_path: Path) -> None:
    lines = "".join(f"{json.dumps({'text': GOOD + str(n)})}\n" for n in range(3))
    status, seen = on_terminal("extract", "-", "-d", tmp_path / "quotes.db", stdin=lines)
    assert status == 0
    assert any(line.endswith(" 3 articles, 3 quotations, linking") for line in frames(seen))
    assert " of " not in seen.partition("articles read")[0]
    assert "left" not in seen


def test_ctrl_c_leaves_a_terminal_to_work_in(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(300)]
    for n, path in enumerate(paths):
        path.write_text(GOOD * 20 + str(n), encoding="utf-8")
    status, seen = on_terminal("extract", tmp_path, "-d", tmp_path / "quotes.db", interrupt="[1-9] of 300")
    assert status == 130
    assert seen.rindex("\x1b[?25h") > seen.rindex("\x1b[?25l")
    assert seen.endswith("Interrupted. What was read is stored; the same command goes on from there.\n")


def test_the_number_of_articles_is_right(tmp_path: Path) -> None:
    (tmp_path / "deep" / ".hidden").mkdir(parents=True)
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "deep" / "b.TXT").write_text(GOOD)
    (tmp_path / "deep" / ".hidden" / "c.txt").write_text(GOOD)
    (tmp_path / "notes.md").write_text(GOOD)
    objects = [{"text": GOOD, "id": str(n)} for n in range(3)]
    lines = "\n".join(map(json.dumps, objects))
    (tmp_path / "d.jsonl").write_text(lines)
    (tmp_path / "e.ndjson").write_text(lines.replace('"id": "', '"id": "e') + "\n")
    (tmp_path / "f.json").write_text(json.dumps([{"id": f"f{n}", "text": GOOD} for n in range(4)], indent=1))
    (tmp_path / "g.json").write_text('{"title": "No text"}')
    (tmp_path / "empty").mkdir()
    paths = [str(tmp_path), str(tmp_path / "notes.md"), str(tmp_path / "missing"), str(tmp_path / "empty")]
    found = list(read_articles(paths))
    assert sum(isinstance(one, Failure) for one in found) == 3
    assert count_articles(paths) == len(found) == 2 + 3 + 3 + 4 + 1 + 3
    assert count_articles([*paths, "-"]) is None


def test_counting_is_cheap(tmp_path: Path) -> None:
    line = json.dumps({"text": "word " * 4000}) + "\n"
    (tmp_path / "many.jsonl").write_text(line * 2500)  # 50 MB
    start = time.process_time()
    assert count_articles([str(tmp_path)]) == 2500
    assert time.process_time() - start < 1


def test_an_article_across_two_chunks_is_counted_once(tmp_path: Path) -> None:
    for shift in range(20):
        file = tmp_path / f"{shift}.json"
        first = '{"text": "One", "title": "' + "x" * ((1 << 20) - 50 + shift)
        file.write_text(f'[{first}"}}, {{"text": "Two"}}]')
        assert count_articles([str(file)]) == 2


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.2, "0:00"), (59.7, "1:00"), (125, "2:05"), (3600, "1:00:00"), (7325, "2:02:05")]
)
def test_time_left(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown
