"""An article's mentions -> mention groups with blocking keys: what has to be compared when speakers are linked.

A mention group has those names of one article that may decide on each other ("Hillary Clinton" and "Clinton"), and the
keys that it shares with groups of other articles. Groups connected by keys are a block: who is who in it depends on
nothing else. So an article that is added or changed is linked by looking at its own blocks only. Articles that say
the same of the same names share a group, so a block is much smaller than the number of its mentions.
"""

import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from functools import lru_cache

from quotes.names.normalise import comparable_name, is_generic, is_proper
from quotes.speakers.disjoint_sets import DisjointSets
from quotes.speakers.organisations import organisation_blocking_keys
from quotes.speakers.people import person_blocking_keys
from quotes.speakers.records import (
    BlockingKeys,
    MentionGroup,
    NameRecord,
    SpeakerMention,
    mention_fields,
    name_key,
)
from quotes.types import Mention, SpeakerType

TypedName = tuple[SpeakerType, str]  # a comparable name and what it is a name of


def speaker_type(mention: Mention) -> SpeakerType:
    """The type of a mention; "unnamed" for a person without a proper name, "group" for two people at once."""
    return _speaker_type(mention.type, mention.name)


@lru_cache(maxsize=8192)
def _speaker_type(kind: SpeakerType, name: str) -> SpeakerType:
    if kind == "person" and not is_proper(name):
        return "unnamed"
    if kind == "person" and re.search(r"\w (?:and|&) [^\W\d_a-z]", name):
        return "group"
    return kind


def make_record(article: str, mentions: Iterable[Mention], *, count: int = 1) -> NameRecord:
    """The record of what an article says under one name. ``article`` may be any text that stands for it."""
    different = list(set(mentions))
    if len(different) > 1:
        different.sort(key=lambda mention: json.dumps(mention_fields(mention)))
    aliases = {alias for mention in different for alias in mention.aliases if alias.strip()}
    return NameRecord(article, different[0].name, different, aliases=tuple(sorted(aliases)), count=count)


def group_mentions(mentions: Iterable[SpeakerMention]) -> list[tuple[MentionGroup, list[list[str]]]]:
    """The mention groups of one article, each with the quotations of every one of its names.

    The order of ``mentions`` does not matter.
    """
    by_name: dict[TypedName, list[SpeakerMention]] = defaultdict(list)
    for row in mentions:
        aliases = tuple(sorted(set(row.mention.aliases)))  # so that more articles say the same
        row = replace(row, mention=replace(row.mention, aliases=aliases))
        by_name[speaker_type(row.mention), comparable_name(row.mention.name)].append(row)
    names = sorted(by_name)
    records = {name: make_record("", (row.mention for row in by_name[name])) for name in names}
    keys = _blocking_keys(records)
    sets = DisjointSets()
    for name in names:
        for key in keys[name].across | keys[name].within:
            sets.union(("name", name), ("key", key))
    groups: dict[Hashable, list[TypedName]] = defaultdict(list)
    for name in names:
        groups[sets.find(("name", name))].append(name)
    out = []
    for members in groups.values():
        across = sorted(set().union(*(keys[name].across for name in members)))
        group = MentionGroup(tuple(tuple(records[name].mentions) for name in members), tuple(across))
        out.append((group, [sorted(row.quote for row in by_name[name]) for name in members]))
    return out


def _blocking_keys(records: dict[TypedName, NameRecord]) -> dict[TypedName, BlockingKeys]:
    """The blocking keys of one article's records."""

    def of_type(kind: SpeakerType) -> list[TypedName]:
        return [name for name in records if name[0] == kind]

    keys: dict[TypedName, BlockingKeys] = {}
    for kind, make_keys in (("person", person_blocking_keys), ("organisation", organisation_blocking_keys)):
        names = of_type(kind)  # type: ignore[arg-type]
        keys.update(zip(names, make_keys([records[name] for name in names]), strict=True))
    for name in of_type("group"):
        if not is_generic(records[name].name):
            keys[name] = BlockingKeys(frozenset({name_key(records[name].name)}))
    for name in (name for name in records if name not in keys):
        # the unnamed, and "police" and the like, are never the same in two articles
        keys[name] = BlockingKeys(frozenset(), frozenset({name_key(records[name].name)}))
    return keys
