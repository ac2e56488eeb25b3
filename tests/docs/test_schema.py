"""docs/schema.md names every table, view and column of the database, and nothing else."""

import re
from pathlib import Path

import pytest
from support.paths import ROOT

from quotes.store.database import Store

PAGE = ROOT / "docs" / "schema.md"
SHADOW = re.compile(r".+_fts_(data|idx|docsize|config|content)")  # FTS5's own

Tables = dict[str, list[tuple[str, str]]]


def documented() -> Tables:
    """Table -> (column, type) as the page has them."""
    tables: Tables = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"#+ `(\w+)`", line):
            columns = tables.setdefault(heading[1], [])
        elif row := re.match(r"\| `(\w+_fts)` \| (.+) \|$", line):
            tables[row[1]] = [(name, "") for name in re.findall(r"`(\w+)`", row[2])]
        elif row := re.match(r"\| `(\w+)` \| ?(\w*) \|", line):
            columns.append((row[1], row[2]))
    return tables


@pytest.fixture
def real(tmp_path: Path) -> Tables:
    """Table -> (column, type) as a new database has them."""
    with Store(tmp_path / "quotes.db", create=True) as store:
        query = "select name from sqlite_master where type in ('table', 'view') and name not glob 'sqlite_*'"
        names = [row[0] for row in store.db.execute(query) if not SHADOW.fullmatch(row[0])]
        return {
            name: [(row[1], row[2]) for row in store.db.execute(f'pragma table_info("{name}")')]
            for name in names
        }


def test_every_table_is_on_the_page(real: Tables) -> None:
    assert sorted(documented()) == sorted(real)


def test_every_column_is_on_the_page(real: Tables) -> None:
    assert {name: sorted(columns) for name, columns in documented().items()} == {
        name: sorted(columns) for name, columns in real.items()
    }
