"""The plots that are configured for datasette-dashboards, asked of the database as the plugin asks it."""

import importlib.util
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.datasette_data import METADATA, build, client

BOARD = yaml.safe_load(METADATA.read_text("utf-8"))["plugins"]["datasette-dashboards"]["quotes"]
CHOSEN = {"since": "2031-02-01", "until": "2031-03-31", "publication": "Skerrow Herald"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dashboards") / "quotes.db", hostile=False)


def ask(database: Path, query: str, **chosen: str) -> list[dict[str, Any]]:
    """Its rows, with the parts in ``[[ ]]`` for the filters that are chosen."""
    sql = re.sub(
        r"\[\[(.*?:(\w+).*?)\]\]", lambda part: part[1] if part[2] in chosen else "", query, flags=re.S
    )
    with sqlite3.connect(database) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(sql, chosen)]


def test_everything_in_the_layout_is_a_chart() -> None:
    assert {name for row in BOARD["layout"] for name in row} == set(BOARD["charts"])


@pytest.mark.parametrize("name", BOARD["charts"])
@pytest.mark.parametrize("chosen", [{}, *({key: text} for key, text in CHOSEN.items()), CHOSEN])
def test_charts_show_what_they_ask_for(database: Path, name: str, chosen: dict[str, str]) -> None:
    chart = BOARD["charts"][name]
    rows = ask(database, chart["query"], **chosen)
    assert rows
    shown = {part["field"] for part in chart["display"]["encoding"].values()}
    assert shown <= set(rows[0])
    assert all(row["quotations"] > 0 for row in rows)


def test_charts_count_right(database: Path) -> None:
    charts = {name: chart["query"] for name, chart in BOARD["charts"].items()}
    speakers = {
        (row["month"], row["speaker"]): row["quotations"] for row in ask(database, charts["speakers"])
    }
    assert speakers["2031-02", "Maren Holt"] == 2
    assert speakers["2031-05", "Joss Abara"] == 2
    types = {
        row["type"]: row["quotations"]
        for row in ask(database, charts["publications"], publication="Skerrow Herald")
    }
    assert types == {"direct": 5, "mixed": 1, "indirect": 4}
    assert ask(database, charts["relays"]) == [{"outlet": "Radio Sund", "quotations": 1}]


def test_filter_offers_the_publications(database: Path) -> None:
    rows = ask(database, BOARD["filters"]["publication"]["query"])
    assert [row["publication"] for row in rows] == ["Skerrow Herald", "The Sund Ledger"]


def test_the_configuration_does_no_harm_and_is_used_where_the_plugin_is(database: Path) -> None:
    get = client(database)
    assert get("/").status_code == get("/quotes/quotes").status_code == 200
    board = get("/-/dashboards/quotes")
    if importlib.util.find_spec("datasette_dashboards"):
        assert board.status_code == 200
        for chart in BOARD["charts"].values():
            assert chart["title"] in board.text
    else:
        assert board.status_code == 404
