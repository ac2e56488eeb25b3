"""Whom titles, relatives, surnames and silence mean, one rule at a time."""

import re

import pytest
from support.marked_texts import Reader, names

MEANT = {
    "a relative by the noun beside her name": (
        "Governor Peter Vance and his wife, Helen, opened the bridge. Rain fell. {s1:His wife} {c1:said} "
        "{q1:it was late}.",
        "Helen",
    ),
    "who asks does not answer": (
        "Asked by Peter Vance whether it was late, {s1:the farmer} {c1:said} {q1:it was}.",
        "the farmer",
    ),
    "one of several, named beside": (
        "Mayor Peter Vance met the farmers. One of them, Frank Bell, had come by boat. {q1:“It is late,”} {s1:he} "
        "{c1:said}.",
        "Frank Bell",
    ),
    "somebody's lawyer": (
        "Peter Vance will not testify. “He is ill,” Vance’s attorney, Ruth Bauer, told the court.\n"
        "{s1:Vance’s lawyer} {c1:said} {q1:the hearing was unfair}.",
        "Ruth Bauer",
    ),
    "another's lawyer keeps his words": (
        "Peter Vance met Laura Kent’s lawyer, Ruth Bauer. Vance went home. {s1:Vance’s lawyer} {c1:said} "
        "{q1:the hearing was unfair}.",
        "Vance’s lawyer",
    ),
    "a word that means as much as the title": (
        "State Supreme Court Justice Frank Bell heard the case on Monday. {s1:The judge} {c1:said} "
        "{q1:the file would stay sealed}.",
        "Frank Bell",
    ),
    "a headline before the name": (
        "{s1:Judge} {c1:rejects} {q1:request to open the file}.\n\nThe file stays closed, State Supreme Court "
        "Justice Frank Bell ruled on Monday.",
        "Frank Bell",
    ),
    "a former office is not the office": (
        "Former mayor Dana Holt spoke in Hull. {s1:The mayor} {c1:said} {q1:nothing would change}.",
        "The mayor",
    ),
    "a place and an office, one person to mean": (
        "Bernie Okoro spoke to voters on Monday. He said the race was open. {s1:The Vermont senator} {c1:said} "
        "{q1:he would run}.",
        "Bernie Okoro",
    ),
    "a vice president is not the president": (
        "Vice President Laura Kent spoke in Hull on Monday. {s1:The president} {c1:said} {q1:the road was open}.",
        "The president",
    ),
    "an office of something": (
        "Secretary of State Laura Kent met President Frank Bell. {s1:The secretary of state} {c1:said} "
        "{q1:the talks went well}.",
        "Laura Kent",
    ),
    "somebody of a body is not the body": (
        "Laura Kent met Frank Bell. {s1:The Bank of England governor} {c1:said} {q1:rates would fall}.",
        "The Bank of England governor",
    ),
    "a profession that nobody else is said to have": (
        "Laura Kent signed copies in Leeds on Monday. {s1:The novelist} {c1:said} {q1:the next book was done}.",
        "Laura Kent",
    ),
    "a profession of somebody without a name": (
        "A novelist waited outside. Laura Kent had just left. {s1:The novelist} {c1:said} {q1:the book was done}.",
        "A novelist",  # as the article introduces them
    ),
    "a name that the recogniser has overlooked": (
        "Trump {c1:told} reporters: {q1:“We will see.”} {s2:He} then {c2:repeated}, {q2:“We will.”}",
        "Trump",
    ),
    "who adds has just spoken": (
        "Laura Kent met Frank Bell. {s1:Kent} {c1:said} {q1:trust was lost}. {s2:The chancellor} {c2:added} "
        "{q2:that it would return}.",
        "Laura Kent",
    ),
    "a relative without a name goes on": (
        "Frank Bell was taken away. {s1:Bell’s mother} {c1:said} {q1:he was ill}. {q2:“I called and called,”} {s2:she} "
        "{c2:said}.",
        "Bell’s mother",
    ),
    "a name with an initial is a person's": (
        "{s1:Another critic, Laurence H. Tribe,} {c1:likened} {q1:the rules to a fire}.",
        "Laurence H. Tribe",
    ),
    "what reads is written": (
        "Lawmakers signed the letter on Monday. The Pentagon waited. {q1:“We deserve answers,”} {s1:it} {c1:reads}.",
        "the letter",
    ),
    "an attorney general": (
        "Attorney General Frank Bell spoke on Monday. {s1:The attorney general} {c1:said} {q1:it was over}.",
        "Frank Bell",
    ),
    "a surname is the main person's, not a relative's": (
        "Senator Ted Alder spoke in Ohio on Monday about taxes and about the long road to the vote. A rival had "
        "mocked his wife, Heidi Alder, and his father, Rafael Alder. “I do not forget,” {s1:Alder} {c1:said} of "
        "{q1:the attack}.",
        "Ted Alder",
    ),
    "a surname is whose the pronoun in its sentence is": (
        "Senator Ted Alder leaves in May. His wife, Heidi Alder, runs a fund. Heidi Alder posted pictures on Monday, "
        "and Heidi Alder gave a lunch. In announcing his retirement, {s1:Alder} {c1:said} {q1:it was time}.",
        "Ted Alder",
    ),
    "a dateline says nothing": (
        "LIMA, Peru (AN) -- {s1:The father of the bride} came here in May, once even {c1:calling} {q1:himself “the "
        "king of the quay.”}",
        "The father of the bride",
    ),
    "whom somebody told says nothing": (
        "{s1:Dr Ana Ruiz, a key member of the mayor’s task force}, {c1:told} BQC News’ Today show {q1:the final number "
        "of homes lost “looks more like 600.”}",
        "Ana Ruiz",
    ),
    "a courtesy title rules a namesake out": (
        "Bill Marsh opened a school. {s1:Mrs. Marsh} {c1:said} {q1:the school was late}.",
        "Marsh",
    ),
    "a title and a surname introduce somebody": (
        "President Marsh spoke in Hull. {s1:Mr. Marsh} {c1:said} {q1:it was late}. The first lady, Helen Marsh, was "
        "there.",
        "Marsh",
    ),
    "a surname of two words": (
        "The president, Enrique Vega Torres, spoke on Monday. {s1:Mr. Vega Torres} {c1:said} {q1:it was late}.",
        "Enrique Vega Torres",
    ),
    "a slip of a letter": (
        "Eric Schneiderman spoke on Monday. {s1:Scheiderman} {c1:said} {q1:it was late}.",
        "Eric Schneiderman",
    ),
    "a suffix after a comma": (
        "{s1:Vice President Joseph R. Alder, Jr.,} {c1:said} {q1:it was late}.",
        "Joseph R. Alder Jr.",
    ),
    "a description before the name": (
        "Now the highest judge in the country, Laura Kent rose from a poor family. {q1:“We get there,”} "
        "{s1:she} {c1:said}.",
        "Laura Kent",
    ),
    "a body with a long name": (
        "{s1:The Committee for a Responsible Budget} {c1:reported} {q1:a loss}.",
        "Committee for a Responsible Budget",
    ),
    "the author": (
        "The bridge opened in May. {s1:I} {c1:hope} {q1:it will last}.",
        "the author",
    ),
}  # fmt: skip

SILENT = {
    "a noun before the colon": (
        "The website rated this statement by Laura Kent:\n\n{q1:“Every road is closed.”}",
        "Laura Kent",
    ),
    "a verb of hearing": (
        "Laura Kent {c1:can be heard yelling} to officers {q1:that her husband was unarmed}.",
        "Laura Kent",
    ),
    "a subject shared": ("Laura Kent combed through the files and {c1:found} {q1:“a scandal.”}", "Laura Kent"),
    "a name after a dash": (
        "Peter Vance spoke on Monday.\n{q1:“He is a dictator.”} ― Christina Olidem\n\nMore letters follow.",
        "Christina Olidem",
    ),
    "the answer to a question": (
        "{q1:“Will you run?”} {s1:Peter Vance} {c1:asked} Laura Kent.\n\n{q2:“I will not.”}",
        "Laura Kent",
    ),
    "a finite verb goes with a finite verb": (
        "Laura Kent stokes old fears, concerning land and water, and {c1:calls} people {q1:“losers.”}",
        "Laura Kent",
    ),
    "an opinion of nobody": ("Laura Kent lives in Hull. {c1:It is apparent} {q1:that the road is closed}.", None),
    "an expectation": ("Laura Kent lives in Hull. {q1:The veto} {c1:is expected} {q1:to come before Friday}.", None),
}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


# Descriptions that keep their own words where the trees are not sure enough; nobody else is ever named.
MAY_KEEP_ITS_WORDS = {
    "a headline before the name",
    "a place and an office, one person to mean",
    "somebody's lawyer",
    "who adds has just spoken",
}


@pytest.mark.parametrize("rule", MEANT)
def test_whom_a_source_means(reader: Reader, rule: str) -> None:
    text, name = MEANT[rule]
    own = re.findall(r"\{s\d:([^}]*)\}", text)[-1]
    assert names(reader(text))[-1] in ({name, own} if rule in MAY_KEEP_ITS_WORDS else {name})


@pytest.mark.parametrize("rule", SILENT)
def test_who_speaks_where_no_source_is_written(reader: Reader, rule: str) -> None:
    text, name = SILENT[rule]
    found = reader(text)[-1]
    assert names([found]) == [name]
    assert found.attribution == ("discourse" if name else "none")


@pytest.mark.parametrize(
    ("told", "pronoun", "name"),
    [
        ("Osk was the first woman to lead the guild.", "she", "Quilla Osk"),
        ("Osk was the first woman to lead the guild.", "he", "Tarn Vell"),
        ("Vell, a senior fellow of the guild, sat down.", "she", "Tarn Vell"),
        ("Osk’s sister, Tarn Vell, sat down.", "he", "Quilla Osk"),
    ],
)
def test_the_article_says_of_whom_she_or_he_is_said(
    reader: Reader, told: str, pronoun: str, name: str
) -> None:
    text = f"Tarn Vell met Quilla Osk in a hall. {told} Rain fell. {{q1:“I am done,”}} {{s1:{pronoun}}} {{c1:said}}."
    assert names(reader(text)) == [name]


@pytest.mark.parametrize(("verb", "name"), [("were", "David Marsh")])
def test_what_is_only_supposed_makes_a_pronoun_possible(reader: Reader, verb: str, name: str | None) -> None:
    (found,) = reader(
        f"If David Marsh {verb} a woman, who would mind? Suppose that {{s1:she}} {{c1:said}} {{q1:it was over}}."
    )
    assert (found.mention and found.mention.name) == name
    assert found.mention is None or found.mention.pronouns is None  # supposed, not so


def test_a_pronoun_that_two_people_fit_stays_open(reader: Reader) -> None:
    text = (
        "Tarn Vell and Quilla Osk met in a hall. Akande Ozu and Reyes Mbo were there. They left.\n"
        "Rain fell.\n{q1:“I am done,”} {s1:he} {c1:said}."
    )
    (found,) = reader(text)
    assert found.mention is None or found.confidence < 0.7


def test_pronouns_are_those_that_the_article_uses_never_a_guess_from_the_name(reader: Reader) -> None:
    said = "{s1:Karen Lund} {c1:said} {q1:prices fell}. "
    (unknown,) = reader(said + "Prices fell again on Monday.")
    assert unknown.mention is not None
    assert unknown.mention.pronouns is None
    (known,) = reader(said + "Then she left for her office.")
    assert known.mention is not None
    assert known.mention.pronouns == "she"


@pytest.mark.parametrize(
    "title", ["former Secretary of State", "Chancellor of the Exchequer", "Bank of England Governor"]
)
def test_an_office_before_a_name_describes_its_holder(reader: Reader, title: str) -> None:
    (found,) = reader(
        f"On Monday {title} Laura Kent met Frank Bell. {{s1:Kent}} {{c1:said}} {{q1:rates fell}}."
    )
    assert found.mention is not None
    assert (found.mention.name, found.mention.description) == ("Laura Kent", title)
