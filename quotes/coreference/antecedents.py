"""Whom a pronoun or a noun phrase means: subjects first, then coreferee's chains, then the nearest.

News speaks of its people in an order that a reader expects: "he" in a reported clause is the one who
reports, "He said" after a sentence is its subject. That order (Hobbs 1978, "Resolving pronoun references";
Grosz, Joshi and Weinstein 1995 on centering) is more reliable for reporting verbs than the chains are; the
chains have a vote.
"""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from quotes.coreference.descriptions import is_nationality_noun, is_role
from quotes.coreference.entities import EntityIndex
from quotes.coreference.entity import Entity
from quotes.coreference.nominals import resolve_nominal
from quotes.coreference.noun_phrases import (
    SUBJECTS,
    appositive_entity,
    coordinated_heads,
    is_one_person,
    is_phrase_head,
    predicated_subject,
    relative_antecedent,
    subjects_above,
)
from quotes.coreference.referents import Antecedent, Referent, agreement, is_document
from quotes.lexicon.roles import PRONOUN_KIND, RELATIVE_PRONOUNS

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "DET", "PRON", "ADJ"})
FAR = 5  # sentences to look back
# How likely a place in the text makes an antecedent; a sentence further back counts DECAY times as much.
GOVERNS, SPOKE, SUBJECT, WITHIN_SUBJECT, OTHER_SUBJECT, WITHIN, OTHER = 3.0, 2.2, 2.0, 2.0, 1.3, 0.8, 0.6
CHAIN, DECAY, GOES_ON, TALKED_ABOUT = 0.5, 0.8, 1.0, 0.7


class Antecedents:
    """Antecedents within one article.

    ``quoted`` has, per token, the number of the quotation whose marks hold it, or -1. ``spoke`` is filled
    by the caller as it goes through the article: per sentence, the referents of its sources so far.
    """

    def __init__(self, doc: Doc, index: EntityIndex, quoted: list[int]) -> None:
        self.doc, self.index, self.quotation_at = doc, index, quoted
        self.recent_speakers: dict[int, list[Referent]] = {}
        self.speaker_of: dict[int, Referent] = {}  # per quotation
        self._found: dict[int, Antecedent | None] = {}
        self._nouns: dict[int, Antecedent | None] = {}
        starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
        self.sentence_bounds = list(pairwise([*starts, len(doc)]))
        self.sentence_of = [
            n for n, (start, end) in enumerate(self.sentence_bounds) for _ in range(start, end)
        ]
        self._ordered: dict[int, list[tuple[Token, float]]] = {}

    def referent(self, token: Token) -> Referent | None:
        """What the noun phrase headed by a token means."""
        word = token.text.lower()
        if (named := self.entity(token)) is not None:
            return named
        if word in PRONOUN_KIND:
            found = self.pronoun(token)
            return found.referent if found else None
        if word in RELATIVE_PRONOUNS:
            head = relative_antecedent(token, self.index)
            return self.referent(head) if head is not None else None
        if token.pos_ not in NOMINAL or word in ("i", "you", "we", "there"):
            return None
        found = self.nominal(token)
        return found.referent if found else Referent(None, (token.i,))

    def entity(self, token: Token) -> Referent | None:
        """The entity that a token names; "the Republican", "the Italian" is somebody else."""
        entity = self.index.by_token.get(token.i)
        if entity is None or (
            entity.label == "NORP"
            and (is_nationality_noun(token) or (token.tag_ in ("NNP", "NN", "JJ") and is_role(token)))
        ):
            return None
        return Referent(entity)

    def nominal(self, token: Token) -> Antecedent | None:
        """The entity that a common noun means: by a name beside it, as a predicate, by title or chain."""
        if token.i not in self._nouns:
            self._nouns[token.i] = None
            named = appositive_entity(token, self.index)
            subject = predicated_subject(token)
            if named:
                self._nouns[token.i] = Antecedent(Referent(named), 0.95)
            elif subject is not None and (referent := self.referent(subject)) and referent.entity:
                self._nouns[token.i] = Antecedent(referent, 0.9)
            else:
                self._nouns[token.i] = resolve_nominal(token, self)
        return self._nouns[token.i]

    def pronoun(self, token: Token) -> Antecedent | None:
        """The antecedent of a third-person pronoun; None where nothing fits."""
        if token.i not in self._found:
            self._found[token.i] = None  # a pronoun that is asked about itself has no answer
            self._found[token.i] = self._rank(token, PRONOUN_KIND[token.text.lower()])
        return self._found[token.i]

    def salient_entity(self, token: Token, kind: str) -> Antecedent | None:
        """The antecedent of a noun phrase that names nobody ("the billionaire"), as if it were a pronoun."""
        return self._rank(token, kind)

    def _rank(self, token: Token, kind: str) -> Antecedent | None:
        scores: dict[Referent, float] = {}
        voice = self.quotation_at[token.i]
        for head, score in self._candidates(token):
            if head.i == token.i:
                continue
            for referent in self._readings(head, kind):
                fit = agreement(referent, kind, self.doc)
                if (
                    voice >= 0
                    and self.quotation_at[head.i] != voice
                    and self.speaker_of.get(voice) == referent
                ):
                    continue
                if fit:
                    scores[referent] = max(scores.get(referent, 0), score * fit)
        number = self.sentence_of[token.i]
        for back in range(1, 4):
            for referent in self.recent_speakers.get(number - back, ()):
                fit = agreement(referent, kind, self.doc)
                if fit and back == 1 and kind != "it" and token.lower_ in PRONOUN_KIND:
                    fit = max(fit, GOES_ON)  # whoever has just spoken goes on, with a name or without
                if fit and self.speaker_of.get(voice) != referent:
                    scores[referent] = max(scores.get(referent, 0), SPOKE * DECAY ** (back - 1) * fit)
        for referent in self.chain_antecedents(token):
            if agreement(referent, kind, self.doc):
                scores[referent] = scores.get(referent, 0) + CHAIN
        for entity in self._talked_about(token):
            if Referent(entity) in scores:
                scores[Referent(entity)] *= TALKED_ABOUT
        if kind == "it" and token.dep_ == "nsubj" and token.head.lower_ == "reads":
            scores = {
                referent: score for referent, score in scores.items() if is_document(referent, self.doc)
            }
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        best, most = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        return Antecedent(best, min(0.95, max(0.2, 0.4 + 0.25 * (most - second) + 0.05 * most)))

    def _talked_about(self, token: Token) -> set[Entity]:
        """Whom quotations name in a token's sentence that it stands outside of: speakers seldom name themselves."""
        if self.quotation_at[token.i] >= 0:
            return set()
        start, end = self.sentence_bounds[self.sentence_of[token.i]]
        return {
            self.index.by_token[i]
            for i in range(start, end)
            if self.quotation_at[i] >= 0 and i in self.index.by_token
        }

    def _readings(self, head: Token, kind: str) -> Iterator[Referent]:
        """What a candidate can mean: itself and, for "they", it with what is coordinated to it."""
        if kind == "they" and (several := coordinated_heads(head)) and not is_one_person(several):
            yield Referent(None, tuple(token.i for token in several))
            return
        referent = self.referent(head)
        if referent is not None:
            yield referent

    def _candidates(self, token: Token) -> Iterator[tuple[Token, float]]:
        """Heads of noun phrases before a token, each with how likely its place makes it."""
        number, voice = self.sentence_of[token.i], self.quotation_at[token.i]
        score = GOVERNS
        governing = set()
        for subject in subjects_above(token):
            governing.add(subject.i)
            if voice >= 0 or self.quotation_at[subject.i] < 0:
                yield subject, score
                score -= 1.0
        for head, weight in self._sentence(number):
            if head.i < token.i and head.i not in governing and (voice >= 0 or self.quotation_at[head.i] < 0):
                yield head, WITHIN_SUBJECT if weight >= OTHER_SUBJECT else WITHIN
        decay = 1.0
        for back in range(number - 1, max(-1, number - 1 - FAR), -1):
            for head, weight in self._sentence(back):
                if self.quotation_at[head.i] < 0 or self.quotation_at[head.i] == voice:
                    yield head, weight * decay
            if any(
                q < 0 for q in self.quotation_at[slice(*self.sentence_bounds[back])]
            ):  # what is quoted adds no distance
                decay *= DECAY

    def _sentence(self, number: int) -> list[tuple[Token, float]]:
        """The noun phrases of a sentence, its main subject first."""
        if number not in self._ordered:
            start, end = self.sentence_bounds[number]
            found = []
            main = True
            for token in self.doc[start:end]:
                if not is_phrase_head(token, self.index):
                    continue
                subject = token.dep_ in SUBJECTS
                weight = OTHER
                if (
                    subject
                    and main
                    and (token.head.dep_ in ("ROOT", "conj") or token.head.head is token.head)
                ):
                    weight, main = SUBJECT, False
                elif subject:
                    weight = OTHER_SUBJECT
                found.append((token, weight))
            self._ordered[number] = sorted(found, key=lambda item: -item[1])
        return self._ordered[number]

    def chain_antecedents(self, token: Token) -> list[Referent]:
        """What coreferee's chains say, nouns and names only."""
        chains = token._.coref_chains
        found: list[Referent] = []
        for chain in chains.chains if chains is not None else ():
            for mention in chain.mentions:
                head = self.doc[mention.token_indexes[0]]
                if len(mention.token_indexes) > 1:
                    found.append(Referent(None, tuple(mention.token_indexes)))
                elif head.i != token.i and head.text.lower() not in PRONOUN_KIND:
                    referent = self.referent(head)
                    if referent is not None and (referent.entity is not None or head.i < token.i):
                        found.append(referent)
        named = [referent for referent in found if referent.entity]
        return list(dict.fromkeys(named or found))
