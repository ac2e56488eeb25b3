"""Transcripts, and quotations with a dash and a name after them."""

import pytest
from support.by_layout import by_layout

from quotes.quotations.attribution import Attribution

TRANSCRIPT = """Mayor Ana Ruiz spoke to Kim Soto on Sunday.

SOTO: Will the bridge open in May?

RUIZ: It will. I have seen the plans.

And I trust the engineers.

(LAUGHTER.)

SOTO: Who pays for it?

RUIZ: We all do, of course.

The bridge was closed in 2019.
"""


def turns(text: str) -> list[tuple[str, str]]:
    found = by_layout(text)
    return [
        (text[slice(*one.source or (0, 0))], " | ".join(text[a:b] for a, b in one.content)) for one in found
    ]


def test_turns_of_a_transcript() -> None:
    assert turns(TRANSCRIPT) == [
        ("SOTO", "Will the bridge open in May?"),
        ("RUIZ", "It will. I have seen the plans. | And I trust the engineers."),
        ("SOTO", "Who pays for it?"),
        ("RUIZ", "We all do, of course."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ruiz: 1,203 votes.\nStern: 1,100 votes.\nRuiz: 80 seats.\nStern: 77 seats.",
        "Update: The bridge is closed.\n\nWarning: Use the ferry instead.\n\nUpdate: The ferry is late.",
        "Ruiz had one answer: it was too late. Stern had another: it was too early.",
    ],
)
def test_labels_that_are_no_turns(text: str) -> None:
    assert turns(text) == []


def test_what_is_found_inside_a_turn_with_its_own_cue_stays() -> None:
    text = TRANSCRIPT.replace("We all do, of course.", "The council says we all do.")
    start = text.index("we all do")
    inner = Attribution(((start, start + 9),), (start - 5, start - 1), (start - 17, start - 6))
    whole = Attribution(((text.index("It will"), text.index("And I")),))
    found = by_layout(text, [whole, inner])
    assert inner in found
    assert whole not in found


@pytest.mark.parametrize(
    ("after", "source"),
    [
        (" — Ana Ruiz, 61", "Ana Ruiz, 61"),
        (" -- Ana Ruiz.", "Ana Ruiz"),
        (" —\xa0Ana Ruiz", "Ana Ruiz"),
        ("\n― Ludwig van der Berg (Marl)", "Ludwig van der Berg (Marl)"),
        (" — The crowd dispersed.", None),
        (" — she said.", None),
        (" Ana Ruiz", None),
    ],
)
def test_a_signature(after: str, source: str | None) -> None:
    text = f"Here is what voters say:\n“It is my own business.”{after}\nMore tomorrow."
    start = text.index("“")
    found = [Attribution(((start, text.index("”") + 1),), source=(13, 19))]
    (one,) = by_layout(text, found, {"dispersed": "VBD"})
    assert text[slice(*one.source or (0, 0))] == (source or "voters")


def test_a_signature_takes_nothing_from_the_paragraph_before() -> None:
    text = "“We have won,” Ana Ruiz said.\n\n“They know nothing.”—Hugo Stern"
    first, last = (0, 14), (text.index("“They"), text.index("—"))
    one = Attribution((first, last), (text.index("said"), text.index("said") + 4), (15, 23))
    assert [(text[slice(*found.source or (0, 0))], found.content) for found in by_layout(text, [one])] == [
        ("Ana Ruiz", (first,)),
        ("Hugo Stern", (last,)),
    ]


def test_the_answers_of_an_interview() -> None:
    answers = [("", "It will. I have seen the plans. | And I trust the engineers."), ("", "We all do.")]
    assert turns(INTERVIEW) == answers
    assert turns("Q: Will you run? A: I will not. Q: Why? A: It is time.") == [
        ("", "I will not."),
        ("", "It is time."),
    ]
    assert turns("A. Smith came first.\nQ. Jones came last. A: nobody.") == []


INTERVIEW = """Mayor Ana Ruiz has led the town since 2019.

Q: Will the bridge open in May?

A: It will. I have seen the plans.

And I trust the engineers.

Q: Who pays for it?

A: We all do.

The interview was edited for length.
"""


def test_a_signed_paragraph_is_all_its_signers_words() -> None:
    text = "“The pier is ours. As my mother said, ‘A town is its pier.” I agree.” ― Ana Ruiz\n\nIt rained."
    parts = [text[: text.index(" As my")], text[text.index("I agree") : text.index(" ―")]]
    spans = [(text.index(part), text.index(part) + len(part)) for part in parts]
    found = by_layout(text, [Attribution((span,)) for span in spans])
    assert [(one.content, text[slice(*one.source or (0, 0))]) for one in found] == [
        (((0, text.index(" ―")),), "Ana Ruiz")
    ]


@pytest.mark.parametrize(
    ("before", "block"),
    [
        ("The mayor was asked about it on Monday. In a letter to the town, she wrote:", True),
        ("The mayor was asked about it on Monday. She added:", True),
        ("Read more:", False),
        ("The mayor was asked about it on Monday.", False),
        ("The mayor wrote three things:", True),
        ("She said no. There are two ways out:", False),
    ],
)
def test_a_paragraph_without_marks_that_a_verb_announces(before: str, block: bool) -> None:
    words = "The pier is ours. It was built by our grandparents, and we shall mend it."
    text = f"{before}\n\n{words}\n\nThe council meets in May."
    found = [text[a:b] for one in by_layout(text) for a, b in one.content]
    assert found == ([words] if block else [])


@pytest.mark.parametrize(
    "block", ["“The pier is ours.”", "– The pier is ours.", "Ana Ruiz: The pier is ours.", "42"]
)
def test_what_a_verb_announces_otherwise(block: str) -> None:
    assert by_layout(f"In a letter to the town, she wrote:\n\n{block}\n\nThe council meets in May.") == []


def test_a_list_whose_quotations_have_cues_of_their_own_is_no_block() -> None:
    words = "Ida Moe, the pilot, said, “The pier is ours.”"
    text = f"Here is what they wrote:\n\n{words}\n\nThe council meets in May."
    spans = [
        (text.index(part), text.index(part) + len(part))
        for part in ("“The pier is ours.”", "said", "Ida Moe")
    ]
    own = Attribution((spans[0],), spans[1], spans[2])
    assert by_layout(text, [own]) == [own]


def test_what_stands_outside_a_block_stays() -> None:
    block = "The pier is ours, I mean, that is the message."
    text = f"Ruiz added:\n\n{block}\n\nStern told the Post, “We are content with the pier.”"
    spans = [(text.index(part), text.index(part) + len(part)) for part in ("that is the message", "“We are")]
    cue = (text.index("told"), text.index("told") + 4)
    found = by_layout(text, [Attribution((spans[0], (spans[1][0], len(text))), cue)])
    assert [[text[a:b] for a, b in one.content] for one in found] == [
        [block],
        ["“We are content with the pier.”"],
    ]
