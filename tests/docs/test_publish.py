"""What docs/publish.md says: the site works with Datasette alone, and the package for it has no model."""

import json
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from support.datasette_data import METADATA, addresses, build, with_topics
from support.paths import ROOT

from quotes import __version__

# what the whole package needs and a site does not have
ABSENT = "spacy coreferee onnxruntime tokenizers numpy typer sqlite_utils torch".split()
SERVE = """
import asyncio, json, sys, yaml

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

ABSENT, (database, metadata, paths) = set(sys.argv[4:]), sys.argv[1:4]
sys.meta_path.insert(0, Absent())
from datasette.app import Datasette

async def main():
    site = Datasette(immutables=[database], metadata=yaml.safe_load(open(metadata, encoding="utf-8")))
    for path in json.loads(paths):
        answer = await site.client.get(path)
        print(answer.status_code, path)
    print(sorted(ABSENT & set(sys.modules)))

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The package for the web."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    done = subprocess.run([*command, str(folder), str(ROOT / "web")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    [path] = folder.iterdir()
    assert path.name == f"quote_tracker-{__version__}+web-py3-none-any.whl"
    return zipfile.ZipFile(path)


def test_every_page_is_served_where_only_datasette_is_installed(tmp_path: Path) -> None:
    database = with_topics(build(tmp_path / "quotes.db"))
    pages = addresses(database)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            SERVE,
            str(database),
            str(METADATA),
            json.dumps(list(pages.values())),
            *ABSENT,
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    *lines, loaded = done.stdout.splitlines()
    assert len(lines) == len(pages) > 5
    assert [line for line in lines if not line.startswith("200 ")] == []
    assert loaded == "[]"


def test_the_package_for_the_web_needs_little_and_has_no_model(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert not [name for name in names if name.startswith("quotes/model")]
    assert sum(entry.file_size for entry in wheel.infolist()) < 2_500_000
    [metadata] = [name for name in names if name.endswith("/METADATA")]
    needs = message_from_bytes(wheel.read(metadata)).get_all("Requires-Dist", [])
    assert [need for need in needs if "extra ==" not in need] == ["datasette<1,>=0.65", "feedgen>=1.0"]


def test_the_package_for_the_web_has_the_whole_plugin(wheel: zipfile.ZipFile) -> None:
    plugin = ROOT / "quotes" / "datasette"
    files = [path for path in plugin.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.relative_to(ROOT).as_posix() for path in files} <= set(wheel.namelist())
    [entries] = [name for name in wheel.namelist() if name.endswith("/entry_points.txt")]
    assert wheel.read(entries).decode().split() == ["[datasette]", "quotes", "=", "quotes.datasette"]


def test_the_page_names_the_package(wheel: zipfile.ZipFile) -> None:
    page = (ROOT / "docs" / "publish.md").read_text(encoding="utf-8")
    name = Path(str(wheel.filename)).name
    assert page.count(f"--install plugins/{name}") == 3
