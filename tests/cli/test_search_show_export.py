"""search, show, export and the manners that all commands share."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import process, run
from support.paths import ROOT

from quotes import __version__
from quotes.cli.render import render_item, render_results
from quotes.cli.terminal import painter
from quotes.store.database import Store

COMMANDS = [
    "extract", "preview", "remove", "search", "who", "show", "speakers", "suggest", "index", "export",
    "find", "evaluate", "merge", "split", "rename", "assign", "merge-statements", "split-statement", "link",
    "build", "reject", "add", "trim", "corrections", "undo", "review", "serve", "erase", "topics", "check",
    "publish-static", "diff", "model",
]  # fmt: skip
README = ROOT / "README.md"


def test_search_is_aligned_and_shows_the_words(database: Path) -> None:
    lines = run("search", "waited", "-d", database).stdout.splitlines()
    assert "Ann Okoro                 “We *waited*, … and nobody came.”" in lines
    assert "direct 90%                2025-06-30 · Port Courier · Harbour ferry to stop in autumn" in lines
    assert "                          – nobody came although the council *waited* · 2025-07-01" in lines
    assert all(len(line) <= 122 for line in lines)


def test_marks_stand_around_verbatim_contents_only(database: Path) -> None:
    shown = run("search", "--speaker", "union", "-d", database).stdout
    assert "the plan “a farce”" in shown
    assert "“A farce”" in shown
    assert "“the plan" not in shown


def test_adjacent_words_are_marked_as_one(database: Path) -> None:
    assert "*nobody came*" in run("search", "came nobody", "-d", database, "--until", "2025-06").stdout


def test_long_contents_wrap_and_keep_their_marks(database: Path) -> None:
    with Store(database) as store:
        row = store.search("traffic")[0]
    content = "many words " * 30 + "then traffic at the end"
    at = content.index("traffic")
    lines = list(
        render_results(
            [{"quotations": [row | {"content": content, "matches": [[at, at + 7]]}]}],
            width=60,
            paint=painter(True),
        )
    )
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    assert all(len(line) <= 60 for line in plain)
    assert " ".join(line[17:] for line in plain).startswith(content)
    assert any("\x1b[1;33mtraffic\x1b[0m" in line for line in lines)


def test_control_characters_do_not_reach_the_terminal(database: Path) -> None:
    with Store(database) as store:
        row = store.search("traffic")[0]
    hostile = row | {"content": "a\x1b[2Jb\tc", "speaker_name": "\x1b]0;x\x07", "matches": []}
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f]",
        "\n".join(render_results([{"quotations": [hostile]}], width=80, paint=painter(False))),
    )


@pytest.mark.parametrize(
    ("args", "count"),
    [
        (["farce"], 2),
        (["--type", "direct"], 3),
        (["--speaker", "okoro", "--since", "2025-07"], 1),
        (["--publication", "courier", "--until", "2025-06-30", "--min-confidence", "0.9"], 2),
        (["--type", "direct", "--limit", "2"], 2),
        (["nothing like this"], 0),
    ],
)
def test_search_formats_agree(database: Path, args: list[str], count: int) -> None:
    array = json.loads(run("search", *args, "-d", database, "--json").stdout)
    lines = [json.loads(line) for line in run("search", *args, "-d", database, "--nl").stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(run("search", *args, "-d", database, "--csv").stdout)))
    assert len(array) == count
    assert lines == array
    assert [row["id"] for row in table] == [row["id"] for row in array]
    assert [row["content"] for row in table] == [row["content"] for row in array]


def test_nothing_found_is_told_on_stderr(database: Path) -> None:
    result = run("search", "zebra", "-d", database)
    assert result.stdout == ""
    assert "No quotation found" in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["search"],
        ["search", "  "],
        ["search", "a", "--json", "--csv"],
        ["search", "a", "--type", "spoken"],
        ["search", "a", "--since", "June"],
        ["search", "a", "--limit", "0"],
        ["search", "a", "--min-confidence", "2"],
        ["show"],
        ["extract"],
        ["export", "--format", "xml"],
        ["nonsense"],
        ["--nonsense"],
    ],
)
def test_mistakes_of_use_exit_with_2(
    database: Path, args: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(database.parent)
    result = run(*args, code=2)
    assert result.stdout == ""
    assert "Error" in result.stderr


@pytest.mark.parametrize("args", [["search", "a"], ["show", "a"], ["export"]])
def test_a_missing_database_exits_with_1(tmp_path: Path, args: list[str]) -> None:
    result = run(*args, "--database", tmp_path / "none.db", code=1)
    assert result.stdout == ""
    assert result.stderr.startswith("Error: There is no database")
    assert "quotes extract" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_damaged_database_is_an_error_not_a_traceback(database: Path) -> None:
    data = bytearray(database.read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    database.write_bytes(data)
    result = run("export", "-d", database, code=1)
    assert result.stderr.startswith("Error: ")


def test_show_quotation(database: Path) -> None:
    found = json.loads(run("search", "farce", "--type", "mixed", "-d", database, "--json").stdout)[0]["id"]
    shown = run("show", found, "-d", database).stdout
    assert "The drivers' union called *the plan “a farce”* on Monday." in shown
    assert re.search(r"^speaker +drivers' union|^speaker +The drivers' union", shown, re.M)
    assert re.search(r"^cue +called$", shown, re.M)
    assert re.search(r"^attribution +name, confidence 60%$", shown, re.M)
    assert json.loads(run("show", found, "-d", database, "--json").stdout)["kind"] == "quotation"


def test_show_speaker_and_article(database: Path) -> None:
    speaker = run("show", "ann-okoro", "-d", database).stdout
    assert speaker.splitlines()[0] == "Ann Okoro"
    assert re.search(r"^quotations +2 in 2 articles$", speaker, re.M)
    assert "“We waited, … and nobody came.”" in speaker
    article = run("show", "ferry-000001", "-d", database).stdout
    assert article.splitlines()[0] == "Harbour ferry to stop in autumn"
    assert article.index("We waited") < article.index("the plan") < article.index("traffic")


def test_show_wordings(database: Path) -> None:
    with Store(database) as store:
        row = store.search("traffic")[0]
        twin = store.quotation(row["id"])
    assert twin is not None
    reported = {"text": twin["content"], "variants": 2, "articles": 1, "publications": None}
    reported |= {"first_published": None, "last_published": None}
    lines = list(
        render_item(
            twin
            | {"reported": reported, "wordings": [row | {"content": "twice the traffic", "matches": []}]},
            width=80,
            paint=painter(False),
        )
    )
    below = lines[lines.index("Other wordings, compared with this one") :]
    assert any(line.endswith("twice the traffic") for line in below)


def test_show_nothing(database: Path) -> None:
    result = run("show", "nobody", "-d", database, code=1)
    assert "has no quotation, speaker, statement or article 'nobody'" in result.stderr


def test_export(database: Path) -> None:
    lines = [json.loads(line) for line in run("export", "-d", database).stdout.splitlines()]
    with Store(database) as store:
        assert lines == list(store.export())
    table = list(csv.DictReader(io.StringIO(run("export", "-d", database, "--format", "csv").stdout)))
    assert [row["id"] for row in table] == [line["id"] for line in lines]
    assert table[0]["spans"] == ";".join(f"{start}-{end}" for start, end in lines[0]["spans"])
    assert (table[0]["speaker"], table[0]["cue"]) == ("Ann Okoro", "said")


def test_version() -> None:
    assert run("--version").stdout == f"quotes {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    shown = run(command, "--help").stdout
    assert re.search(rf"Example:\n +quotes {command} ", shown)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"quotes {command}[ `]", README.read_text(encoding="utf-8"))


def test_the_list_of_commands_is_complete() -> None:
    listed = re.findall(r"^  ([a-z-]+)  ", run("--help").stdout.partition("Commands:")[2], re.M)
    assert listed == COMMANDS


@pytest.mark.parametrize(
    "words", [["--help"], ["search", "waited", "--speaker", "okoro"], ["export", "--csv"]]
)
def test_what_is_not_needed_is_not_imported(database: Path, words: list[str]) -> None:
    """Neither the model and its libraries, nor the readers of articles and theirs: a search starts at once."""
    given = words if words == ["--help"] else [*words, "-d", str(database)]
    code = (
        "import sys\nfrom quotes.cli.main import app\n"
        f"try:\n    app({given!r})\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'spacy', 'coreferee', 'onnxruntime', 'numpy', 'torch', 'sqlite_utils', 'trafilatura', 'lxml', "
        "'rich', 'feedparser', 'datasette', 'openpyxl', 'pyarrow', 'quotes.articles'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ("Commands:" if words == ["--help"] else "waited") in done.stdout
    assert done.stderr.strip() == "[]"


def test_output_can_be_cut_short(database: Path) -> None:
    command = (
        f"'{sys.executable}' -c 'from quotes.cli.main import app; app()' export -d '{database}' | head -c 1"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stdout == "{"
    assert "Traceback" not in done.stderr


def test_no_colour_in_a_pipe(database: Path) -> None:
    done = process("search", "waited", "-d", database)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert done.stderr == ""
