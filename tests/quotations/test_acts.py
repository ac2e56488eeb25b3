"""The act of a quotation, whether the text says that it was said, and to whom."""

import pytest
from spacy.language import Language

import quotes
from quotes.types import Quote


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load(keep="all", coreference="none")


def the_one(nlp: Language, text: str, words: str) -> Quote:
    """The quotation of a text that has these words in it."""
    [found] = [quote for quote in nlp(text)._.quotes if words in quote.text]
    return found


NOT_SAID = [
    ("Contrary to posts shared online, Councillor Dana Wirth never said “we will sell the park.”", "sell"),
    ("The minister did not tweet “good riddance” after the vote.", "riddance"),
    ("Governor Luis Ortega was falsely quoted as saying “the poor deserve it”.", "poor"),
    ("Had he been asked, Smith would have said “no comment at all”.", "comment"),
    ("If the chairman says “we are bankrupt”, the shares will fall.", "bankrupt"),
    ("The coach should have said “I was wrong”.", "wrong"),
    ("Nobody said “the dam is safe”.", "dam"),
    ("No proof has emerged that Deputy Ines Carr ever said “the lake is ours.”", "lake"),
    ("There is no evidence that Senator Mary Tull ever said “let them eat cake.”", "cake"),
    ("It is not true that Senator Mary Tull said “let them eat cake.”", "cake"),
    ("A hoax post quoted the bishop as saying “the church is rich”.", "rich"),
    ("The firm stopped short of saying that the plant would close.", "plant"),
    ("She left without saying “goodbye to all that”.", "goodbye"),
    ("Somebody ought to say “enough is enough”.", "enough"),
    ("It is unclear whether the mayor said “we are broke”.", "broke"),
    ("Nowhere in the letter does Bishop Otto Lam write “the church is rich”.", "rich"),
    ("In none of her books does Ada Moe say “the lake is ours”.", "lake"),
    ("Never once did the mayor say “we are broke”.", "broke"),
    ("It is not true that she left the room, saying “we are broke”.", "broke"),
    ("The clerk left before anyone could say “the dam is safe”.", "dam"),
    ("We should be saying “the dam is safe”.", "dam"),
    ("The mayor never made the claim that the dam was safe.", "dam"),
]


@pytest.mark.parametrize(("text", "words"), NOT_SAID)
def test_what_was_not_said_is_not_asserted(nlp: Language, text: str, words: str) -> None:
    assert not the_one(nlp, text, words).asserted


SAID = [
    ("Councillor Dana Wirth said that nobody had ever said “sell the park”.", "nobody"),
    ("Every morning the teacher would say “good luck to all of you”.", "luck"),
    ("“I would like to say thank you to everybody,” said the winner.", "thank"),
    ("If you ask me, he said, the park should stay.", "park"),
    ("The coach did not hesitate to say “we were lucky”.", "lucky"),
    ("The coach could be heard saying “we were lucky”.", "lucky"),
    ("The coach did not only say “we were lucky”, he meant it.", "lucky"),
    ("The coach did not resign, saying “we were lucky”.", "lucky"),
    ("The mayor was quoted as saying “we are broke”.", "broke"),
    ("Officials never tire of saying that the dam is safe.", "dam"),
    ("Councillor Dana Wirth said she would not sell the park.", "park"),
    ("Councillor Dana Wirth wrongly claimed that the park was sold in May.", "park"),
    ("The union is not afraid of the director, who has said that the plant would close.", "plant"),
    (
        "Moreau's attempts to win them over have failed, with the fishermen saying they have nothing to add.",
        "add",
    ),
    ("Some wrote that phones shouldn't be banned, while others said a ban helped.", "helped"),
    ("Ruiz saw no need to change the plan, telling reporters that “the bridge is safe”.", "bridge"),
    ("The council urged Ruiz to step down, repeating that the money was gone.", "money"),
    ("Otto Lam never hid that the church was rich.", "church"),
    ("Otto Lam was angry about what he called the “blaming and shaming” of the church.", "blaming"),
    ("The union is unlikely to back Moreau after his May remark that “the yard is finished.”", "yard"),
]


@pytest.mark.parametrize(("text", "words"), SAID)
def test_what_was_said_is_asserted(nlp: Language, text: str, words: str) -> None:
    assert the_one(nlp, text, words).asserted


@pytest.mark.parametrize(
    ("text", "words", "act"),
    [
        ("Mayor Ana Ruiz denied that the road was closed.", "road", "denies"),
        ("Mayor Ana Ruiz dismissed allegations that she took a bribe.", "bribe", "denies"),
        ("The port denied claims that the road was closed.", "road", "denies"),
        ("Rumours that the road was closed were denied by the port.", "road", "denies"),
        ("Claims that the road was closed were dismissed by the port as nonsense.", "road", "denies"),
        ("Ana Ruiz is furious: “The road is closed.”", "road", "asserts"),
        ("Ana Ruiz wondered: “Is the road closed?”", "road", "asks"),
        ("Mayor Ana Ruiz could be heard shouting “keep out” at noon.", "keep", "asserts"),
        ("Mayor Ana Ruiz asked whether the road was closed.", "road", "asks"),
        ("Mayor Ana Ruiz asked that the port close the road.", "road", "requests"),
        ("Mayor Ana Ruiz urged drivers to stay at home.", "stay", "requests"),
        ("Mayor Ana Ruiz promised to open the road.", "open", "promises"),
        ("Mayor Ana Ruiz believes that the road will open.", "road", "thinks"),
        ("Mayor Ana Ruiz declined to comment on the road.", "comment", "declines"),
        ("Mayor Ana Ruiz did not say when the road would open.", "when", "declines"),
        ("Mayor Ana Ruiz would neither confirm nor deny that the road was closed.", "road", "declines"),
        ("Mayor Ana Ruiz said that the road was closed.", "road", "asserts"),
        (
            "Mayor Ana Ruiz told residents who live by the river to leave at once.",
            "to leave at once",
            "requests",
        ),
        ("Mayor Ana Ruiz told a crowd that had come to listen that it was late.", "it was late", "asserts"),
        ("The clerk disagreed, asking why the office was closed.", "office", "asks"),
        ("The mayor spoke to the sailors on Friday, promising to repair the quay.", "quay", "promises"),
        ("The warden suggested waiting for the next ferry.", "ferry", "requests"),
    ],
)
def test_acts(nlp: Language, text: str, words: str, act: str) -> None:
    quote = the_one(nlp, text, words)
    assert (quote.act, quote.asserted) == (act, True)


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("Tull offered no proof of her assertion that the dam was safe.", "the dam was safe", "her"),
        ("Tull never explained his remark that “nobody will be spared”.", "“nobody will be spared”", "his"),
        ("Kent did not back up his claim that the firm took bribes.", "the firm took bribes", "his"),
        (
            "Officials have not commented on Wirth's claim that the dam had cracked.",
            "the dam had cracked",
            "Wirth",
        ),
        (
            "Tull said he stood by his claim that it was safe.",
            "he stood by his claim that it was safe",
            "Tull",
        ),
        ("Tull denied her claim that the dam was safe.", "the dam was safe", "Tull"),
    ],
)
def test_a_claim_without_proof_is_made_all_the_same(
    nlp: Language, text: str, content: str, source: str
) -> None:
    [quote] = nlp(text)._.quotes
    assert (quote.text, quote.source and quote.source.text, quote.asserted) == (content, source, True)


def test_who_is_asked_does_not_ask() -> None:
    said = quotes.load(coreference="none")
    [quote] = said("Wirth, asked whether she was tired, said: “Never.”")._.quotes
    assert (quote.text, quote.source and quote.source.text) == ("“Never.”", "Wirth")


def test_a_denial_that_was_not_made(nlp: Language) -> None:
    quote = the_one(nlp, "Mayor Ana Ruiz never denied that the road was closed.", "road")
    assert (quote.act, quote.asserted) == ("denies", False)


@pytest.mark.parametrize(
    ("text", "words", "addressee"),
    [
        ("Mayor Ana Ruiz told reporters that the road was closed.", "road", "reporters"),
        ("“The road is closed,” Mayor Ana Ruiz said to the council.", "road", "the council"),
        ("“The road is closed,” Mayor Ana Ruiz said.", "road", None),
    ],
)
def test_addressees(nlp: Language, text: str, words: str, addressee: str | None) -> None:
    found = the_one(nlp, text, words).addressee
    assert (found.text if found else None) == addressee
