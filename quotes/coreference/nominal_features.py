"""What the words of a noun phrase without a name ("the former minister", "his wife") say for a candidate."""

from spacy.tokens import Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.descriptions import (
    is_nationality_noun,
    is_personal_epithet,
    is_role,
    words_in_full,
)
from quotes.coreference.entity import Entity
from quotes.coreference.noun_kinds import noun_kind
from quotes.coreference.noun_phrases import modifiers
from quotes.coreference.referents import Referent
from quotes.coreference.title_holders import (
    FORMER,
    described_as,
    equivalent_titles,
    extra_words,
    has_same_rank,
    of_owner,
)
from quotes.lexicon.roles import (
    EPITHETS,
    GENERIC_ORGANISATIONS,
    KIN,
    NEWSPAPER_ENDINGS,
    PARTIES,
    TITLE_FILLERS,
    UNNAMED,
)

DETERMINERS = {"the": 1, "this": 1, "that": 1, "a": 2, "an": 2, "": 3}  # 4: a possessive or another
PLACE_LABELS = frozenset({"GPE", "NORP", "LOC"})


class NominalFeatures:
    """The features of noun phrases of one article."""

    def __init__(self, antecedents: Antecedents) -> None:
        self.antecedents = antecedents
        self._phrases: dict[int, _Phrase] = {}

    def phrase(self, head: Token) -> "_Phrase":
        """A noun phrase by its head; ``shared`` are its features that are the same for all candidates."""
        if head.i not in self._phrases:
            self._phrases[head.i] = _Phrase(head, self.antecedents)
        return self._phrases[head.i]

    def fill(self, row: dict[str, float], head: Token, referent: Referent) -> None:
        """Add what the words of a noun phrase say of a candidate."""
        phrase = self.phrase(head)
        entity = referent.entity
        if entity is None:
            return
        if not entity.is_person:
            words = set(entity.name.lower().split())
            row["n_noun_in_name"] = int(phrase.lemma in words)
            row["n_paper"] = int(
                phrase.lemma in ("newspaper", "paper") and not words.isdisjoint(NEWSPAPER_ENDINGS)
            )
            row["n_words_in_name"] = len(phrase.words & words)
            row["n_is_owner"] = int(phrase.owner == referent)
            return
        described = [set(words_in_full(text)) for text in entity.descriptions]
        titled = [words for words in described if not phrase.titles.isdisjoint(words)]
        row["n_holder"] = int(entity in phrase.holders)
        row["n_only_holder"] = int(phrase.holders == [entity])
        row["n_exact_noun"] = int(any(phrase.lemma in words for words in described))
        row["n_same_rank"] = int(has_same_rank(entity, phrase.head, phrase.words))
        extra = extra_words(entity, phrase.lemma, phrase.words)
        row["n_extra"] = 99 if extra is None else extra
        row["n_words_said"] = len(phrase.words & entity.description_words)
        row["n_words_unsaid"] = len(phrase.words - entity.description_words - phrase.places)
        row["n_former"] = int(bool(titled) and all(words & FORMER for words in titled))
        row["n_of_owner"] = int(entity in phrase.of_owner)
        row["n_is_owner"] = int(phrase.owner == referent)
        row["n_party"] = int(phrase.is_party_of(entity))
        row["n_has_description"] = int(bool(described))
        row["n_later"] = int(entity.mention_starts[0] > phrase.head.i)


class _Phrase:
    """What is asked of one noun phrase for all candidates."""

    def __init__(self, head: Token, antecedents: Antecedents) -> None:
        self.head = head
        self.lemma = head.lemma_.lower().removeprefix("ex-")
        determiner = next((c.lower_ for c in head.children if c.dep_ in ("det", "poss")), "")
        owner = next((c for c in head.children if c.dep_ == "poss"), None)
        self.owner = antecedents.referent(owner) if owner is not None else None
        words = set(modifiers(head)) - TITLE_FILLERS
        is_person = is_role(head) or self.lemma in KIN
        if owner is not None and is_person:
            words -= {owner.lower_, *(FORMER if self.lemma in KIN else ())}
        self.words = words
        self.places = {c.lower_ for c in head.children if c.ent_type_ in PLACE_LABELS}
        self.titles = equivalent_titles(self.lemma)
        index = antecedents.index
        people = described_as(self.lemma, index)
        self.holders = [person for person in people if has_same_rank(person, head, words)]
        self.of_owner = of_owner(people, owner, antecedents) if owner is not None else []
        parties = {PARTIES[word] for word in {self.lemma, *words} & PARTIES.keys()}
        self.party = {word for word, party in PARTIES.items() if party in parties}
        self.shared: dict[str, float] = {
            "n_determiner": DETERMINERS.get(determiner, 4),
            "n_plural": int(head.tag_ in ("NNS", "NNPS")),
            "n_role": int(is_role(head)),
            "n_kin": int(self.lemma in KIN),
            "n_epithet": int(self.lemma in EPITHETS),
            "n_unnamed": int(self.lemma in UNNAMED),
            "n_generic_body": int(self.lemma in GENERIC_ORGANISATIONS),
            "n_kind": {"person": 1, "people": 2, "body": 3, "document": 4, None: 0}[noun_kind(head)],
            "n_modifiers": len(words),
            "n_complement": int(any(c.dep_ in ("prep", "relcl", "acl") for c in head.children)),
            "n_counted": int(any(c.dep_ in ("nummod", "advmod") for c in head.children)),
            "n_holders": min(len(self.holders), 4),
            "n_national": int(is_nationality_noun(head)),
            "n_age": int(is_personal_epithet(head)),
            "n_proper": int(head.pos_ == "PROPN"),
            "n_headline": int(antecedents.sentence_of[head.i] == 0),
            "n_in_lead": int(head.i < 100),
            "n_nation_described": int(
                self.lemma.removesuffix("man").removesuffix("wo") in index.by_description
            ),
        }

    def is_party_of(self, entity: Entity) -> bool:
        """Whether the phrase names a party to which a description of somebody says they belong."""
        return not self.party.isdisjoint(" ".join(entity.descriptions).lower().split())
