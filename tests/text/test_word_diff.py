"""How two wordings of one statement differ."""

import pytest

from quotes.text.word_diff import compare, diff


@pytest.mark.parametrize(
    ("entry", "variant", "expected"),
    [
        ("It is safe.", "It is safe.", [("equal", "It is safe.")]),
        ("“It’s safe,”", "It's safe.", [("equal", "It's safe.")]),
        (
            "We will never, ever leave.",
            "We will … leave",
            [("equal", "We will "), ("left_out", "never, ever "), ("added", "… "), ("equal", "leave")],
        ),
        (
            "They knew since 2019.",
            "[The council] knew since 2019.",
            [("bracket", "[The council] "), ("equal", "knew since 2019.")],
        ),
        (
            "I expect an agreement",
            "he expected an agreement soon",
            [("changed", "he expected "), ("equal", "an agreement "), ("added", "soon")],
        ),
        ("We came, we saw", "we saw", [("left_out", "We came, "), ("equal", "we saw")]),
        ("", "new words", [("added", "new words")]),
        ("old words", "", [("left_out", "old words")]),
        ("", "", []),
    ],
)
def test_pieces(entry: str, variant: str, expected: list[tuple[str, str]]) -> None:
    assert diff(entry, variant) == expected


@pytest.mark.parametrize(
    ("entry", "variant"),
    [
        ("(Talks went on) all day yesterday, and I expect (them) all day.", "Talks went on all day … [them]"),
        ("  spaces \n and lines ", " and   lines  "),
        ("a [b c] d", "[ unclosed ( marks"),
        ("one", "… ... [ ] ( )"),
    ],
)
def test_the_variant_can_be_read_off_its_pieces(entry: str, variant: str) -> None:
    assert "".join(text for op, text in diff(entry, variant) if op != "left_out") == variant


def test_that_which_ties_words_to_a_cue_is_no_difference() -> None:
    entry = "the ferry was late and that nobody was told"
    assert compare(entry, "that the ferry was late and nobody was told").kind == "same"
    pieces = compare(entry, "the ferry was late and that crew was told").pieces
    assert ("changed", "crew ") in pieces
    assert any(op == "changed" for op, _ in compare("We sold the boat now", "We sold that boat now").pieces)
