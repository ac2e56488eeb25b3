"""Corrections as data: what one version writes every later one reads, with the same id."""

import json
from typing import Any

import pytest
from support.paths import DATA

from quotes.corrections.records import KINDS, read_correction
from quotes.errors import InvalidCorrection

# One of every kind, two of "assign", as `quotes corrections --nl` of version 0.1.0 wrote them.
WRITTEN = [json.loads(line) for line in (DATA / "corrections.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row["kind"])
def test_what_was_written_is_read_and_written_the_same(row: dict[str, Any]) -> None:
    correction = read_correction(row)
    assert type(correction) is KINDS[row["kind"]]
    assert json.dumps(correction.to_json("applied")) == json.dumps(row)
    assert correction.about_statements == ("statement" in row["kind"])
    assert {ref.quote for ref in correction.refs} == set(find(row["data"], "quote"))


def find(value: Any, key: str) -> list[str]:
    """The values of a key, anywhere in JSON."""
    if isinstance(value, list):
        return [text for item in value for text in find(item, key)]
    if isinstance(value, dict):
        return [value[key]] if key in value else find(list(value.values()), key)
    return []


def test_every_kind_was_written() -> None:
    assert {row["kind"] for row in WRITTEN} == set(KINDS)


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row["kind"])
def test_what_lacks_something_is_no_correction(row: dict[str, Any]) -> None:
    for lacking in (
        {**row, "data": {}},
        {**row, "kind": "marry"},
        {"kind": row["kind"]},
        {**row, "data": None},
    ):
        with pytest.raises(InvalidCorrection):
            read_correction(lacking)
    wrong = {"speakers": [{"id": "x", "name": "X", "type": "planet", "quotes": []}], "statements": [[], []]}
    for name in row["data"].keys() & wrong.keys():
        with pytest.raises(InvalidCorrection, match="it does not say all"):
            read_correction({**row, "data": {**row["data"], name: wrong[name]}})
