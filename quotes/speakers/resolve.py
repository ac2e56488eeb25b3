"""Mentions across articles -> speakers: one for each person, organisation or group.

Names are compared as kinds of names, not mention by mention, so the cost grows with the number of mentions
and of names that share a surname. A short name ("Clinton") is settled by its own article first; the rest of
the archive has a say only when there is a single candidate, however often another Clinton is quoted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from quotes.names.normalise import comparable_name, is_proper, name_id
from quotes.names.organisation import parse_organisation
from quotes.names.person import parse_person
from quotes.speakers.blocking import kind_of, make_bundles, make_unit
from quotes.speakers.disjoint_sets import Key, Union
from quotes.speakers.organisations import link_organisations
from quotes.speakers.people import link_people
from quotes.speakers.records import Bundle, Cluster, Found, Member, SpeakerMention, Unit, local_id, name_key
from quotes.types import Speaker, SpeakerType

__all__ = ["Found", "SpeakerLinks", "SpeakerMention", "link_neighbourhood", "link_speakers", "local_id"]


@dataclass(frozen=True, slots=True)
class SpeakerLinks:
    """The speakers found, and which of them each quotation has."""

    speakers: list[Speaker]  # by id
    of_quote: dict[str, str]  # id of a quotation -> id of its speaker


def link_speakers(mentions: Iterable[SpeakerMention]) -> SpeakerLinks:
    """Tell which mentions mean the same speaker. The order of ``mentions`` does not matter.

    People are merged by compatible full names; a surname, an initial or a title with a surname goes to the
    one person it can mean in its article, else to the only one in the set, else it stays by itself.
    Organisations are merged by name, as departments, and by an acronym that some article gives. Groups are
    merged by equal names, unnamed sources never across articles.
    """
    articles: dict[str, list[SpeakerMention]] = defaultdict(list)
    for row in mentions:
        articles[row.article].append(row)
    bundles: dict[int, Bundle] = {}
    where: dict[int, list[str]] = defaultdict(list)  # bundle -> its articles
    quotes: dict[Member, list[tuple[str, str]]] = defaultdict(list)  # (quotation, article)
    for article, rows in articles.items():
        for bundle, units in make_bundles(rows):
            bundles[bundle.id] = bundle
            where[bundle.id].append(article)
            for at, some in enumerate(units):
                quotes[bundle.id, at] += [(quote, article) for quote in some]
    speakers: list[Speaker] = []
    of_quote: dict[str, str] = {}
    for part in neighbourhoods(bundles.values()):
        for found in link_neighbourhood((bundle, len(where[bundle.id])) for bundle in part):
            if not found.local:
                speakers.append(found.speaker)
            else:
                homes = {article for bundle, _ in found.members for article in where[bundle]}
                speakers += [replace(found.speaker, id=local_id(found.speaker.id, home)) for home in homes]
            for member in found.members:
                for quote, article in quotes[member]:
                    ident = found.speaker.id
                    of_quote[quote] = local_id(ident, article) if found.local else ident
    speakers.sort(key=lambda speaker: speaker.id)
    return SpeakerLinks(speakers, of_quote)


def neighbourhoods(bundles: Iterable[Bundle]) -> Iterator[list[Bundle]]:
    """The bundles in parts that have nothing to do with each other."""
    union = Union()
    parts: dict[Hashable, list[Bundle]] = defaultdict(list)
    some = list(bundles)
    for bundle in some:
        for key in bundle.keys:
            union.join(bundle.id, key)
    for bundle in some:
        parts[union.find(bundle.id)].append(bundle)
    yield from parts.values()


def link_neighbourhood(bundles: Iterable[tuple[Bundle, int]]) -> list[Found]:
    """The speakers of bundles that are connected by keys, each bundle with the number of its articles.

    The order of ``bundles`` does not matter. The ids are this neighbourhood's own: they start with a name
    whose key is in it.
    """
    units, members, keys = _units(sorted(bundles, key=lambda pair: pair[0].id))
    clusters = [
        *link_people(units["person"]),
        *link_organisations(units["organisation"]),
        *_by_name(units["group"], "group"),
        *_by_name(units["unnamed"], "unnamed"),
    ]
    return _publish(clusters, members, keys)


def _units(
    bundles: list[tuple[Bundle, int]],
) -> tuple[dict[SpeakerType, list[Unit]], dict[int, list[Member]], dict[int, frozenset[str]]]:
    """The units by type, the type of a name that wavers settled by the majority.

    And for the ``id()`` of every unit its members and the keys of its bundle.
    """
    votes: dict[str, Counter[SpeakerType]] = defaultdict(Counter)
    for bundle, count in bundles:
        for mentions in bundle.units:
            votes[comparable_name(mentions[0].name)][kind_of(mentions[0])] += count
    ranks: tuple[SpeakerType, ...] = ("person", "group", "organisation")
    settled: dict[str, SpeakerType] = {}
    for name, kinds in votes.items():
        # A single word may well be a person here and a place there ("Washington").
        among = ranks if " " in name else ranks[1:]
        settled[name] = max(among, key=lambda kind: (kinds[kind], -ranks.index(kind)))
    units: dict[SpeakerType, list[Unit]] = defaultdict(list)
    members: dict[int, list[Member]] = {}
    keys: dict[int, frozenset[str]] = {}
    for bundle, count in bundles:
        merged: dict[tuple[SpeakerType, str], list[int]] = defaultdict(list)
        for at, mentions in enumerate(bundle.units):
            name, kind = comparable_name(mentions[0].name), kind_of(mentions[0])
            if kind in ranks and (" " in name or kind != "person") and votes[name][settled[name]]:
                kind = settled[name]
            merged[kind, name].append(at)
        for (kind, _), places in merged.items():
            said = [mention for at in places for mention in bundle.units[at]]
            unit = make_unit(str(bundle.id), said, count=count)
            units[kind].append(unit)
            members[id(unit)] = [(bundle.id, at) for at in places]
            keys[id(unit)] = frozenset(bundle.keys)
    return units, members, keys


def _by_name(units: list[Unit], kind: SpeakerType) -> list[Cluster]:
    found: dict[Key, Cluster] = {}
    for unit in units:
        local = kind == "unnamed"
        key = (comparable_name(unit.name), unit.article if local else "")
        found.setdefault(key, Cluster(kind, local=local)).units.append(unit)
    return list(found.values())


def _most(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda text: (-counts[text], text)) if counts else None


def _describe(cluster: Cluster, keys: dict[int, frozenset[str]]) -> tuple[Speaker, bool]:
    """The cluster as a speaker, and whether it is local. The id is a wish that ``_publish`` may qualify."""
    names: Counter[str] = Counter()
    public: set[str] = set()  # names whose key is in this neighbourhood only
    others: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    pronouns: Counter[str] = Counter()

    def add(counts: Counter[str], texts: Iterable[str | None], unit: Unit) -> None:
        counts.update({text: unit.count for text in texts if text is not None})

    for unit in cluster.units:
        person = cluster.type == "person"
        shown = {unit.person.display or unit.name, parse_person(unit.name).display} if person else {unit.name}
        public.update(name for name in shown if name_key(name) in keys[id(unit)])
        add(names, shown, unit)
        aliases = {re.sub(r"['’]s?$", "", " ".join(alias.split())) for alias in unit.aliases}
        add(others, shown | aliases, unit)
        for text in {row.mention.description for row in unit.rows if row.mention.description}:
            kinds[comparable_name(text)][text] += unit.count
        add(pronouns, {row.mention.pronouns for row in unit.rows}, unit)
    local = cluster.local or not public
    best = min(
        names if local else public,
        key=lambda name: (*_fullness(name, cluster), -names[name], name.isascii(), name),
    )
    totals = Counter({key: texts.total() for key, texts in kinds.items()})
    described = _most(totals)
    top = pronouns.most_common(2)
    seen = {comparable_name(best)}
    also = []
    for alias in sorted(others, key=lambda text: (-others[text], text)):
        if comparable_name(alias) not in seen and is_proper(alias):
            seen.add(comparable_name(alias))
            also.append(alias)
    return Speaker(
        id=name_id(best),
        name=best,
        type=cluster.type,
        description=_most(kinds[described]) if described else None,
        aliases=tuple(also),
        pronouns=top[0][0] if top and (len(top) == 1 or top[0][1] > top[1][1]) else None,
    ), local


def _fullness(name: str, cluster: Cluster) -> tuple[int, int]:
    """Smaller is fuller: given names written out, then initials; for organisations the longest that is no
    acronym."""
    if cluster.type != "person":
        return (0, 0) if cluster.type in ("group", "unnamed") else (-len(parse_organisation(name).core), 0)
    person = parse_person(name)
    return -sum(len(part) > 1 for part in person.given), -len(person.given)


def _publish(
    clusters: list[Cluster], members: dict[int, list[Member]], keys: dict[int, frozenset[str]]
) -> list[Found]:
    """Give every cluster an id of its own: its name, then its type, then a number.

    Neither a full stop nor an underline is in the id of a name, so no other neighbourhood has these ids.
    """
    found = []
    for cluster in clusters:
        speaker, local = _describe(cluster, keys)
        some = tuple(sorted(member for unit in cluster.units for member in members[id(unit)]))
        found.append(Found(speaker, some, local))
    found.sort(key=lambda one: (one.speaker.id, one.speaker.type, one.members))
    taken: dict[tuple[str, bool], SpeakerType] = {}
    used: set[tuple[str, bool]] = set()
    out = []
    for one in found:
        wish = one.speaker.id
        first = taken.setdefault((wish, one.local), one.speaker.type)
        if first != one.speaker.type:
            wish = f"{wish}.{one.speaker.type}"
        ident, number = wish, 1
        while (ident, one.local) in used:
            number += 1
            ident = f"{wish}.{number}"
        used.add((ident, one.local))
        out.append(replace(one, speaker=replace(one.speaker, id=ident)))
    return out
