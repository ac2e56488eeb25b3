"""Paragraphs of hard-wrapped texts."""

from quotes.text.paragraphs import paragraphs

WRAPPED = (
    "The mill will close in May, the mayor of Aas told a full\n"
    "meeting in the old school on Monday, and nobody should\n"
    "hope that it opens again before the dam is repaired by\n"
    "the county. She said the town would look for another use\n"
    "of the house, and asked for patience."
)
ADDRESS = "https://example.org/" + "a-very-long-address/" * 8


def test_a_wrapped_paragraph_is_one() -> None:
    assert [WRAPPED[a:b] for a, b in paragraphs(WRAPPED)] == [WRAPPED]


def test_one_overlong_line_does_not_matter() -> None:
    text = f"{WRAPPED}\n{ADDRESS}\n\n{WRAPPED}"
    assert [text[a:b] for a, b in paragraphs(text)] == [WRAPPED, ADDRESS, WRAPPED]


def test_one_line_longer_than_the_wrap_is_not_its_width() -> None:
    link = "https://example.org/" + "a-long-address/" * 5
    text = f"{WRAPPED}\n{link}"
    assert len(link) < 130
    assert [text[a:b] for a, b in paragraphs(text)] == [WRAPPED, link]


def test_long_paragraphs_on_lines_of_their_own() -> None:
    text = "\n".join([*["A line that is long enough to be a paragraph of its own, and longer than any wrap, as in "
                        "most articles that come from the web, so that nothing is wrapped."] * 3, WRAPPED])  # fmt: skip
    assert len(paragraphs(text)) == 8
