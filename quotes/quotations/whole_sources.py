"""The words of a source as a whole: with its noun, and with the noun that a relative pronoun stands for."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from quotes.lexicon.roles import RELATIVE_PRONOUNS
from quotes.nlp.dependents import SUBJECT_DEPS, dependent, preposition, subtree_offsets, word_offsets
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.text.spans import overlaps_any

# What stands before a noun, and alone is nobody: where the tagger has only this, the noun is missing.
NO_SOURCES = frozenset(["a", "an", "the", "every", "no", "such", "there", "'s", "’s"])
BEFORE_NOUN_DEPS = frozenset(["det", "predet", "amod", "compound", "nmod", "nummod"])


def with_noun(doc: Doc, attribution: Attribution, others: Sequence[Offsets]) -> Attribution:
    """An attribution whose source goes on to its noun: "[The newspaper], which says", "[the Harbour Bank]".

    Where the noun is the cue ("an announcement that"), an article alone is no source: whom "by" names is one.
    """
    source = token_span(doc, attribution.source)
    if source is None or attribution.by_layout:
        return attribution
    last = source[-1]
    taken = [*attribution.content, attribution.cue, *others]
    is_cut = last.dep_ in BEFORE_NOUN_DEPS and last.head.i >= source.end and source[0].tag_ != "PRP$"
    noun = last.head if is_cut else None
    if noun is not None and noun.pos_ in ("NOUN", "PROPN", "NUM"):
        span = source.start_char, noun.idx + len(noun)
        if not overlaps_any(span, taken):
            return replace(attribution, source=span)
    if not all(token.lower_ in NO_SOURCES or token.is_punct for token in source):
        return attribution
    doer = dependent(preposition(noun, "by"), "pobj") if noun is not None else None
    agent = subtree_offsets(doer) if doer is not None else None
    return replace(attribution, source=None if overlaps_any(agent or (0, 0), taken) else agent)


def join_antecedent(doc: Doc, attribution: Attribution, others: Sequence[Offsets]) -> Attribution:
    """An attribution whose source is a relative pronoun and the noun before it: "the mayor, who" said something.

    Annotators mark one or the other; a reader wants both.
    """
    source = token_span(doc, attribution.source)
    cue = token_span(doc, attribution.cue)
    if source is None or cue is None:
        return attribution
    first, last = source[0], source[-1]
    if len(source) == 1 and _is_relative_subject(last):
        clause = last.head
        while clause.dep_ not in ("relcl", "ROOT"):
            clause = clause.head
        before = doc[last.i - 1] if last.i and last.nbor(-1).text != "," else doc[max(last.i - 2, 0)]
        name = next((ent for ent in doc.ents if ent.start <= before.i < ent.end), None)
        first = (
            _first_word(clause.head) if clause.dep_ == "relcl" else name[0] if name else _first_word(before)
        )
        if not (last.sent.start <= first.i < last.i) or before.pos_ not in ("NOUN", "PROPN"):
            return attribution
    else:
        after = doc[source.end : source.end + 2]
        pronoun = next((token for token in after if token.text != ","), None)
        if pronoun is None or not _is_relative_subject(pronoun) or cue.root not in pronoun.head.subtree:
            return attribution
        last = pronoun
    joined = word_offsets(first, last)
    taken = [*attribution.content, attribution.cue, *others]
    return attribution if overlaps_any(joined, taken) else replace(attribution, source=joined)


def _first_word(noun: Token) -> Token:
    """The first word of a noun phrase, whose words stand side by side: where dependencies cross, others are before."""
    first = noun
    while first.i and noun.is_ancestor(first.nbor(-1)):
        first = first.nbor(-1)
    return first


def _is_relative_subject(token: Token) -> bool:
    """Whether a word is the "who", "which" or "that" that a relative clause has as its subject."""
    return token.lower_ in RELATIVE_PRONOUNS and token.tag_ in ("WP", "WDT") and token.dep_ in SUBJECT_DEPS
