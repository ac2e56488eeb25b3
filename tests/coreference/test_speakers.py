"""Who speaks in short passages: newcomers, answers, unnamed people, authors, and names with what stands beside them."""

import pytest

import quotes
from quotes.types import Mention


@pytest.fixture(scope="module")
def nlp() -> object:
    return quotes.load(coreference="none")


def speakers(nlp: object, text: str, author: str | None = None) -> list[Mention | None]:
    doc = nlp.make_doc(text)  # type: ignore[attr-defined]
    doc._.author = author
    return [quote.speaker for quote in nlp(doc)._.quotes]  # type: ignore[operator]


NAMED = {
    "a newcomer in a paragraph of her own": (
        "Erik Lund said the pool was full.\n\nMarta Stein saw it differently. “It was empty,” she said.",
        ["Erik Lund", "Marta Stein"],
    ),
    "whoever has just spoken": (
        "“We are ready,” said Erik Lund. “Let them come,” he added.",
        ["Erik Lund"] * 2,
    ),
    "particles": ("Joost van den Bosch said the sluice was open.", ["Joost van den Bosch"]),
    "particles with an apostrophe": ("Jan van ’t Wout said the sluice was open.", ["Jan van ’t Wout"]),
    "a name behind a noun and a comma": (
        "Dr. Erik Lund said the ward was full. His colleague at the harbour clinic, Dr. Nils Voss, sees forty "
        "patients a day. “I live on tea,” he said.",
        ["Erik Lund", "Nils Voss"],
    ),
    "an office in small letters": (
        "Transport secretary Marta Stein is on her feet. She says the line will open in May.",
        ["Marta Stein"],
    ),
    "no one who is named only as the speaker of later words": (
        "He was late. It snowed. “Sorry,” he replied. A dog barked. “Is it yours?” asked Nils.",
        [None, "Nils"],
    ),
    "they of a person of whom the text says so": (
        "Robin Stein, a non-binary painter from Hull, won on Sunday. The judges were unanimous. “I wept,” they said.",
        ["Robin Stein"],
    ),
    "they of a person who goes by it": (
        "Robin Stein, who goes by they and them, won on Sunday. “I wept,” they said.",
        ["Robin Stein"],
    ),
    "they of no other person": ("Erik Lund came home late. They said he was loud.", [None]),
    "a witness who states a name": (
        "Q. Please state your name.\nA. Erik Lund.\nQ. Were you on the quay?\nA. I was at the bar.",
        ["Erik Lund"] * 2,
    ),
    "who is questioned": (
        "Questioned by prosecutor Carl Voss, Erik Lund said he had left.\n\nQ: At noon?\nA: At one.",
        ["Erik Lund"] * 2,
    ),
    "a title in a label": (
        "Ms Lim Hui Fen (Bedok): The lifts are old.\n\nMr Tan Wei Ming: They are new.",
        ["Lim Hui Fen", "Tan Wei Ming"],
    ),
    "who asked has not answered": (
        "Host Erik Lund asked the guest whether it was over. “Never,” came the reply.",
        ["Erik Lund", None],
    ),
    "letters after a name": ("The law was flawed, Ines Ward OBE said.", ["Ines Ward"]),
    "a title": ("Dame Ruth Pell said the hall was cold.", ["Ruth Pell"]),
    "initials of an office": (
        "Inspector General Ravi Sen closed the depot. The IG said that the fuel was gone.",
        ["Ravi Sen"],
    ),
    "initials in brackets between office and name": (
        "Block Development Officer (BDO) Ravi Sen met the growers. The BDO said that seed would be sold.",
        ["Ravi Sen"],
    ),
    "a name beside a role": ("The engineer, Carlos Paz, said the dam would hold.", ["Carlos Paz"]),
}


@pytest.mark.parametrize("passage", NAMED)
def test_who_speaks(nlp: object, passage: str) -> None:
    text, names = NAMED[passage]
    assert [mention and mention.name for mention in speakers(nlp, text)] == names


def test_he_in_a_turn_is_not_whoever_has_the_turn(nlp: object) -> None:
    text = (
        "MS. HART: I called the plumber, Ivo Lenz. He said the pipe was dry.\n\n"
        "MR. DUNN: And the pump?\n\nMS. HART: He said it was broken."
    )
    found = [mention and mention.name for mention in speakers(nlp, text)]
    assert found[:4] == ["Hart", "Ivo Lenz", "Dunn", "Hart"]
    assert found[4] != "Hart"


@pytest.mark.parametrize("noun", ["a man", "the guard", "a relative", "a viewer"])
def test_people_without_a_name_are_no_organisations(nlp: object, noun: str) -> None:
    (mention,) = speakers(nlp, f"“The lights went out,” {noun} said.")
    assert mention is not None
    assert (mention.name, mention.type) == (noun, "unnamed")


def test_i_outside_of_marks_is_the_author_as_given(nlp: object) -> None:
    (mention,) = speakers(nlp, "I said the ferry would sink.", author="By Nora Lind")
    assert mention == Mention("Nora Lind", "person")
    (unknown,) = speakers(nlp, "I said the ferry would sink.")
    assert unknown == Mention("the author", "unnamed")


def test_i_is_who_signed_the_letter(nlp: object) -> None:
    text = (
        "Letters.\n\nI said the ferry would sink.\n\nNora Lind.\n\nBergen.\n\n"
        "I said the bridge was too short.\n\nPeter Falk.\n\nOslo."
    )
    assert [mention and mention.name for mention in speakers(nlp, text)] == ["Nora Lind", "Peter Falk"]


def test_two_who_are_not_both_known_are_nobody(nlp: object) -> None:
    for text in ("You and I said it would close.", "They and their friends said the river was high."):
        assert speakers(nlp, text) in ([None], [])


def test_who_else_it_could_be_is_kept(nlp: object) -> None:
    text = "Erik Lund met Jonas Berg at the pool. “It was empty,” he said."
    (quote,) = nlp(text)._.quotes  # type: ignore[operator]
    assert quote.speaker is not None
    assert quote.speaker_confidence is not None
    others = {candidate.name: candidate.probability for candidate in quote.candidates}
    assert set(others) <= {"Erik Lund", "Jonas Berg"} - {quote.speaker.name}
    assert sum(others.values()) + quote.speaker_confidence <= 1.0001
    assert others


OURS = (
    "Why the quay must stay\n\n{}We said in May that it would crack. We told the council that it must pay.\n"
)


@pytest.mark.parametrize(
    ("line", "author", "body"),
    [
        ("By the Swan Rowing Club\n\n", None, "Swan Rowing Club"),
        (
            "The Norland Ministry of Ports issued the following statement on Monday.\n\n",
            None,
            "Norland Ministry of Ports",
        ),
        ("", "The Editorial Board", "The Editorial Board"),
        ("", "Courier staff", "Courier staff"),
    ],
)
def test_we_is_the_body_that_wrote_it(nlp: object, line: str, author: str | None, body: str) -> None:
    mentions = speakers(nlp, OURS.format(line), author)
    assert [(mention.name, mention.type) for mention in mentions if mention] == [(body, "organisation")] * 2


def test_we_is_the_author_where_a_person_wrote_it(nlp: object) -> None:
    for mention in speakers(nlp, OURS.format("By Nora Lind\n\n")):
        assert mention is not None
        assert (mention.name, mention.type) == ("Nora Lind", "person")


def test_we_in_a_report_about_a_statement_is_not_the_body(nlp: object) -> None:
    text = (
        "Club leaves quay\n\nThe Swan Rowing Club said in a statement on Monday that it would go.\n\n"
        "We said in May that it would.\n"
    )
    assert speakers(nlp, text)[-1] is None


def test_you_is_nobody(nlp: object) -> None:
    assert speakers(nlp, "Erik Lund sings. You say that he cannot.") == [None]
