"""A real cluster of two workers on this machine: what dies is done again, and the result is that of one process."""

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from support import shard_texts
from support.commands import wait_until
from support.databases import differences
from support.paths import ROOT

import quotes
from quotes import distributed
from quotes.distributed import extraction
from quotes.distributed.corpus import Corpus, Reading, cut

pytestmark = [
    pytest.mark.ray,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs the extra ray"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shard_texts.write(tmp_path_factory.mktemp("ray") / "in", 16)


@pytest.fixture(scope="module")
def whole(folder: Path) -> Path:
    """The database of one run of one process."""
    quotes.extract(quotes.read_articles([str(folder)]), folder.parent / "whole.db")
    return folder.parent / "whole.db"


@pytest.fixture(autouse=True)
def workers_find_what_tests_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{ROOT / 'tests'}")


def services() -> set[str]:
    """The scripts of Ray's services that run for this process."""
    commands = (
        (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        for folder in Path("/proc").glob("[0-9]*")
        if (folder / "stat").exists()
        and (folder / "stat").read_text().rpartition(")")[2].split()[1] == str(os.getpid())
    )
    return {Path(part).name for command in commands for part in command if part.endswith(".py")}


def articles(corpus: Path) -> list[str]:
    """The ids in a corpus."""
    return sorted(
        ident for path in Corpus.open(corpus).complete() for ident in pq.read_table(path)["id"].to_pylist()
    )


def test_a_worker_that_is_killed_is_replaced(folder: Path, whole: Path, tmp_path: Path) -> None:
    from quotes.distributed.ray_engine import Ray

    plan = cut([str(folder)], str(tmp_path / "corpus"), Reading(), shards=6)
    Corpus.open(tmp_path / "corpus", create=True).with_run([str(folder)], plan, Reading())
    outcome = distributed.ShardOutcome()
    with Ray(2) as engine:
        extraction.run_all(
            plan, lambda _, tasks: engine.run(shard_texts.run_and_die_once, tasks), outcome, lambda *_: None
        )
        assert services().isdisjoint({"dashboard.py", "log_monitor.py", "monitor.py"})
    assert (tmp_path / "corpus" / "died").exists()
    assert (outcome.done, outcome.read) == (6, 16)
    assert len(articles(tmp_path / "corpus")) == len(set(articles(tmp_path / "corpus"))) == 16
    distributed.link(tmp_path / "corpus", partitions=2)
    distributed.build(tmp_path / "corpus", tmp_path / "built.db")
    assert differences(whole, tmp_path / "built.db") == {}
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"


def test_a_driver_that_is_killed_goes_on_with_what_is_missing(folder: Path, tmp_path: Path) -> None:
    code = (
        "from quotes import distributed\n"
        f"distributed.extract([{str(folder)!r}], {str(tmp_path)!r}, shards=8, processes=2, engine='ray')\n"
    )
    driver = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    wait_until(lambda: len(list(tmp_path.glob("articles/part-*.parquet"))) >= 2, seconds=180)
    os.killpg(driver.pid, signal.SIGKILL)  # with its cluster, as a scheduler does
    driver.wait()
    done = {path: path.stat().st_mtime_ns for path in tmp_path.glob("articles/part-*.parquet")}
    distributed.extract([str(folder)], tmp_path, shards=8, processes=2, engine="ray")
    assert all(path.stat().st_mtime_ns == before for path, before in done.items())
    assert len(articles(tmp_path)) == len(set(articles(tmp_path))) == 16
