"""What a source or a pronoun can refer to, and which pronouns agree with it."""

from typing import NamedTuple

from spacy.tokens import Doc, Token

from quotes.coreference.entity import Entity, noun_gender
from quotes.coreference.noun_kinds import noun_kind


class Referent(NamedTuple):
    """What a phrase refers to: an entity of the article, or the heads of a noun phrase (several: coordinated)."""

    entity: Entity | None
    heads: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.entity.name if self.entity is not None else f"noun phrase {self.heads}"


def agrees(referent: Referent, pronoun: str, doc: Doc) -> bool:
    """Whether a referent can be "he", "she", "they" or "it", as far as the article and its name say.

    "She" agrees with an entity that the article calls "Mrs. Kent" and not with "Mr. Vance".
    """
    entity = referent.entity
    if entity is None and len(referent.heads) > 1:
        return pronoun == "they"
    if entity is None:
        return _noun_agrees(doc[referent.heads[0]], pronoun)
    if entity.is_person:
        known = entity.pronoun
        return pronoun != "it" and (known in (pronoun, None) or entity.hypothetical_gender == pronoun)
    return pronoun == "they" or (pronoun == "it" and not entity.is_group)


def _noun_agrees(token: Token, pronoun: str) -> bool:
    """Whether a noun phrase that names nobody can be a pronoun's antecedent."""
    kind = noun_kind(token)
    if pronoun in ("he", "she"):
        return kind == "person" and noun_gender(token.lemma_.lower()) in (pronoun, None)
    if pronoun == "they":
        return kind in ("people", "body") or token.tag_ in ("NNS", "NNPS")
    return kind not in ("person", "people") and token.tag_ not in ("NNS", "NNPS")
