"""Whom a source names: office and name parted, whole names, no letters, labels or titles in them."""

import pytest
from spacy.tokens import Doc

import quotes
from quotes.coreference.entity_spans import trim_entity


@pytest.fixture(scope="module")
def nlp() -> object:
    return quotes.load(coreference="none")


def speakers(nlp: object, text: str) -> list[tuple[str | None, str | None]]:
    """The name and the description of each quotation's speaker."""
    found = nlp(text)._.quotes  # type: ignore[operator]
    return [(q.speaker and q.speaker.name, q.speaker and q.speaker.description) for q in found]


NAMES = {
    "Director of flood defence Ola Brandt said the wall was sound.": (
        "Ola Brandt",
        "Director of flood defence",
    ),
    "Vice-President of the Alpine Dairy Board Reto Kunz said farms were closing.": (
        "Reto Kunz",
        "Vice-President of the Alpine Dairy Board",
    ),
    "Leiden-trained, former Yale history professor Nils Marsh said the wall was sound.": (
        "Nils Marsh",
        "former Yale history professor",
    ),
    "The manager of Corvan Dairy Holding (CDH) Arthur Moyo said sales were up.": (
        "Arthur Moyo",
        "manager of Corvan Dairy Holding (CDH)",
    ),
    "Everton and Wales midfielder Idris Pugh said he was ready.": (
        "Idris Pugh",
        "Everton and Wales midfielder",
    ),
    "The father of the witness, Karl Lund, 58, from Hull, said the road was dark.": (
        "Karl Lund",
        "father of the witness",
    ),
}


@pytest.mark.parametrize("text", NAMES)
def test_an_office_is_told_from_the_name_behind_it(nlp: object, text: str) -> None:
    assert speakers(nlp, text) == [NAMES[text]]


@pytest.mark.parametrize(
    "name",
    [
        "Saskia van der Laan",
        "Bram ten Have",
        "Odd Øye",
        "R. K. T. Menon",
        "Marta de la Vega",
        "Luca dal Prato",
        "Per-Åke Sundin",
        "Blessing Adu",
        "K.T. Narayan",
    ],
)
def test_a_name_is_whole(nlp: object, name: str) -> None:
    assert [who for who, _ in speakers(nlp, f"“We stay,” said {name}.")] == [name]


@pytest.mark.parametrize(
    "written",
    [
        "Rhona Muir FRCS",
        "Rhona Muir OBE",
        "Alhaja Rhona Muir",
        "Tan Sri Rhona Muir",
        "Mx Rhona Muir",
        "Cllr Rhona Muir",
        "Daw Rhona Muir",
        "Groundsman Rhona Muir",
        "Rhona Muir OSB",
        "Rhona Muir MS",
        "Rhona Muir RN, OAM",
        "Archbishop Rhona Muir OFM",
    ],
)
def test_titles_and_letters_are_no_part_of_a_name(nlp: object, written: str) -> None:
    assert [who for who, _ in speakers(nlp, f"{written} said the drug was safe.")] == ["Rhona Muir"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("WHO director for Asia Dr Lise Holm said the wards were full.", "Lise Holm"),
        ("US Attorney for the Northern District Carl Voss said the firm had lied.", "Carl Voss"),
        ("A spokesman for Hull winger Carl Voss said he was fit.", "A spokesman for Hull winger Carl Voss"),
        ("The ward was full, Lise Holm OBE said on Monday.", "Lise Holm"),
        ("Minister for Health Lise Holm said the wards were full.", "Lise Holm"),
        ("Minister for Justice Lise Holm said the court was full.", "Lise Holm"),
        ("A spokesman for President Carl Voss said he was fit.", "A spokesman for President Carl Voss"),
    ],
)
def test_for_a_place_or_for_somebody(nlp: object, text: str, who: str) -> None:
    assert [name for name, _ in speakers(nlp, text)] == [who]


def test_father_and_son_of_one_name_are_two(nlp: object) -> None:
    found = speakers(nlp, "Earl Dobbs Sr. said the shop was old. Earl Dobbs Jr. said it was new.")
    assert [who for who, _ in found] == ["Earl Dobbs Sr.", "Earl Dobbs Jr."]
    found = speakers(nlp, "“Go home,” said Earl Dobbs Sr. Dobbs said the shop was old.")
    assert [who for who, _ in found] == ["Earl Dobbs Sr."] * 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "MC Gale, whose real name is Una Frost, said the set was long. Frost said she was tired.",
            "MC Gale",
        ),
        ("Singer Brix, real name Otto Lang, said the tour was off. Lang said he was ill.", "Brix"),
        ("Telmo Reis, better known as Pelu, said he was fit. Pelu said it was over.", "Telmo Reis"),
        (
            "Pilar Soto, also known as La Loba, said it was over. La Loba said the gang was gone.",
            "Pilar Soto",
        ),
    ],
)
def test_one_person_under_two_names_is_one(nlp: object, text: str, name: str) -> None:
    assert {who for who, _ in speakers(nlp, text)} == {name}


@pytest.mark.parametrize("names", [("Pilar Otero", "Pilar Otero Lugo"), ("Pilar Otero Lugo", "Pilar Otero")])
def test_a_second_surname_makes_no_second_person(nlp: object, names: tuple[str, str]) -> None:
    first, second = names
    found = speakers(nlp, f"“We stay,” said {first}. The rain went on. {second} said the road was dry.")
    assert [who for who, _ in found] == ["Pilar Otero Lugo"] * 2


def test_labels_in_capitals_and_initials_mean_people(nlp: object) -> None:
    hearing = (
        "QUESTION: Is the dam safe?\n\nMAYOR OKORO: Not yet, I am sorry to say.\n\nQUESTION: Why not?\n\n"
    )
    found = speakers(nlp, hearing + "MAYOR OKORO: Because the wall has cracks.")
    assert {who for who, _ in found} <= {"Okoro", "QUESTION", None}
    assert [who for who, _ in found].count("Okoro") == 2


@pytest.mark.parametrize("names", [("PAM GOLD", "GOLD"), ("Per Lund", "Per Lund")])
def test_labels_of_turns_are_whole_names(nlp: object, names: tuple[str, str]) -> None:
    full, later = names
    talk = f"{full}: You sold the boat. Why?\n\nOTTO RUSH: I ran out of sea.\n\n{later}: And money?\n\nRUSH: That too."
    assert {who for who, _ in speakers(nlp, talk)} == {full.title(), "Otto Rush"}


@pytest.mark.parametrize("acronym", ["WHO", "IT", "US"])
def test_an_acronym_in_capitals_is_no_pronoun(nlp: object, acronym: str) -> None:
    (quote,) = nlp(f"The {acronym} said the outbreak was over.")._.quotes  # type: ignore[operator]
    assert (quote.speaker.name, quote.speaker.type) == (acronym, "organisation")


@pytest.mark.parametrize(
    "noun", ["a passer-by", "the runner-up", "a nine-year-old", "a well-wisher", "the Dane", "a lorry-driver"]
)
def test_compounds_and_nationalities_are_people(nlp: object, noun: str) -> None:
    (quote,) = nlp(f"“The lights went out,” {noun} said.")._.quotes  # type: ignore[operator]
    assert (quote.speaker.name, quote.speaker.type) == (noun, "unnamed")


def test_who_after_a_name_is_whoever_has_it(nlp: object) -> None:
    assert [who for who, _ in speakers(nlp, "Ulla Frey, who said the bridge was shut, left early.")] == [
        "Ulla Frey"
    ]


def test_a_body_of_a_kind_is_not_called_by_its_kind(nlp: object) -> None:
    assert [who for who, _ in speakers(nlp, "A super PAC said it would spend more.")] == ["A super PAC"]


def test_he_in_single_marks_is_not_the_speaker(nlp: object) -> None:
    quotes = nlp("'He shoved me,' Robin Tarn told the court. 'He ran.' Tarn said the man was tall.")._.quotes  # type: ignore[operator]
    assert {quote.speaker.pronouns for quote in quotes} == {None}


def test_a_name_that_is_nothing_but_an_article_is_none_even_where_the_text_ends(nlp: object) -> None:
    doc = Doc(nlp.vocab, words=["The", "bridge", "shut", ",", "said", "A"], ents=["O"] * 5 + ["B-PERSON"])  # type: ignore[attr-defined]
    assert trim_entity(doc.ents[0]) is None


def test_a_headline_s_words_in_marks_are_no_part_of_a_name(nlp: object) -> None:
    headline = "Ana Ruiz Calls Pedro Lund ‘A Fraud’ Over Bridge Comments"
    body = "The bridge is safe, Lund told reporters on Monday. He said that tests had been made."
    names = {found for found, _ in speakers(nlp, f"{headline}\n\n{body}") if found and "Lund" in found}
    assert names == {"Pedro Lund"}


def test_a_nickname_ends_no_name(nlp: object) -> None:
    assert speakers(nlp, "Frank “Buddy” Castellane said the wall was sound.") == [("Frank Castellane", None)]
