"""Names that only the whole article shows to be wrong, and sources that are two people or nobody by name."""

import pytest
import spacy
from spacy.tokens import Doc

import quotes
from quotes.coreference.entities import EntityIndex


@pytest.fixture(scope="module")
def nlp() -> object:
    return quotes.load()


def speakers(nlp: object, text: str) -> list[tuple[str | None, str | None]]:
    """The name and the type of each quotation's speaker."""
    found = nlp(text)._.quotes  # type: ignore[operator]
    return [(q.speaker and q.speaker.name, q.speaker and q.speaker.type) for q in found]


OFFICES = {
    "Leiden-trained, former Yale history professor Nils Marsh – a fan of dams – insists it was sound.": "Nils Marsh",
    "The public relations, sales and brand manager of Corvan Dairy (CD) Arthur Moyo said it grew.": "Arthur Moyo",
    "“We need donors,” said Corvan chief human capital, sales and marketing officer Tim Kandall.": "Tim Kandall",
    "Head of party policy and member of the party council Jeff Maseko said the party would win.": "Jeff Maseko",
    "On Friday, Freedonia's minister of intelligence Ismail Katir said the army had won.": "Ismail Katir",
}


@pytest.mark.parametrize("text", OFFICES)
def test_a_name_behind_an_office_in_several_parts(nlp: object, text: str) -> None:
    assert speakers(nlp, text) == [(OFFICES[text], "person")]


@pytest.mark.parametrize(
    "source",
    [
        "A spokesman for President Ana Ruiz",
        "The widow of singer Ana Ruiz",
        "Friends of the late poet Ana Ruiz",
    ],
)
def test_whose_spokesman_is_not_who_speaks(nlp: object, source: str) -> None:
    [(name, _)] = speakers(nlp, f"{source} said the road was closed.")
    assert name == source


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("His Highness the Emir said a decree will be issued within months.", "unnamed"),
        ("The Harwick South MP claimed that the road was safe.", "unnamed"),
        ("A local vlogger who claimed she spends 900 euros a day has been mocked.", "unnamed"),
        ("Weatherman on Monday said that the week will be cloudy.", "unnamed"),
    ],
)
def test_nobody_is_named(nlp: object, text: str, type: str) -> None:
    [(name, kind)] = speakers(nlp, text)
    assert kind == type
    assert name is not None
    assert text.startswith(name)


HEADLINES = {
    "Ana Ruiz Slams Mayor Tran’s Bus Plan": "Ana Ruiz",
    "Ana Ruiz Says Bus Plan Will Fail": "Ana Ruiz",
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_name_in_a_headline_is_no_longer_than_in_the_text(nlp: object, headline: str) -> None:
    text = f"{headline}\n\nLOWTON — Council member Ana Ruiz said on Monday that it would fail. “It is dead,” Ruiz said."
    assert {name for name, _ in speakers(nlp, text)} == {"Ana Ruiz"}


def test_labels_of_turns_in_capitals_are_people(nlp: object) -> None:
    text = "The talk as aired:\n\nWELLING: Is the bridge safe?\n\nTRASK: It is. We looked at it.\n\nWELLING: Who did?\n"
    assert {kind for _, kind in speakers(nlp, text)} == {"person"}


def test_an_outlet_is_a_person_only_where_somebody_has_its_name(nlp: object) -> None:
    assert speakers(nlp, "Fox said that the bridge was safe.") == [("Fox", "organisation")]
    [*_, last] = speakers(nlp, "Megan Fox opened the fair. Fox said that the bridge was safe.")
    assert last == ("Megan Fox", "person")


def test_a_given_name_in_capitals_is_shown_in_small_letters(nlp: object) -> None:
    assert speakers(nlp, "MIRIAM Ostrow said she was honoured.") == [("Miriam Ostrow", "person")]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz and Ben Holt met in Lowton on Monday. The two agreed that the bridge must be closed.",
        "Ana Ruiz debated Ben Holt on Monday. Both candidates said the bridge must be closed.",
    ],
)
def test_the_two_are_two_people(nlp: object, text: str) -> None:
    assert speakers(nlp, text) == [("Ana Ruiz and Ben Holt", "group")]


def test_a_body_is_named_beside_what_it_is(nlp: object) -> None:
    text = "The money came from the Harwick Trust, a charity which has warned that prices will rise."
    assert speakers(nlp, text) == [("Harwick Trust", "organisation")]


@pytest.mark.parametrize(("label", "names"), [("GPE", ["Chelsea Lund"]), ("ORG", ["Lund", "Chelsea Lund"])])
def test_a_place_with_a_given_name_and_the_surname_of_a_person_is_that_person(
    label: str, names: list[str]
) -> None:
    words = "Chelsea Lund was angry . Lund left .".split()
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        lemmas=words,
        pos="PROPN PROPN AUX ADJ PUNCT PROPN VERB PUNCT".split(),
        tags="NNP NNP VBD JJ . NNP VBD .".split(),
        heads=[1, 2, 2, 2, 2, 6, 6, 6],
        deps="compound nsubj ROOT acomp punct nsubj ROOT punct".split(),
        ents=[f"B-{label}", f"I-{label}", "O", "O", "O", "B-PERSON", "O", "O"],
    )
    assert [entity.name for entity in EntityIndex(doc).entities] == names
