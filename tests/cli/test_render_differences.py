"""How a wording that differs is printed."""

import pytest

from quotes.cli.render_quotations import difference_text
from quotes.cli.terminal import painter, wrap
from quotes.text.word_diff import compare, diff


@pytest.mark.parametrize(
    ("entry", "variant", "plain"),
    [
        ("We will never, ever leave.", "We will … leave.", "We will [-never, ever-] … leave."),
        ("They knew since 2019.", "[The council] knew since 2019.", "[The council] knew since 2019."),
        ("I expect an agreement", "he expected an agreement", "{+he expected+} an agreement"),
        ("One two three", "One two three", "One two three"),
    ],
)
def test_differences_are_readable_without_colour(entry: str, variant: str, plain: str) -> None:
    text, marks = difference_text(diff(entry, variant))
    assert wrap(text, 200, painter(False), marks) == [plain]


def test_colour_marks_the_same_words() -> None:
    text, marks = difference_text(diff("We will never leave", "We will leave"))
    assert wrap(text, 200, painter(True), marks) == ["We will \x1b[9;31mnever\x1b[0m leave"]


def test_much_that_is_left_out_is_counted() -> None:
    entry = "We start. " + "word " * 30 + "We end."
    text, _ = difference_text(compare(entry, "We start. We end.").pieces)
    assert text == "We start. … 30 words left out … We end."


def test_what_has_little_in_common_is_not_marked() -> None:
    found = compare("The bridge is closed.", "Nobody may cross the river there until spring")
    assert (found.kind, found.pieces) == (
        "paraphrase",
        [("equal", "Nobody may cross the river there until spring")],
    )
