"""The tables of docs/python.md name what there is: the fields of the data classes, options, and methods of Store."""

import dataclasses
import inspect
import re

import pytest
from support.paths import ROOT

import quotes
from quotes import types as data
from quotes.store.database import Store
from quotes.store.search import Filters

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
CLASSES = {name: one for name, one in vars(data).items() if dataclasses.is_dataclass(one)}


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_field_of_a_data_class_is_there(name: str) -> None:
    [row] = re.findall(rf"^\| `{name}` \|(.*)\|$", PAGE, re.M)
    fields = {field.name for field in dataclasses.fields(CLASSES[name])}
    assert fields <= set(re.findall(r"`(\w+)`", row))


def test_the_options_of_load_are_those_of_the_table() -> None:
    table = PAGE.partition("| `quotes.load(...)` | |")[2].partition("\n\n")[0]
    listed = dict(re.findall(r"^\| `(\w+)=(\S+)` \|", table, re.M))
    options = inspect.signature(quotes.load).parameters.values()
    assert listed == {one.name: repr(one.default).replace("'", '"') for one in options}


def test_the_methods_of_store_and_its_filters_are_there() -> None:
    table = PAGE.partition("| `Store` | returns |")[2].partition("\n\n")[0]
    methods = re.findall(r"^\| `(\w+)\(", table, re.M)
    assert len(methods) > 5
    assert [name for name in methods if not callable(getattr(Store, name, None))] == []
    [filters] = re.findall(r"^The filters: (.*)$", PAGE, re.M)
    assert set(re.findall(r"`(\w+)`", filters)) == set(Filters.__annotations__)
