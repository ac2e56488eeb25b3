"""Transcripts and interviews in the layouts that they come in."""

import pytest
from support.by_layout import by_layout

from quotes.quotations.attribution import Attribution
from quotes.quotations.interviews import unlabelled_answers
from quotes.quotations.transcripts import transcript_turns
from quotes.text.paragraphs import paragraphs

LABELS = {
    "times": ("[00:01:03] Ada Moe: ", "[00:01:09] Per Lie: "),
    "times without brackets": ("1:03 Ada Moe: ", "1:09 Per Lie: "),
    "chevrons": (">> ADA MOE: ", ">> PER LIE: "),
    "roles": ("ADA MOE, HARBOUR ANCHOR: ", "PER LIE, PILOT (ph): "),
    "asides": ("MOE (voice-over): ", "LIE (interrupting): "),
    "titles": ("MAYOR MOE: ", "Mr. LIE: "),
    "record": ("Ms. MOE of Vale. ", "Mr. LIE (during the vote). "),
}
TURNS = ("The quay is closed today.", "Who closed it?", "The wind did that.", "It will blow on.")


@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_labels_of_turns(labels: tuple[str, str], gap: str) -> None:
    text = gap.join(labels[number % 2] + turn for number, turn in enumerate(TURNS))
    found = by_layout(text)
    assert [text[slice(*one.content[0])] for one in found] == list(TURNS)
    names = [text[slice(*one.source or (0, 0))] for one in found]
    assert names[:2] == names[2:]
    assert all(name and name in label for name, label in zip(names, labels, strict=False))


@pytest.mark.parametrize("line", ["Ada Moe -- Harbour Master", "Ada Moe (1:03)", "Ada Moe  1:03"])
def test_names_on_lines_of_their_own(line: str) -> None:
    other = line.replace("Ada Moe", "Per Lie").replace("Harbour Master", "Chief Pilot")
    text = "\n".join(f"{(line, other)[number % 2]}\n{turn}" for number, turn in enumerate(TURNS))
    found = by_layout(text)
    assert [text[slice(*one.content[0])] for one in found] == list(TURNS)
    assert [text[slice(*one.source or (0, 0))] for one in found] == ["Ada Moe", "Per Lie"] * 2


@pytest.mark.parametrize("question", ["Q   ", "Q. ", "Q: ", "QUESTION: "])
def test_questions_are_not_quoted_where_a_name_answers(question: str) -> None:
    text = f"{question}Will it blow on?\n\nTHE PILOT: Yes, it will.\n\n{question}Why?\n\nTHE PILOT: Ask the wind."
    inside = Attribution(((text.index("Will"), text.index("\n")),), (0, 1))
    found = by_layout(text, [inside])
    assert [text[slice(*one.content[0])] for one in found] == ["Yes, it will.", "Ask the wind."]


def test_who_holds_an_office_is_named_behind_it() -> None:
    text = (
        "Hon. A. Moe: The quay is a disgrace.\n\nThe Minister for Ports (Dr. B. Lie): Repairs begin on Monday.\n\n"
        "Hon. A. Moe: Which Monday?\n\nThe Minister for Ports (Dr. B. Lie): The next one."
    )
    turns = transcript_turns(text, paragraphs(text))
    assert [text[slice(*turn.source or (0, 0))] for turn in turns] == ["Hon. A. Moe", "Dr. B. Lie"] * 2


def test_places_are_labels_before_their_own_words_alone() -> None:
    listed = "Norland: The law is new.\n\nSuland: A fee is due.\n\nNorland: A rise is near.\n\nSuland: A rise is far."
    spoken = listed.replace("The law", "Our law").replace("A ", "We hear a ")
    for text, count in ((listed, 0), (spoken, 4)):
        places = [(at, at + 6) for at in range(len(text)) if text[at : at + 7] in ("Norland", "Suland:")]
        assert len(transcript_turns(text, paragraphs(text), places=places)) == count


def test_who_presides_is_not_quoted() -> None:
    text = "Ms. MOE. I thank the gentleman.\n\nThe CHAIR. The gentleman has time.\n\nMr. LIE. I yield to her."
    thanks = Attribution(((text.index("the gentleman"), text.index(".\n")),), (11, 16), (9, 10))
    found = by_layout(text, [thanks])
    assert [text[slice(*one.content[0])] for one in found] == ["I thank the gentleman.", "I yield to her."]


@pytest.mark.parametrize(
    "text",
    [
        "Update: The quay is closed.\n\nNote: Use the ferry.\n\nUpdate: The ferry is late.\n\nNote: It is full.",
        "Moe, who had one answer: it was too late.\n\nLie, who had none: it was too early.",
        "10:30 The quay opens.\n11:30 The ferry leaves.",
        "May 20: A boat hit the quay.\n\nMay 20: A man fell in.\n\nMay 21: A boat sank.\n\nMay 22: Nobody came.",
        "Day 1: We sail at noon.\n\nDay 2: We rest.\n\nDay 3: We sail home.\n\nStep 1: Pay first.",
    ],
)
def test_lines_that_are_no_turns(text: str) -> None:
    assert by_layout(text) == []


INTERVIEW = """The pilot Ada Moe has seen every ferry since 1990.

When did you begin?

I was nineteen, and the quay was new.

We had no radio.

And now?

Now I have two of them.

Will you go on?

As long as they let me.

She lives in Vale.
"""


def test_answers_between_questions() -> None:
    name = (INTERVIEW.index("Ada"), INTERVIEW.index(" has"))
    answers = unlabelled_answers(INTERVIEW, paragraphs(INTERVIEW), [name])
    assert [[INTERVIEW[a:b] for a, b in one.content] for one in answers] == [
        ["I was nineteen, and the quay was new.", "We had no radio."],
        ["Now I have two of them."],
        ["As long as they let me."],
    ]
    assert {one.source for one in answers} == {name}
    two = unlabelled_answers(INTERVIEW, paragraphs(INTERVIEW), [name, (4, 9)])
    assert {one.source for one in two} == {None}


def test_questions_of_a_reporter_are_no_interview() -> None:
    text = (
        INTERVIEW.replace("I ", "she ")
        .replace("We ", "They ")
        .replace(" me.", " her.")
        .replace("let", "want")
    )
    assert unlabelled_answers(text, paragraphs(text), []) == []
