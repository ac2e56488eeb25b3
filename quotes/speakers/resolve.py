"""Mentions across articles -> speakers: one for each person, organisation or group.

Names are compared as names, not mention by mention, so the cost grows with the number of mentions and of names that
share a surname. A short name ("Clinton") is settled by its own article first; the rest of the archive has a say only
when there is a single candidate, however often another Clinton is quoted.

``link_block`` is what a database is linked with, block by block; ``link_speakers`` does the same for mentions that are
all in memory: the door for whoever has no database, and for tests.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from logging import DEBUG

from quotes.log import logger
from quotes.names.normalise import comparable_name, is_generic, is_proper, name_id
from quotes.names.organisation import parse_organisation
from quotes.names.person import parse_person
from quotes.speakers.blocking import group_mentions, make_record, speaker_type
from quotes.speakers.disjoint_sets import DisjointSets
from quotes.speakers.organisations import link_organisations
from quotes.speakers.people import link_people
from quotes.speakers.records import (
    Cluster,
    LinkedSpeaker,
    MentionGroup,
    NameRecord,
    RecordId,
    SpeakerMention,
    local_id,
    name_key,
)
from quotes.types import Speaker, SpeakerType

__all__ = ["LinkedSpeaker", "SpeakerLinks", "SpeakerMention", "link_block", "link_speakers", "local_id"]

LOG = logger(__name__)
_PROPER_TYPES: tuple[SpeakerType, ...] = ("person", "group", "organisation")  # equal votes: the first


@dataclass(frozen=True, slots=True)
class SpeakerLinks:
    """The speakers of all mentions, and which of them each quotation has."""

    speakers: list[Speaker]  # by id
    of_quote: dict[str, str]  # id of a quotation -> id of its speaker


def link_speakers(mentions: Iterable[SpeakerMention]) -> SpeakerLinks:
    """The speakers that the mentions mean. The order of ``mentions`` does not matter.

    People are merged by compatible full names; a surname, an initial or a title with a surname goes to the
    one person it can mean in its article, else to the only one in the set, else it stays by itself.
    Organisations are merged by name, as departments, and by an acronym that some article gives. Groups are
    merged by equal names; unnamed sources, and groups and bodies without a name of their own ("police", "the court"),
    never across articles.

    >>> from quotes.types import Mention
    >>> bill, clinton = Mention("Bill Clinton", "person"), Mention("Clinton", "person")
    >>> link_speakers([SpeakerMention("q1", "a1", bill), SpeakerMention("q2", "a2", clinton)]).of_quote
    {'q1': 'bill-clinton', 'q2': 'bill-clinton'}
    """
    rows_of: dict[str, list[SpeakerMention]] = defaultdict(list)
    for row in mentions:
        rows_of[row.article].append(row)
    groups: dict[int, MentionGroup] = {}
    articles: dict[int, list[str]] = defaultdict(list)  # of each group
    quotes: dict[RecordId, list[tuple[str, str]]] = defaultdict(list)  # (quotation, article)
    for article, rows in rows_of.items():
        for group, quotes_by_name in group_mentions(rows):
            groups[group.id] = group
            articles[group.id].append(article)
            for at, said in enumerate(quotes_by_name):
                quotes[group.id, at] += [(quote, article) for quote in said]
    speakers: list[Speaker] = []
    of_quote: dict[str, str] = {}
    for block in blocks(groups.values()):
        for linked in link_block((group, len(articles[group.id])) for group in block):
            ident = linked.speaker.id
            if not linked.local:
                speakers.append(linked.speaker)
            else:
                homes = {article for group_id, _ in linked.members for article in articles[group_id]}
                speakers += [replace(linked.speaker, id=local_id(ident, home)) for home in homes]
            for member in linked.members:
                for quote, article in quotes[member]:
                    of_quote[quote] = local_id(ident, article) if linked.local else ident
    speakers.sort(key=lambda speaker: speaker.id)
    return SpeakerLinks(speakers, of_quote)


def blocks(groups: Iterable[MentionGroup]) -> Iterator[list[MentionGroup]]:
    """The mention groups in blocks: those connected by blocking keys together."""
    groups, sets = list(groups), DisjointSets()
    for group in groups:
        for key in group.keys:
            sets.union(group.id, key)
    members: dict[Hashable, list[MentionGroup]] = defaultdict(list)
    for group in groups:
        members[sets.find(group.id)].append(group)
    yield from members.values()


def link_block(groups: Iterable[tuple[MentionGroup, int]]) -> list[LinkedSpeaker]:
    """The speakers of one block: of mention groups connected by keys, each with the number of its articles.

    The order of ``groups`` does not matter. The ids are this block's own: they start with a name whose key is in it.
    """
    records, members, keys = _records_by_type(sorted(groups, key=lambda pair: pair[0].id))
    clusters = [
        *link_people(records["person"]),
        *link_organisations(records["organisation"]),
        *_link_equal_names(records["group"], "group"),
        *_link_equal_names(records["unnamed"], "unnamed"),
    ]
    return assign_ids(clusters, members, keys)


def _records_by_type(
    groups: list[tuple[MentionGroup, int]],
) -> tuple[dict[SpeakerType, list[NameRecord]], dict[int, list[RecordId]], dict[int, frozenset[str]]]:
    """The records by type, the type of a name that wavers settled by the majority of articles.

    And for the ``id()`` of every record its members and the keys of its group.
    """
    types = _majority_types(groups)
    records: dict[SpeakerType, list[NameRecord]] = defaultdict(list)
    members: dict[int, list[RecordId]] = {}
    keys: dict[int, frozenset[str]] = {}
    for group, count in groups:
        places: dict[tuple[SpeakerType, str], list[int]] = defaultdict(list)
        for at, mentions in enumerate(group.names):
            name, kind = comparable_name(mentions[0].name), speaker_type(mentions[0])
            if kind in _PROPER_TYPES and (" " in name or kind != "person"):
                kind = types.get(name, kind)
            places[kind, name].append(at)
        for (kind, _), some in places.items():
            said = [mention for at in some for mention in group.names[at]]
            record = make_record(str(group.id), said, count=count)
            records[kind].append(record)
            members[id(record)] = [(group.id, at) for at in some]
            keys[id(record)] = frozenset(group.keys)
    return records, members, keys


def _majority_types(groups: Iterable[tuple[MentionGroup, int]]) -> dict[str, SpeakerType]:
    """The type that most articles give each comparable name; none where they only give other types."""
    votes: dict[str, Counter[SpeakerType]] = defaultdict(Counter)
    for group, count in groups:
        for mentions in group.names:
            votes[comparable_name(mentions[0].name)][speaker_type(mentions[0])] += count
    types: dict[str, SpeakerType] = {}
    for name, counts in votes.items():
        # A single word may well be a person here and a place there ("Washington").
        possible = _PROPER_TYPES if " " in name else _PROPER_TYPES[1:]
        best = max(possible, key=lambda kind: (counts[kind], -_PROPER_TYPES.index(kind)))
        if counts[best]:
            types[name] = best
    return types


def _link_equal_names(records: list[NameRecord], kind: SpeakerType) -> list[Cluster]:
    """The records clustered by comparable name; the unnamed, and "police" and the like, by article as well."""
    clusters: dict[tuple[str, str], Cluster] = {}
    for record in records:
        local = kind == "unnamed" or is_generic(record.name)
        key = (comparable_name(record.name), record.article if local else "")
        clusters.setdefault(key, Cluster(kind, local=local)).records.append(record)
    return list(clusters.values())


def _most_frequent(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda text: (-counts[text], text)) if counts else None


def canonicalise(cluster: Cluster, keys: dict[int, frozenset[str]]) -> tuple[Speaker, bool]:
    """The cluster as a speaker with its canonical name, and whether it is local.

    The canonical name is the fullest one. The id is what ``assign_ids`` may have to qualify. ``keys``: those of each
    record by its ``id()``.
    """
    names: Counter[str] = Counter()
    public: set[str] = set()  # names whose key is in this block only
    surface: Counter[str] = Counter()  # every name and alias
    descriptions: dict[str, Counter[str]] = defaultdict(Counter)
    pronouns: Counter[str] = Counter()

    def add(counts: Counter[str], texts: Iterable[str | None], record: NameRecord) -> None:
        counts.update({text: record.count for text in texts if text is not None})

    for record in cluster.records:
        person = cluster.type == "person"
        shown = {record.person.display or record.name, parse_person(record.name).display}
        shown = shown if person else {record.name}
        public.update(name for name in shown if name_key(name) in keys[id(record)])
        add(names, shown, record)
        aliases = {re.sub(r"['’]s?$", "", " ".join(alias.split())) for alias in record.aliases}
        add(surface, shown | aliases, record)
        for text in {mention.description for mention in record.mentions if mention.description}:
            descriptions[comparable_name(text)][text] += record.count
        add(pronouns, {mention.pronouns for mention in record.mentions}, record)
    local = cluster.local or not public
    best = min(
        names if local else public,
        key=lambda name: (*_incompleteness(name, cluster.type), -names[name], name.isascii(), name),
    )
    described = _most_frequent(Counter({key: texts.total() for key, texts in descriptions.items()}))
    top = pronouns.most_common(2)
    return Speaker(
        id=name_id(best),
        name=best,
        type=cluster.type,
        description=_most_frequent(descriptions[described]) if described else None,
        aliases=_aliases(best, surface),
        pronouns=top[0][0] if top and (len(top) == 1 or top[0][1] > top[1][1]) else None,
    ), local


def _aliases(canonical: str, counts: Counter[str]) -> tuple[str, ...]:
    """The proper names besides the canonical one, each comparable name once, the most frequent first."""
    seen, aliases = {comparable_name(canonical)}, []
    for alias in sorted(counts, key=lambda text: (-counts[text], text)):
        if comparable_name(alias) not in seen and is_proper(alias):
            seen.add(comparable_name(alias))
            aliases.append(alias)
    return tuple(aliases)


def _incompleteness(name: str, kind: SpeakerType) -> tuple[int, int]:
    """Smaller is fuller: given names written out, then initials; for organisations the longest that is no
    acronym."""
    if kind != "person":
        return (0, 0) if kind in ("group", "unnamed") else (-len(parse_organisation(name).core), 0)
    person = parse_person(name)
    return -sum(len(part) > 1 for part in person.given), -len(person.given)


def assign_ids(
    clusters: list[Cluster], members: dict[int, list[RecordId]], keys: dict[int, frozenset[str]]
) -> list[LinkedSpeaker]:
    """The clusters as speakers, each with an id of its own: its name, then its type, then a number.

    Neither a full stop nor an underline is in the id of a name, so no other block has these ids.
    """
    linked = []
    for cluster in clusters:
        speaker, local = canonicalise(cluster, keys)
        own = tuple(sorted(member for record in cluster.records for member in members[id(record)]))
        linked.append(LinkedSpeaker(speaker, own, local))
    linked.sort(key=lambda one: (one.speaker.id, one.speaker.type, one.members))
    first_type: dict[tuple[str, bool], SpeakerType] = {}
    used: set[tuple[str, bool]] = set()
    out = []
    for one in linked:
        wanted, kind = one.speaker.id, one.speaker.type
        if first_type.setdefault((wanted, one.local), kind) != kind:
            wanted = f"{wanted}.{kind}"
        ident, number = wanted, 1
        while (ident, one.local) in used:
            number += 1
            ident = f"{wanted}.{number}"
        used.add((ident, one.local))
        out.append(replace(one, speaker=replace(one.speaker, id=ident)))
    if LOG.isEnabledFor(DEBUG):
        for one in out:
            LOG.debug("%s: %s, %d records", one.speaker.id, one.speaker.name, len(one.members))
    return out
