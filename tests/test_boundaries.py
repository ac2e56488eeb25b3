"""What marks and paragraphs say about where a content begins and ends."""

from quotes.attribution import Attribution
from quotes.boundaries import adjust


def contents(text: str, *parts: str) -> list[list[str]]:
    """The contents after ``adjust`` of one attribution whose content is ``parts``, with its cue "said"."""
    spans = tuple((text.index(part), text.index(part) + len(part)) for part in parts)
    cue = (text.index("said"), text.index("said") + 4)
    return [[text[a:b] for a, b in one.content] for one in adjust(text, [Attribution(spans, cue)])]


def test_a_mark_left_open_does_not_reach_into_the_next_paragraph() -> None:
    text = "Lim said: “First we dig.\nThe work began in May."
    assert contents(text, text[10:]) == [["“First we dig."]]


def test_a_quotation_that_opens_again_goes_on() -> None:
    text = "Lim said: “First we dig.\n\n“Then we fill it again.”"
    assert contents(text, text[10:]) == [["“First we dig.", "“Then we fill it again.”"]]


def test_reported_speech_ends_with_its_paragraph() -> None:
    text = "Lim said that the work was done\n\nThe river rose."
    assert contents(text, "that the work was done\n\nThe river rose") == [["that the work was done"]]


def test_a_hard_wrapped_line_is_no_end() -> None:
    text = (
        "The harbour master of the town of Lund, Ole Lim, said that the work was\n"
        "done and that the ships of the ferry company would be back in the port\n"
        "before the summer, when the tourists and their cars are waiting on the\n"
        "quays of the harbour, as they have done in all the years that one can\n"
        "remember, and that nobody should worry.\n"
    )
    content = text[text.index("that the work") : text.index(", and that nobody")]
    assert contents(text, content) == [[content]]
