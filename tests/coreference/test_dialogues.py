"""Who speaks where two people talk, and as whom labels and parted names are shown."""

import pytest

import quotes


def spoken(text: str) -> dict[str, str | None]:
    return {
        quote.text.strip("“”"): quote.speaker.name if quote.speaker else None for quote in quotes.find(text)
    }


def test_the_line_behind_a_dash_is_not_by_who_spoke_in_the_one_above() -> None:
    text = "– The nets are dry, said Olav Brun.\n– And the boat? asked Arne Moe.\n– Not yet, he answered."
    assert spoken(text)["Not yet"] == "Olav Brun"


def test_paragraphs_without_a_clause_of_two_who_ask_and_answer() -> None:
    text = "“Who is it?” the porter asked.\n\n“The plumber,” Vera Lind said.\n\n“Tools?”\n\n“In the van.”"
    assert spoken(text) == {
        "Who is it?": "the porter", "The plumber,": "Vera Lind", "Tools?": "the porter", "In the van.": "Vera Lind"
    }  # fmt: skip


def test_who_calls_behind_the_marks() -> None:
    assert spoken("“Down here!” called Ruth Ames, waving.") == {"Down here!": "Ruth Ames"}


@pytest.mark.parametrize("name", ["Dev Mehta", "Uma Pillai", "Tan Yew"])
def test_a_name_that_the_recogniser_parts(name: str) -> None:
    assert spoken(f"Councillor {name} said the drains were blocked.") == {"the drains were blocked": name}


def test_a_saying_speaks_for_nobody() -> None:
    text = "“We never tire of it,” said Ida Brook. As the adage has it, “practice makes perfect”."
    assert spoken(text)["practice makes perfect"] is None


def test_initials_are_labels_from_the_first_turn() -> None:
    text = "Novelist Inga Falk talks to Rob Sole.\n\nRS: Why blue?\n\nIF: The sea is blue."
    assert spoken(text) == {"Why blue?": "Rob Sole", "The sea is blue.": "Inga Falk"}
