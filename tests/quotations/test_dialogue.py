"""Dialogue with a dash before each speaker's words."""

import pytest

from quotes.quotations.dialogue import dashed_dialogue
from quotes.text.paragraphs import paragraphs


def told(text: str) -> list[tuple[str, str, str]]:
    return [
        (
            " | ".join(text[a:b] for a, b in one.content),
            text[slice(*one.cue or (0, 0))],
            text[slice(*one.source or (0, 0))],
        )
        for one in dashed_dialogue(text, paragraphs(text))
    ]


@pytest.mark.parametrize("dash", ["– ", "— ", "—", "- ", "-- "])
def test_turns(dash: str) -> None:
    turns = ("The quay is ours, said Ada Moe.", "And the boats? Per Lie asked.", "Never, she replied.")
    text = "\n".join(dash + turn for turn in turns) + f" {dash}Not one."
    assert told(text) == [
        ("The quay is ours", "said", "Ada Moe"),
        ("And the boats?", "asked", "Per Lie"),
        ("Never | Not one.", "replied", "she"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "– bread, milk\n– salt\n– tea, said to be good",
        "– The quay is ours, said Ada Moe.\nThe ferry left.",
        "- The quay opens at nine.\n- The ferry leaves at ten.",
        "– “Ours,” said Ada Moe.\n– “Never,” said Per Lie.",
        "- Two boats sank, the pilots said.\n- It was dark, officials said.\n- “I saw it,” said Per Lie.",
        "- Two boats sank, according to the pilots.\n- It was dark, officials said.",
    ],
)
def test_lines_that_are_no_dialogue(text: str) -> None:
    assert told(text) == []
