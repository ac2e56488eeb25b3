"""What speakers are linked from, and what comes out: mentions, records of names, blocking keys, linked speakers."""

import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter

from quotes.names.normalise import name_id
from quotes.names.person import Person
from quotes.text.identifiers import number
from quotes.types import Mention, Speaker, SpeakerType


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """The mention that an article names as the source of one quotation."""

    quote: str  # id of the quotation
    article: str  # id of the article
    mention: Mention


@dataclass(slots=True)
class NameRecord:
    """The record that is linked: mentions of one name in one article, or in ``count`` that say the same."""

    article: str
    name: str  # as the article has it
    mentions: list[Mention]
    person: Person = field(default_factory=lambda: Person((), ""))
    aliases: tuple[str, ...] = ()
    gender: str | None = None  # "he" or "she"
    titles: frozenset[str] = frozenset()
    count: int = 1  # articles: whatever is decided by majority counts each of them


@dataclass(slots=True)
class Cluster:
    """Records that mean one speaker. ``local``: known to one article only, which its id names."""

    type: SpeakerType
    records: list[NameRecord] = field(default_factory=list)
    local: bool = False


def single_or_none(candidates: Iterable[Hashable]) -> Hashable | None:
    """The one candidate, or None when there is none or more than one."""
    different = set(candidates)
    return different.pop() if len(different) == 1 else None


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """The blocking key of all that are called ``name``."""
    return f"name {name_id(name)}"


@dataclass(frozen=True, slots=True)
class BlockingKeys:
    """Which records a record is compared with: those that share a key.

    ``across``: in any article; ``within``: in its own article only, besides. A record that its own article settles
    has no keys across.
    """

    across: frozenset[str]
    within: frozenset[str] = frozenset()


# In the order of ``Mention``
mention_fields = attrgetter("name", "type", "description", "aliases", "pronouns")
_key_id = lru_cache(maxsize=8192)(number)


@dataclass(frozen=True)
class MentionGroup:
    """Names of one article that may decide on each other, each with all that the article says of it.

    Articles that say the same of the same names share a group.
    """

    names: tuple[tuple[Mention, ...], ...]  # the mentions of each name
    keys: tuple[str, ...] = ()  # blocking keys across articles

    @cached_property
    def data(self) -> str:
        """The group as JSON; equal for groups of articles that say the same."""
        names = [[mention_fields(mention) for mention in mentions] for mentions in self.names]
        return json.dumps([names, self.keys], ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def id(self) -> int:
        """A number that depends on ``data`` alone."""
        return number(self.data)

    @property
    def key_ids(self) -> list[int]:
        """The keys as numbers."""
        return [_key_id(key) for key in self.keys]

    @classmethod
    def read(cls, data: str) -> "MentionGroup":
        """The group with this ``data``."""
        names, keys = json.loads(data)
        group = cls(tuple(tuple(map(_read_mention, mentions)) for mentions in names), tuple(keys))
        group.__dict__["data"] = data  # known already
        return group


def _read_mention(values: list[object]) -> Mention:
    """The mention with these fields; lists were tuples before they were JSON."""
    return Mention(*(tuple(value) if isinstance(value, list) else value for value in values))  # type: ignore[arg-type]


RecordId = tuple[int, int]  # id of a mention group, place of a name in it


@dataclass(frozen=True, slots=True)
class LinkedSpeaker:
    """One speaker and which records mean it.

    ``local``: every article with these records has such a speaker of its own, see ``local_id``.
    """

    speaker: Speaker
    members: tuple[RecordId, ...]
    local: bool = False


def local_id(speaker: str, article: str) -> str:
    """The id of a speaker who is known to one article only."""
    return f"{speaker}_{article}"
