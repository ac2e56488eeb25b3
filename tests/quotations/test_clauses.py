"""What the parse adds: who acts in a passive, the whole of a subject, whose word a noun before the content is."""

import pytest
from support.marked_texts import place

import quotes
from quotes.quotations.attribution import Attribution
from quotes.quotations.clauses import complete_from_parse


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Ortega was told by the court that he had to pay the fine.", "he had to pay", "the court"),
        (
            "The union’s complaint to the labour board says the firm broke the law.",
            "the firm broke",
            "The union’s complaint to the labour board",
        ),
        (
            "A spokesman for the ministry said the road was closed.",
            "the road was",
            "A spokesman for the ministry",
        ),
        ("Ruiz wrote in a Harbour Times column that the bridge was safe.", "the bridge was", "Ruiz"),
        ("The firm sold its mill, a move analysts said was meant to raise cash.", "was meant", "analysts"),
        ("A dozen officials said the mill was sold to raise cash.", "the mill", "A dozen officials"),
        ("Mayor Ruiz is said to have called the plan “mad.”", "the plan", "Mayor Ruiz"),
    ],
)
def test_sources(text: str, words: str, source: str) -> None:
    found = [quote for quote in quotes.load(thoughts=True)(text)._.quotes if words in quote.text]
    assert [quote.source and quote.source.text for quote in found] == [source]


@pytest.mark.parametrize(
    ("text", "cue", "given", "source"),
    [
        (
            "Diplomats, who asked for anonymity, described the mood as | grim. One said they had no plan.",
            "described",
            "One",
            "Diplomats, who asked for anonymity",
        ),
        (
            "The ad uses footage of Hillary Clinton asking, | why she was behind.",
            "asking",
            "The ad",
            "Hillary Clinton",
        ),
        (
            "The ad uses footage of Ana Ruiz asking, | “Why me?” in a debate.",
            "uses footage",
            "The ad",
            "Ana Ruiz",
        ),
        ("The spot ends with Ruiz saying during a debate | that it was smart.", "saying", None, "Ruiz"),
        (
            "The senator forced Stumpf, who was questioned, to admit | that he knew.",
            "admit",
            "The senator",
            "Stumpf",
        ),
        (
            "The union filed a complaint on Monday with a board of judges, claiming | that it was cheated.",
            "claiming",
            "a board of judges",
            "The union",
        ),
        (
            "Ruiz is seizing on a Harbour Times report | that the firm lost money.",
            "report",
            "Ruiz",
            "Harbour Times",
        ),
        # an article, or a word of a name, goes on to its noun
        ("The newsletter which bears | a motto sold well.", "bears", "The", "The newsletter which"),
        (
            "Growth forecasts from the Valley Development Bank | say it will rain.",
            "forecasts",
            "the Valley",
            "the Valley Development Bank",
        ),
        (
            "They heard an announcement by Ana Ruiz | that the hall was closed.",
            "announcement",
            "an",
            "Ana Ruiz",
        ),
        # a charity "that" calls for it, whoever "has been rebuked by" somebody, "he's" for "he has"
        (
            "She founded Bright Roads, a charity that calls for | lower speeds.",
            "calls for",
            None,
            "a charity that",
        ),
        (
            "Ruiz has been rebuked by opponents for | her plan to close it.",
            "has been rebuked by",
            None,
            "opponents",
        ),
        (
            "Ruiz’s no friend of the plan, and he’s spoken out against | the mayor.",
            "’s spoken out against",
            None,
            "he",
        ),
    ],
)
def test_who_acts(text: str, cue: str, given: str | None, source: str) -> None:
    text, content = text.replace("| ", ""), text.index("|")

    one = Attribution(((content, text.index(".")),), place(text, cue), place(text, given) if given else None)
    [found] = complete_from_parse(quotes.load(coreference="none")(text), text, [one])
    assert found.source is not None
    assert text[slice(*found.source)] == source


def test_an_article_alone_is_no_source() -> None:
    text = "The debate strengthened the notion that the bridge was safe."
    one = Attribution((place(text, "the bridge was safe"),), place(text, "notion"), (24, 27))
    assert [
        part.source for part in complete_from_parse(quotes.load(coreference="none")(text), text, [one])
    ] == [None]


def test_a_sign_reads_and_not_whoever_spoke_before() -> None:
    text = "The chairman thanked everyone. A sign behind him read: “Order at all times.”"
    [found] = quotes.load(coreference="none")(text)._.quotes
    assert found.source
    assert found.source.text == "A sign behind him"


def test_a_page_of_a_paper_is_no_source() -> None:
    [found] = quotes.load(coreference="none")("Also see Page A8: “The mayor stays.”")._.quotes
    assert found.source is None


@pytest.mark.parametrize(
    "text",
    [
        "President Ruiz has been criticized for policies that unions see as a threat to the poor.",
        "President Ruiz was urged to say that the bridge was a threat to the poor.",
    ],
)
def test_who_is_spoken_of_is_no_source(text: str) -> None:
    cue = place(text, "has been criticized" if "criticized" in text else "was urged")
    one = Attribution((place(text, text[text.index("threat") - 2 : -1]),), cue, place(text, "President Ruiz"))
    assert [
        part.source for part in complete_from_parse(quotes.load(coreference="none")(text), text, [one])
    ] == [None]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        (
            "The paper called it “the book of the decade.” Greta Holm rolls her eyes at that. “Which decade?”",
            True,
        ),
        ("Greta Holm called it “the book of the decade.” She rolls her eyes at that. “Which decade?”", False),
        ("The paper called it “the book of the decade” on Sunday. “Which decade?”", False),
        ("Critics called it “the book of the decade.” She shrugs. “Which decade?”", True),
        ("The paper called it “the book of the decade.” From the back came a shout. “Which decade?”", True),
        ("Greta Holm called it “the book of the decade.” She had one doubt: “Which decade?”", True),
    ],
)
def test_a_sentence_about_somebody_else_parts_quotations(text: str, apart: bool) -> None:
    doc = quotes.load(coreference="none")(text)
    first = text[text.index("“") : text.index("”") + 1]
    one = Attribution(
        (place(text, first), place(text, "“Which decade?”")),
        place(text, "called"),
        place(text, text.split(" called")[0]),
    )
    found = [(len(part.content), part.cue is not None) for part in complete_from_parse(doc, text, [one])]
    assert found == ([(1, True), (1, False)] if apart else [(2, True)])


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        # its noun is another attribution's source, or stands where dependencies cross
        (
            "“We waited for an hour,” read the notice, which again insisted that the guests must wait outside.",
            "the guests must",
            "the notice, which",
        ),
        (
            "Something similar has been asked for by the former treasurer, Pedro Ruiz, who has stated that "
            "“a change is required”.",
            "a change",
            "the former treasurer, Pedro Ruiz, who",
        ),
        # a title within the source is no content
        (
            "Holm, the author of “Going Home,” about the war, said the days when it had “a plan” are gone.",
            "the days when",
            "Holm, the author of “Going Home,” about the war,",
        ),
    ],
)
def test_whole_sources(text: str, words: str, source: str) -> None:
    [found] = [quote for quote in quotes.load(coreference="none")(text)._.quotes if words in quote.text]
    assert found.source
    assert found.source.text == source
    assert len(found.spans) == 1


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        (
            "“We will look into it,” Ana Ruiz said, according to the online portal Vale Echo.",
            "Ana Ruiz",
            "online portal Vale Echo",
        ),
        ("“It was late,” Tom Lind said after the race, according to his coach.", "Tom Lind", "his coach"),
        ("“It was late,” according to his coach, and Lind said nothing.", "his coach", None),
    ],
)
def test_who_passed_words_on_is_not_who_said_them(text: str, source: str, via: str | None) -> None:
    [found] = quotes.load(coreference="none")(text)._.quotes
    assert found.source
    assert found.source.text == source
    assert found.via == via


def test_what_a_parse_adds_is_content_for_the_tagger_too() -> None:
    text = "Lewin said he does not do them publicly, as was the case with Tuesday’s surprise news conference on it."
    [found] = quotes.load(coreference="none")(text)._.quotes
    assert "conference" not in found.text


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("The bridge is closed, the mayor said.", {"The bridge is closed": "the mayor"}),
        (
            "Amano said that the council breaks its own rules, which he added “is deeply regrettable.”",
            {"the council breaks its own rules": "Amano", "“is deeply regrettable.”": "he"},
        ),
        # another attribution's source as well
        (
            "The road will be shut for a year, according to a clerk who asked for anonymity to speak freely.",
            {"The road will be shut for a year": "a clerk"},
        ),
    ],
)
def test_a_cue_keeps_its_subject(text: str, contents: dict[str, str]) -> None:
    found = quotes.load(coreference="none")(text)._.quotes
    assert {quote.text: quote.source and quote.source.text for quote in found} == contents


def test_whom_one_blames_may_stand_in_marks() -> None:
    [found] = quotes.load(coreference="none")(
        "Ruiz blamed the “fog of war” for the loss of the ferry."
    )._.quotes
    assert found.text == "the loss of the ferry"
