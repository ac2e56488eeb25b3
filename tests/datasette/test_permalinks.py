"""Every page keeps its address when articles are read again, by the real pipeline, into the same or a new database."""

import re
import sqlite3
from pathlib import Path

import pytest
from datasette.utils import tilde_encode
from support.datasette_data import Get, client
from support.paths import SEEDS
from typer.testing import CliRunner

from quotes.cli.main import app

KINDS = ("articles", "quotes", "speakers", "statements")


def extract(database: Path, *more: str, files: int) -> None:
    """Read the first seeds as a user would."""
    paths = [str(path) for path in sorted(SEEDS.iterdir())[:files]]
    done = CliRunner().invoke(app, ["extract", *paths, "--database", str(database), *more])
    assert done.exit_code == 0, done.output


def addresses(database: Path) -> set[str]:
    with sqlite3.connect(database) as db:
        return {
            f"/quotes/{kind}/{tilde_encode(key)}"
            for kind in KINDS
            for (key,) in db.execute(f"select id from {kind}")
        }


def canonical(get: Get, address: str) -> str:
    answer = get(address)
    assert answer.status_code == 200, address
    return re.findall(r'<link rel="canonical" href="http://localhost([^"]+)"', answer.text)[0]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("permalinks") / "quotes.db"
    extract(path, files=2)
    return path


def test_reading_again_keeps_every_address(database: Path) -> None:
    before = addresses(database)
    assert len(before) > 20
    extract(database, "--force", files=2)
    assert addresses(database) == before
    get = client(database)
    for address in before:
        assert canonical(get, address) == address


def test_a_new_database_and_more_articles_keep_articles_and_quotations(
    database: Path, tmp_path: Path
) -> None:
    other = tmp_path / "quotes.db"
    extract(other, files=3)
    lasting = {one for one in addresses(database) if one.split("/")[2] in ("articles", "quotes")}
    assert lasting < addresses(other)
