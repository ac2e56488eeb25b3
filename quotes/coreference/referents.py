"""What a source or a pronoun can refer to, and which pronouns agree with it."""

from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Token

from quotes.coreference.chains.word_lists import word_lists
from quotes.coreference.descriptions import is_person_noun
from quotes.coreference.entity import Entity, noun_gender
from quotes.coreference.weights import AGREEMENT
from quotes.lexicon.roles import COLLECTIVE_NOUNS, DOCUMENTS, ORGANISATIONS, TEAMS
from quotes.types import AttributionMethod


@dataclass(frozen=True, slots=True)
class Referent:
    """What a phrase refers to: an entity of the article, or the heads of a noun phrase (several: coordinated)."""

    entity: Entity | None
    heads: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.entity.name if self.entity is not None else f"noun phrase {self.heads}"


class Antecedent(NamedTuple):
    """The referent of an earlier or later phrase that a phrase stands for, and how sure that is, from 0 to 1."""

    referent: Referent
    confidence: float


class Resolution(NamedTuple):
    """The referent of a quotation's source, how it was found, and how sure it is."""

    referent: Referent
    attribution: AttributionMethod
    confidence: float


def agreement(referent: Referent, pronoun: str, doc: Doc) -> float:
    """How well a referent agrees with "he", "she", "they" or "it": 0 not, 1 certainly, less where nothing says.

    "She" agrees with an entity that the article calls "Mrs. Kent" and not with "Mr. Vance"; with "Tarn Vell", of whom
    nothing says he or she, a little less.
    """
    entity = referent.entity
    if entity is not None:
        return _entity_agreement(entity, pronoun)
    if len(referent.heads) > 1:
        return AGREEMENT.certain if pronoun == "they" else 0.0
    return _noun_agreement(doc[referent.heads[0]], pronoun)


def _entity_agreement(entity: Entity, pronoun: str) -> float:
    if entity.is_person and pronoun in ("he", "she"):
        if entity.pronoun == pronoun:
            return AGREEMENT.certain
        unknown = entity.pronoun is None or entity.hypothetical_gender == pronoun
        return AGREEMENT.unknown_gender if unknown else 0.0
    if entity.is_person:
        return AGREEMENT.person_called_they if pronoun == entity.pronoun == "they" else 0.0
    if pronoun == "they":
        if entity.is_group:
            return AGREEMENT.group_called_they
        return AGREEMENT.organisation_called_they if entity.label in ("ORG", "GPE") else 0.0
    return AGREEMENT.certain if pronoun == "it" and not entity.is_group else 0.0


def is_document(referent: Referent, doc: Doc) -> bool:
    """Whether a referent is something written, as what "reads" in "it reads"."""
    if referent.entity is not None:
        return referent.entity.label in ("LAW", "WORK_OF_ART")
    return any(doc[i].lemma_.lower() in DOCUMENTS for i in referent.heads)


def _noun_agreement(token: Token, pronoun: str) -> float:
    """The agreement of a noun phrase that names nobody: names come first where both are possible."""
    lemma = token.lemma_.lower()
    if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return 0.0
    lists = word_lists()
    unknown = token.tag_ == "NNP" and not token.ent_type_  # a name that the recogniser has overlooked
    person = lemma in lists.exclusively_person_words or is_person_noun(token) or unknown
    plural = token.tag_ in ("NNS", "NNPS") or lemma in COLLECTIVE_NOUNS
    if pronoun == "they" and plural:
        persons = person or lemma in lists.person_words or lemma in COLLECTIVE_NOUNS
        return AGREEMENT.certain if persons else AGREEMENT.thing_called_they
    if pronoun == "they":
        return AGREEMENT.team_called_they if lemma in TEAMS else 0.0
    if plural or token.pos_ not in ("NOUN", "PROPN"):
        return 0.0
    if pronoun != "it":
        return AGREEMENT.person_noun if person and noun_gender(lemma) in (pronoun, None) else 0.0
    if person and not unknown:
        return 0.0
    return (
        AGREEMENT.organisation_noun_called_it
        if lemma in ORGANISATIONS | DOCUMENTS | TEAMS
        else AGREEMENT.thing_called_it
    )
