"""Fixtures that several tests share: a small database of articles whose quotations are written by hand."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from by_hand import ARTICLES, fill

from quotes.store import Store


@pytest.fixture(scope="session")
def by_hand_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("by_hand") / "quotes.db"
    with Store(path, create=True) as store:
        fill(store, ARTICLES)
    return path


@pytest.fixture
def database(by_hand_database: Path, tmp_path: Path) -> Path:
    """A linked database of the articles in by_hand.py, to read and to change."""
    return Path(shutil.copy(by_hand_database, tmp_path / "quotes.db"))


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user may enter: tmp_path is for its owner only."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
