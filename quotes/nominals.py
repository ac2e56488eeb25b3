"""Sources that are noun phrases: whom "the minister" means, and how an unnamed source is called."""

from typing import Protocol

from spacy.tokens import Span, Token

from quotes.cast import Cast, Figure
from quotes.chains import lexicon
from quotes.data import SpeakerType
from quotes.descriptions import is_role
from quotes.referents import Found, Referent
from quotes.rolewords import BODIES, DEFINITE, GENERAL, PLACES, TEAMS, UNNAMED

MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
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
    if head.tag_ in ("NNS", "NNPS") or (determiner not in DEFINITE and head.pos_ != "PROPN"):
        return None
    figures = antecedents.cast.figures
    modifiers = {child.text.lower() for child in head.children if child.dep_ in MODIFIERS} - GENERAL
    if is_role(head):
        said = [
            figure
            for figure in figures
            if figure.is_person and lemma in figure.nouns and modifiers <= figure.nouns | {determiner}
        ]
        if said and (best := _nearest(said, head)):
            return Found(Referent(best), 0.85 if len(said) == 1 else 0.65)
    chained = [r for r in antecedents.chain(head) if r.figure is not None]
    if chained:
        return Found(chained[0], 0.75)
    if is_role(head) and not any(child.dep_ in ("prep", "poss") for child in head.children):
        words = lexicon()
        other = {"he": words.exclusively_female_words, "she": words.exclusively_male_words}
        kinds = [kind for kind, nouns in other.items() if lemma not in nouns]
        answers = [
            found for kind in kinds if (found := antecedents.salient(head, kind)) and found.referent.figure
        ]
        if answers:
            best_found = max(answers, key=lambda found: found.confidence)
            return Found(best_found.referent, best_found.confidence * 0.7)
    return _body(head, lemma, figures)


def _body(head: Token, lemma: str, figures: list[Figure]) -> Found | None:
    """The body that "the bank" or "the city" means."""
    if any(child.dep_ in ("prep", "amod", "compound", "poss", "relcl") for child in head.children):
        return None
    if lemma in PLACES:
        near = [figure for figure in figures if figure.label == PLACES[lemma]]
        best = _nearest(near, head)
        return Found(Referent(best), 0.5) if best else None
    if lemma in BODIES:
        bodies = [figure for figure in figures if figure.label == "ORG"]
        named = [figure for figure in bodies if lemma in figure.name.lower().split()]
        best = _nearest(named, head)
        return Found(Referent(best), 0.7) if best else None
    return None


def _nearest(figures: list[Figure], head: Token) -> Figure | None:
    """The figure named last before a token, else the one named first after it."""
    before = [(span.start, n) for n, f in enumerate(figures) for span in f.mentions if span.start < head.i]
    if before:
        return figures[max(before)[1]]
    after = [(span.start, n) for n, f in enumerate(figures) for span in f.mentions]
    return figures[min(after)[1]] if after else None


def phrase(head: Token, source: Span | None = None) -> str:
    """A source in its own words, without relative clauses and what is loosely added."""
    doc = head.doc
    span = source
    if span is None or not span.start <= head.i < span.end:
        span = doc[head.left_edge.i : head.right_edge.i + 1]
    end = span.end
    for token in doc[head.i + 1 : span.end]:
        loose = token.text in (",", ";", "—", "–", "(") and token.i > head.i
        if loose or token.tag_ in ("WP", "WDT", "WP$") or token.is_space or token.i - span.start > MOST:
            end = token.i
            break
    if end <= head.i:
        end = span.end
    while end - 1 > head.i and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct):
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
