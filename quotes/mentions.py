"""Mentions of a set of articles, by article and name: what people and organisations are linked from."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from quotes.data import Mention, SpeakerType
from quotes.names import Person, fold, slug


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Whom one article names as the source of one quotation."""

    quote: str  # id of the quotation
    article: str  # id of the article
    mention: Mention
    published: str | None = None  # ISO 8601 date of the article


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


Key = Hashable


class Union:
    """Disjoint sets; which member stands for a set never matters to the result."""

    def __init__(self) -> None:
        self.parent: dict[Key, Key] = {}

    def find(self, item: Key) -> Key:
        self.parent.setdefault(item, item)
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, a: Key, b: Key) -> None:
        self.parent[self.find(a)] = self.find(b)


def plain(name: str) -> str:
    """``name`` folded, without a leading article."""
    text = fold(name)
    head, _, rest = text.partition(" ")
    return rest if head in ("the", "a", "an") and rest else text


def is_proper(name: str) -> bool:
    """Whether ``name`` is written as a proper name, an article aside; scripts without capitals pass."""
    head, _, rest = name.strip().partition(" ")
    return any(
        ch.isupper() or (ch.isalpha() and ch.upper() == ch.lower())
        for ch in (rest if head.casefold() in ("the", "a", "an") else name)
    )


def only(candidates: Iterable[Key]) -> Key | None:
    """The one candidate, or None when there is none or more than one."""
    some = set(candidates)
    return some.pop() if len(some) == 1 else None


def name_id(name: str) -> str:
    """``name`` as the beginning of a permalink: "howard-lutnick"; never empty."""
    return slug(plain(name)) or "speaker-" + "-".join(f"{ord(ch):x}" for ch in name[:12])


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
