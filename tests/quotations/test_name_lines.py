"""Names before and behind quotations, posts, and lines that belong to the page."""

import pytest
from support.by_layout import by_layout

from quotes.quotations.attribution import Attribution


def named(text: str, attributions: list[Attribution] | None = None) -> list[tuple[str, str]]:
    found = by_layout(text, attributions or [])
    return [(text[slice(*one.content[0])], text[slice(*one.source or (0, 0))]) for one in found]


@pytest.mark.parametrize(
    ("label", "source"),
    [
        ("Harbour master Ada Moe: ", "Harbour master Ada Moe"),
        ("Moe & Lie AG: ", "Moe & Lie AG"),
        ("The pilots: ", "The pilots"),
        ("Ada Moe, pilot — ", "Ada Moe, pilot"),
        ("2. Ada Moe -- ", "Ada Moe"),
        ("Moe’s one-word answer: ", "Moe"),
    ],
)
def test_a_name_before_a_quotation(label: str, source: str) -> None:
    assert named(f"{label}“The quay is ours.”\nThe ferry left.") == [("“The quay is ours.”", source)]


@pytest.mark.parametrize("label", ["Moe said: ", "The answer: ", "read more: "])
def test_what_is_no_name_before_a_quotation(label: str) -> None:
    assert named(f"{label}“The quay is ours.”") == []


def test_a_cue_of_its_own_goes_before() -> None:
    text = "The pilots: “It is ours,” Moe said, “all of it.”"
    own = Attribution(((12, 25),), (30, 34), (26, 29))
    assert named(text, [own]) == [("“It is ours,”", "Moe")]


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (
            "The quay is ours. https://t.co/x1\n— Ada Moe (@adamoe) May 3, 2024",
            ("The quay is ours.", "Ada Moe"),
        ),
        (
            "The quay is ours. pic.twitter.com/x — Ada Moe (@adamoe) 3 May 2024",
            ("The quay is ours.", "Ada Moe"),
        ),
        ("Ada Moe (@adamoe): The quay is ours.", ("The quay is ours.", "Ada Moe")),
    ],
)
def test_a_post(text: str, post: tuple[str, str]) -> None:
    assert named(f"The mayor wrote at noon.\n\n{text}\n\nThe ferry left.") == [post]


def test_a_role_before_the_name_behind_a_quotation() -> None:
    text = 'Two voices:\n\n1. "The quay is ours" – pilot Ada Moe\n2. "It is not" – Per Lie'
    quotations = [
        Attribution(((at, text.index('"', at + 1) + 1),)) for at in (text.index('"The'), text.index('"It'))
    ]
    assert named(text, quotations) == [('"The quay is ours"', "Ada Moe"), ('"It is not"', "Per Lie")]


@pytest.mark.parametrize("label", ["READ MORE: ", "Also read: ", "Photo: ", "(Photo credit: ", "Related | "])
def test_lines_of_the_page_are_no_quotations(label: str) -> None:
    text = f"The ferry left.\n\n{label}“The quay is ours,” says Ada Moe\n\nIt came back."
    start = text.index("“")
    inside = Attribution(((start, text.index("”") + 1),), (text.index("says"), text.index(" Ada")))
    assert named(text, [inside]) == []
