"""The referents of phrases that are no source: names, nouns with a name beside them, and pronouns by their place.

Sources are ranked (see ``ranker``); whom a "he" between them means is only needed to tell who is spoken of. There the
order that a reader expects decides: the subject of the clause around it, then the subjects of the sentences before
(Hobbs 1978, "Resolving pronoun references"; Grosz, Joshi and Weinstein 1995 on centering).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from spacy.tokens import Token

from quotes.coreference.descriptions import is_nationality_noun, is_person_noun, is_role
from quotes.coreference.discourse import Discourse
from quotes.coreference.entity import Entity
from quotes.coreference.noun_phrases import (
    appositive_entity,
    is_phrase_head,
    modifiers,
    predicated_subject,
    relative_antecedent,
    subjects_above,
)
from quotes.coreference.referents import Referent, agrees
from quotes.coreference.settings import DISTANCE
from quotes.coreference.source_heads import head_of_source
from quotes.coreference.title_holders import described_as, extra_words, has_same_rank
from quotes.lexicon.roles import PRONOUN_KIND, RELATIVE_PRONOUNS
from quotes.lexicon.words import word_map

NOMINAL_POS = frozenset({"NOUN", "PROPN", "NUM", "DET", "PRON", "ADJ"})
MAX_PHRASE = 20  # tokens behind its noun within which a noun phrase names somebody
MAX_NESTED = 40  # mentions, each asked about to answer for the one before: "he ... he ..."
NO_REFERENT = frozenset({"i", "you", "we", "there"})


class Antecedents:
    """The referents of tokens within one article; ``speaker_at`` has those of sources, by token, as far as known."""

    def __init__(self, discourse: Discourse) -> None:
        self.doc, self.index, self.discourse = discourse.doc, discourse.index, discourse
        self.quotation_at, self.sentence_of = discourse.quotation_at, discourse.sentence_of
        self.sentence_bounds = discourse.sentence_bounds
        self.speaker_at: dict[int, Referent] = {}
        self.speaker_of: dict[int, Referent] = {}  # per quotation
        self._known: dict[int, Referent | None] = {}
        self._nested = 0  # questions that wait for the answer to another one

    def forget(self) -> None:
        """Answer anew, since other speakers are known."""
        self._known.clear()

    def referent(self, token: Token) -> Referent | None:
        """The referent of the noun phrase headed by a token; the phrase itself where it names nobody."""
        if token.i in self._known:
            return self._known[token.i]
        if self._nested == MAX_NESTED:
            return None
        self._known[token.i] = None  # a phrase that is asked about itself has no answer
        with self._nesting():
            self._known[token.i] = self._referent(token)
        return self._known[token.i]

    @contextmanager
    def _nesting(self) -> Iterator[None]:
        self._nested += 1
        try:
            yield
        finally:
            self._nested -= 1

    def _referent(self, token: Token) -> Referent | None:
        word = token.lower_
        if (named := self.entity(token)) is not None:
            return named
        if token.i in self.speaker_at:
            return self.speaker_at[token.i]
        if word in PRONOUN_KIND:
            return self._pronoun(token, PRONOUN_KIND[word])
        if word in RELATIVE_PRONOUNS:
            head = relative_antecedent(token, self.index)
            return self.referent(head) if head is not None else None
        if token.pos_ not in NOMINAL_POS or word in NO_REFERENT:
            return None
        named = self.named_beside(token) or self._described(token)
        return named or self.discourse.noun_referents.get(token.i) or Referent(None, (token.i,))

    def entity(self, token: Token) -> Referent | None:
        """The entity that a token names; "the Republican", "the Italian" name a group, and mean somebody else.

        Nor is "a super PAC" called PAC, or "the CJI" a body where somebody is Chief Justice of India.
        """
        entity = self.index.by_token.get(token.i)
        if entity is None or self._is_description(token, entity):
            return None
        if entity.label == "ORG" and " " not in entity.name:
            is_indefinite = any(c.lower_ in ("a", "an") for c in token.children if c.dep_ == "det")
            return None if is_indefinite else Referent(entity)
        if entity.label == "NORP" and (
            is_nationality_noun(token) or (token.tag_ in ("NNP", "NN", "JJ") and is_role(token))
        ):
            return None
        return Referent(entity)

    def _is_description(self, token: Token, entity: Entity) -> bool:
        """Whether what looks like a body's name after "the" is somebody's party, or the initials of an office."""
        word = token.lower_
        if entity.is_person or not any(child.lower_ == "the" for child in token.children):
            return False
        is_adherent = word in word_map("parties") and is_nationality_noun(token)
        return is_adherent or (token.is_upper and word in self.index.role_initials)

    def named_beside(self, token: Token) -> Referent | None:
        """The person whose name stands beside a noun, or of whom the noun is said: "Kaine is a lawyer"."""
        named = appositive_entity(token, self.index) or self._named_in_phrase(token)
        if named:
            return Referent(named)
        subject = predicated_subject(token)
        referent = self.referent(subject) if subject is not None else None
        return referent if referent is not None and referent.entity is not None else None

    def _named_in_phrase(self, token: Token) -> Entity | None:
        """The person whom a noun phrase names at its end: "her colleague at the clinic, Dr. Ruiz"."""
        if not is_person_noun(token) or token.tag_ in ("NNS", "NNPS"):
            return None
        end = min(token.right_edge.i, token.i + MAX_PHRASE) + 1
        return self.index.person_at(head_of_source(self.doc[token.left_edge.i : end], self.index).i)

    def _described(self, token: Token) -> Referent | None:
        """The one person whom the article describes in the words of a definite noun phrase: "the mayor"."""
        if not any(child.lower_ == "the" for child in token.children) or token.tag_ in ("NNS", "NNPS"):
            return None
        lemma, words = token.lemma_.lower(), set(modifiers(token))
        people = [
            person
            for person in described_as(lemma, self.index)
            if has_same_rank(person, token, words) and extra_words(person, lemma, words) is not None
        ]
        return Referent(people[0]) if len(people) == 1 else None

    def _pronoun(self, token: Token, pronoun: str) -> Referent | None:
        """The first referent by place that agrees with a pronoun; no speaker is "he" in their own words."""
        quotation = self.quotation_at[token.i]
        own = self.speaker_of.get(quotation) if quotation >= 0 else None
        for head in self._by_place(token):
            if head.i != token.i and (quotation >= 0 or self.quotation_at[head.i] < 0):
                referent = self.referent(head)
                if referent is not None and referent != own and agrees(referent, pronoun, self.doc):
                    return referent
        return None

    def _by_place(self, token: Token) -> Iterator[Token]:
        """The heads of the noun phrases before a token, the most salient first."""
        yield from subjects_above(token)
        number = self.sentence_of[token.i]
        for back in range(number, max(-1, number - 1 - DISTANCE.sentences_back), -1):
            start, end = self.sentence_bounds[back]
            heads = [t for t in self.doc[start : min(end, token.i)] if is_phrase_head(t, self.index)]
            yield from sorted(heads, key=lambda head: self.discourse.role(head.i))
