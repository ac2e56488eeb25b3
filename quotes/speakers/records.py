"""Mentions of a set of articles, by article and name: what people and organisations are linked from."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter

from quotes.names.normalise import name_id
from quotes.names.person import Person
from quotes.speakers.disjoint_sets import Key
from quotes.text.identifiers import number
from quotes.types import Mention, Speaker, SpeakerType


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Whom one article names as the source of one quotation."""

    quote: str  # id of the quotation
    article: str  # id of the article
    mention: Mention


@dataclass(slots=True)
class Unit:
    """All mentions of one name in one article, or in ``count`` articles that say the same of it."""

    article: str
    name: str  # as the article has it
    rows: list[SpeakerMention]
    person: Person = field(default_factory=lambda: Person((), ""))
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    titles: frozenset[str] = frozenset()
    count: int = 1  # articles: whatever is decided by majority counts each of them


@dataclass(slots=True)
class Cluster:
    """Units that mean one speaker. ``local``: known to one article only, which its id names."""

    type: SpeakerType
    units: list[Unit] = field(default_factory=list)
    local: bool = False


def only(candidates: Iterable[Key]) -> Key | None:
    """The one candidate, or None when there is none or more than one."""
    some = set(candidates)
    return some.pop() if len(some) == 1 else None


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The neighbourhood of all that are called ``name``."""
    return f"name {name_id(name)}"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What a unit has to do with others.

    ``keys``: units of any articles that share one may be one speaker, or decide on each other. ``ties``: the
    same within the article only, besides the keys. A unit that its own article settles has no keys.
    """

    keys: frozenset[str]
    ties: frozenset[str] = frozenset()


_VALUES = attrgetter("name", "type", "description", "aliases", "pronouns")  # of a Mention, in its order


_key_id = lru_cache(maxsize=65536)(number)


@dataclass(frozen=True)
class Bundle:
    """Names of one article that may decide on each other, each with all that the article says of it."""

    units: tuple[tuple[Mention, ...], ...]
    keys: tuple[str, ...] = ()

    @cached_property
    def data(self) -> str:
        """The bundle as JSON; equal for bundles of articles that say the same."""
        units = [[_VALUES(mention) for mention in unit] for unit in self.units]
        return json.dumps([units, self.keys], ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def id(self) -> int:
        """A number that depends on ``data`` alone."""
        return number(self.data)

    @property
    def key_ids(self) -> list[int]:
        """The keys as numbers."""
        return [_key_id(key) for key in self.keys]

    @classmethod
    def read(cls, data: str) -> "Bundle":
        """The bundle with this ``data``."""
        units, keys = json.loads(data)
        bundle = cls(tuple(tuple(map(_mention, unit)) for unit in units), tuple(keys))
        bundle.__dict__["data"] = data  # known already
        return bundle


def _mention(values: list[object]) -> Mention:
    """Lists were tuples before they were JSON."""
    return Mention(*(tuple(value) if isinstance(value, list) else value for value in values))  # type: ignore[arg-type]


Member = tuple[int, int]  # a unit of a bundle: id of the bundle, place in it


@dataclass(frozen=True, slots=True)
class Found:
    """One speaker and which units mean it.

    ``local``: every article with these units has such a speaker of its own, see ``local_id``.
    """

    speaker: Speaker
    members: tuple[Member, ...]
    local: bool = False


def local_id(speaker: str, article: str) -> str:
    """The id of a speaker who is known to one article only."""
    return f"{speaker}_{article}"
