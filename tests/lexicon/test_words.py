"""The word lists: sorted, without doubles, each with a reader, disjoint where one word has one meaning."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.paths import ROOT

from quotes.lexicon.words import FOLDER, entries, word_map, word_set

PACKAGE = FOLDER.parents[1]
NAMES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.txt"))
CODE = {path: path.read_text(encoding="utf-8").replace("'", '"') for path in PACKAGE.rglob("*.py")}
DISJOINT = [
    ("cues/speech_verbs", "cues/thought_verbs"),
    ("cues/speech_verbs", "cues/perception_verbs"),
    ("cues/thought_verbs", "cues/thought_adjectives"),
    ("cues/thought_verbs", "cues/perception_verbs"),
    ("cues/speech_nouns", "cues/thought_nouns"),
    ("men", "women"),
    ("titles", "courtesy_titles"),
    ("family_first", "family_first_of_three"),
    ("title_ranks", "title_fillers"),
    ("name_suffixes", "degrees"),
    ("statements/approval", "statements/disapproval"),
    ("statements/negations", "statements/denials"),
    ("statements/numbers", "statements/multiples"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_sorted_has_no_doubles_and_says_what_it_is(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert text.startswith("# ")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == entries(name), (
        "comments have lines of their own; no line is empty or has spaces at its ends"
    )
    keys = [line.partition(":")[0] for line in lines]
    assert keys
    assert keys == sorted(set(keys))
    assert all(line == line.lower() for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_a_reader(name: str) -> None:
    folder, _, stem = name.rpartition("/")
    readers = [path for path, code in CODE.items() if f'"{name}"' in code or (folder and f'"{stem}"' in code)]
    assert readers, f"nothing reads {name}.txt"


def test_a_reader_has_its_list() -> None:
    for path, code in CODE.items():
        for name in re.findall(r'\bword_(?:set|map)\("([^"{]+)"\)', code):
            assert name in NAMES, f"{path.name} reads {name}.txt, which is missing"


@pytest.mark.parametrize(("a", "b"), DISJOINT)
def test_lists_that_have_no_word_in_common(a: str, b: str) -> None:
    assert not word_map(a).keys() & word_map(b).keys()


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("generic_organisations", "organisations"),
        ("particles_only", "particles"),
        ("titles_also_names", "titles"),
    ],
)
def test_lists_that_are_part_of_another(part: str, whole: str) -> None:
    assert word_set(part) <= word_map(whole).keys()


def test_the_lists_are_in_the_wheel() -> None:
    builder = pytest.importorskip("hatchling.builders.wheel").WheelBuilder(str(ROOT))
    packed = {file.distribution_path for file in builder.recurse_included_files()}
    assert {f"quotes/lexicon/en/{name}.txt" for name in NAMES} <= packed


def test_a_search_reads_no_list(tmp_path: Path) -> None:
    code = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from quotes.cli.main import app
try:
    app(["search", "words", "--database", sys.argv[1]])
finally:
    print(*(path for path in opened if path.endswith(".txt") and "lexicon" in path), sep="\\n")
"""
    from quotes.store.database import Store

    path = tmp_path / "quotes.db"
    with Store(path, create=True):
        pass
    ran = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True)
    assert ran.stdout.strip() == "", ran.stderr
