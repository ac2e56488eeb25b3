"""Given names: whose they are, and what they are short for."""

import runpy
from pathlib import Path

import pytest

from quotes.lexicon.given_names import formal_names, given_gender, is_given_name, is_known_given_name
from quotes.lexicon.words import entries, word_map

SCRIPT = Path(__file__).parents[2] / "training" / "lexicon.py"


@pytest.mark.parametrize(
    ("name", "pronoun"),
    [
        ("aaron", "he"),
        ("ali", "he"),
        ("carol", "she"),
        ("giulia", "she"),
        ("jorg", "he"),
        ("liz", "she"),
        ("tasha", "she"),
        ("vinnie", "he"),
        ("jan", None),
        ("dana", None),
        ("lindsey", None),
        ("pat", None),
        ("zaphod", None),
    ],
)
def test_whose_a_given_name_is(name: str, pronoun: str | None) -> None:
    assert given_gender(name) == pronoun


def test_the_own_list_wins() -> None:
    for name, (sex, *_) in word_map("own_given_names").items():
        assert word_map("given_names")[name] == (sex,)


def test_a_surname_is_no_given_name_when_it_stands_alone() -> None:
    assert is_given_name("bill")
    for surname in ("blair", "lindsay", "grant", "clinton"):
        assert not is_given_name(surname)
    assert is_known_given_name("blair")


def test_short_forms() -> None:
    assert formal_names("theo") == {"theo", "theodore"}
    assert "margaret" in formal_names("peggy")
    assert formal_names("melchizedek") == {"melchizedek"}


@pytest.mark.parametrize(
    ("a", "b"),
    [("dick", "melchizedek"), ("aaron", "erin"), ("ann", "nancy"), ("george", "jorge"), ("gary", "garrett")],
)
def test_names_that_only_genealogists_tie(a: str, b: str) -> None:
    assert formal_names(a).isdisjoint(formal_names(b))


def test_short_forms_are_names_of_one_word_and_not_of_themselves() -> None:
    for name, shorts in word_map("nicknames").items():
        assert name not in shorts
        assert all(part.isalpha() for part in (name, *shorts))
        assert list(shorts) == sorted(set(shorts))


def test_the_lists_are_what_the_script_makes() -> None:
    """After an edit of own_given_names.txt: python training/lexicon.py"""
    pytest.importorskip("lemminflect")
    pytest.importorskip("nicknames")
    script = runpy.run_path(str(SCRIPT))
    for name, made in (("given_names", script["given_names"]()), ("nicknames", script["nicknames"]())):
        assert entries(name) == script["text_of"]("", made.items()).splitlines()
