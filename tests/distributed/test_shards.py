"""Articles read shard by shard: cut in the same way everywhere, each done once, whatever dies."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from support import shard_texts
from support.commands import alive, run, wait_until

import quotes
from quotes import distributed
from quotes.articles.read import read_articles
from quotes.distributed import extraction
from quotes.distributed.corpus import Corpus, Reading, cut
from quotes.distributed.engines import Processes
from quotes.distributed.rows import article_row, read_article, read_quotes
from quotes.distributed.shards import run_shard
from quotes.errors import CorpusError
from quotes.types import Article, Candidate, Failure, Mention, Quote, Span


def stored(corpus: Path) -> list[dict]:
    """The rows of a corpus, by id."""
    rows = [row for path in Corpus.open(corpus).complete() for row in pq.read_table(path).to_pylist()]
    return sorted(rows, key=lambda row: (row["id"] or "", row["path"]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shard_texts.write(tmp_path_factory.mktemp("piers"), 24)


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """The rows of all articles, read by one process into one shard."""
    corpus = tmp_path_factory.mktemp("whole")
    distributed.extract([str(folder)], corpus, shards=1)
    rows = stored(corpus)
    assert len(rows) == 24
    assert all(len(row["quotes"]) == 2 for row in rows)
    return rows


def test_a_row_has_all_of_an_article_and_its_quotations() -> None:
    article = Article("a", "“We waited,” she told the BBC.", "a.txt", "Title", published="2024-05")
    quote = Quote(
        (Span(0, 12, "“We waited,”"),),
        "direct",
        Span(13, 16, "she"),
        Span(17, 21, "told"),
        Mention("Ida Moen", "person", aliases=("Moen", "Ida")),
        attribution="coreference",
        confidence=0.75,
        speaker_confidence=0.5,
        embedding=b"\x00\x3c",
        candidates=(Candidate("Per Lund", "person", 0.25),),
    )
    row = article_row(article, (quote,), "version")
    assert read_article(row) == article
    [(ident, again)] = read_quotes(row).items()
    assert again == quote
    assert (row["quotes"][0]["id"], row["quotes"][0]["content"]) == (ident, "We waited")


def test_rows_are_what_engines_of_ones_own_need() -> None:
    import pyarrow as pa

    items = [Article("a", "“We waited for the boat,” Ida Moen said.", "a.txt"), Failure("b.txt", "is empty")]
    table = pa.Table.from_pylist(list(quotes.rows(items)), schema=quotes.SCHEMA)
    first, second = table.to_pylist()
    assert first["quotes"][0]["mention"]["name"] == "Ida Moen"
    assert (second["path"], second["error"], second["quotes"]) == ("b.txt", "is empty", [])


@pytest.mark.parametrize(("shards", "processes"), [(5, 1), (7, 2)])
def test_however_it_is_cut_the_articles_are_the_same(
    folder: Path, whole: list[dict], tmp_path: Path, shards: int, processes: int
) -> None:
    outcome = distributed.extract([str(folder)], tmp_path, shards=shards, processes=processes)
    assert (outcome.done, outcome.read, outcome.quotes) == (shards, 24, 48)
    assert stored(tmp_path) == whole


def test_a_shard_that_is_there_is_not_read_again(folder: Path, tmp_path: Path) -> None:
    distributed.extract([str(folder)], tmp_path, shards=4)
    before = {path: path.stat().st_mtime_ns for path in Corpus.open(tmp_path).complete()}
    next(iter(before)).unlink()
    outcome = distributed.extract([str(folder)], tmp_path, shards=4)
    again = Corpus.open(tmp_path).complete()
    assert [path.stat().st_mtime_ns == before[path] for path in again] == [False, True, True, True]
    assert outcome.read > 0
    assert outcome.read + outcome.unchanged == 24


def test_a_changed_file_is_read_again_and_its_former_shard_goes(tmp_path: Path) -> None:
    folder = shard_texts.write(tmp_path / "in", 8)
    distributed.extract([str(folder)], tmp_path / "out", shards=3)
    (folder / "pier-006.json").write_text(json.dumps(shard_texts.article(6, "Nobody spoke.")))
    distributed.extract([str(folder)], tmp_path / "out", shards=3)
    rows = stored(tmp_path / "out")
    assert len(rows) == 8
    assert [row["text"] for row in rows if row["source_id"] == "pier-006"] == ["Nobody spoke."]
    assert len(list((tmp_path / "out" / "articles").iterdir())) == 3


def test_other_targets_are_added(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("“We are late,” said Tom Beck.")
    distributed.extract([str(folder)], tmp_path / "out", shards=2)
    distributed.extract([str(tmp_path / "more.txt")], tmp_path / "out")
    assert len(stored(tmp_path / "out")) == 25
    assert len(Corpus.open(tmp_path / "out").runs) == 2


def test_one_part_after_the_other_by_the_command(folder: Path, whole: list[dict], tmp_path: Path) -> None:
    for part in ("2/3", "3/3"):
        run("extract", folder, "--to", tmp_path, "--shard", part)
    with pytest.raises(CorpusError, match="1 of 3 shards"):
        Corpus.open(tmp_path).complete()
    told = run("extract", folder, "--to", tmp_path, "--shard", "1/3")
    assert "articles read, 0 unchanged" in told.stderr
    assert stored(tmp_path) == whole


@pytest.mark.parametrize("part", ["0/3", "4/3", "three"])
def test_a_part_that_there_is_not(folder: Path, tmp_path: Path, part: str) -> None:
    run("extract", folder, "--to", tmp_path, "--shard", part, code=2)


def test_standard_input_has_no_shards(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="Standard input"):
        distributed.extract(["-"], tmp_path)


def test_what_cannot_be_read_is_a_row_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We are late,” said Tom Beck.")
    (tmp_path / "b.txt").write_bytes(b"")
    outcome = distributed.extract([str(tmp_path)], tmp_path / "out", shards=1)
    assert (outcome.read, outcome.failed) == (1, 1)
    assert [(row["path"][-5:], bool(row["error"])) for row in stored(tmp_path / "out")] == [
        ("b.txt", True),
        ("a.txt", False),
    ]
    again = distributed.extract([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], tmp_path / "out")
    assert [failure.path for failure in again.failures] == [str(tmp_path / "b.txt")]


def test_a_process_that_is_killed_in_a_shard(folder: Path, whole: list[dict], tmp_path: Path) -> None:
    plan = cut([str(folder)], str(tmp_path), Reading(), shards=6)
    Corpus.open(tmp_path, create=True).with_run([str(folder)], plan, Reading())
    outcome = distributed.ShardOutcome()
    with Processes(2) as engine:
        extraction.run_all(
            plan, lambda _, tasks: engine.run(shard_texts.run_and_die_once, tasks), outcome, lambda *_: None
        )
    assert (tmp_path / "died").exists()
    assert (outcome.done, outcome.read) == (6, 24)
    assert stored(tmp_path) == whole


def test_an_article_that_ends_its_process_is_stored_with_an_error(tmp_path: Path) -> None:
    folder = shard_texts.write(tmp_path / "in", 8, deadly=(1, 6))
    plan = cut([str(folder)], str(tmp_path), Reading(), shards=2)
    Corpus.open(tmp_path, create=True).with_run([str(folder)], plan, Reading())
    with Processes(2) as engine:
        answers = dict(engine.run(shard_texts.run_deadly, plan))
    assert sum(counts.read for counts in answers.values()) == 6
    errors = {row["source_id"]: row["error"] for row in stored(tmp_path) if row["error"]}
    assert sorted(errors) == ["pier-001", "pier-006"]
    assert "ended the process" in errors["pier-001"]


def test_a_run_that_is_killed_is_completed_by_the_next(
    folder: Path, whole: list[dict], tmp_path: Path
) -> None:
    code = (
        "import sys; from quotes import distributed\n"
        "if __name__ == '__main__':\n"
        f"    distributed.extract([{str(folder)!r}], {str(tmp_path)!r}, shards=8, processes=2)\n"
    )
    driver = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    wait_until(lambda: len(list(tmp_path.glob("articles/part-*.parquet"))) >= 2)
    os.kill(driver.pid, signal.SIGKILL)
    driver.wait()
    wait_until(lambda: not alive(group=driver.pid))
    done = {path: path.stat().st_mtime_ns for path in tmp_path.glob("articles/part-*.parquet")}
    distributed.extract([str(folder)], tmp_path, shards=8)
    assert all(path.stat().st_mtime_ns == before for path, before in done.items())
    assert stored(tmp_path) == whole


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_can_be_broken_off(folder: Path, tmp_path: Path, number: signal.Signals) -> None:
    command = [
        sys.executable,
        "-c",
        "from quotes.cli.main import app; app()",
        *("extract", folder, "--to", tmp_path, "--processes", "2", "--shard", "1/1"),
    ]
    slow = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: bool(list(tmp_path.glob("articles/.*.progress"))))
    slow.send_signal(number)
    _, told = slow.communicate(timeout=30)
    assert slow.returncode == 128 + number
    assert "goes on from there" in told
    wait_until(lambda: not alive(group=slow.pid))
    assert list(tmp_path.glob("articles/.*.progress")) == []


def test_two_that_do_the_same_shard_do_no_harm(folder: Path, whole: list[dict], tmp_path: Path) -> None:
    plan = cut([str(folder)], str(tmp_path), Reading(), shards=1)
    Corpus.open(tmp_path, create=True).with_run([str(folder)], plan, Reading())
    with Processes(2) as engine:
        answers = list(engine.run(run_shard, plan * 2))
    assert [counts.read for _, counts in answers] == [24, 24]
    assert stored(tmp_path) == whole
    assert len(list((tmp_path / "articles").iterdir())) == 1


def test_processes_are_started_once_for_all_that_they_do() -> None:
    with Processes(2) as engine:
        first = {pid for _, pid in engine.run(shard_texts.which_process, range(4))}
        again = {pid for _, pid in engine.run(shard_texts.which_process, range(4))}
    assert again <= first
    assert os.getpid() not in first
    assert not any(Path(f"/proc/{pid}").exists() for pid in first)


def test_cutting_is_by_size_and_complete(tmp_path: Path) -> None:
    (tmp_path / "large.jsonl").write_text("".join(f'{{"text": "Line {n}."}}\n' for n in range(900)))
    (tmp_path / "small.txt").write_text("Small.")
    plan = cut([str(tmp_path)], str(tmp_path / "out"), Reading(), shards=10)
    assert [len(shard.sources) for shard in plan] == [1] * 9 + [2]
    assert len({shard.name for shard in plan}) == 10
    items = [item for shard in plan for item in _items(shard)]
    everything = list(read_articles([str(tmp_path)]))
    assert len(items) == len(everything) == 901
    assert {item.id for item in items} == {item.id for item in everything}


def _items(shard) -> list[Article]:
    from quotes.distributed.shards import _items as of_sources

    return list(of_sources(shard.sources, {}))


def test_without_pyarrow_the_message_names_the_extra(folder: Path, tmp_path: Path) -> None:
    blocked = "import sys; sys.modules['pyarrow'] = None\n"
    command = f"from quotes.cli.main import app; app(['extract', {str(folder)!r}, '--to', {str(tmp_path)!r}])"
    done = subprocess.run([sys.executable, "-c", blocked + command], capture_output=True, text=True)
    assert done.returncode == 1
    assert 'pip install "quote-tracker[parquet]"' in done.stderr


def test_without_ray_the_message_names_the_extra(folder: Path, tmp_path: Path) -> None:
    blocked = "import sys; sys.modules['ray'] = None\n"
    words = ["extract", str(folder), "--to", str(tmp_path), "--engine", "ray"]
    done = subprocess.run(
        [sys.executable, "-c", f"{blocked}from quotes.cli.main import app; app({words!r})"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert 'pip install "quote-tracker[ray]"' in done.stderr
