"""What is told about the embedded model."""

import json
import re

from support.commands import run
from support.paths import ROOT

from quotes.integrity import data_files


def test_it_names_every_file_and_says_that_it_is_intact() -> None:
    told = json.loads(run("model", "info", "--json").stdout)
    assert len(told["files"]) == len(list(data_files()))
    assert all(file["intact"] for file in told["files"])
    lines = run("model", "info").stdout
    assert all(file["file"] in lines for file in told["files"])
    assert all(source["url"] in lines for source in told["sources"])


def test_the_page_of_licences_has_the_same_sources() -> None:
    told = json.loads(run("model", "info", "--json").stdout)
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(.+)\]\((.+)\) \| (.+) \| (.+) \|$", page, re.M)
    assert rows == [(one["name"], one["url"], one["used_for"], one["licence"]) for one in told["sources"]]
