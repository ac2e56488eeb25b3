"""docs/python.md: its generated blocks are up to date, and it has an entry for every public name."""

import re
import sys

from support.paths import ROOT

import quotes
from quotes.store.search_sql import Filters

sys.path.insert(0, str(ROOT / "docs"))

import reference

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
ELSEWHERE = {"Figures", "SCHEMA", "__version__", "errors"}  # in the text, and class by class


def test_the_reference_is_what_the_code_says() -> None:
    assert reference.page() == PAGE, "run python docs/reference.py"


def test_every_public_name_has_an_entry() -> None:
    assert len(reference.names()) == len(set(reference.names()))
    entries = {name.partition(".")[0] for name in reference.names()}
    assert entries | ELSEWHERE == set(quotes.__all__)
    assert {name for name in reference.names() if name.startswith("errors.")} == set(
        reference.public_errors()
    )


def test_every_entry_says_something() -> None:
    assert "() ->" not in PAGE.replace("counts() ->", "").replace("export() ->", "").replace(
        "corrections() ->", ""
    )
    assert not re.search(r"^```\n\n\n", PAGE, re.M)


def test_the_filters_are_there() -> None:
    listed = PAGE.partition("The filters of")[2].partition("`store.db`")[0].partition(":")[2]
    assert set(re.findall(r"`(\w+)`", listed)) == set(Filters.__annotations__)
