"""Sources that are noun phrases: whom "the minister" means, and how an unnamed source is called."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Protocol

from spacy.tokens import Span, Token

from quotes.coreference.chains.word_lists import word_lists
from quotes.coreference.descriptions import is_nationality_noun, is_person_noun, is_personal_epithet, is_role
from quotes.coreference.entities import EntityIndex
from quotes.coreference.entity import Entity, noun_gender
from quotes.coreference.referents import Antecedent, Referent
from quotes.lexicon.roles import (
    DEFINITE_DETERMINERS,
    DOCUMENTS,
    EPITHETS,
    GENERIC_ORGANISATIONS,
    KIN,
    NEWSPAPER_ENDINGS,
    OFFICE_LEVELS,
    ORGANISATIONS,
    PARTIES,
    PLACES,
    ROLE_SYNONYMS,
    TEAMS,
    TITLE_FILLERS,
    TITLE_RANKS,
    UNNAMED,
)
from quotes.lexicon.titles import titles_in_full
from quotes.types import SpeakerType

MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
BEFORE = MODIFIERS | {"det", "nummod", "quantmod", "predet", "advmod"}
AFTER = frozenset({"prep", "acl", "amod"})
MOST = 16  # words of an unnamed source
PAST = frozenset({"former", "ex", "late", "then", "retired"})
CLEAR = 0.65  # how sure it must be whom "he" would mean in its place for a title to mean that person
NEAR = 80  # tokens back within which nobody else is named
SALIENT = 0.75  # how sure a noun is of whom a pronoun in its place would mean
OFTEN = 2  # times that the article has named whoever is called so among others
ALONE = 0.6  # how sure it is then
LEAD = 100  # tokens of a headline and a first paragraph


class AntecedentSearch(Protocol):
    """What is asked of the antecedents of an article."""

    index: EntityIndex

    def chain_antecedents(self, token: Token) -> list[Referent]:
        """What coreference chains say."""

    def entity(self, token: Token) -> Referent | None:
        """The entity that a token names."""

    def referent(self, token: Token) -> Referent | None:
        """What the noun phrase headed by a token means."""

    def salient_entity(self, token: Token, kind: str) -> Antecedent | None:
        """Whom a pronoun in this place would mean."""


def resolve_nominal(head: Token, antecedents: AntecedentSearch) -> Antecedent | None:
    """The entity that a definite noun phrase means, or None when it must speak for itself."""
    lemma = head.lemma_.lower()
    if is_personal_epithet(head) or is_nationality_noun(head):
        held = antecedents.index.by_description.get(
            re.sub("(wo)?man$", "", lemma), []
        )  # "French" of the Frenchman
        return Antecedent(Referent(held[0]), 0.85) if len(held) == 1 else _salient(head, lemma, antecedents)
    determiner = next((child.text.lower() for child in head.children if child.dep_ in ("det", "poss")), "")
    if head.tag_ in ("NNS", "NNPS") or any(child.dep_ in ("nummod", "advmod") for child in head.children):
        return None
    modifiers = {child.text.lower() for child in head.children if child.dep_ in MODIFIERS} - TITLE_FILLERS
    owner = next((child for child in head.children if child.dep_ == "poss"), None)
    definite = determiner in DEFINITE_DETERMINERS or (not determiner and head.pos_ == "PROPN")
    headline = not determiner and head.sent.start == 0
    if owner is None and (not definite or headline):
        return _introduced(head, lemma, modifiers, antecedents) if determiner in ("a", "an", "") else None
    lemma = lemma.removeprefix("ex-")
    if is_role(head) or lemma in KIN:
        holders = [entity for entity in _holders(lemma, antecedents) if _of_rank(entity, head, modifiers)]
        if owner is not None:
            modifiers -= {owner.text.lower(), *(PAST if lemma in KIN else ())}
            holders = _of_owner(holders, owner, antecedents)
        said = [(extra, f) for f in holders if (extra := _extra(f, lemma, modifiers)) is not None]
        fewest = min((extra for extra, _ in said), default=0)
        least = [entity for extra, entity in said if extra == fewest]
        if least and (best := _nearest(least, head)):
            return Antecedent(Referent(best), 0.85 if len(said) == 1 else 0.7)
        if len(holders) == 1 and lemma not in EPITHETS and _agrees(holders[0], head, modifiers):
            return Antecedent(Referent(holders[0]), 0.65)
    if not definite:
        return None
    chained = [
        r
        for r in antecedents.chain_antecedents(head)
        if r.entity is not None and _of_rank(r.entity, head, modifiers)
    ]
    if chained and (not modifiers or is_role(head)):
        return Antecedent(chained[0], 0.75)
    if any(child.dep_ in ("prep", "poss", "relcl") for child in head.children):
        return None
    epithet = lemma in EPITHETS
    if not epithet and not _renamed(head, lemma, modifiers, antecedents):
        return None if modifiers else _body(head, lemma, antecedents)
    if _brought_in(head, lemma, antecedents):
        return None
    member = _member(head, lemma, modifiers, antecedents) if epithet else None
    return Antecedent(Referent(member), 0.7) if member is not None else _salient(head, lemma, antecedents)


def _salient(head: Token, lemma: str, antecedents: AntecedentSearch) -> Antecedent | None:
    """Whom a noun means that anybody may be called by: "the billionaire", "the Austrian", "the 24-year-old"."""
    kinds = [kind for kind in ("he", "she") if noun_gender(lemma) in (kind, None)]
    found = [f for kind in kinds if (f := antecedents.salient_entity(head, kind)) and f.referent.entity]
    best = max(found, key=lambda answer: answer.confidence, default=None)
    if best is None:
        return None
    anybody = lemma in EPITHETS or not is_role(head)
    people = [
        f
        for f in antecedents.index.entities
        if f.is_person and 0 <= f.last_mention_before(head.i) > head.i - NEAR
    ]
    if anybody and people == [best.referent.entity]:
        return Antecedent(best.referent, max(ALONE, best.confidence * SALIENT))
    named = (
        sum(start < head.i for start in best.referent.entity.mention_starts) if best.referent.entity else 0
    )
    if len(people) > 1 and named < OFTEN:  # a noun in place of a name means whom the article is about
        return None
    sure = best.confidence >= CLEAR or lemma in EPITHETS
    return Antecedent(best.referent, best.confidence * SALIENT) if sure else None


def _member(head: Token, lemma: str, modifiers: set[str], antecedents: AntecedentSearch) -> Entity | None:
    """The one person of a party whom "the GOP nominee" can mean: nobody else is said to belong to it."""
    parties = {PARTIES[word] for word in {lemma, *modifiers} & PARTIES.keys()}
    words = {word for word, party in PARTIES.items() if party in parties}
    people = [
        entity
        for entity in antecedents.index.entities
        if entity.is_person and entity.last_mention_before(head.i) >= 0
    ]
    own = [[text for text in entity.descriptions if not re.search("['’]s ", text)] for entity in people]
    found = [
        f for f, texts in zip(people, own, strict=True) if words.intersection(" ".join(texts).lower().split())
    ]
    return found[0] if len(found) == 1 else None


def _renamed(head: Token, lemma: str, modifiers: set[str], antecedents: AntecedentSearch) -> bool:
    """Whether a title stands for somebody named before whom the article has not called so: "the Ohio governor"."""
    placed = any(child.ent_type_ in ("GPE", "NORP", "LOC") for child in head.children)
    the = any(child.lower_ == "the" for child in head.children)
    return the and is_role(head) and bool(placed or modifiers & PAST) and not _holders(lemma, antecedents)


def _holders(lemma: str, antecedents: AntecedentSearch) -> list[Entity]:
    """Who is described by a noun or, if nobody is, by one that means as much ("judge", "justice")."""
    holders = antecedents.index.by_description
    found = holders.get(lemma) or [
        f for word in sorted(ROLE_SYNONYMS.get(lemma, ())) for f in holders.get(word, ())
    ]
    return list(dict.fromkeys(found))


def _agrees(entity: Entity, head: Token, modifiers: set[str]) -> bool:
    """Whether what a noun phrase says beyond what the article says of the entity is a place or a rank only."""
    places = {c.text.lower() for c in head.children if c.ent_type_ in ("GPE", "NORP", "LOC")}
    alike = _alike(head.lemma_.lower())
    present = any(not alike.isdisjoint(words) and not words & PAST for words in _told(entity))
    return modifiers <= places | OFFICE_LEVELS | entity.description_words and (
        present or bool(modifiers & PAST)
    )


def _alike(lemma: str) -> frozenset[str]:
    lemma = lemma.removeprefix("ex-")
    return ROLE_SYNONYMS.get(lemma, frozenset()) | {lemma}


def _told(entity: Entity) -> list[set[str]]:
    """The words of each description, titles in full."""
    found = []
    for text in entity.descriptions:
        words = {word.lower().strip(".,") for word in text.split()}
        found.append(words | {titles_in_full()[word] for word in words & titles_in_full().keys()})
    return found


def _brought_in(head: Token, lemma: str, antecedents: AntecedentSearch) -> bool:
    """Whether the article has spoken of somebody without a name who is called so: "a banker ... the banker"."""
    for token in head.doc[: head.i]:
        if token.lemma_.lower() == lemma and any(c.lower_ in ("a", "an", "another") for c in token.children):
            referent = antecedents.referent(token)
            if referent is None or referent.entity is None:
                return True
    return False


def _of_rank(entity: Entity, head: Token, modifiers: set[str]) -> bool:
    """Whether the article calls a entity so, and not only its vice or deputy: Vice President Ruiz, "the president"."""
    alike = _alike(head.lemma_.lower())
    said = {*modifiers, *alike}
    texts = [text.lower() for text in entity.descriptions]
    called = [text for text in texts if not alike.isdisjoint(re.findall(r"[\w-]+", text))]
    own = _ranked(head.doc[head.left_edge.i : head.i + 1].text.lower(), said)
    return not called or any(_ranked(text, said) == own for text in called)


def _ranked(text: str, said: set[str]) -> set[str]:
    """The words of a phrase, of those that are said of somebody, that "vice", "deputy" and the like stand before."""
    return {
        word for rank, word in pairwise(re.findall(r"[\w-]+", text)) if rank in TITLE_RANKS and word in said
    }


def _of_owner(holders: list[Entity], owner: Token, antecedents: AntecedentSearch) -> list[Entity]:
    """Who of the holders is "his lawyer", "Marsh's wife": those of this owner, else those of nobody else."""
    whose = antecedents.referent(owner) or Referent(None)
    of_owner, of_nobody = [], []
    for entity in holders:
        if entity is whose.entity:
            continue
        owners = [
            child
            for noun in entity.appositive_nouns
            for child in noun.children
            if child.dep_ == "poss" and child.i != owner.i
        ]
        known = [referent for child in owners if (referent := antecedents.referent(child)) is not None]
        known += [
            referent
            for i in entity.nested_names
            if (referent := antecedents.entity(owner.doc[i])) is not None
        ]
        if whose in known:
            of_owner.append(entity)
        elif not known:
            of_nobody.append(entity)
    return of_owner or (of_nobody if len(of_nobody) == 1 else [])


def _introduced(
    head: Token, lemma: str, modifiers: set[str], antecedents: AntecedentSearch
) -> Antecedent | None:
    """Whom a headline or a first paragraph means before it names him: "A judge ... Judge Frank Bell said"."""
    if not is_role(head) or head.i > LEAD or lemma in EPITHETS or len(ROLE_SYNONYMS.get(lemma, ())) > 3:
        return None
    holders = _holders(lemma, antecedents)
    if len(holders) != 1 or holders[0].mention_starts[0] < head.i or not _agrees(holders[0], head, modifiers):
        return None
    if lemma in UNNAMED and not modifiers:
        return None
    return Antecedent(Referent(holders[0]), 0.7)


def _extra(entity: Entity, lemma: str, modifiers: set[str]) -> int | None:
    """How many words more than a noun phrase a description of the entity has; None when it is another."""
    alike = _alike(lemma)
    # A former minister is not the minister.
    told = [words for words in _told(entity) if not alike.isdisjoint(words) and not words & PAST - modifiers]
    found = [len(words) - len(modifiers) - 1 for words in told if modifiers <= words]
    if told and not found and modifiers <= entity.description_words:
        found.append(len(entity.description_words))
    return min(found, default=None)


def _body(head: Token, lemma: str, antecedents: AntecedentSearch) -> Antecedent | None:
    """The body that "the bank" or "the city" means."""
    entities = antecedents.index.entities
    if lemma in PLACES:
        best = _nearest([entity for entity in entities if entity.label == "GPE"], head)
        return Antecedent(Referent(best), 0.5) if best else None
    if lemma not in ORGANISATIONS:
        return None
    words = {lemma, *(NEWSPAPER_ENDINGS if lemma in ("newspaper", "paper") else ())}
    bodies = [entity for entity in entities if entity.label == "ORG"]
    named = [entity for entity in bodies if not words.isdisjoint(entity.name.lower().split())]
    best = _nearest(named, head)
    if best is not None:
        return Antecedent(Referent(best), 0.7)
    found = antecedents.salient_entity(head, "it") if lemma in GENERIC_ORGANISATIONS else None
    if found is None or found.referent.entity not in bodies:
        return None
    return Antecedent(found.referent, found.confidence * 0.8)


def _nearest(entities: Iterable[Entity], head: Token) -> Entity | None:
    """The entity named last before a token, else the one named first after it."""
    named = [
        (entity.last_mention_before(head.i), -entity.mention_starts[0], n, entity)
        for n, entity in enumerate(entities)
    ]
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
    if is_person_noun(head) or lemma in word_lists().exclusively_person_words:
        return "unnamed"
    return "group" if lemma in TEAMS and lemma not in ORGANISATIONS else "organisation"
