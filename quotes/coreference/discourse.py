"""Who is mentioned where in an article, and as what: the ground on which candidates are compared.

A mention is a name, or a noun phrase for somebody or something that can speak ("a guard", "the committee", "a report").
Noun phrases with one head noun that go on about one referent are one: "a spokesperson for the bank ... the
spokesperson".
"""

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise

import numpy as np
from spacy.attrs import DEP, IDX, POS, SENT_START
from spacy.symbols import NOUN, PROPN, nsubj, nsubjpass
from spacy.tokens import Doc, Token

from quotes.coreference.entities import EntityIndex
from quotes.coreference.noun_kinds import noun_kind
from quotes.coreference.noun_phrases import SUBJECT_OR_AGENT_DEPS, complements, is_phrase_head, modifiers
from quotes.coreference.referents import Referent
from quotes.text.paragraphs import paragraphs

DEFINITE = frozenset({"the", "this", "that"})
# The grammatical role of a mention, the most salient first (Grosz, Joshi and Weinstein 1995)
MAIN_SUBJECT, SUBJECT, OBJECT, OBLIQUE, POSSESSIVE, OTHER_ROLE = range(6)
ROLES = {"dobj": OBJECT, "dative": OBJECT, "pobj": OBLIQUE, "poss": POSSESSIVE}


class Discourse:
    """The mentions of an article by referent, each with its place; ``quotation_at`` per token, -1 outside of marks."""

    def __init__(self, doc: Doc, index: EntityIndex, quotation_at: list[int]) -> None:
        self.doc, self.index, self.quotation_at = doc, index, quotation_at
        starts = {0, *np.flatnonzero(doc.to_array(SENT_START) == 1).tolist()} if len(doc) else ()
        self.sentence_bounds = list(pairwise([*sorted(starts), len(doc)]))
        self.sentence_of = [
            n for n, (start, end) in enumerate(self.sentence_bounds) for _ in range(start, end)
        ]
        self.paragraph_of = _paragraph_numbers(doc, index.text)
        self._roles: dict[int, int] = {}
        self.noun_referents: dict[int, Referent] = {}  # by the token of each noun that is no name
        self._phrases: dict[Referent, list[int]] = {}  # the heads of each referent that is no name
        self._last_noun: dict[str, list[int]] = {}
        for i in np.flatnonzero(np.isin(doc.to_array(POS), (NOUN, PROPN))).tolist():
            token = doc[i]
            if i not in index.by_token and is_phrase_head(token, index) and noun_kind(token):
                self._add_noun(token)

    def _add_noun(self, token: Token) -> None:
        """Note a noun phrase: of the referent of an earlier one with the same noun, or of a new one."""
        earlier = self._last_noun.setdefault(token.lemma_.lower(), [])
        referent = next(
            (self.noun_referents[i] for i in reversed(earlier) if _goes_on(token, self.doc[i])), None
        )
        referent = referent or Referent(None, (token.i,))
        self.noun_referents[token.i] = referent
        self._phrases.setdefault(referent, []).append(token.i)
        earlier.append(token.i)

    def heads(self, referent: Referent) -> list[int]:
        """The tokens of a referent's mentions, in text order, pronouns left out."""
        if referent.entity is not None:
            return referent.entity.mention_heads
        return self._phrases.get(referent) or list(referent.heads[:1])

    def role(self, i: int) -> int:
        """The grammatical role of the noun phrase headed by a token."""
        if i not in self._roles:
            self._roles[i] = self._role(self.doc[i])
        return self._roles[i]

    def _role(self, token: Token) -> int:
        head = token.i
        while token.dep_ == "conj" and token.head != token:
            token = token.head
        if token.dep_ in SUBJECT_OR_AGENT_DEPS:
            verb = token.head
            is_main = verb.dep_ in ("ROOT", "conj", "ccomp") and not (
                verb.dep_ == "ccomp" and self.quotation_at[head] >= 0
            )
            return MAIN_SUBJECT if is_main else SUBJECT
        return ROLES.get(token.dep_, OTHER_ROLE)

    @cached_property
    def main_subjects(self) -> dict[int, Token]:
        """The first subject of each sentence's main verb, by the number of the sentence."""
        subjects: dict[int, Token] = {}
        for i in np.flatnonzero(np.isin(self.doc.to_array(DEP), (nsubj, nsubjpass))).tolist():
            token = self.doc[i]
            if token.head.dep_ == "ROOT":
                subjects.setdefault(self.sentence_of[i], token)
        return subjects

    @cached_property
    def nouns(self) -> list[int]:
        """The tokens of all nouns that are mentions, in text order."""
        return sorted(self.noun_referents)

    def nouns_between(self, start: int, end: int) -> list[int]:
        """The nouns that are mentions among the tokens from ``start`` to before ``end``."""
        return self.nouns[bisect_left(self.nouns, start) : bisect_right(self.nouns, end - 1)]


def _goes_on(token: Token, earlier: Token) -> bool:
    """Whether a definite noun phrase says nothing of its referent that an earlier one with its noun has not said."""
    is_definite = any(child.lower_ in DEFINITE for child in token.children if child.dep_ == "det")
    return (
        is_definite
        and (token.tag_ == earlier.tag_)
        and modifiers(token) <= modifiers(earlier)
        and complements(token) <= complements(earlier)
    )


def _paragraph_numbers(doc: Doc, text: str) -> list[int]:
    """The number of each token's paragraph: that of its first character which is no white space."""
    places = doc.to_array(IDX).tolist()
    for i, place in enumerate(places):
        if text[place].isspace():
            places[i] += doc[i].text.find(doc[i].text.strip())
    starts = [start for start, _ in paragraphs(text)]
    numbers: list[int] = np.maximum(np.searchsorted(starts, places, "right") - 1, 0).tolist()
    return numbers
