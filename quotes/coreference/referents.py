"""What a source or a pronoun can mean, and which pronouns go with it."""

from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Token

from quotes.coreference.chains.word_lists import word_lists
from quotes.coreference.descriptions import is_person_noun
from quotes.coreference.entity import Entity, noun_gender
from quotes.lexicon.roles import DOCUMENTS, ORGANISATIONS, TEAMS
from quotes.types import AttributionMethod


@dataclass(frozen=True, slots=True)
class Referent:
    """What a phrase means: a entity of the article, or the heads of a noun phrase (several: coordinated)."""

    entity: Entity | None
    heads: tuple[int, ...] = ()


class Antecedent(NamedTuple):
    """An antecedent and how sure it is, from 0 to 1."""

    referent: Referent
    confidence: float


class Resolution(NamedTuple):
    """Whom the source of a quotation means, how that was found, and how sure it is."""

    referent: Referent
    attribution: AttributionMethod
    confidence: float


def agreement(referent: Referent, kind: str, doc: Doc) -> float:
    """Whether a referent can be "he", "she", "they" or "it": 0 no, 1 yes, less where nothing says."""
    entity = referent.entity
    if entity is not None:
        if entity.is_person:
            if kind in ("he", "she"):
                return {kind: 1.0, None: 0.75}.get(
                    entity.pronoun, 0.75 if entity.hypothetical_gender == kind else 0.0
                )
            return 0.9 if kind == "they" and entity.pronoun == "they" else 0.0
        if kind == "they":
            return 0.9 if entity.is_group else 0.5 if entity.label in ("ORG", "GPE") else 0.0
        return 1.0 if kind == "it" and not entity.is_group else 0.0
    if len(referent.heads) > 1:
        return 1.0 if kind == "they" else 0.0
    return _noun_fits(doc[referent.heads[0]], kind)


def is_document(referent: Referent, doc: Doc) -> bool:
    """Whether a referent is something written, as what "reads" in "it reads"."""
    if referent.entity is not None:
        return referent.entity.label in ("LAW", "WORK_OF_ART")
    return any(doc[i].lemma_.lower() in DOCUMENTS for i in referent.heads)


def _noun_fits(token: Token, kind: str) -> float:
    """The same for a noun phrase that names nobody: names come first where both are possible."""
    lemma = token.lemma_.lower()
    if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return 0.0
    words = word_lists()
    unknown = token.tag_ == "NNP" and not token.ent_type_  # a name of whatever the recogniser has overlooked
    person = lemma in words.exclusively_person_words or is_person_noun(token) or unknown
    plural = token.tag_ in ("NNS", "NNPS") or lemma in ("people", "police")
    if kind == "they":
        if plural:
            return 1.0 if person or lemma in words.person_words or lemma in ("people", "police") else 0.5
        return 0.5 if lemma in TEAMS else 0.0
    if plural or token.pos_ not in ("NOUN", "PROPN"):
        return 0.0
    if kind == "it":
        return 0.0 if person and not unknown else 0.8 if lemma in ORGANISATIONS | DOCUMENTS | TEAMS else 0.4
    return 0.5 if person and noun_gender(lemma) in (kind, None) else 0.0
