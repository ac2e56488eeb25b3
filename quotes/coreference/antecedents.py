"""The antecedents of pronouns and noun phrases: subjects first, then coreferee's chains, then the nearest mention.

News speaks of its people in an order that a reader expects: "he" in a reported clause is the one who
reports, "He said" after a sentence is its subject. That order (Hobbs 1978, "Resolving pronoun references";
Grosz, Joshi and Weinstein 1995 on centering) is more reliable for reporting verbs than the chains are; the
chains have a vote.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from spacy.tokens import Doc, Token

from quotes.coreference.descriptions import is_nationality_noun, is_role
from quotes.coreference.entities import EntityIndex
from quotes.coreference.entity import Entity
from quotes.coreference.nominals import resolve_nominal
from quotes.coreference.noun_phrases import (
    SUBJECT_OR_AGENT_DEPS,
    appositive_entity,
    coordinated_heads,
    is_one_person,
    is_phrase_head,
    predicated_subject,
    relative_antecedent,
    subjects_above,
)
from quotes.coreference.referents import Antecedent, Referent, agreement, is_document
from quotes.coreference.weights import AGREEMENT, CONFIDENCE, DISTANCE, SALIENCE
from quotes.lexicon.roles import PRONOUN_KIND, RELATIVE_PRONOUNS
from quotes.log import logger

LOG = logger(__name__)
NOMINAL_POS = frozenset({"NOUN", "PROPN", "NUM", "DET", "PRON", "ADJ"})
MAX_NESTED = (
    40  # mentions, each asked about to answer for the one before: "the minister ... the minister ..."
)
NO_REFERENT = frozenset({"i", "you", "we", "there"})


class Antecedents:
    """The antecedents within one article.

    ``quotation_at`` has, per token, the number of the quotation whose marks it stands between, or -1.
    ``recent_speakers`` is filled by the caller as it goes through the article: per sentence, the referents of its
    sources so far. ``speaker_of`` likewise, per quotation.
    """

    def __init__(self, doc: Doc, index: EntityIndex, quotation_at: list[int]) -> None:
        self.doc, self.index, self.quotation_at = doc, index, quotation_at
        self.recent_speakers: dict[int, list[Referent]] = {}
        self.speaker_of: dict[int, Referent] = {}
        self._pronouns: dict[int, Antecedent | None] = {}
        self._nominals: dict[int, Antecedent | None] = {}
        starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
        self.sentence_bounds = list(pairwise([*starts, len(doc)]))
        self.sentence_of = [
            n for n, (start, end) in enumerate(self.sentence_bounds) for _ in range(start, end)
        ]
        self._nested = 0  # questions that wait for the answer to another one
        self._ranked_mentions: dict[int, list[tuple[Token, float]]] = {}

    def referent(self, token: Token) -> Referent | None:
        """The referent of the noun phrase headed by a token; the phrase itself where it names nobody."""
        word = token.text.lower()
        if (named := self.entity(token)) is not None:
            return named
        if word in PRONOUN_KIND:
            antecedent = self.pronoun(token)
            return antecedent.referent if antecedent else None
        if word in RELATIVE_PRONOUNS:
            head = relative_antecedent(token, self.index)
            return self.referent(head) if head is not None else None
        if token.pos_ not in NOMINAL_POS or word in NO_REFERENT:
            return None
        antecedent = self.nominal(token)
        return antecedent.referent if antecedent else Referent(None, (token.i,))

    def entity(self, token: Token) -> Referent | None:
        """The entity that a token names; "the Republican", "the Italian" name a group, and mean somebody else."""
        entity = self.index.by_token.get(token.i)
        if entity is None or (
            entity.label == "NORP"
            and (is_nationality_noun(token) or (token.tag_ in ("NNP", "NN", "JJ") and is_role(token)))
        ):
            return None
        return Referent(entity)

    def nominal(self, token: Token) -> Antecedent | None:
        """The antecedent of a common noun: a name beside it, the subject it is said of, or by ``resolve_nominal``."""
        if token.i not in self._nominals:
            if self._nested == MAX_NESTED:
                return None
            self._nominals[token.i] = None  # a noun that is asked about itself has no answer
            with self._nesting():
                self._nominals[token.i] = self._nominal(token)
        return self._nominals[token.i]

    def _nominal(self, token: Token) -> Antecedent | None:
        named = appositive_entity(token, self.index)
        if named:
            return Antecedent(Referent(named), CONFIDENCE.name_in_apposition)
        subject = predicated_subject(token)
        if subject is not None and (referent := self.referent(subject)) and referent.entity:
            return Antecedent(referent, CONFIDENCE.predicate)
        return resolve_nominal(token, self)

    def pronoun(self, token: Token) -> Antecedent | None:
        """The antecedent of a third-person pronoun; None where nothing agrees with it."""
        if token.i not in self._pronouns:
            if self._nested == MAX_NESTED:
                return None
            self._pronouns[token.i] = None  # a pronoun that is asked about itself has no answer
            with self._nesting():
                antecedent = self._rank(token, PRONOUN_KIND[token.text.lower()])
            self._pronouns[token.i] = antecedent
            if antecedent is not None:
                LOG.debug("pronoun “%s” (token %d): %s (%.2f)", token.text, token.i, *antecedent)
        return self._pronouns[token.i]

    @contextmanager
    def _nesting(self) -> Iterator[None]:
        self._nested += 1
        try:
            yield
        finally:
            self._nested -= 1

    def salient_entity(self, token: Token, pronoun: str) -> Antecedent | None:
        """The antecedent that a pronoun would have in place of a noun phrase ("the billionaire")."""
        return self._rank(token, pronoun)

    def _rank(self, token: Token, pronoun: str) -> Antecedent | None:
        """The candidate with the best score; its confidence grows with the margin to the second (mention ranking)."""
        scores: dict[Referent, float] = {}
        for scored in (self._score_mentions(token, pronoun), self._score_speakers(token, pronoun)):
            for referent, score in scored:
                scores[referent] = max(scores.get(referent, 0), score)
        for referent in self.chain_antecedents(token):
            if agreement(referent, pronoun, self.doc):
                scores[referent] = scores.get(referent, 0) + SALIENCE.chain
        for entity in self._entities_quoted_nearby(token):
            if Referent(entity) in scores:
                scores[Referent(entity)] *= SALIENCE.quoted_nearby
        if pronoun == "it" and token.dep_ == "nsubj" and token.head.lower_ == "reads":
            scores = {r: score for r, score in scores.items() if is_document(r, self.doc)}
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        best, most = ranked[0]
        margin = most - (ranked[1][1] if len(ranked) > 1 else 0.0)
        confidence = (
            CONFIDENCE.pronoun_base + CONFIDENCE.pronoun_margin * margin + CONFIDENCE.pronoun_score * most
        )
        return Antecedent(best, min(CONFIDENCE.pronoun_highest, max(CONFIDENCE.pronoun_lowest, confidence)))

    def _score_mentions(self, token: Token, pronoun: str) -> Iterator[tuple[Referent, float]]:
        """The referents of mentions before a pronoun, by place and agreement; no speaker is "he" in their own words."""
        quotation = self.quotation_at[token.i]
        for head, score in self._candidates(token):
            if head.i == token.i:
                continue
            for referent in self._referents(head, pronoun):
                outside = quotation >= 0 and self.quotation_at[head.i] != quotation
                fit = agreement(referent, pronoun, self.doc)
                if fit and not (outside and self.speaker_of.get(quotation) == referent):
                    yield referent, score * fit

    def _score_speakers(self, token: Token, pronoun: str) -> Iterator[tuple[Referent, float]]:
        """The speakers of the sentences before; the last one goes on as "he" or "she", with a name or without."""
        quotation, number = self.quotation_at[token.i], self.sentence_of[token.i]
        for back in range(1, DISTANCE.speaker_sentences_back + 1):
            for referent in self.recent_speakers.get(number - back, ()):
                fit = agreement(referent, pronoun, self.doc)
                if fit and back == 1 and pronoun != "it" and token.lower_ in PRONOUN_KIND:
                    fit = max(fit, AGREEMENT.just_spoke)
                if fit and self.speaker_of.get(quotation) != referent:
                    yield referent, SALIENCE.recent_speaker * SALIENCE.sentence_decay ** (back - 1) * fit

    def _entities_quoted_nearby(self, token: Token) -> set[Entity]:
        """The entities named inside quotations of a token's sentence, where the token stands outside of any.

        They are unlikely antecedents of a pronoun outside: speakers rarely name themselves.
        """
        if self.quotation_at[token.i] >= 0:
            return set()
        start, end = self.sentence_bounds[self.sentence_of[token.i]]
        quoted = [i for i in range(start, end) if self.quotation_at[i] >= 0]
        return {self.index.by_token[i] for i in quoted if i in self.index.by_token}

    def _referents(self, head: Token, pronoun: str) -> Iterator[Referent]:
        """What a candidate can refer to: itself or, for "they", itself with what is coordinated to it."""
        if pronoun == "they" and (several := coordinated_heads(head)) and not is_one_person(several):
            yield Referent(None, tuple(token.i for token in several))
            return
        referent = self.referent(head)
        if referent is not None:
            yield referent

    def _candidates(self, token: Token) -> Iterator[tuple[Token, float]]:
        """The heads of noun phrases before a token, each with the salience of its place."""
        number, quotation = self.sentence_of[token.i], self.quotation_at[token.i]
        score = SALIENCE.governing_subject
        governing = set()
        for subject in subjects_above(token):
            governing.add(subject.i)
            if quotation >= 0 or self.quotation_at[subject.i] < 0:
                yield subject, score
                score -= SALIENCE.governing_step
        for head, weight in self._mentions(number):
            if (
                head.i < token.i
                and head.i not in governing
                and (quotation >= 0 or self.quotation_at[head.i] < 0)
            ):
                is_subject = weight >= SALIENCE.other_subject
                yield head, SALIENCE.subject_in_sentence if is_subject else SALIENCE.mention_in_sentence
        decay = 1.0
        for back in range(number - 1, max(-1, number - 1 - DISTANCE.sentences_back), -1):
            for head, weight in self._mentions(back):
                if self.quotation_at[head.i] < 0 or self.quotation_at[head.i] == quotation:
                    yield head, weight * decay
            # what is quoted adds no distance
            if any(q < 0 for q in self.quotation_at[slice(*self.sentence_bounds[back])]):
                decay *= SALIENCE.sentence_decay

    def _mentions(self, number: int) -> list[tuple[Token, float]]:
        """The noun phrases of a sentence, each with its salience, its main subject first."""
        if number not in self._ranked_mentions:
            start, end = self.sentence_bounds[number]
            mentions = []
            has_main_subject = False
            for token in self.doc[start:end]:
                if not is_phrase_head(token, self.index):
                    continue
                weight = SALIENCE.other_mention
                if token.dep_ in SUBJECT_OR_AGENT_DEPS:
                    is_main = token.head.dep_ in ("ROOT", "conj") or token.head.head is token.head
                    weight = SALIENCE.other_subject
                    if is_main and not has_main_subject:
                        weight, has_main_subject = SALIENCE.main_subject, True
                mentions.append((token, weight))
            self._ranked_mentions[number] = sorted(mentions, key=lambda item: -item[1])
        return self._ranked_mentions[number]

    def chain_antecedents(self, token: Token) -> list[Referent]:
        """The referents of the other mentions in a token's chains; only the named ones, if there are any."""
        chains = token._.coref_chains
        referents: list[Referent] = []
        for chain in chains.chains if chains is not None else ():
            for mention in chain.mentions:
                head = self.doc[mention.token_indexes[0]]
                if len(mention.token_indexes) > 1:
                    referents.append(Referent(None, tuple(mention.token_indexes)))
                elif head.i != token.i and head.text.lower() not in PRONOUN_KIND:
                    referent = self.referent(head)
                    if referent is not None and (referent.entity is not None or head.i < token.i):
                        referents.append(referent)
        named = [referent for referent in referents if referent.entity]
        return list(dict.fromkeys(named or referents))
