"""One entity of an article: what it is called, how it is described, which pronoun goes with it."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from quotes.coreference.descriptions import apposed_noun
from quotes.lexicon.given_names import given_gender
from quotes.lexicon.roles import KIN, MEN, NO_MEN, WOMEN
from quotes.names.cast import CastMember
from quotes.names.person import Person
from quotes.text.normalise import fold


@dataclass(eq=False, slots=True)
class Entity:
    """A person, organisation, place or people of an article, with all its mentions."""

    name: str
    person: Person | None = None  # None for all but persons
    label: str = "PERSON"
    mentions: list[Span] = field(default_factory=list)
    surface_forms: Counter[str] = field(default_factory=Counter)  # as the article writes it, and how often
    descriptions: list[str] = field(default_factory=list)
    # how often the article uses "he", "she", "they" or "it" for it
    pronoun_votes: Counter[str] = field(default_factory=Counter)
    # the words of its descriptions, in lower case, titles in full
    description_words: frozenset[str] = frozenset()
    mention_starts: list[int] = field(default_factory=list)  # tokens, in order
    mention_heads: list[int] = field(default_factory=list)  # tokens, in order
    # what a title, a description or a relative says: "he" or "she"; not what the given name does
    said_gender: str | None = None
    is_they: bool = False  # as the text says: "Kim Reuter (she/they)"
    # nouns that its name stands in apposition to: "wife" in "his wife, Ana"
    appositive_nouns: list[Token] = field(default_factory=list)
    gender: str | None = None  # what the name, a title or the article says: "he" or "she"
    # what the article only supposes: "she" in "if Mr. Lee were a woman"
    hypothetical_gender: str | None = None
    member: CastMember | None = None  # of the user's cast, who it is

    @property
    def is_person(self) -> bool:
        """Whether it is a person rather than an organisation, a place or a people."""
        return self.person is not None

    @property
    def is_relative(self) -> bool:
        """Whether the article introduces a person as another's relative: "his wife, Heidi"."""
        noun, _ = apposed_noun(min(self.mentions, key=lambda span: span.start))
        return noun is not None and noun.lemma_.lower() in KIN

    @property
    def is_group(self) -> bool:
        """Whether it is people of one kind: "Republicans"."""
        plural = len(self.mentions[0]) == 1 and self.mentions[0][0].tag_ in ("NNS", "NNPS")
        return self.person is None and (self.label == "NORP" or plural)

    @property
    def pronoun(self) -> str | None:
        """The pronoun that goes with it, as far as its name, a title or the article says."""
        return self.gender or self.pronoun_by_usage

    @property
    def pronoun_by_usage(self) -> str | None:
        """The pronoun that the article uses for it; None when it uses none, or one as often as another."""
        if not self.pronoun_votes:
            return None
        (first, most), *others = self.pronoun_votes.most_common(2)
        return first if not others or most >= 2 * others[0][1] else None

    @property
    def description(self) -> str | None:
        """The first description of more than one word, else the first."""
        return next((text for text in self.descriptions if " " in text), next(iter(self.descriptions), None))

    def last_mention_before(self, token: int) -> int:
        """The start of the last mention before a token; -1 when there is none."""
        at = bisect_left(self.mention_starts, token)
        return self.mention_starts[at - 1] if at else -1


def noun_gender(noun: str) -> str | None:
    """The pronoun of a noun for one sex only, in lower case.

    >>> noun_gender("mother"), noun_gender("businessman"), noun_gender("lawyer")
    ('she', 'he', None)
    """
    if noun in WOMEN or noun.endswith("woman"):
        return "she"
    return "he" if noun in MEN or (noun.endswith("sman") and noun not in NO_MEN) else None


def described_gender(entity: Entity) -> str | None:
    """The pronoun of an entity by its descriptions: "she" for a spokeswoman."""
    genders = {noun_gender(noun.lemma_.lower()) for noun in entity.appositive_nouns} - {None}
    genders = genders or {noun_gender(noun) for noun in entity.description_words} - {None}
    return genders.pop() if len(genders) == 1 else None


def name_gender(entity: Entity) -> str | None:
    """The pronoun of an entity by a given name of one sex only."""
    return given_gender(fold(entity.name.split()[0])) if entity.person and entity.person.given else None
