"""The examples in the docstrings of ``quotes.names`` do what they say."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["normalise", "organisation", "person", "suggestions"])
def test_examples_in_docstrings(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"quotes.names.{module}")).failed == 0
