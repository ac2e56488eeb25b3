"""import quotes: what it offers, that it is quick, and that the old places answer."""

import ast
import importlib
import os
import pickle
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from support.paths import ROOT

import quotes
from quotes import errors

HEAVY = {
    "spacy",
    "numpy",
    "onnxruntime",
    "coreferee",
    "sqlite3",
    "sqlite_utils",
    "typer",
    "datasette",
    "logging",
    "pyarrow",
    "ray",
}
INIT = ROOT / "quotes" / "__init__.py"


def python(code: str) -> str:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout


def test_importing_the_package_imports_nothing_heavy() -> None:
    before, after = python("import sys; print(*sys.modules)\nimport quotes; print(*sys.modules)").splitlines()
    new = set(after.split()) - set(before.split())
    assert {name for name in new if name.startswith("quotes")} == {"quotes", "quotes.about"}
    assert not HEAVY & new
    assert len(new) < 60, sorted(new)


@pytest.mark.parametrize("module", quotes._MODULES)
def test_every_public_name_is_there_alone(module: str) -> None:
    """A new process for each module: none depends on what another has imported."""
    names = quotes._MODULES[module].replace(" ", ", ")
    assert python(f"from quotes import {names}; print(None in [{names}])") == "False\n"


def test_names_are_listed_and_known_to_type_checkers() -> None:
    assert set(quotes.__all__) <= set(dir(quotes))
    assert quotes.__all__ == sorted(quotes.__all__, key=lambda name: (not name.isupper(), name))
    block = next(node for node in ast.parse(INIT.read_text()).body if isinstance(node, ast.If))
    typed = {
        f"{node.module}.{alias.name}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    lazy = {f"{module}.{name}" for name, module in quotes._PLACES.items()}
    assert typed == lazy | {"quotes.distributed", "quotes.errors"}
    assert {name.rpartition(".")[2] for name in typed} == set(quotes.__all__) - {"__version__"}
    assert (ROOT / "quotes" / "py.typed").exists()


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(
        AttributeError, match=r"'quotes' has no attribute 'quote'; it offers SCHEMA, Article, .*undo"
    ):
        quotes.quote  # noqa: B018


def test_the_version_is_written_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "version" in project["dynamic"]
    holders = [
        path
        for path in (ROOT / "quotes").rglob("*.py")
        if re.search(r"^__version__ =", path.read_text(), re.M)
    ]
    assert holders == [ROOT / "quotes" / "about.py"]


def test_python_m_quotes_is_the_command() -> None:
    command = [sys.executable, "-m", "quotes", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == f"quotes {quotes.__version__}\n"


OLD = {
    "quotes.data.Quote": "quotes.Quote",
    "quotes.data.Speaker": "quotes.Speaker",
    "quotes.data.Attribution": "quotes.AttributionMethod",
    "quotes.store.Store": "quotes.Store",
    "quotes.articles.read_articles": "quotes.read_articles",
    "quotes.articles.Failure": "quotes.Failure",
    "quotes.corrections.Correction": "quotes.Correction",
    "quotes.corrections.read_correction": "quotes.corrections.records.read_correction",
    "quotes.evaluation.Figures": "quotes.evaluation.metrics.Figures",
    "quotes.evaluation.measure": "quotes.evaluation.metrics.measure",
    "quotes.extraction.predict": "quotes.evaluation.predict.predict",
    "quotes.cli.app": "quotes.cli.main.app",
}


def at(place: str) -> object:
    module, _, name = place.rpartition(".")
    return getattr(importlib.import_module(module), name)


@pytest.mark.parametrize("old", OLD)
def test_an_old_place_answers_and_tells_the_new_one(old: str) -> None:
    with pytest.warns(DeprecationWarning, match=f"{re.escape(old)} is now {re.escape(OLD[old])};") as warned:
        value = at(old)
    assert value is at(OLD[old])
    assert warned[0].filename == __file__  # where the old name is written, not in the package


def test_an_old_import_statement_is_what_the_warning_points_to(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text(
        "from quotes.store import Store\nfrom quotes.data import Article, Quote\nprint(Store.__name__)\n"
    )
    command = [sys.executable, "-W", "always", script]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.stdout == "Store\n", done.stderr
    for line in (
        "mine.py:1: DeprecationWarning: quotes.store.Store",
        "mine.py:2: DeprecationWarning: quotes.data.Quote",
    ):
        assert line in done.stderr


def test_the_old_name_of_a_field_answers() -> None:
    statement = quotes.Statement("s", None, "We waited", ("q", "r"), inferred=("r",))
    with pytest.warns(DeprecationWarning, match=r"Statement\.inferred"):
        assert statement.lent == ("r",)


def test_a_name_that_was_nowhere_is_nowhere() -> None:
    with pytest.raises(AttributeError, match=r"module 'quotes\.store' has no attribute 'Stor'"):
        at("quotes.store.Stor")


@pytest.mark.parametrize(
    "error",
    [
        errors.NotFound("No such speaker.", "List them.", kind="speaker"),
        errors.Ambiguous("Two have it.", choices=[errors.Choice("a", "A"), errors.Choice("b")]),
        errors.DatabaseError("It is locked.", problem="locked"),
        errors.Unreadable("is empty"),
        errors.PipelineError("There is no pipeline.", "Install it."),
        errors.InvalidCorrection("These are one."),
    ],
)
def test_errors_have_parts_and_travel_between_processes(error: errors.QuotesError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(error, errors.QuotesError)
    assert (type(again), vars(again), str(again)) == (type(error), vars(error), str(error))
    assert str(error) == " ".join(filter(None, [error.message, error.hint]))
