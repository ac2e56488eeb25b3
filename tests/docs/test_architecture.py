"""ARCHITECTURE.md and CONTRIBUTING.md speak of what is there."""

import ast
import configparser
import re

import pytest
from support.paths import ROOT

PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "quotes"
FOLDERS = ("", "docs", "benchmarks", "training", "quotes/model", "quotes/model/lemmas")
MARKDOWN = [path for folder in FOLDERS for path in (ROOT / folder).glob("*.md")]


def contracts() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


def test_the_picture_is_the_contract() -> None:
    layers = contracts()["importlinter:contract:1"]["layers"].strip().splitlines()
    expected = [line.replace("quotes.", "").strip() for line in layers]
    [picture] = re.findall(r"^```text\n(.*?)^```$", PAGE, re.M | re.S)
    drawn = [re.split(r"\s{3,}", line[26:])[0].strip() for line in picture.splitlines()]
    assert drawn == expected


def test_every_room_is_in_the_table() -> None:
    table = PAGE.partition("## Rooms")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", table, re.M))))
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert len(rooms) > 12
    assert rooms <= named
    assert [
        name for name in named if not (PACKAGE / name).is_dir() and not (PACKAGE / f"{name}.py").exists()
    ] == []


def imported_by(room: str) -> set[str]:
    """The rooms and top-level modules that a room imports, TYPE_CHECKING included; not the ground."""
    path = PACKAGE / room
    files = path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]
    found = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("quotes."):
                found.add(node.module.split(".")[1])
    return found - {room, "types", "errors", "log", "deprecated", "about", "provenance", "integrity"}


def test_what_rooms_import_is_what_the_table_says() -> None:
    table = PAGE.partition("## Rooms")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|.*\| ([^|]*) \|$", table, re.M)
    assert len(rows) > 15
    for names, imports in rows:
        if "everything below" in imports:
            continue
        rooms = re.findall(r"`(\w+)`", names)
        actual = set().union(*map(imported_by, rooms)) - set(rooms)
        assert set(re.findall(r"`([\w]+)[`/]", imports)) == actual, rooms


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_file_that_is_named_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    names = set(re.findall(r"`((?:\w+/)*\.?[\w-]+(?:\.py|\.md|\.txt|\.jsonl)|(?:\w+/)+)`", text))
    assert len(names) > 3
    missing = [
        name
        for name in names
        if not any((folder / name).exists() for folder in (ROOT, PACKAGE)) and not list(PACKAGE.rglob(name))
    ]
    assert missing == []


@pytest.mark.parametrize("page", sorted(str(path.relative_to(ROOT)) for path in MARKDOWN))
def test_every_path_on_every_page_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = re.findall(
        r"\b((?:quotes|tests|training|benchmarks|docs|web)/[\w./-]+\.(?:py|md|txt|jsonl|npz|onnx|html))\b",
        text,
    )
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_target_that_is_named_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = PAGE + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make ([a-z-]+)", text))
    assert len(targets) > 7
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.M)] == []
