"""Articles read by one process and by several, some of which die."""

import functools
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import picky
from support.commands import alive, wait_until
from support.paths import ROOT

from quotes.errors import PipelineError
from quotes.types import Article, Failure
from quotes.workers import BATCH_SIZE, BATCHES_AHEAD, annotate


def articles(*texts: str) -> list[Article]:
    return [Article(f"a-{n}", text, f"{n}.txt") for n, text in enumerate(texts)]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_broken_article_never_stops_the_rest(processes: int) -> None:
    texts = ["fine"] * 30
    texts[3] = texts[29] = "broken"
    results = list(annotate(picky.load, articles(*texts), processes=processes))
    assert [article.id for article, _ in results] == [f"a-{n}" for n in range(30)]
    failures = [found for _, found in results if isinstance(found, Failure)]
    assert [str(one) for one in failures] == [
        "3.txt: could not be read (RuntimeError: cannot read this)",
        "29.txt: could not be read (RuntimeError: cannot read this)",
    ]


def test_an_article_that_kills_its_process_is_told_and_the_others_are_read() -> None:
    texts = ["fine"] * 40
    texts[6] = texts[7] = texts[25] = "deadly"
    results = list(annotate(picky.load, articles(*texts), processes=2))
    assert [article.id for article, _ in results] == [f"a-{n}" for n in range(40)]
    failed = [article.id for article, found in results if isinstance(found, Failure)]
    assert failed == ["a-6", "a-7", "a-25"]
    assert "ended the process" in str(results[6][1])


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_wrong_with_the_pipeline_is_told_once(processes: int) -> None:
    with pytest.raises(PipelineError, match="no such pipeline"):
        list(annotate(picky.load_nothing, articles("fine"), processes=processes))


def test_processes_that_cannot_start() -> None:
    with pytest.raises(PipelineError, match="ended before they had begun"):
        list(annotate(picky.die, articles("fine"), processes=2))


def test_a_script_without_a_guard_is_told_what_it_needs(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT / 'tests')!r})\n"
        "from support import picky\nfrom quotes.types import Article\nfrom quotes.workers import annotate\n"
        "print(list(annotate(picky.load, [Article('a', 'fine', 'a.txt')], processes=2)))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert '__name__ == "__main__"' in done.stderr


@pytest.mark.parametrize("processes", [1, 2])
def test_articles_are_taken_as_they_are_needed(processes: int) -> None:
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield Article(f"a-{taken}", "fine", "")

    results = annotate(picky.load, endless(), processes=processes)
    for _ in range(50):
        next(results)
    assert taken <= 50 + (processes * BATCHES_AHEAD + 1) * BATCH_SIZE
    results.close()


def test_leaving_ends_the_processes_in_the_middle_of_their_work() -> None:
    before = set(multiprocessing.active_children())
    results = annotate(picky.load, articles("fine", "fine", "fine", "fine", *["slow"] * 40), processes=2)
    next(results)
    assert len(set(multiprocessing.active_children()) - before) == 2
    results.close()
    assert set(multiprocessing.active_children()) == before


def test_processes_end_with_the_one_that_started_them() -> None:
    code = (
        f"import os, sys, signal, multiprocessing; sys.path.insert(0, {str(ROOT / 'tests')!r})\n"
        "from support import picky\nfrom quotes.types import Article\nfrom quotes.workers import annotate\n"
        "if __name__ == '__main__':\n"
        "    slow = [Article('a', 'fine', 'a.txt')] * 4 + [Article('b', 'slow', 'b.txt')] * 8\n"
        "    results = annotate(picky.load, slow, processes=2)\n"
        "    next(results)\n"
        "    print(*[one.pid for one in multiprocessing.active_children()], flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    told, _ = parent.communicate(timeout=120)
    assert len(told.split()) == 2
    wait_until(lambda: not alive(group=parent.pid))


@pytest.mark.parametrize("processes", [1, 2])
def test_what_came_before_an_error_of_the_source_is_read(processes: int) -> None:
    def failing() -> Iterator[Article]:
        yield from articles(*["fine"] * 9)
        raise OSError("the disk is gone")

    results = annotate(picky.load, failing(), processes=processes)
    seen = [next(results)[0].id for _ in range(9)]
    assert seen == [f"a-{n}" for n in range(9)]
    with pytest.raises(OSError, match="the disk is gone"):
        next(results)


def test_articles_that_kill_every_process_in_turn() -> None:
    texts = ["deadly"] * 5 + ["fine"] * 5
    results = list(annotate(picky.load, articles(*texts), processes=2))
    assert [isinstance(found, Failure) for _, found in results] == [True] * 5 + [False] * 5


def test_a_process_that_dies_in_the_middle_of_its_answer_is_noticed() -> None:
    texts = ["fine"] * 6 + ["half an answer"] + ["fine"] * 9
    results = list(annotate(picky.load, articles(*texts), processes=2))
    assert [article.id for article, _ in results] == [f"a-{n}" for n in range(16)]
    assert [n for n, (_, found) in enumerate(results) if isinstance(found, Failure)] == [6]


def test_large_articles_and_answers_do_not_wait_for_each_other() -> None:
    large = "many quotations " + "x" * 900_000
    results = list(annotate(picky.load, articles(*[large] * 24), processes=2))
    assert [len(found) for _, found in results if not isinstance(found, Failure)] == [3000] * 24


def test_going_on_with_fewer_when_there_is_no_memory_for_as_many(tmp_path: Path) -> None:
    load = functools.partial(picky.load_few, str(tmp_path), 3)
    texts = ["fine"] * 4 + ["deadly"] + ["fine"] * 15
    results = list(annotate(load, articles(*texts), processes=2))
    assert [n for n, (_, found) in enumerate(results) if isinstance(found, Failure)] == [4]


def test_leaving_while_the_articles_of_a_dead_process_are_read_again() -> None:
    before = set(multiprocessing.active_children())
    results = annotate(picky.load, articles("fine", "deadly", *["slow"] * 2, *["fine"] * 8), processes=2)
    timer = threading.Timer(3, os.kill, [os.getpid(), signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        list(results)
    assert set(multiprocessing.active_children()) == before
