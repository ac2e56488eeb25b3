"""Cues that the tagger does not see, found by the parse where all is wanted."""

import pytest
import spacy
from spacy.language import Language

import quotes
from quotes.nlp.encoder import encoder
from quotes.quotations.passes import find_attributions, violations
from quotes.quotations.unseen import candidates, find_unseen, lemma_of

TEXT = (
    "The harbour board of Vale met on Monday. The fishermen's request for a longer quay was on the table, and the "
    "board's decision to wait until spring made them angry. Ada Moe, who chairs the board, said the money was spent "
    "and asked the fishermen to be patient.\n\n“I want you to wait,” she said. “Nobody demands more than that.”\n\n"
    "The plan is opposed by the hotels. Concerns that the quay would close were growing."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    parser = spacy.blank("en")
    parser.add_pipe("quotes_syntax")
    parser.add_pipe("quotes_morphology")
    return parser


def test_a_word_introduces_its_clause_its_object_or_what_stands_behind_a_preposition(nlp: Language) -> None:
    doc = nlp(TEXT)
    found = {
        candidate.lemma: candidate.attribution
        for candidate in candidates(doc, TEXT, encoder()(TEXT), [], None)
    }
    told = {
        lemma: (TEXT[slice(*part.content[0])], TEXT[slice(*part.source)] if part.source else None)
        for lemma, part in found.items()
    }
    assert told["request noun"] == ("a longer quay", "The fishermen")
    assert told["decision noun"] == ("to wait until spring", "the board")
    assert told["ask verb"][0] == "the fishermen to be patient"
    assert told["oppose verb"] == ("The plan", "the hotels")
    assert told["concern noun"] == ("that the quay would close", None)


def test_no_candidate_is_in_marks_or_is_a_known_cue_or_source(nlp: Language) -> None:
    doc = nlp(TEXT)
    known = find_attributions(doc, TEXT)
    roles = {span for part in known for span in (part.cue, part.source) if span}
    found = list(candidates(doc, TEXT, encoder()(TEXT), known, None))
    assert found
    for candidate in found:
        cue = candidate.attribution.cue
        assert cue is not None
        assert all(cue[1] <= start or end <= cue[0] for start, end in roles)
        assert "demands" not in TEXT[slice(*cue)]
    assert (
        violations(TEXT, [candidate.attribution for candidate in found if candidate.attribution.source]) == []
    )


def test_auxiliaries_and_function_words_have_no_lemma(nlp: Language) -> None:
    doc = nlp("Moe has asked for the plan.")
    assert [lemma_of(token) for token in doc] == ["moe noun", None, "ask verb", None, None, "plan noun", None]


def test_what_is_unseen_is_likely_and_doubtful(nlp: Language) -> None:
    doc = nlp(TEXT)
    logits = encoder()(TEXT)
    unseen = find_unseen(doc, TEXT, logits, [])
    assert unseen
    assert all(part.doubtful and 0 < part.confidence < 1 for part in unseen)
    seen = [part.cue for part in unseen]
    assert not {part.cue for part in find_unseen(doc, TEXT, logits, unseen)} & set(seen)


def test_only_where_all_is_wanted_and_no_assertion() -> None:
    few, many = quotes.load(coreference="none"), quotes.load(keep="all", coreference="none")
    cues = {quote.cue.text: quote.act for quote in many(TEXT)._.quotes if quote.cue}
    usual = {quote.cue.text for quote in few(TEXT)._.quotes if quote.cue}
    assert usual < set(cues)
    assert {cues[cue] for cue in set(cues) - usual} <= {
        "thinks",
        "requests",
        "declines",
        "denies",
        "asks",
        "promises",
    }
