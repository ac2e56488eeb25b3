"""Lists and exports of 5,000 quotations: complete in every format, and read back by the programs that people use."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import duckdb
import openpyxl
import pandas
import pytest
from support.by_hand import fill
from support.commands import process, run

from quotes.cli.columns import QUOTATIONS, SPEAKERS
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

ARTICLES, PER_ARTICLE = 250, 20
NUMBER = ARTICLES * PER_ARTICLE
FIRST = "Ada Ben Cora Dan Eve Finn Gwen Hal Iris Jon Kate Leo Mia Ned Olga Paul Rosa Sam Tess Vic".split()
LAST = "Quill Ames Birch Clay Dove Elm Frost Grove Heath Ivory Jay Kite Lark Moss Nash Oaks Pike Reed Sage Yew".split()
NAMES = [f"{first} {last}" for first, last in zip(FIRST, LAST, strict=True)]
FORMATS = ["csv", "tsv", "json", "nl", "md", "xlsx", "parquet"]
TEXTS = (  # what breaks tables: separators, marks, line breaks, tabs, bars, formulas, other scripts
    'a comma, and "marks"', "two\nlines", "a\ttab", "a | bar", "=SUM(A1:A9)", "@home +1 -2", "習近平 — “so”",
    "back\\slash", "<b>bold</b>", "it's 100%", "carriage\rreturn", "00123",
)  # fmt: skip
COMMANDS = {
    "export": ["export"],
    "search": ["search", "word"],
    "who": ["who", "ada-quill"],
    "speakers": ["speakers"],
}
COUNTS = {"export": NUMBER, "search": NUMBER, "who": ARTICLES, "speakers": PER_ARTICLE}


def articles() -> Iterator[tuple[Article, list[Quote]]]:
    for number in range(ARTICLES):
        lines, quotes = [f"Report {number}\n\n"], []
        for place in range(PER_ARTICLE):
            content = f"word {number}-{place}: {TEXTS[(number + place) % len(TEXTS)]}"
            start = sum(map(len, lines)) + 1
            lines.append(f"“{content}” said {NAMES[place]}.\n")
            span = Span(start, start + len(content), content)
            mention = Mention(NAMES[place], "person")
            quotes.append(Quote((span,), "direct", speaker=mention, attribution="name", confidence=0.9))
        day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield (
            Article(
                f"a{number:04}",
                "".join(lines),
                f"a{number}.txt",
                f"Report {number}",
                "Gazette",
                "N. Lee",
                day,
            ),
            quotes,
        )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "quotes.db"
    with Store(path, create=True) as store:
        fill(store, articles())
    return path


@pytest.fixture(scope="module")
def expected(large: Path) -> dict[str, list[str | None]]:
    """The ids of each command in order, and the content of each quotation, straight from the database."""
    with Store(large) as store:
        rows = store.db.execute("select id, content, speaker from quotes").fetchall()
        everything = {row["id"]: row["content"] for row in rows}
        return {
            "export": list(everything),
            "search": list(everything),
            "who": [row["id"] for row in rows if row["speaker"] == "ada-quill"],
            "speakers": [row[0] for row in store.db.execute("select id from speakers")],
            "contents": everything,
        }


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("format", FORMATS)
def test_everything_comes_out_and_is_read_back(
    large: Path, tmp_path: Path, expected: dict, command: str, format: str
) -> None:
    file = tmp_path / f"out.{format}"
    run(*COMMANDS[command], "-d", large, f"--{format}", "-o", file)
    rows = READERS[format](file)
    assert len(rows) == COUNTS[command]
    assert sorted(row["id"] for row in rows) == sorted(expected[command])
    if command != "speakers":
        read = {row["id"]: str(row["content"]).replace("\r", "\n") for row in rows}
        assert read == {ident: expected["contents"][ident].replace("\r", "\n") for ident in read}
    if format not in ("json", "nl"):
        assert list(rows[0]) == list((SPEAKERS if command == "speakers" else QUOTATIONS).columns)


@pytest.mark.parametrize("command", COMMANDS)
def test_duckdb_counts_the_same(large: Path, tmp_path: Path, command: str) -> None:
    for format, read in (("csv", "read_csv"), ("parquet", "read_parquet"), ("nl", "read_json")):
        file = tmp_path / f"out.{format}"
        run(*COMMANDS[command], "-d", large, f"--{format}", "-o", file)
        more = ", format = 'newline_delimited'" if format == "nl" else ""
        query = f"select count(*), count(distinct id) from {read}('{file}'{more})"
        assert duckdb.connect().execute(query).fetchone() == (COUNTS[command], COUNTS[command])


def markdown(file: Path) -> list[dict[str, str]]:
    head, _, *lines = file.read_text(encoding="utf-8").splitlines()

    def cells(line: str) -> list[str]:
        marked = line.replace("\\\\", "\x00").replace("\\|", "\x01")
        parts = (part[1:-1] for part in marked.split("|")[1:-1])
        out = (part.replace("<br>", "\n").replace("&lt;", "<") for part in parts)
        return [part.replace("\x00", "\\").replace("\x01", "|") for part in out]

    names = cells(head)
    return [dict(zip(names, cells(line), strict=True)) for line in lines]


def workbook(file: Path) -> list[dict]:
    [sheet] = openpyxl.load_workbook(file, read_only=True).worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip_longest(head, row)) for row in rows]  # empty cells at the end are not stored


def by_pandas(frame: pandas.DataFrame) -> list[dict]:
    return frame.to_dict("records")


READERS = {
    "csv": lambda file: by_pandas(pandas.read_csv(file, lineterminator="\n", dtype=str)),
    "tsv": lambda file: by_pandas(pandas.read_csv(file, sep="\t", lineterminator="\n", dtype=str)),
    "json": lambda file: json.loads(file.read_text(encoding="utf-8")),
    "nl": lambda file: [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n")[:-1]],
    "md": markdown,
    "xlsx": workbook,
    "parquet": lambda file: by_pandas(pandas.read_parquet(file)),
}


def test_types_of_columns_are_kept(large: Path, tmp_path: Path) -> None:
    run("export", "-d", large, "-o", tmp_path / "out.parquet")
    types = pandas.read_parquet(tmp_path / "out.parquet").dtypes
    assert types["confidence"] == "float64"
    assert types["start"] == "int64"
    run("export", "-d", large, "-n", "3", "-o", tmp_path / "out.xlsx")
    row = workbook(tmp_path / "out.xlsx")[0]
    assert (row["confidence"], type(row["start"]), row["thought"]) == (0.9, int, False)


def test_nothing_is_cut_unless_asked_for(large: Path) -> None:
    assert len(run("search", "word", "-d", large, "--nl").stdout.splitlines()) == NUMBER
    assert len(run("search", "word", "-d", large, "--nl", "--limit", "7").stdout.splitlines()) == 7
    assert len(run("who", "ben-ames", "-d", large, "--nl").stdout.splitlines()) == ARTICLES
    shown = run("search", "word", "-d", large)
    assert "There is more: add --limit 100" in shown.stderr


def test_the_filters_are_the_same_everywhere(large: Path) -> None:
    options = ["--publication", "gazette", "--since", "2025-03", "--until", "2025-03", "--about", "report"]

    def ids(*command: str) -> set[str]:
        out = run(*command, "-d", large, "--nl").stdout.splitlines()
        return {json.loads(line)["id"] for line in out}

    everything = ids("export", *options)
    assert 0 < len(everything) < NUMBER
    assert ids("search", "word", *options) == everything
    assert ids("who", "dan-clay", *options) == ids("export", "--speaker", "dan-clay", *options)
    listed = [json.loads(line) for line in run("speakers", *options, "-d", large, "--nl").stdout.splitlines()]
    assert sum(row["quotes"] for row in listed) == len(everything)
    assert ids("export", "--speaker-type", "organisation") == set()


def test_about_is_the_quotation_or_its_headline(database: Path) -> None:
    def found(words: str) -> list[str]:
        lines = run("export", "--about", words, "-d", database, "--nl").stdout.splitlines()
        return [json.loads(line)["content"] for line in lines]

    assert len(found("ferry")) == 4  # the headline's
    assert len(found("traffic")) == 1
    assert found("zebra") == []


def test_chosen_columns(database: Path) -> None:
    args = ["export", "-d", database, "--columns", "published,speaker,content"]
    table = list(csv.reader(io.StringIO(run(*args, "--csv").stdout)))
    assert table[0] == ["published", "speaker", "content"]
    assert table[1] == ["2025-06-30", "Ann Okoro", "We waited, … and nobody came."]
    assert json.loads(run(*args, "--nl").stdout.splitlines()[0])["speaker"] == "Ann Okoro"
    assert "no column bogus" in run("export", "-d", database, "--columns", "id,bogus", "--csv", code=2).stderr


def test_the_mark_for_spreadsheets(database: Path, tmp_path: Path) -> None:
    run("export", "-d", database, "--bom", "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    run("export", "-d", database, "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"id,")


@pytest.mark.parametrize(
    "options",
    [
        ["--csv", "--json"], ["--bom"], ["--bom", "--json"], ["-o", "out.bogus"], ["--columns", "id"],
        ["--since", "2025-07", "--until", "2025-06"],
    ],
)  # fmt: skip
def test_options_that_contradict_each_other(database: Path, options: list[str]) -> None:
    run("search", "waited", "-d", database, *options, code=2)


def test_a_file_is_replaced_when_all_is_written(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("before")
    damaged = tmp_path / "damaged.db"
    data = bytearray(database.read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    damaged.write_bytes(data)
    run("export", "-d", damaged, "-o", file, code=1)
    assert file.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["damaged.db", "out.csv", "quotes.db"]
    assert (
        "cannot be written" in run("export", "-d", database, "-o", tmp_path / "no" / "out.csv", code=1).stderr
    )
    run("export", "-d", database, "-o", file)
    assert file.read_text(encoding="utf-8").startswith("id,")


@pytest.mark.parametrize(("format", "library"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_a_missing_library_names_the_extra(
    database: Path, tmp_path: Path, format: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    said = run("export", "-d", database, "-o", tmp_path / f"out.{format}", code=1).stderr
    assert f'pip install "quote-tracker[{format}]"' in said


def test_a_long_cell_of_a_workbook_is_told(tmp_path: Path) -> None:
    text = "“" + "long " * 8000 + "”"
    found = Quote((Span(0, len(text), text),), "direct", speaker=Mention("Ann Okoro", "person"))
    with Store(tmp_path / "quotes.db", create=True) as store:
        fill(store, [(Article("a", text, "a.txt", "Title"), [found])])
    said = run("export", "-d", tmp_path / "quotes.db", "-o", tmp_path / "out.xlsx").stderr
    assert "Cut to the 32,767 characters" in said
    [row] = workbook(tmp_path / "out.xlsx")
    assert len(row["content"]) == 32_767


@pytest.mark.parametrize("command", [["export"], ["search", "word", "--csv"], ["who", "ada-quill", "--nl"]])
def test_a_reader_that_has_enough_is_no_error(large: Path, command: list[str]) -> None:
    program = f"'{sys.executable}' -c 'from quotes.cli.main import app; app()'"
    line = f"set -o pipefail; {program} {' '.join(command)} -d '{large}' | head -c 1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True)
    assert (done.returncode, len(done.stdout), done.stderr) == (0, 1, "")


def test_binary_formats_go_through_a_pipe(database: Path) -> None:
    program = [sys.executable, "-c", "from quotes.cli.main import app; app()"]
    done = subprocess.run(
        [*program, "export", "--parquet", "-d", str(database)], capture_output=True, check=True
    )
    assert len(pandas.read_parquet(io.BytesIO(done.stdout))) == 6


def test_empty_lists_have_their_columns(database: Path) -> None:
    out = process("search", "zebra", "--csv", "-d", str(database)).stdout
    assert out.startswith("id,content,speaker,")
    assert len(out.splitlines()) == 1
