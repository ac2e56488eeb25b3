"""Taking names apart."""

import pytest

from quotes.names.normalise import name_id
from quotes.names.organisation import parse_organisation
from quotes.names.person import compatible, parse_person
from quotes.text.normalise import fold


@pytest.mark.parametrize(
    ("text", "given", "surname", "suffix"),
    [
        ("Ana Ruiz", ("ana",), "ruiz", ""),
        ("Sen. Robert C. “Bobby” Marsh Jr. (D-Va.)", ("robert", "c"), "marsh", "jr"),
        ("Treasury Secretary Jo Akande", ("jo",), "akande", ""),
        ("Prime Minister Lena Holm’s", ("lena",), "holm", ""),
        ("J.D. Okoro", ("j", "d"), "okoro", ""),
        ("JD Okoro", ("j", "d"), "okoro", ""),
        ("J.D.Okoro", ("j", "d"), "okoro", ""),
        ("José Peña", ("jose",), "pena", ""),
        ("Wang Lihua", ("lihua",), "wang", ""),
        ("Kim Jong-un", ("jongun",), "kim", ""),
        ("Kim Larsen", ("kim",), "larsen", ""),
        ("Chris Van Houten", ("chris",), "houten", ""),
        ("de Vries", (), "vries", ""),
        ("Van Morris", ("van",), "morris", ""),
        ("Dean Weller", ("dean",), "weller", ""),
        ("Jim Justice", ("jim",), "justice", ""),
        ("Mrs. Holt", (), "holt", ""),
        ("HOLT", (), "holt", ""),
        ("Paul Marsh III", ("paul",), "marsh", "iii"),
        ("Nora Marsh FRCP", ("nora",), "marsh", ""),
        ("NORA MARSH", ("nora",), "marsh", ""),
        ("Tan Sri Nora Marsh", ("nora",), "marsh", ""),
        ("Tan Wei Ling", ("tan", "wei"), "ling", ""),
        ("Dato' Azmi Karim", ("azmi",), "karim", ""),
    ],
)
def test_parts_of_a_persons_name(text: str, given: tuple[str, ...], surname: str, suffix: str) -> None:
    assert parse_person(text).form == (given, surname, suffix)


@pytest.mark.parametrize(
    "text", ["", " ", "’s", "...", "(D-Va.)", "“Tank”", "习近平", "\x00", "Mr.", "The", "-"]
)
def test_what_is_no_name_does_not_raise(text: str) -> None:
    parse_person(text)
    parse_organisation(text)
    name_id(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Eze SAN", "Ada Eze"),
        ("Ada Eze Pugh MS", "Ada Eze Pugh"),
        ("Ada Eze III", "Ada Eze III"),
        ("Emmanuel MACRON", "Emmanuel Macron"),
    ],
)
def test_letters_behind_a_name_are_capitals_behind_two_names(text: str, name: str) -> None:
    assert parse_person(text).display == name


def test_display_drops_titles_and_shouting() -> None:
    assert parse_person("Governor Dana Holt").display == "Dana Holt"
    assert parse_person("HOLT’S").display == "Holt"
    assert parse_person("Mr. Holt").gender == "he"
    assert parse_person("Senator Holt").titles == {"senator"}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("John Marsh", "J. Marsh", True),
        ("John Marsh", "John A. Marsh", True),
        ("John A. Marsh", "John B. Marsh", False),
        ("Bill Marsh", "William Marsh", True),
        ("Bill Marsh", "Robert Marsh", False),
        ("Bill Marsh", "Hillary Marsh", False),
        ("John Marsh", "John Marsh Jr.", False),
        ("J. Edgar Marsh", "Edgar Marsh", True),
        ("René Côté", "Rene Cote", True),
        ("John Marsh", "John Vance", False),
        ("Marsh", "John Marsh", False),
    ],
)
def test_names_that_can_be_one_persons(a: str, b: str, expected: bool) -> None:
    assert compatible(parse_person(a), parse_person(b)) is expected
    assert compatible(parse_person(b), parse_person(a)) is expected


def test_name_id_and_fold() -> None:
    assert name_id("François  O’Neill Jr.") == "francois-oneill-jr"
    assert name_id("“…”") == "speaker-201c-2026-201d"
    assert fold("Łukasz’s") == "lukasz"
