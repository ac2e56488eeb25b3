"""extract and evaluate with the real pipeline."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.by_hand import contents, ordinary_user, sound
from support.commands import alive, wait_until
from support.paths import SEEDS
from typer.testing import CliRunner

import quotes
from quotes.cli.main import app
from quotes.errors import QuotesError
from quotes.store.database import Store

RUN = [sys.executable, "-c", "from quotes.cli.main import app; app()"]
SUMMARY = re.compile(
    r"(\d+) articles? read, (\d+) unchanged, in [\d.]+ seconds\.\n"
    r"(?:\d+ articles? without a date\.\n|\d+ articles? nearly the same as another: copies\.\n)*"
    r"(\S+) has (\d+) articles, (\d+) quotations \((\d+) direct, (\d+) mixed, (\d+) indirect\), "
    r"(\d+) speakers and (\d+) statements\.\nTry next:\n  datasette (.+)\n  quotes search (.+)\n"
)
WEIGHTS = Path(quotes.__file__).parent / "model" / "encoder.onnx"
GOOD = "“The bridge is safe,” said Ana Ruiz, who inspected it on Monday.\n"


def readable(path: Path) -> bool:
    """Whether the user of the moment may read a file."""
    try:
        path.open("rb").close()
    except OSError:
        return False
    return True


def run(
    *args: str | Path, code: int = 0, stdin: str | None = None
):  # a Result, whose type typer does not name
    result = CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)
    assert result.exit_code == code, result.output
    return result


def process(*args: str | Path) -> subprocess.Popen:
    return subprocess.Popen(
        [*RUN, *map(str, args)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def articles(path: Path) -> list[str]:
    """Ids of the articles stored so far; none while the database is being made."""
    try:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        found = [row[0] for row in db.execute("select id from articles order by id")]
        db.close()
    except sqlite3.OperationalError:
        return []
    return found


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database made of the seeds, and what was said while it was made."""
    path = tmp_path_factory.mktemp("extracted") / "quotes.db"
    result = run("extract", SEEDS, "--database", path)
    assert result.stdout == ""
    return path, result.stderr


@pytest.fixture
def seeds(extracted: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copy(extracted[0], tmp_path / "quotes.db"))


def test_summary_tells_what_is_in_the_database(extracted: tuple[Path, str]) -> None:
    path, said = extracted
    found = SUMMARY.fullmatch(said)
    assert found
    (read, unchanged, _, stored, quotes, *kinds, speakers, statements) = found.groups()[:10]
    assert (read, unchanged, stored) == ("5", "0", "5")
    tables = contents(path)
    sizes = [len(tables[name]) for name in ("quotes", "speakers", "statements")]
    assert [int(quotes), int(speakers), int(statements)] == sizes
    assert sum(map(int, kinds)) == int(quotes) > 0


def test_the_commands_to_try_next_work(extracted: tuple[Path, str]) -> None:
    import shlex

    path, said = extracted
    (*_, search) = SUMMARY.fullmatch(said).groups()  # type: ignore[union-attr]
    assert run("search", *shlex.split(search)).stdout
    assert shlex.split(SUMMARY.fullmatch(said)[11])[0] == str(path)  # type: ignore[index]


def test_the_database_is_sound_and_complete(extracted: tuple[Path, str]) -> None:
    path, _ = extracted
    assert sound(path)
    tables = contents(path)
    texts = {row[0]: row[6] for row in tables["articles"]}
    assert sorted(texts.values()) == sorted(
        file.read_bytes().decode() for file in SEEDS.iterdir() if file.suffix == ".txt"
    )
    for line in map(json.loads, run("export", "-d", path).stdout.splitlines()):
        text = Path(line["article"]).read_bytes().decode()
        assert " ".join(text[start:end] for start, end in line["spans"]) == line["text"]
        for role in ("cue", "source"):
            if line[role]:
                assert text[line[role]["start"] : line[role]["end"]] == line[role]["text"]
        assert line["statement"]
    assert 0 < len(tables["embeddings"]) <= len(tables["quotes"])  # made where linking asks for them


def test_running_again_changes_nothing_and_loads_no_model(seeds: Path) -> None:
    before, changed = seeds.read_bytes(), seeds.stat().st_mtime_ns
    code = (
        "import sys\nfrom quotes.cli.main import app\n"
        f"try:\n    app(['extract', {str(SEEDS)!r}, '-d', {str(seeds)!r}])\n"
        "except SystemExit as end:\n    assert not end.code\n"
        "print(sorted({'spacy', 'coreferee', 'onnxruntime'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert SUMMARY.fullmatch(done.stderr).groups()[:2] == ("0", "5")  # type: ignore[union-attr]
    assert (seeds.read_bytes(), seeds.stat().st_mtime_ns) == (before, changed)


def test_a_changed_file_replaces_its_own_rows(tmp_path: Path) -> None:
    folder, database = tmp_path / "news", tmp_path / "quotes.db"
    folder.mkdir()
    (folder / "one.txt").write_text(GOOD)
    (folder / "two.txt").write_text(GOOD.replace("bridge", "tunnel"))
    run("extract", folder, "-d", database)
    before = contents(database)
    (folder / "two.txt").write_text(GOOD.replace("bridge", "ferry"))
    assert "1 article read, 1 unchanged" in run("extract", folder, "-d", database).stderr
    after = contents(database)
    assert [row[0] for row in after["articles"]] == [row[0] for row in before["articles"]]

    [one] = [row[0] for row in before["articles"] if row[7].endswith("one.txt")]

    def of_one(tables: dict) -> list:
        return [row for row in tables["quotes"] + tables["spans"] if row[0].startswith(one)]

    assert of_one(after) == of_one(before) != []
    kept = [name for name, rows in after.items() if any("tunnel" in repr(row) for row in rows)]
    assert sorted(kept) == [
        "article_versions",
        "former_quotes",
    ]  # what it said before, and is counted nowhere
    (folder / "two.txt").write_text(GOOD.replace("bridge", "tunnel"))
    run("extract", folder, "-d", database)
    again = contents(database)
    assert [row[1] for row in again.pop("former_quotes")] == ["The bridge is safe".replace("bridge", "ferry")]
    assert len(again.pop("article_versions")) == 2
    again.pop("embeddings")  # of what was compared in between, which stay what they are
    assert again == {name: rows for name, rows in before.items() if name in again}
    assert sound(database)


def many(folder: Path) -> Path:
    """The seeds, and copies of them that differ in a word."""
    folder.mkdir()
    for place in ("London", "Paris"):
        for file in sorted(SEEDS.glob("*.txt"))[1:]:
            text = file.read_text(encoding="utf-8").replace("London", place)
            (folder / f"{place}-{file.name}").write_text(text, encoding="utf-8")
    return folder


def wait_for(database: Path, count: int, running: subprocess.Popen) -> None:
    while len(articles(database)) < count and running.poll() is None:
        time.sleep(0.02)


def test_killed_in_the_middle_then_completed(tmp_path: Path) -> None:
    folder = many(tmp_path / "news")
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    run("extract", folder, "-d", whole)

    running = process("extract", folder, "-d", broken)
    wait_for(broken, 2, running)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert running.returncode == -signal.SIGKILL
    stored = len(articles(broken))
    assert 2 <= stored < 8
    assert "not complete" in run("search", "trade", "-d", broken).stderr

    said = run("extract", folder, "-d", broken).stderr
    assert f"{8 - stored} articles read, {stored} unchanged" in said
    assert contents(broken) == contents(whole)
    assert sound(broken)


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_in_the_middle(tmp_path: Path, sent: signal.Signals, code: int, processes: int) -> None:
    folder, database = many(tmp_path / "news"), tmp_path / "quotes.db"
    command = [*RUN, "extract", str(folder), "-d", str(database), "--processes", str(processes)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    wait_for(database, 1, running)
    if sent == signal.SIGINT:
        os.killpg(running.pid, sent)  # as a terminal does: to every process
    else:
        running.send_signal(sent)
    _, said = running.communicate(timeout=60)
    assert running.returncode == code
    assert said == "\nInterrupted. What was read is stored; the same command goes on from there.\n"
    wait_until(lambda: not alive(group=running.pid))
    assert articles(database)
    assert sound(database)


def test_two_extracts_into_one_database_at_once(tmp_path: Path) -> None:
    folder = many(tmp_path / "news")
    files = sorted(folder.iterdir())
    whole, shared = tmp_path / "whole.db", tmp_path / "shared.db"
    running = [process("extract", *some, "-d", shared) for some in (files[:5], files[3:])]  # two in both
    for said in [one.communicate()[1] for one in running]:
        assert "could not be read" not in said
        assert " read, " in said
    assert [one.returncode for one in running] == [0, 0]
    run("extract", folder, "-d", whole)
    for path in (shared, whole):  # which embeddings linking has asked for depends on what it saw first
        run("index", "-d", path)
    assert contents(shared) == contents(whole)
    assert sound(shared)


def test_two_processes_find_the_same(seeds: Path, tmp_path: Path) -> None:
    two = tmp_path / "two.db"
    run("extract", SEEDS, "-d", two, "--processes", "2")
    assert contents(two) == contents(seeds)


def test_options_that_change_what_is_found_read_again(tmp_path: Path) -> None:
    file, database = tmp_path / "a.txt", tmp_path / "quotes.db"
    file.write_text(GOOD)
    for args, expected in (
        ([], "1 article read, 0 unchanged"),
        ([], "0 articles read, 1 unchanged"),
        (["--thoughts"], "1 article read, 0 unchanged"),
        (["--thoughts", "--force"], "1 article read, 0 unchanged"),
    ):
        assert expected in run("extract", file, "-d", database, *args).stderr


def test_standard_input(tmp_path: Path) -> None:
    lines = [
        {"id": "bridge", "text": GOOD, "published": "2025-06-10"},
        {"text": GOOD.replace("bridge", "ferry")},
    ]
    stdin = "\n".join(map(json.dumps, lines))
    database = tmp_path / "quotes.db"
    assert "2 articles read" in run("extract", "-", "-d", database, stdin=stdin).stderr
    exported = {
        line["article"] for line in map(json.loads, run("export", "-d", database).stdout.splitlines())
    }
    assert "bridge" in exported  # the id that it was read with
    assert exported - {"bridge"} < set(articles(database))


BAD = {
    "binary.txt": (bytes(range(256)) * 9, "binary file"),
    "empty.txt": (b"", "is empty"),
    "encoding.txt": ("Café, he said.".encode("latin-1"), "is not UTF-8: byte 0xe9 at offset 3"),
    "long.txt": (b"word " * 1_000_000, "1,000,000 characters is the most"),
    "lines.jsonl": (b'{"text": "Cut', "broken JSON"),
    "nul.txt": (b"Nul\x00, he said.", "NUL character at offset 3"),
}


def test_bad_articles_are_told_and_the_others_done(tmp_path: Path) -> None:
    folder, database = tmp_path / "news", tmp_path / "quotes.db"
    (folder / "none").mkdir(parents=True)
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(GOOD)
    missing = tmp_path / "missing.txt"
    result = run("extract", folder, missing, folder / "none", "-d", database, code=1)
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    for name, (_, reason) in BAD.items():
        assert sum(f"{name}" in line and reason in line for line in errors) == 1, name
    assert any(str(missing) in line and "no such file" in line for line in errors)
    assert any(re.search(r"the folder has no .*\.txt", line) for line in errors)
    assert len(errors) == len(BAD) + 2
    assert f"{len(errors)} articles could not be read" in result.stderr
    assert "1 article read" in result.stderr
    assert len(articles(database)) == 1
    again = run("extract", folder, missing, folder / "none", "-d", database, code=1)
    assert "0 articles read, 1 unchanged" in again.stderr


def test_only_bad_articles_make_no_database(tmp_path: Path) -> None:
    database = tmp_path / "quotes.db"
    result = run("extract", tmp_path / "missing", "-d", database, code=1)
    assert "no such file" in result.stderr
    assert not database.exists()


def test_a_sentence_of_two_thousand_words_and_a_text_without_line_breaks(tmp_path: Path) -> None:
    sentence = "the harbour, the bridge and the ferry that the mayor of the city had seen, and " * 125
    (tmp_path / "sentence.txt").write_text(f"Okoro said {sentence}that was all.")
    (tmp_path / "line.txt").write_text("“We waited,” Mayor Ann Okoro said, and he left. " * 400)
    assert "2 articles read" in run("extract", tmp_path, "-d", tmp_path / "quotes.db").stderr


def test_a_database_that_cannot_be_used_is_told_first(
    tmp_path: Path, seeds: Path, public_folder: Path
) -> None:
    other = tmp_path / "recipes.db"
    db = sqlite3.connect(other)
    db.execute("create table recipes (id integer)")
    db.close()
    db = sqlite3.connect(seeds)
    db.execute("insert into _sqlite_migrations (migration_set, name) values ('quotes', 'm900_future')")
    db.commit()
    db.close()
    text = tmp_path / "text.db"
    text.write_text(GOOD * 50)
    public_folder.chmod(0o555)
    with ordinary_user():
        with pytest.raises(QuotesError, match="no permission"):
            Store(public_folder / "quotes.db", create=True)
        if readable(WEIGHTS):  # an ordinary user may have no access to where root has installed the package
            shut = run("extract", "-", "-d", public_folder / "quotes.db", code=1, stdin=GOOD).stderr
            assert re.match(r"Error: .*no permission", shut)
    for database, reason in (
        (other, "database of something else"),
        (seeds, "newer version"),
        (text, "not a database"),
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "quotes.db", "there is no folder"),
    ):
        said = run("extract", SEEDS, "-d", database, code=1).stderr
        assert re.match(rf"Error: .*{reason}", said)
        assert "--database" in said


def test_a_missing_model_says_how_to_install_one(tmp_path: Path) -> None:
    said = run("extract", SEEDS, "-d", tmp_path / "quotes.db", "--model", "en_core_web_none", code=1).stderr
    assert said.startswith("Error: ")
    assert "en_core_web_none" in said
    assert "install" in said


def test_evaluate_prints_a_table_and_writes_what_was_found(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "bridge.txt").write_text(GOOD)
    (gold / "bridge_a.ann").write_text(
        "T1\tContent 0 21\t“The bridge is safe,”\nT2\tCue 22 26\tsaid\nT3\tSource 27 35\tAna Ruiz\n"
        "E1\tAttribution:T2 Content:T1 Cue:T2 Source:T3\n"
    )
    found = tmp_path / "found.jsonl"
    table = run("evaluate", gold, "--export", found).stdout
    rows = {line.split()[0]: line.split()[1:] for line in table.splitlines() if line[:1].isalpha()}
    assert rows["all"][0] == rows["direct"][0] == rows["SPEECH"][0] == "1"
    assert int(rows["all"][1]) == len(found.read_text().splitlines())
    for line in map(json.loads, found.read_text().splitlines()):
        assert line["article"] == str(gold / "bridge.txt")
    again = tmp_path / "gold" / "again.jsonl"
    again.write_text(found.read_text())
    if found.read_text():
        scores = run("evaluate", again).stdout.splitlines()[2].split()
        assert scores[3:12] == ["1.000"] * 9


def test_evaluate_without_gold(tmp_path: Path) -> None:
    assert "no known quotations" in run("evaluate", tmp_path, code=1).stderr
    assert "No such file" in run("evaluate", tmp_path / "gone", code=1).stderr


def test_silent_when_stderr_is_not_a_terminal(tmp_path: Path) -> None:
    running = process("extract", SEEDS / "missing.txt", "-d", tmp_path / "quotes.db")
    out, said = running.communicate()
    assert out == ""
    assert "\r" not in said
    assert "\x1b" not in said
    assert os.listdir(tmp_path) == []


def test_files_of_the_same_name_in_folders_of_the_same_name_are_two_articles(tmp_path: Path) -> None:
    database = tmp_path / "quotes.db"
    for agency, text in (("one", "“We waited,” Ana Okoro said."), ("two", "“We left,” Bo Lind said.")):
        folder = tmp_path / agency / "2020"
        folder.mkdir(parents=True)
        (folder / "1.txt").write_text(text, encoding="utf-8")
        run("extract", folder, "--database", database)
    exported = run("export", "--database", database).stdout
    assert "We waited" in exported
    assert "We left" in exported
