"""The thresholds of the room: each has a reader, a unit and a word on how it was set."""

import re
from dataclasses import FrozenInstanceError, fields

import pytest
from support.paths import ROOT

from quotes.quotations.settings import SETTINGS, Settings

ROOM = ROOT / "quotes" / "quotations"
SOURCE = (ROOM / "settings.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_each_threshold_has_a_reader_and_a_reason(name: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    assert f"SETTINGS.{name}" in code
    [comment] = re.findall(rf"((?:    # .*\n)*)    {name}: .*?(  # .*)?\n", SOURCE)
    assert re.search(r"\b(dev|sentences|fitted)\b", "".join(comment))


def test_they_do_not_change_while_a_program_runs() -> None:
    with pytest.raises(FrozenInstanceError):
        SETTINGS.quoted_share = 0.9  # type: ignore[misc]
