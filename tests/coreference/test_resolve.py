"""Whom a source means within its article."""

import re
from types import SimpleNamespace

import pytest
from support.marked_texts import Reader, names
from support.paths import SEEDS

from quotes.coreference.resolve import ResolvedSource


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


NAMED = [
    ("{q1:“The bridge is safe,”} {c1:said} {s1:Ana Ruiz, who took over from Tom Bell in May}.", "Ana Ruiz"),
    ("{s1:U.S. Treasury Secretary Lena Ford} {c1:said} {q1:rates would fall}.", "Lena Ford"),
    ("{s1:Trade expert Paul Reyes of the Center for Ocean Policy} {c1:said} {q1:it was late}.", "Paul Reyes"),
    ("{s1:A lawyer for the family, Ruth Bauer,} {c1:said} {q1:they would appeal}.", "Ruth Bauer"),
    ("{s1:The group’s director, Mia Sol,} {c1:said} {q1:the vote was fair}.", "Mia Sol"),
    ("Robert Hale, 61, runs the port. {s1:Hale} {c1:said} {q1:ships were late}.", "Robert Hale"),
    ("Robert Hale runs the port. {s1:Mr. Hale} {c1:said} {q1:ships were late}.", "Robert Hale"),
    ("Ships were late, {s1:Hale} {c1:said}. {q1:“We wait.”} Robert Hale has run the port since May.", "Robert Hale"),
    ("{s1:The Oakland Tribune} {c1:reported} that {q1:the school would close}.", "Oakland Tribune"),
    ("{s1:Robert Hale’s doctor} {c1:said} {q1:he was well}.", "Robert Hale’s doctor"),
    ("{s1:The mayor, the bishop and a nurse} {c1:said} {q1:it was late}.", "The mayor, the bishop and a nurse"),
    ("{s1:Critics including John Hale} {c1:said} {q1:it was late}.", "Critics including John Hale"),
    ("{s1:Brothers John and Jim Hale} {c1:said} {q1:it was late}.", "John and Jim Hale"),
    ("{s1:Analysts John Hale and Rosa Diaz} {c1:said} {q1:it was late}.", "John Hale and Rosa Diaz"),
    ("{s1:John Hale and his brother Jim} {c1:said} {q1:it was late}.", "John Hale and Jim"),
    ("{s1:Mr and Mrs Hale} {c1:said} {q1:it was late}.", "Mr and Mrs Hale"),
    ("A nurse met Chancellor Max Born. {s1:Born} {c1:said} {q1:it was late}.", "Max Born"),
    ("{s1:Robert Hale, a nurse and a teacher,} {c1:said} {q1:it was late}.", "Robert Hale"),
    ("Robin Diaz left. {s1:A lawyer for Hale’s son, Robin,} {c1:said} {q1:he was well}.", "A lawyer for Hale’s son"),
    ("{s1:John Hale and Rosa Diaz} {c1:said} {q1:they would marry}.", "John Hale and Rosa Diaz"),
    (
        "The Council on Harbour Dues met in May. {s1:The CHD} {c1:said} {q1:fees would rise}.",
        "Council on Harbour Dues",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_name_is_its_fullest_form(reader: Reader, text: str, name: str) -> None:
    (found,) = reader(text)
    assert found.mention is not None
    assert found.mention.name == name
    assert found.attribution == "name"
    assert found.confidence > 0.5


def test_a_mention_has_what_the_article_says_of_the_person(reader: Reader) -> None:
    text = (
        "{s1:White House economic adviser Karen Lund} {c1:said} {q1:prices would fall}. Lund met Ana Ruiz on "
        "Monday.\n{s2:She} {c2:said} {q2:“prices are falling now.”}"
    )
    first, second = reader(text)
    assert first.mention == second.mention
    assert first.mention is not None
    assert first.mention.type == "person"
    assert first.mention.description == "White House economic adviser"
    assert "Lund" in first.mention.aliases
    assert first.mention.pronouns == "she"
    assert second.attribution == "coreference"


def test_people_of_one_surname_are_told_apart_by_title(reader: Reader) -> None:
    text = (
        "Brian Ortega and his wife, Anna Ortega, sold the farm. {s1:Mrs. Ortega} {c1:said} {q1:it was time}. "
        "{s2:Brian Ortega} {c2:said} {q2:he would miss it}. {s3:Mr. Ortega} {c3:said} {q3:the cows knew}."
    )
    assert names(reader(text)) == ["Anna Ortega", "Brian Ortega", "Brian Ortega"]


PRONOUNS = [
    ("The firm’s chief executive, Tim Brown, praised Mark Green’s work. {s1:He} {c1:said} {q1:it was good}.",
     "Tim Brown"),
    ("Laura Kent said {q1:she} would go. {s1:She} {c1:said} {q1:“the train is late.”}", "Laura Kent"),
    ("Senator Peter Vance said on Monday that {s1:he} {c1:believed} {q1:the bill was dead}.", "Peter Vance"),
    ("Peter Vance met Laura Kent. {q1:“I am tired,”} {s1:she} {c1:said}.", "Laura Kent"),
    ("Peter Vance met Laura Kent. {q1:“I am tired,”} {s1:he} {c1:said}.", "Peter Vance"),
    ("{q1:“It works,”} {c1:said} {s1:Laura Kent}. {q2:“It works well,”} {s2:she} {c2:added}.", "Laura Kent"),
    ("Mayor Laura Kent, {s1:who} {c1:said} {q1:the road was closed}, walked.", "Laura Kent"),
    ("Talks began on Monday. {s1:The US} {c1:said} {q1:it would wait}.", "US"),
    ("Acme Corp. lost its licence in May. {s1:It} {c1:said} {q1:it would appeal}.", "Acme Corp."),
]  # fmt: skip


BYNAMES = [
    ("French striker Jean Lavigne scored twice. {s1:The Frenchman} {c1:said} {q1:it was late}.", "Jean Lavigne"),
    ("Mayor Lena Fors opened the bridge. {s1:The 61-year-old} {c1:said} {q1:she would not run}.", "Lena Fors"),
    ("Leader Claire Dumas called it a humiliation.\n\nSpokeswoman Nadia Ferhat {c1:dismissed} {q1:the criticism}. "
     "{q2:“Mrs. Dumas has built nothing,”} {s2:she} {c2:said}.", "Nadia Ferhat"),
    ("Mayor Tom Reed opened the inquiry.\n\n{s1:A neighbour} {c1:said} {q1:he had heard shots}. {q2:“It was late,”} "
     "{s2:he} {c2:said}.", "A neighbour"),
    ("Karl Renner praised Leeds on Saturday. {q1:“They were fantastic,”} {s1:the Austrian} {c1:said}.", "Karl Renner"),
    ("Torino have sold Luca Bertoni. {q1:“I am happy,”} {s1:the midfielder} {c1:said}.", "Luca Bertoni"),
    ("Hal Brand, 71, was arrested. {s1:The father of three} {c1:said} {q1:he was innocent}.", "Hal Brand"),
    ("Ministers met on Monday. {s1:The Italian} {c1:said} {q1:talks had failed}.", "The Italian"),
    ("Karl Renner met Ana Kovac in Paris. {s1:The French} {c1:said} {q1:the deal was close}.", "French"),
    ("{s1:Her predecessor, Jan Broek,} {c1:said} {q1:there were other ways}.", "Jan Broek"),
    ("{s1:Her successor as chair, Lena Fors,} {c1:said} {q1:the vote was close}.", "Lena Fors"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), [*PRONOUNS, *BYNAMES])
def test_a_pronoun_is_whom_it_stands_for(reader: Reader, text: str, name: str) -> None:
    found = reader(text)[-1]
    assert found.mention is not None
    assert found.mention.name == name


def test_a_pronoun_never_goes_to_the_nearer_name_by_default(reader: Reader) -> None:
    text = (
        "Mayor Nora Holt met Governor Lee Park on Friday. She left early.\n"
        "Rain fell all day.\n{q1:“I am done,”} {s1:she} {c1:said}."
    )
    (known,) = reader(text)
    assert names([known]) == ["Nora Holt"]
    (unknown,) = reader(text.replace("Nora", "Quilla").replace("Lee Park", "Tarn Vell"))
    assert unknown.confidence < known.confidence
    likely = [(unknown.mention.name, unknown.confidence)] if unknown.mention is not None else []
    likely += [(other.name, other.probability) for other in unknown.candidates]
    assert dict(likely).get("Tarn Vell", 0.0) < 0.5
    assert "Quilla Holt" in dict(likely)


def test_a_title_means_its_holder(reader: Reader) -> None:
    text = (
        "Finance Minister Jo Akande resigned on Monday after a long debate about the budget.\n"
        "{q1:“I had no choice,”} {s1:the minister} {c1:said}.\n{s2:The former minister} {c2:said} {q2:it hurt}."
    )
    first, second = reader(text)
    assert names([first]) == ["Jo Akande"]
    assert first.attribution == "coreference"
    assert names([second])[0] in ("Jo Akande", "The former minister"), (
        "may be somebody else, who is not named"
    )


def test_a_nominee_is_the_person_so_described(reader: Reader) -> None:
    text = (
        "Republican nominee Carl Mott and Democratic nominee Ruth Bauer spoke in Ohio. Bauer was late. "
        "{s1:The Republican nominee} {c1:said} {q1:he was early}."
    )
    assert names(reader(text))[0] in ("Carl Mott", "The Republican nominee"), "never the other nominee"


UNNAMED = [
    ("{s1:A person briefed on the talks, speaking on condition of anonymity,} {c1:said} {q1:no deal was near}.",
     "A person briefed on the talks", "unnamed"),
    ("{s1:A White House official} {c1:said} {q1:the talks went “fine”}.", "A White House official", "unnamed"),
    ("{s1:Three people familiar with the plan} {c1:said} {q1:the plant would close}.",
     "Three people familiar with the plan", "unnamed"),
    ("{s1:Sources} {c1:said} {q1:the talks would go on}.", "Sources", "unnamed"),
    ("{s1:The owners themselves} {c1:wrote} that {q1:the ward was full}.", "The owners", "group"),
    ("{s1:The memo, obtained by this newspaper,} {c1:warns} that {q1:staff “could be at risk.”}",
     "The memo", "organisation"),
    ("{s1:Customs data published on} Monday {c1:showed} {q1:a drop}.", "Customs data published", "organisation"),
    ("{s1:The two sides} {c1:accused} each other of {q1:cheating}.", "The two sides", "group"),
    ("{s1:Some analysts} {c1:see} {q1:a sign}.", "Some analysts", "group"),
    ("{s1:Republicans} {c1:said} {q1:the bill was dead}.", "Republicans", "group"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "kind"), UNNAMED)
def test_an_unnamed_source_keeps_its_words(reader: Reader, text: str, name: str, kind: str) -> None:
    (found,) = reader("Peter Vance opened the session on Monday. " + text)
    assert found.mention is not None
    assert (found.mention.name, found.mention.type) == (name, kind)


def test_who_speaks_within_a_quotation(reader: Reader) -> None:
    text = "“He told me, ‘Leave now,’ and I ran,” Ravi Bose said. “I think we won.”"

    def at(words: str, start: int = 0) -> tuple[int, int]:
        place = text.index(words, start)
        return place, place + len(words)

    found = reader.read(text, [
        SimpleNamespace(content=(at("“He told me, ‘Leave now,’ and I ran,”"), at("“I think we won.”")),
                        cue=at("said"), source=at("Ravi Bose")),
        SimpleNamespace(content=(at("‘Leave now,’"),), cue=at("told"), source=at("He")),
        SimpleNamespace(content=(at("we won"),), cue=at("think"), source=at("I", text.index("“I think"))),
    ])  # fmt: skip
    outer, inner, own = names(found)
    assert outer == own == "Ravi Bose"
    assert inner != "Ravi Bose"


def test_a_quoted_paragraph_belongs_to_whom_the_last_one_introduced(reader: Reader) -> None:
    text = (
        "{s1:Trade expert Paul Reyes} {c1:suggested} {q1:the talks were hard}.\n"
        "{q2:“My read is that they are holding out.”}\nMarkets fell. The rain went on.\n{q3:“Nobody knows.”}"
    )
    first, second, third = reader(text)
    assert names([first, second]) == ["Paul Reyes", "Paul Reyes"]
    assert second.attribution == "discourse"
    assert second.confidence < first.confidence
    assert third.mention is None
    assert third.attribution == "none"


def test_a_passive_without_a_source_has_no_speaker(reader: Reader) -> None:
    believed = "Captain Peter Vance lives in Hull. {c1:It is believed} {q1:the ship left on Tuesday}."
    asked = "When {c1:asked} {q1:whether he would go}, Peter Vance laughed."
    past = (
        "{c1:Asked} {q1:if the president would sign the measure}, White House press secretary Dana Whitcomb did "
        "not answer directly."
    )
    for text in (believed, asked, past):
        (found,) = reader(text)
        assert (found.mention, found.attribution) == (None, "none")


def seed(number: str, reader: Reader, *rows: tuple[str | None, str]) -> list[ResolvedSource]:
    """Resolve sources in a seed article, each given with the words around it: ``"[He] said"``, and the content."""
    text = next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    quotations = []
    for source, content in rows:
        span = None
        if source is not None:
            before, inner, _ = re.split(r"[\[\]]", source)
            start = text.index(source.replace("[", "").replace("]", "")) + len(before)
            span = (start, start + len(inner))
        place = text.index(content)
        quotations.append(SimpleNamespace(content=((place, place + len(content)),), cue=None, source=span))
    return reader.read(text, quotations)


def test_speakers_of_the_first_seed(reader: Reader) -> None:
    found = seed(
        "000", reader,
        ("[U.S. Commerce Secretary Howard Lutnick] reported", "“going well,”"),
        ("[He] said, “(Talks", "“(Talks went on) all day yesterday, and I expect (them) all day today."),
        ("[A White House official] also", "“fine,”"),
        ("[White House economic adviser Kevin Hassett] said", "the U.S. might lift some semiconductor controls"),
        ("[Trade expert William Reinsch of the Center for Strategic and International Studies] suggested",
         "the extended discussion reflects negotiation challenges"),
        (None, "“My read is Trump is very anxious"),
        ("[Hassett] indicated", "easing of export restrictions may hinge"),
        ("[he] noted", "“I’m talking about possible export controls on other semiconductors"),
    )  # fmt: skip
    assert names(found) == [
        "Howard Lutnick", "Howard Lutnick", "A White House official", "Kevin Hassett", "William Reinsch",
        "William Reinsch", "Kevin Hassett", "Kevin Hassett",
    ]  # fmt: skip
    assert [one.attribution for one in found[1:3]] == ["coreference", "name"]
    assert found[5].attribution == "discourse"
    assert [one.mention.description for one in found if one.mention][:4] == [
        "U.S. Commerce Secretary", "U.S. Commerce Secretary", None, "White House economic adviser",
    ]  # fmt: skip


def test_pronouns_of_the_other_seeds(reader: Reader) -> None:
    second = seed(
        "001", reader,
        ("[US President Donald Trump] on", "“going well”"),
        ("[he] reiterated", "“China’s not easy,”"),
        ("[he] replied", "“We’ll see.”"),
        ("[Hassett] said the US", "the US expected rare earth shipments to resume"),
        ("[he] clarified", "the highest-end Nvidia semiconductors"),
        ("[he] said.\nEconomic", "“The very, very high-end Nvidia stuff is not what I’m talking about,”"),
    )  # fmt: skip
    assert names(second) == ["Donald Trump"] * 3 + ["Kevin Hassett"] * 3
    third = seed(
        "002", reader,
        ("[Hassett] said he", "he expected any export controls"),
        ("But [he] said", "any easing would not include"),
        ("[he] said.\n—", "“I’m talking about possible export controls"),
    )  # fmt: skip
    assert names(third) == ["Kevin Hassett"] * 3
    fourth = seed(
        "003", reader,
        ("[Sources] indicated", "negotiations were expected to resume"),
        ("[trade expert William Reinsch from the Center for Strategic and International Studies] remarked",
         "the lengthy duration of the London meeting"),
        ("[he] anticipated", "both sides would “eventually reach some form of agreement.”"),
    )  # fmt: skip
    assert names(fourth) == ["Sources", "William Reinsch", "William Reinsch"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{s1:They and their neighbours} {c1:said} {q1:the river was too high}.", None),
        ("{s1:You and I} {c1:said} {q1:that the river was too high}.", None),
        ("{s1:Paul Reyes and I} {c1:said} {q1:that the river was too high}.", "Paul Reyes and the author"),
        ("{s1:Mayor Ana Ruiz (she/they)} {c1:said} {q1:the river was too high}.", "Ana Ruiz"),
    ],
)
def test_several_of_whom_some_are_pronouns(reader: Reader, marked: str, expected: str | None) -> None:
    assert names(reader(marked)) == [expected]
