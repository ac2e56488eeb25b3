"""What marks and paragraphs say about where a content begins and ends."""

from quotes.quotations.attribution import Attribution
from quotes.quotations.boundaries import align_with_marks


def contents(text: str, *parts: str) -> list[list[str]]:
    """The contents after ``align_with_marks`` of one attribution whose content is ``parts``, with its cue "said"."""
    spans = tuple((text.index(part), text.index(part) + len(part)) for part in parts)
    cue = (text.index("said"), text.index("said") + 4)
    return [[text[a:b] for a, b in one.content] for one in align_with_marks(text, [Attribution(spans, cue)])]


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


def test_bare_words_after_a_closed_sentence_are_no_content() -> None:
    text = "“Get off the ice,” he said, until the bell rang, and “Get off the ice,” until it sank."
    assert contents(text, "“Get off the ice,” until it sank") == [["“Get off the ice,”"]]
    text = "“It will hold,” Lim said of the dam on the Arve."
    assert contents(text, "“It will hold,”", "of the dam on the Arve") == [["“It will hold,”"]]


def test_a_title_closes_in_the_middle_of_a_sentence() -> None:
    text = "“The Long Way Home,” a film about the ferries, was the best of the year, Lim said."
    whole = text[: text.index(", Lim")]
    assert contents(text, whole) == [[whole]]


def test_what_a_colon_announces_is_said_for_itself() -> None:
    text = "The ferry won't sail again before June, Lim said: “We have no captain.”"
    parts = ["The ferry won't sail again before June", "“We have no captain.”"]
    assert contents(text, *parts) == [parts[:1], parts[1:]]
    text = "As for the ferry, Lim said, “it has no captain.”"
    parts = ["As for the ferry", "“it has no captain.”"]
    assert contents(text, *parts) == [parts]


def test_parts_of_one_quotation_belong_together() -> None:
    text = "Lim said: “First we dig. It takes a year or more. Then we fill it again.”"
    cue = (4, 8)
    first, last = text.index("“First"), text.index("Then")
    found = align_with_marks(
        text, [Attribution(((first, text.index(" It takes")),), cue), Attribution(((last, len(text)),))]
    )
    assert [(one.cue, one.content) for one in found] == [(cue, ((first, len(text)),))]


def test_a_title_without_a_cue_is_no_quotation() -> None:
    text = "The Ferry Papers\n\n“The Long Way Home”\n\nIt rained.\n\n“I have lost my way home.”\n\nThe end."
    spans = [(text.index(part), text.index(part) + len(part)) for part in text.split("\n\n")[1:4:2]]
    found = align_with_marks(text, [Attribution((span,)) for span in spans])
    assert [one.content for one in found] == [(spans[1],)]


def test_whom_an_outlet_has_it_from_is_no_content() -> None:
    text = "CNN reported the talks, citing two people close to Lim. Others cited the weather."
    cites = [(text.index(word), text.index(word) + len(word)) for word in ("citing", "cited")]
    parts = ["two people close to Lim", "the weather"]
    found = [
        Attribution(((text.index(part), text.index(part) + len(part)),), cue)
        for part, cue in zip(parts, cites, strict=True)
    ]
    assert [text[slice(*one.content[0])] for one in align_with_marks(text, found)] == ["the weather"]


def test_a_heading_in_marks_is_no_quotation() -> None:
    text = "It rained all day.\n\n‘Betrayed’\n\nThe ferry stayed in port.\n\n“Betrayed.”\n\nThe end."
    spans = [(text.index(part), text.index(part) + len(part)) for part in ("‘Betrayed’", "“Betrayed.”")]
    found = align_with_marks(text, [Attribution((span,)) for span in spans])
    assert [one.content for one in found] == [(spans[1],)]


def test_the_title_of_a_book_is_no_content() -> None:
    text = "In his 2002 book, “The Long Way Home,” Lim said that ferries were slow."
    assert contents(text, "“The Long Way Home,”") == []


def test_a_sentence_in_marks_is_no_part_of_the_source() -> None:
    text = '"Where is the threat?" said Sen. Ana Ruiz, D-Va. "Show us." Joe "Big" Lim left.'
    span = (text.index("Sen."), text.index(" Joe"))
    [found] = align_with_marks(text, [Attribution(((0, 22),), (23, 27), span)])
    assert found.source is not None
    assert text[slice(*found.source)] == "Sen. Ana Ruiz, D-Va"
    assert [text[a:b] for a, b in found.content] == ['"Where is the threat?"', '"Show us."']


def test_a_nickname_is_part_of_the_source() -> None:
    text = '"Where is the threat?" said Joe "Big" Lim.'
    [found] = align_with_marks(text, [Attribution(((0, 22),), (23, 27), (28, 41))])
    assert found.source == (28, 41)


def test_of_two_contents_only_the_title_of_a_book_goes() -> None:
    text = "In his book, “Save a Million,” Moe suggested looking at old bills."
    whole = Attribution(((13, 30), (45, 65)), (35, 44))
    [kept] = align_with_marks(text, [whole])
    assert [text[slice(*span)] for span in kept.content] == ["looking at old bills"]
