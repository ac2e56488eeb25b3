"""What the command line makes of the library's errors; and that the library itself knows no options."""

import ast
import re
from pathlib import Path

import pytest
from support.by_hand import ARTICLES, fill
from support.paths import ROOT

import quotes
from quotes.cli.error_text import error_text
from quotes.errors import Ambiguous, Choice, DatabaseError, InvalidCorrection, NotFound, QuotesError

BELOW = [path for path in (ROOT / "quotes").rglob("*.py") if "cli" not in path.relative_to(ROOT).parts]


def strings(path: Path) -> list[str]:
    """The texts of a module that are no docstrings and no regular expressions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.value)
        for parent in ast.walk(tree)
        if isinstance(parent, ast.Module | ast.ClassDef | ast.FunctionDef)
        for node in parent.body[:1]
        if isinstance(node, ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def test_only_the_command_line_speaks_of_options() -> None:
    assert len(BELOW) > 100
    option = re.compile(
        r"(?<![\w-])--(database|model|new|thoughts|force|speaker|nobody|called|article)(?![\w-])"
    )
    telling = [(path.name, text) for path in BELOW for text in strings(path) if option.search(text)]
    assert telling == []


def test_a_missing_database(tmp_path: Path) -> None:
    path = tmp_path / "gone.db"
    with pytest.raises(DatabaseError) as raised:
        quotes.open(path)
    error = raised.value
    assert (error.message, error.problem) == (f"There is no database {path}.", "missing")
    assert str(error) == f"There is no database {path}. Make it with quotes.extract()."
    assert error_text(error).endswith(f"or make it with:\n  quotes extract FOLDER --database {path}")


def test_a_name_that_nobody_and_one_that_several_have(tmp_path: Path) -> None:
    with quotes.open(tmp_path / "quotes.db", create=True) as store:
        fill(store, ARTICLES)
        with pytest.raises(NotFound, match="No speaker is called “Qqq”") as unknown:
            quotes.rename(store, "Qqq", "Q")
        with pytest.raises(Ambiguous) as several:
            quotes.rename(store, "o", "Q")
    assert unknown.value.kind == "speaker"
    assert error_text(unknown.value) == "No speaker is called “Qqq”. List them with: quotes speakers"
    choices = several.value.choices
    assert len(choices) > 1
    lines = error_text(several.value).splitlines()
    assert lines[0] == "“o” may be any of these. Give the id:"
    assert [line.split()[0] for line in lines[1:]] == [choice.id for choice in choices]


def test_more_choices_than_one_wants_to_read() -> None:
    choices = [Choice(f"li-{n}", "Li") for n in range(1012)]
    lines = error_text(Ambiguous("Many.", name="li", choices=choices)).splitlines()
    assert len(lines) == 12
    assert lines[-1] == "  and 1,002 more: quotes speakers li"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (NotFound("No such.", kind="correction"), "No such. Try: quotes corrections"),
        (NotFound("No such.", "Did you mean Ann?", kind="speaker"), "No such. Did you mean Ann?"),
        (InvalidCorrection("Not hers.", about="ann-okoro"), "Not hers. Try: quotes show ann-okoro"),
        (DatabaseError("Full.", problem="full"), "Full."),
        (QuotesError("So.", "Then."), "So. Then."),
    ],
)
def test_hints(error: QuotesError, text: str) -> None:
    assert error_text(error) == text
