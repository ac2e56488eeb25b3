"""The versions that decide what is read and linked again: each changes with its own rooms and with nothing else."""

import ast
import shutil
import sys
from pathlib import Path

import pytest
from support.paths import ROOT

from quotes import provenance
from quotes.provenance import LINKING_FILES, READING_FILES, files_of, linking_version, reading_version

PACKAGE = ROOT / "quotes"
NEUTRAL = {"about", "deprecated", "errors", "integrity", "log", "provenance", "types"}  # change no result
ROOMS = sorted(path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("__init__.py"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package's code, without the weights."""
    return Path(
        shutil.copytree(PACKAGE, tmp_path / "quotes", ignore=shutil.ignore_patterns("*.onnx", "*.npz"))
    )


def versions(package: Path) -> tuple[str, str]:
    """The reading and the linking version of a copy, as a new process would see them."""
    linking_version.cache_clear()
    return reading_version(package=package), linking_version(package=package)


@pytest.mark.parametrize("name", sorted({*READING_FILES, *LINKING_FILES}))
def test_each_named_room_has_files(name: str) -> None:
    assert files_of(PACKAGE / name)


def test_folders_in_folders_count() -> None:
    names = {
        path.relative_to(PACKAGE).as_posix() for name in READING_FILES for path in files_of(PACKAGE / name)
    }
    assert {"coreference/chains/rules.py", "model/lemmas/english.json.gz", "component.py"} <= names
    assert not [name for name in names if name.endswith((".pyc", ".md"))]


def imported(names: tuple[str, ...]) -> set[str]:
    """The modules of this package that the code of some rooms imports, as paths without suffix."""
    modules = set()
    for path in (path for name in names for path in files_of(PACKAGE / name) if path.suffix == ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("quotes."):
                modules.add(str(node.module).removeprefix("quotes.").replace(".", "/"))
    return modules


@pytest.mark.parametrize(
    ("version", "besides"),
    [
        (READING_FILES, set()),
        (LINKING_FILES, {"store", "nlp"}),
    ],  # the store keeps rows; embeddings are the reading's
    ids=["reading", "linking"],
)
def test_a_version_covers_what_its_rooms_use(version: tuple[str, ...], besides: set[str]) -> None:
    covered = {name.removesuffix(".py") for name in version}
    used = {name for name in imported(version) if name.partition("/")[0] not in NEUTRAL | besides}
    assert used
    assert {name for name in used if name not in covered and name.partition("/")[0] not in covered} == set()


@pytest.mark.parametrize(
    ("path", "reads_again", "links_again"),
    [
        ("cli/progress.py", False, False),
        ("datasette/pages.py", False, False),
        ("store/database.py", False, False),
        ("quotations/boundaries.py", True, False),
        ("coreference/chains/rules.py", True, False),
        ("component.py", True, False),
        ("model/labels.json", True, False),
        ("statements/compare.py", False, True),
        ("linking/link.py", False, True),
        ("names/person.py", True, True),
        ("lexicon/en/new_words.txt", True, True),
        ("lexicon/README.md", False, False),
        ("lexicon/__pycache__/cues.cpython-311.pyc", False, False),
    ],
)
def test_a_version_changes_with_its_own_rooms_alone(
    copy: Path, path: str, reads_again: bool, links_again: bool
) -> None:
    reading, linking = versions(copy)
    (copy / path).parent.mkdir(parents=True, exist_ok=True)
    with (copy / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert [a != b for a, b in zip(versions(copy), (reading, linking), strict=True)] == [
        reads_again,
        links_again,
    ]


def test_a_name_counts_as_well_as_the_bytes(copy: Path) -> None:
    before = versions(copy)
    (copy / "names" / "person.py").rename(copy / "names" / "people.py")
    assert all(a != b for a, b in zip(versions(copy), before, strict=True))


def test_the_same_files_have_the_same_version_wherever_they_lie(copy: Path) -> None:
    assert versions(copy)[1] == linking_version(package=PACKAGE)


def test_options_and_other_pipelines_are_part_of_the_reading_version(tmp_path: Path) -> None:
    embedded = reading_version()
    assert embedded.startswith(f"{provenance.__version__} ")
    assert reading_version(thoughts=True) == f"{embedded} thoughts"
    assert reading_version("no_such_pipeline") == f"{embedded} no_such_pipeline@?"
    (tmp_path / "config.cfg").write_text("[nlp]\n", encoding="utf-8")
    named = reading_version(str(tmp_path))
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = en\n", encoding="utf-8")
    assert reading_version(str(tmp_path)) != named


@pytest.mark.parametrize("room", ROOMS)
def test_the_package_for_the_web_has_files_of_every_room(room: str) -> None:
    sys.path.insert(0, str(ROOT / "web"))
    try:
        from hatch_build import web_files
    finally:
        sys.path.remove(str(ROOT / "web"))
    names = [path.relative_to(PACKAGE).parent.as_posix() for path in web_files(PACKAGE)]
    assert room in names
