"""Fixtures that several tests share: small databases written by hand, a server of one, and a browser."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.browser import MISSING, Browser
from support.by_hand import ARTICLES, fill
from support.datasette_data import addresses, build
from support.serving import Site, serving

from quotes.store.database import Store


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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of the articles in datasette_data.py, as the README starts it."""
    path = build(tmp_path_factory.mktemp("pages") / "quotes.db")
    with serving(path, addresses(path)) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that all tests of the pages share."""
    try:
        started = Browser()
    except FileNotFoundError:
        pytest.fail(MISSING)
    with started:
        yield started
