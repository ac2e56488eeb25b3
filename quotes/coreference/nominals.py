"""The entity that a noun phrase without a name means: "the minister", "his wife", "the billionaire", "the bank".

The rules are sieves (see ``sieves``): an epithet of one person, a description in the article, a coreference chain, and
at last whom a pronoun in the same place would mean.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from quotes.coreference.descriptions import (
    is_nationality_noun,
    is_personal_epithet,
    is_role,
    words_in_full,
)
from quotes.coreference.entity import Entity, noun_gender
from quotes.coreference.referents import Antecedent, Referent
from quotes.coreference.sieves import OPEN, Sieve, Verdict, first_verdict
from quotes.coreference.title_holders import (
    FORMER,
    AntecedentSearch,
    described_as,
    equivalent_titles,
    extra_words,
    has_same_rank,
    of_owner,
)
from quotes.coreference.weights import CONFIDENCE, DISTANCE
from quotes.lexicon.roles import (
    DEFINITE_DETERMINERS,
    EPITHETS,
    GENERIC_ORGANISATIONS,
    KIN,
    NEWSPAPER_ENDINGS,
    OFFICE_LEVELS,
    ORGANISATIONS,
    PARTIES,
    PLACES,
    ROLE_SYNONYMS,
    TITLE_FILLERS,
    UNNAMED,
)

MODIFIER_DEPS = frozenset({"amod", "compound", "nmod", "poss"})
PLACE_LABELS = frozenset({"GPE", "NORP", "LOC"})


@dataclass(eq=False)
class Nominal:
    """A noun phrase without a name, and what the sieves ask of it."""

    head: Token
    antecedents: AntecedentSearch

    def __str__(self) -> str:
        return f"nominal “{self.head.text}” (token {self.head.i})"

    @cached_property
    def written_lemma(self) -> str:
        """The noun in lower case, "ex-" included."""
        return self.head.lemma_.lower()

    @cached_property
    def lemma(self) -> str:
        """The noun in lower case, without "ex-"."""
        return self.written_lemma.removeprefix("ex-")

    @cached_property
    def determiner(self) -> str:
        """The first article or possessive in lower case, or nothing."""
        return next((c.text.lower() for c in self.head.children if c.dep_ in ("det", "poss")), "")

    @cached_property
    def owner(self) -> Token | None:
        """The possessive: "his" in "his wife", "Marsh" in "Marsh's lawyer"."""
        return next((child for child in self.head.children if child.dep_ == "poss"), None)

    @cached_property
    def is_definite(self) -> bool:
        """Whether it has a definite determiner, or is written as a title without any."""
        return self.determiner in DEFINITE_DETERMINERS or (not self.determiner and self.head.pos_ == "PROPN")

    @cached_property
    def is_person_noun(self) -> bool:
        """Whether it is a role or a relative."""
        return is_role(self.head) or self.lemma in KIN

    @cached_property
    def is_epithet(self) -> bool:
        """Whether it is what the press calls people it has named, without being a title: "the billionaire"."""
        return self.lemma in EPITHETS

    @cached_property
    def all_modifiers(self) -> set[str]:
        """The words that modify the noun and distinguish one holder from another, the owner included."""
        return {
            child.text.lower() for child in self.head.children if child.dep_ in MODIFIER_DEPS
        } - TITLE_FILLERS

    @cached_property
    def modifiers(self) -> set[str]:
        """``all_modifiers`` without the owner of a person; a relative is one's former and present alike."""
        if self.owner is None or not self.is_person_noun:
            return self.all_modifiers
        return self.all_modifiers - {self.owner.text.lower(), *(FORMER if self.lemma in KIN else ())}

    @cached_property
    def holders(self) -> list[Entity]:
        """The people described by this noun, of its rank and, where it has an owner, of the same."""
        people = described_as(self.lemma, self.antecedents.index)
        people = [person for person in people if has_same_rank(person, self.head, self.all_modifiers)]
        return people if self.owner is None else of_owner(people, self.owner, self.antecedents)


def resolve_nominal(head: Token, antecedents: AntecedentSearch) -> Antecedent | None:
    """The antecedent of a noun phrase without a name; None when it must speak for itself ("a neighbour")."""
    return first_verdict(NOMINAL_SIEVES, Nominal(head, antecedents))


def epithet_of_one_person(nominal: Nominal) -> Verdict:
    """ "The Frenchman" is the one person described as French; else, as "the 24-year-old", whom a pronoun would mean."""
    head, lemma = nominal.head, nominal.written_lemma
    if not (is_personal_epithet(head) or is_nationality_noun(head)):
        return None
    people = nominal.antecedents.index.by_description.get(re.sub("(wo)?man$", "", lemma), [])
    if len(people) == 1:
        return Antecedent(Referent(people[0]), CONFIDENCE.only_person_of_nation)
    return _as_pronoun(nominal, lemma) or OPEN


def several_people(nominal: Nominal) -> Verdict:
    """ "Ministers", "three ministers", "only ministers" are nobody in particular."""
    counted = any(child.dep_ in ("nummod", "advmod") for child in nominal.head.children)
    return OPEN if nominal.head.tag_ in ("NNS", "NNPS") or counted else None


def described_later(nominal: Nominal) -> Verdict:
    """ "A judge" of a headline or a first paragraph is who is named later: "Judge Frank Bell said"."""
    head, lemma = nominal.head, nominal.written_lemma
    is_headline = not nominal.determiner and head.sent.start == 0
    if nominal.owner is not None or (nominal.is_definite and not is_headline):
        return None
    if nominal.determiner not in ("a", "an", "") or not is_role(head) or head.i > DISTANCE.lead_tokens:
        return OPEN
    if lemma in EPITHETS or len(ROLE_SYNONYMS.get(lemma, ())) > DISTANCE.holder_synonyms:
        return OPEN
    people = described_as(lemma, nominal.antecedents.index)
    if len(people) != 1 or people[0].mention_starts[0] < head.i or not _adds_nothing_new(nominal, people[0]):
        return OPEN
    if lemma in UNNAMED and not nominal.modifiers:
        return OPEN
    return Antecedent(Referent(people[0]), CONFIDENCE.described_later)


def described_in_these_words(nominal: Nominal) -> Verdict:
    """ "The Republican nominee" is who is described so, with the fewest words besides; the nearest of several."""
    if not nominal.is_person_noun:
        return None
    counts = [(extra_words(person, nominal.lemma, nominal.modifiers), person) for person in nominal.holders]
    described = [(count, person) for count, person in counts if count is not None]
    fewest = min((count for count, _ in described), default=0)
    best = _nearest_entity([person for count, person in described if count == fewest], nominal.head)
    if best is None:
        return None
    is_only = len(described) == 1
    return Antecedent(
        Referent(best), CONFIDENCE.only_description if is_only else CONFIDENCE.nearest_description
    )


def only_holder(nominal: Nominal) -> Verdict:
    """ "The Ohio governor" is the only governor of the article, though nothing says "Ohio" of her."""
    if not nominal.is_person_noun or nominal.is_epithet or len(nominal.holders) != 1:
        return None
    (person,) = nominal.holders
    return (
        Antecedent(Referent(person), CONFIDENCE.only_holder) if _adds_nothing_new(nominal, person) else None
    )


def indefinite(nominal: Nominal) -> Verdict:
    """ "Somebody's lawyer", not found among the lawyers, is a new person."""
    return None if nominal.is_definite else OPEN


def linked_by_chain(nominal: Nominal) -> Verdict:
    """A name in the coreference chain of the noun."""
    chained = [
        referent
        for referent in nominal.antecedents.chain_antecedents(nominal.head)
        if referent.entity is not None and has_same_rank(referent.entity, nominal.head, nominal.modifiers)
    ]
    if chained and (not nominal.modifiers or is_role(nominal.head)):
        return Antecedent(chained[0], CONFIDENCE.chain)
    return None


def with_complement(nominal: Nominal) -> Verdict:
    """ "The head of the union", "the man who fled" describe somebody new."""
    return OPEN if any(child.dep_ in ("prep", "poss", "relcl") for child in nominal.head.children) else None


def organisation_or_place(nominal: Nominal) -> Verdict:
    """ "The bank", "the city": what is neither an epithet nor a new title of a person."""
    if nominal.is_epithet or is_new_title_for_known_person(nominal):
        return None
    return (None if nominal.modifiers else _organisation_or_place(nominal)) or OPEN


def has_unnamed_antecedent(nominal: Nominal) -> Verdict:
    """ "A banker ... the banker": the article has introduced somebody without a name who is called so."""
    for token in nominal.head.doc[: nominal.head.i]:
        if token.lemma_.lower() == nominal.lemma and any(
            child.lower_ in ("a", "an", "another") for child in token.children
        ):
            referent = nominal.antecedents.referent(token)
            if referent is None or referent.entity is None:
                return OPEN
    return None


def party_member(nominal: Nominal) -> Verdict:
    """ "The GOP nominee" is the one person so far who is said to belong to the party."""
    if not nominal.is_epithet:
        return None
    parties = {PARTIES[word] for word in {nominal.lemma, *nominal.modifiers} & PARTIES.keys()}
    words = {word for word, party in PARTIES.items() if party in parties}
    members = []
    for person in nominal.antecedents.index.entities:
        if person.is_person and person.last_mention_before(nominal.head.i) >= 0:
            own = [text for text in person.descriptions if not re.search("['’]s ", text)]
            if words.intersection(" ".join(own).lower().split()):
                members.append(person)
    return Antecedent(Referent(members[0]), CONFIDENCE.party_member) if len(members) == 1 else None


def as_pronoun(nominal: Nominal) -> Verdict:
    """ "The billionaire" is whom "he" would mean in its place."""
    return _as_pronoun(nominal, nominal.lemma)


NOMINAL_SIEVES: tuple[Sieve[Nominal], ...] = (
    epithet_of_one_person,
    several_people,
    described_later,
    described_in_these_words,
    only_holder,
    indefinite,
    linked_by_chain,
    with_complement,
    organisation_or_place,
    has_unnamed_antecedent,
    party_member,
    as_pronoun,
)


def _as_pronoun(nominal: Nominal, lemma: str) -> Antecedent | None:
    """The antecedent that "he" or "she" would have in a nominal's place, where the article is about that person."""
    head, index = nominal.head, nominal.antecedents.index
    pronouns = [pronoun for pronoun in ("he", "she") if noun_gender(lemma) in (pronoun, None)]
    candidates = [nominal.antecedents.salient_entity(head, pronoun) for pronoun in pronouns]
    best = max((c for c in candidates if c and c.referent.entity), key=lambda c: c.confidence, default=None)
    if best is None or best.referent.entity is None:
        return None
    confidence = best.confidence * CONFIDENCE.nominal_as_pronoun
    first = head.i - DISTANCE.rival_tokens
    people = [e for e in index.entities if e.is_person and 0 <= e.last_mention_before(head.i) > first]
    if people == [best.referent.entity] and (lemma in EPITHETS or not is_role(head)):
        return Antecedent(best.referent, max(CONFIDENCE.only_person_nearby, confidence))
    mentions = sum(start < head.i for start in best.referent.entity.mention_starts)
    if len(people) > 1 and mentions < DISTANCE.mentions_of_topic:
        return None
    is_sure = best.confidence >= CONFIDENCE.min_title_as_pronoun or lemma in EPITHETS
    return Antecedent(best.referent, confidence) if is_sure else None


def _organisation_or_place(nominal: Nominal) -> Antecedent | None:
    """The organisation or place that "the bank" or "the city" means."""
    head, lemma, entities = nominal.head, nominal.lemma, nominal.antecedents.index.entities
    if lemma in PLACES:
        best = _nearest_entity([entity for entity in entities if entity.label == "GPE"], head)
        return Antecedent(Referent(best), CONFIDENCE.place) if best else None
    if lemma not in ORGANISATIONS:
        return None
    words = {lemma, *(NEWSPAPER_ENDINGS if lemma in ("newspaper", "paper") else ())}
    organisations = [entity for entity in entities if entity.label == "ORG"]
    named = [entity for entity in organisations if not words.isdisjoint(entity.name.lower().split())]
    best = _nearest_entity(named, head)
    if best is not None:
        return Antecedent(Referent(best), CONFIDENCE.organisation_noun)
    salient = nominal.antecedents.salient_entity(head, "it") if lemma in GENERIC_ORGANISATIONS else None
    if salient is None or salient.referent.entity not in organisations:
        return None
    return Antecedent(salient.referent, salient.confidence * CONFIDENCE.organisation_as_pronoun)


def is_new_title_for_known_person(nominal: Nominal) -> bool:
    """Whether a title can mean somebody named before whom the article has not called so: "the Ohio governor"."""
    children = list(nominal.head.children)
    has_place = any(child.ent_type_ in PLACE_LABELS for child in children)
    return (
        any(child.lower_ == "the" for child in children)
        and is_role(nominal.head)
        and (has_place or bool(nominal.modifiers & FORMER))
        and not described_as(nominal.lemma, nominal.antecedents.index)
    )


def _adds_nothing_new(nominal: Nominal, person: Entity) -> bool:
    """Whether a phrase says no more of a person than the article does, a place or a rank aside."""
    places = {child.text.lower() for child in nominal.head.children if child.ent_type_ in PLACE_LABELS}
    titles = equivalent_titles(nominal.written_lemma)
    described = map(words_in_full, person.descriptions)
    is_present = any(not titles.isdisjoint(words) and not words & FORMER for words in described)
    is_known = nominal.modifiers <= places | OFFICE_LEVELS | person.description_words
    return is_known and (is_present or bool(nominal.modifiers & FORMER))


def _nearest_entity(entities: Iterable[Entity], head: Token) -> Entity | None:
    """The entity named last before a token, else the one named first after it."""
    named = [(e.last_mention_before(head.i), -e.mention_starts[0], n, e) for n, e in enumerate(entities)]
    return max(named, default=(0, 0, 0, None))[3]
