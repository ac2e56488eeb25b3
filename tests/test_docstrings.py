"""The examples in the docstrings of all modules do what they say."""

import doctest
import importlib
from pathlib import Path

import pytest
from support.paths import ROOT

LOADING = {"quotes", "quotes.api", "quotes.pipeline"}  # their examples load the model
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = sorted(
    module_name(path)
    for path in (ROOT / "quotes").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    "module", [pytest.param(name, marks=[pytest.mark.model] if name in LOADING else []) for name in MODULES]
)
def test_examples(module: str) -> None:
    found = importlib.import_module(module)
    # the package itself gets names while its examples run: only its own docstring is looked at
    tests = doctest.DocTestFinder(recurse=module != "quotes").find(found, module)
    results = [doctest.DocTestRunner(optionflags=FLAGS).run(test) for test in tests]
    assert sum(result.attempted for result in results)
    assert sum(result.failed for result in results) == 0


def test_there_are_examples() -> None:
    assert len(MODULES) > 20
