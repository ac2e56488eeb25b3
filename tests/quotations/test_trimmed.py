"""What the parse tells of contents and sources: where they begin and end, and who speaks as an object."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from support.marked_texts import place

import quotes
from quotes.quotations.attribution import Attribution
from quotes.quotations.clauses import complete_from_parse
from quotes.quotations.edges import trim_edges
from quotes.quotations.sources import drop_addressee
from quotes.quotations.topics import is_topic


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load(coreference="none")


@pytest.mark.parametrize(
    ("text", "fragments", "cue", "expected"),
    [
        ("Moe told the clerk “We are closed.”", ["the clerk “We are closed.”"], "told", ["“We are closed.”"]),
        ("Moe asked the clerk why the ferry was late.", ["the clerk why the ferry was late"], "asked",
         ["why the ferry was late"]),
        ("Moe told the clerk that the ferry was late.", ["the clerk that the ferry was late"], "told",
         ["the ferry was late"]),
        ("Moe urged the clerks, “Close the door.”", ["the clerks", "“Close the door.”"], "urged",
         ["“Close the door.”"]),
        ("Moe has told port officials she wants a new pier by May.", ["port officials she wants a new pier by May"],
         "told", ["she wants a new pier by May"]),
        ("Moe urged the clerk to close the door.", ["the clerk to close the door"], "urged",
         ["the clerk to close the door"]),
        ("Moe called the clerk “lazy.”", ["the clerk “lazy.”"], "called", ["the clerk “lazy.”"]),
        ("The ferry, which Moe said was late, came.", ["which", "was late"], "said", ["was late"]),
        ("In other words, Moe said, “it is over.”", ["In other", "“it is over.”"], "said",
         ["In other words", "“it is over.”"]),
        ("Shaking his head, Moe said, “It is over.”", ["Shaking", "“It is over.”"], "said", ["“It is over.”"]),
        ("“Ship ahoy”: that was all the pilot, Moe, would say.", ["“Ship ahoy”", "that was all"], "say",
         ["“Ship ahoy”"]),
        ("Moe said which ferry was late.", ["which ferry was late"], "said", ["which ferry was late"]),
        ("Defending that coast is the first task of the navy, said a handful of officers led by Moe.",
         ["Defending that coast is the first task of the navy"], "said",
         ["Defending that coast is the first task of the navy"]),
    ],
)  # fmt: skip
def test_where_contents_begin(
    nlp: Language, text: str, fragments: list[str], cue: str, expected: list[str]
) -> None:
    spans = tuple(place(text, part) for part in fragments)
    whole = Attribution(spans, place(text, cue), place(text, "Moe"))
    [trimmed] = trim_edges(nlp(text), text, [whole])
    assert [text[slice(*span)] for span in trimmed.content] == expected


@pytest.mark.parametrize(
    ("text", "is_claim"),
    [
        ("On Friday, a judge rejected Holt's attempt to delay the trial.", False),
        ("The port authority rejected the offer of a loan.", False),
        ("The port authority rejected the allegations of fraud.", True),
        ("Mayor Ana Moe dismissed the report as a joke.", True),
    ],
)
def test_what_is_turned_down_is_no_claim_unless_somebody_has_claimed_it(
    nlp: Language, text: str, is_claim: bool
) -> None:
    cue = place(text, "rejected" if "rejected" in text else "dismissed")
    content = (cue[1] + 1, len(text) - 1)
    denial = Attribution((content,), cue, (0, cue[0] - 1))
    assert is_topic(nlp(text), text, denial, "indirect", is_clause=False) != is_claim


@pytest.mark.parametrize(
    ("verb", "is_claim"), [("can't tell", False), ("could tell me", True), ("told me", True)]
)
def test_to_tell_a_difference_is_to_say_nothing(nlp: Language, verb: str, is_claim: bool) -> None:
    text = f"Moe {verb} that the new ferry is longer."
    told = Attribution((place(text, "the new ferry is longer"),), place(text, verb), (0, 3))
    assert is_topic(nlp(text), text, told, "indirect", is_clause=True) != is_claim


def test_what_is_seen_as_something_does_not_see_it() -> None:
    doc = parsed(
        [
            ("The", "DET", "DT", "det", 1),
            ("deal", "NOUN", "NN", "nsubjpass", 4),
            ("has", "AUX", "VBZ", "aux", 4),
            ("been", "AUX", "VBN", "auxpass", 4),
            ("seen", "VERB", "VBN", "ROOT", 4),
            ("as", "SCONJ", "IN", "prep", 4),
            ("farce", "NOUN", "NN", "pobj", 5),
        ]
    )
    seen = Attribution(((26, 31),), (18, 22), (0, 8))
    assert drop_addressee(seen, doc[4]).source is None


def test_one_word_is_a_content_only_where_all_is_wanted() -> None:
    text = "The ferry was late on Monday. Moe, the mayor, vowed consequences."
    said = {quote.text for quote in quotes.load(coreference="none")(text)._.quotes}
    every = {quote.text for quote in quotes.load(keep="all", coreference="none")(text)._.quotes}
    assert "consequences" in every - said


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("The ferry will not sail, Moe said. “Ask the pilot.”", 2),
        ("The crew saw it as “a farce,” Moe said. “Nobody asked the pilot.”", 1),
    ],
)
def test_reported_words_and_quoted_ones_are_two_unless_both_are_quoted(
    nlp: Language, text: str, contents: int
) -> None:
    assert len(nlp(text)._.quotes) == contents


def parsed(words: list[tuple[str, str, str, str, int]]) -> Doc:
    """A Doc of words with their part of speech, tag, dependency and the number of their head."""
    texts, pos, tags, deps, heads = (list(column) for column in zip(*words, strict=True))
    return Doc(spacy.blank("en").vocab, words=texts, pos=pos, tags=tags, deps=deps, heads=heads)


@pytest.mark.parametrize(
    ("words", "content", "cue"),
    [
        # no end within marks
        (
            [
                ("Signs", "NOUN", "NNS", "nsubj", 6),
                ("Moe", "PROPN", "NNP", "nsubj", 2),
                ("put", "VERB", "VBD", "acl", 0),
                ("up", "ADP", "RP", "prt", 2),
                ("“", "PUNCT", "``", "punct", 6),
                ("All", "PRON", "DT", "nsubj", 6),
                ("is", "AUX", "VBZ", "ROOT", 6),
                ("sold", "ADJ", "JJ", "acomp", 6),
                ("”", "PUNCT", "''", "punct", 6),
            ],
            "“ All is sold ”",
            "put up",
        ),
        # a relative pronoun opens no content
        (
            [
                ("Moe", "PROPN", "NNP", "nsubj", 1),
                ("said", "VERB", "VBD", "ROOT", 1),
                ("rooms", "NOUN", "NNS", "dobj", 1),
                ("that", "PRON", "WDT", "nsubj", 4),
                ("flooded", "VERB", "VBD", "ccomp", 1),
                ("were", "AUX", "VBD", "ccomp", 1),
                ("old", "ADJ", "JJ", "acomp", 5),
            ],
            "rooms that flooded were old",
            "said",
        ),
    ],
)
def test_contents_that_the_parse_would_cut(
    words: list[tuple[str, str, str, str, int]], content: str, cue: str
) -> None:
    doc = parsed(words)
    whole = Attribution((place(doc.text, content),), place(doc.text, cue), place(doc.text, "Moe"))
    [trimmed] = trim_edges(doc, doc.text, [whole])
    assert trimmed.content == (place(doc.text, content),)


def test_pieces_of_a_clause_are_in_text_order_where_dependencies_cross() -> None:
    doc = parsed(
        [
            ("Moe", "PROPN", "NNP", "nsubj", 1),
            ("said", "VERB", "VBD", "ROOT", 1),
            ("they", "PRON", "PRP", "nsubj", 3),
            ("bought", "VERB", "VBD", "ccomp", 1),
            ("mills", "NOUN", "NNS", "dobj", 3),
            ("the", "DET", "DT", "det", 7),
            ("latter", "ADJ", "JJ", "dep", 4),
            ("ruins", "NOUN", "NNS", "appos", 4),
        ]
    )
    whole = Attribution((place(doc.text, "they"),), place(doc.text, "said"), place(doc.text, "Moe"), 0.9)
    [completed] = complete_from_parse(doc, doc.text, [whole])
    assert completed.content == (place(doc.text, "they bought mills the latter ruins"),)


@pytest.mark.parametrize(
    ("words", "content", "cue", "source"),
    [
        (
            [
                ("According", "VERB", "VBG", "prep", 5),
                ("to", "ADP", "IN", "prep", 0),
                ("Moe", "PROPN", "NNP", "pobj", 1),
                ("they", "PRON", "PRP", "nsubj", 5),
                ("have", "AUX", "VBP", "aux", 5),
                ("left", "VERB", "VBN", "ROOT", 5),
            ],
            "they have left",
            "According to",
            "Moe",
        ),
        (
            [
                ("TASS", "PROPN", "NNP", "nsubj", 1),
                ("quotes", "VERB", "VBZ", "ROOT", 1),
                ("Moe", "PROPN", "NNP", "dobj", 1),
                ("as", "ADP", "IN", "prep", 1),
                ("saying", "VERB", "VBG", "pcomp", 3),
                ("they", "PRON", "PRP", "nsubj", 6),
                ("left", "VERB", "VBD", "ccomp", 4),
            ],
            "they left",
            "saying",
            "Moe",
        ),
        (
            [
                ("Crowds", "NOUN", "NNS", "nsubj", 1),
                ("came", "VERB", "VBD", "ROOT", 1),
                ("with", "ADP", "IN", "prep", 1),
                ("guides", "NOUN", "NNS", "pobj", 2),
                ("saying", "VERB", "VBG", "pcomp", 2),
                ("all", "PRON", "DT", "nsubj", 6),
                ("left", "VERB", "VBD", "ccomp", 4),
            ],
            "all left",
            "saying",
            "guides",
        ),
    ],
)
def test_who_speaks_as_an_object(
    words: list[tuple[str, str, str, str, int]], content: str, cue: str, source: str
) -> None:
    doc = parsed(words)
    for token in doc:
        token.lemma_ = {"quotes": "quote"}.get(token.text, token.lower_)
    whole = Attribution((place(doc.text, content),), place(doc.text, cue), None, 0.9)
    [completed] = complete_from_parse(doc, doc.text, [whole])
    assert completed.source == place(doc.text, source)
