"""Characters that steer a terminal or turn the direction of writing."""

import re
import sys
import unicodedata

import pytest

from quotes.text.sanitise import clean, clean_for_terminal

STEERING = [
    char
    for char in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(char) == "Cc" and char not in "\t\n\r"
] + ["\u061c", "\u200e", "\u200f", *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]


@pytest.mark.parametrize("cleaning", [clean, clean_for_terminal])
def test_every_steering_character_is_replaced_one_for_one(cleaning) -> None:
    hostile = "a".join(STEERING)
    shown = cleaning(hostile)
    assert len(shown) == len(hostile)
    assert not set(shown) & set(STEERING)


def test_what_is_harmless_stays() -> None:
    harmless = "Émile “Zola”\n\t東 🐟 a\u200db \u00ad שלום"
    assert clean(harmless) == harmless


def test_control_characters_are_shown_by_their_pictures() -> None:
    assert clean("\x00\x1b[2J\x7f") == "␀␛[2J␡"


def test_a_line_for_a_terminal_has_spaces_for_tabs_and_carriage_returns() -> None:
    assert clean_for_terminal("one\ttwo\r\nthree") == "one two \nthree"
    assert not re.search(r"[\t\r]", clean_for_terminal("\t\r"))
