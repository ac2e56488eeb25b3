"""Sources that are noun phrases: whom "the minister" means, and how an unnamed source is called."""

from collections.abc import Iterable
from typing import Protocol

from spacy.tokens import Span, Token

from quotes.cast import Cast, Figure
from quotes.chains import lexicon
from quotes.data import SpeakerType
from quotes.descriptions import is_role
from quotes.referents import Found, Referent
from quotes.rolewords import (
    BODIES,
    DEFINITE,
    DOCUMENTS,
    EPITHETS,
    GENERAL,
    GENERIC,
    PLACES,
    PRESS,
    TEAMS,
    UNNAMED,
)

MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
BEFORE = MODIFIERS | {"det", "nummod", "quantmod", "predet", "advmod"}
AFTER = frozenset({"prep", "acl", "amod"})
MOST = 16  # words of an unnamed source


class Searcher(Protocol):
    """What is asked of the antecedents of an article."""

    cast: Cast

    def chain(self, token: Token) -> list[Referent]:
        """What coreference chains say."""

    def salient(self, token: Token, kind: str) -> Found | None:
        """Whom a pronoun in this place would mean."""


def named_by(head: Token, antecedents: Searcher) -> Found | None:
    """The figure that a definite noun phrase means, or None when it must speak for itself."""
    lemma = head.lemma_.lower()
    determiner = next((child.text.lower() for child in head.children if child.dep_ in ("det", "poss")), "")
    if head.tag_ in ("NNS", "NNPS") or (determiner not in DEFINITE and (determiner or head.pos_ != "PROPN")):
        return None
    if any(child.dep_ in ("nummod", "advmod") for child in head.children):
        return None
    modifiers = {child.text.lower() for child in head.children if child.dep_ in MODIFIERS} - GENERAL
    if is_role(head):
        holders = antecedents.cast.holders.get(lemma, [])
        said = [(extra, f) for f in holders if (extra := _extra(f, lemma, modifiers)) is not None]
        fewest = min((extra for extra, _ in said), default=0)
        least = [figure for extra, figure in said if extra == fewest]
        if least and (best := _nearest(least, head)):
            return Found(Referent(best), 0.85 if len(said) == 1 else 0.7)
        places = {c.text.lower() for c in head.children if c.ent_type_ in ("GPE", "NORP", "LOC")}
        if len(holders) == 1 and modifiers <= places | GENERAL and lemma not in EPITHETS:
            return Found(Referent(holders[0]), 0.65)
    chained = [referent for referent in antecedents.chain(head) if referent.figure is not None]
    if chained and (not modifiers or is_role(head)):
        return Found(chained[0], 0.75)
    if any(child.dep_ in ("prep", "poss", "relcl") for child in head.children):
        return None
    if lemma in EPITHETS:
        words = lexicon()
        other = {"he": words.exclusively_female_words, "she": words.exclusively_male_words}
        kinds = [kind for kind, nouns in other.items() if lemma not in nouns]
        found = [f for kind in kinds if (f := antecedents.salient(head, kind)) and f.referent.figure]
        best_found = max(found, key=lambda answer: answer.confidence, default=None)
        return Found(best_found.referent, best_found.confidence * 0.7) if best_found else None
    return None if modifiers else _body(head, lemma, antecedents)


def _extra(figure: Figure, lemma: str, modifiers: set[str]) -> int | None:
    """How many words more than a noun phrase a description of the figure has; None when it is another."""
    found = []
    for text in figure.descriptions:
        words = {word.lower().strip(".,") for word in text.split()}
        if lemma in words and modifiers <= words:
            found.append(len(words) - len(modifiers) - 1)
    if not found and lemma in figure.nouns and modifiers <= figure.nouns:
        found.append(len(figure.nouns))
    return min(found, default=None)


def _body(head: Token, lemma: str, antecedents: Searcher) -> Found | None:
    """The body that "the bank" or "the city" means."""
    figures = antecedents.cast.figures
    if lemma in PLACES:
        best = _nearest([figure for figure in figures if figure.label == PLACES[lemma]], head)
        return Found(Referent(best), 0.5) if best else None
    if lemma not in BODIES:
        return None
    words = {lemma, *PRESS.get(lemma, ())}
    bodies = [figure for figure in figures if figure.label == "ORG"]
    named = [figure for figure in bodies if not words.isdisjoint(figure.name.lower().split())]
    best = _nearest(named, head)
    if best is not None:
        return Found(Referent(best), 0.7)
    found = antecedents.salient(head, "it") if lemma in GENERIC else None
    if found is None or found.referent.figure not in bodies:
        return None
    return Found(found.referent, found.confidence * 0.6)


def _nearest(figures: Iterable[Figure], head: Token) -> Figure | None:
    """The figure named last before a token, else the one named first after it."""
    named = [(figure.before(head.i), -figure.starts[0], n, figure) for n, figure in enumerate(figures)]
    return max(named, default=(0, 0, 0, None))[3]


def phrase(head: Token, source: Span | None = None) -> str:
    """A source in its own words, without relative clauses and what is loosely added."""
    doc = head.doc
    span = source
    if span is None or not span.start <= head.i < span.end:
        start = min([child.left_edge.i for child in head.lefts if child.dep_ in BEFORE] + [head.i])
        last = max([child.right_edge.i for child in head.rights if child.dep_ in AFTER] + [head.i])
        span = doc[start : last + 1]
    end = span.end
    for token in doc[head.i + 1 : span.end]:
        loose = token.text in (",", ";", "—", "–", "(") and token.i > head.i
        if loose or token.tag_ in ("WP", "WDT", "WP$") or token.is_space or token.i - span.start > MOST:
            end = token.i
            break
    if end <= head.i or doc[end - 1].tag_ == "IN":  # "many of whom"
        end = span.end
    while end - 1 > head.i and (doc[end - 1].tag_ in ("POS", "IN") or doc[end - 1].is_punct):
        end -= 1
    words = doc[span.start : end]
    while len(words) > 1 and (words[0].is_punct or words[0].is_space):
        words = words[1:]
    if words[-1].tag_ == "POS" and len(words) > 1:
        words = words[:-1]
    return " ".join(words.text.split())


def type_of(head: Token) -> SpeakerType:
    """What kind of speaker a noun phrase without a name is."""
    lemma = head.lemma_.lower()
    if head.pos_ == "PROPN" and head.ent_type_ == "PERSON":
        return "person"
    if lemma in DOCUMENTS or head.text.lower() == "data":
        return "organisation"
    if lemma in UNNAMED:
        return "unnamed"
    if (
        head.tag_ in ("NNS", "NNPS")
        or lemma in ("people", "police")
        or head.pos_ in ("NUM", "PRON", "DET", "ADJ")
    ):
        return "group"
    if is_role(head) or lemma in lexicon().exclusively_person_words:
        return "unnamed"
    return "group" if lemma in TEAMS and lemma not in BODIES else "organisation"
