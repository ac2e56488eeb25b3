"""Mentions across articles -> speakers: one for each person, organisation or group.

Names are compared as kinds of names, not mention by mention, so the cost grows with the number of mentions
and of names that share a surname. A short name ("Clinton") is settled by its own article first; the rest of
the archive has a say only when there is a single candidate, however often another Clinton is quoted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from quotes.data import Speaker, SpeakerType
from quotes.mentions import Cluster, Key, SpeakerMention, Unit, is_proper, plain
from quotes.names import parse_organisation, parse_person, slug
from quotes.organisations import link_organisations
from quotes.people import link_people

__all__ = ["SpeakerLinks", "SpeakerMention", "link_speakers"]


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
    units = _units(mentions)
    clusters = [
        *link_people(units["person"]),
        *link_organisations(units["organisation"]),
        *_by_name(units["group"], "group"),
        *_by_name(units["unnamed"], "unnamed"),
    ]
    return _publish(clusters)


def _units(mentions: Iterable[SpeakerMention]) -> dict[SpeakerType, list[Unit]]:
    """Group the mentions by article and name, the type of a name that wavers settled by the majority."""
    grouped: dict[tuple[str, SpeakerType, str], list[SpeakerMention]] = defaultdict(list)
    for row in mentions:
        kind = row.mention.type
        if kind == "person" and not is_proper(row.mention.name):
            kind = "unnamed"
        elif kind == "person" and re.search(r"\w (?:and|&) [^\W\d_a-z]", row.mention.name):
            kind = "group"  # two people at once
        grouped[row.article, kind, plain(row.mention.name)].append(row)
    votes: dict[str, Counter[SpeakerType]] = defaultdict(Counter)
    for _, kind, name in grouped:
        votes[name][kind] += 1
    ranks: tuple[SpeakerType, ...] = ("person", "group", "organisation")
    settled: dict[str, SpeakerType] = {}
    for name, kinds in votes.items():
        # A single word may well be a person here and a place there ("Washington").
        among = ranks if " " in name else ranks[1:]
        settled[name] = max(among, key=lambda kind: (kinds[kind], -ranks.index(kind)))
    merged: dict[tuple[SpeakerType, str, str], list[SpeakerMention]] = defaultdict(list)
    for (article, kind, name), rows in grouped.items():
        if kind in ranks and (" " in name or kind != "person") and votes[name][settled[name]]:
            kind = settled[name]
        merged[kind, article, name] += rows
    units: dict[SpeakerType, list[Unit]] = defaultdict(list)
    for (kind, article, _), rows in sorted(merged.items(), key=lambda item: item[0]):
        rows.sort(key=lambda row: row.quote)
        shown = Counter(row.mention.name for row in rows)
        aliases = tuple(sorted({alias for row in rows for alias in row.mention.aliases if alias.strip()}))
        units[kind].append(Unit(article, min(shown, key=lambda n: (-shown[n], n)), rows, aliases=aliases))
    return units


def _by_name(units: list[Unit], kind: SpeakerType) -> list[Cluster]:
    found: dict[Key, Cluster] = {}
    for unit in units:
        local = kind == "unnamed"
        key = (plain(unit.name), unit.article if local else "")
        found.setdefault(key, Cluster(kind, local=local)).units.append(unit)
    return list(found.values())


def _most(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda text: (-counts[text], text)) if counts else None


def _describe(cluster: Cluster) -> Speaker:
    """The cluster as a speaker; its id is a wish that ``_publish`` may have to qualify."""
    names: Counter[str] = Counter()
    others: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    pronouns: Counter[str] = Counter()
    for unit in cluster.units:
        person = cluster.type == "person"
        shown = {unit.person.display or unit.name, parse_person(unit.name).display} if person else {unit.name}
        names.update(shown)
        others.update({*shown, *(re.sub(r"['’]s?$", "", " ".join(alias.split())) for alias in unit.aliases)})
        for text in {row.mention.description for row in unit.rows if row.mention.description}:
            kinds[plain(text)][text] += 1
        pronouns.update(sorted({row.mention.pronouns for row in unit.rows if row.mention.pronouns}))
    best = min(names, key=lambda name: (*_fullness(name, cluster), -names[name], name.isascii(), name))
    totals = Counter({key: texts.total() for key, texts in kinds.items()})
    described = _most(totals)
    top = pronouns.most_common(2)
    seen = {plain(best)}
    aliases = []
    for alias in sorted(others, key=lambda text: (-others[text], text)):
        if plain(alias) not in seen and is_proper(alias):
            seen.add(plain(alias))
            aliases.append(alias)
    ident = slug(plain(best)) or "speaker-" + "-".join(f"{ord(ch):x}" for ch in best[:12])
    return Speaker(
        id=f"{ident}-{cluster.units[0].article}" if cluster.local else ident,
        name=best,
        type=cluster.type,
        description=_most(kinds[described]) if described else None,
        aliases=tuple(aliases),
        pronouns=top[0][0] if top and (len(top) == 1 or top[0][1] > top[1][1]) else None,
    )


def _fullness(name: str, cluster: Cluster) -> tuple[int, int]:
    """Smaller is fuller: given names written out, then initials; for organisations the longest that is no
    acronym."""
    if cluster.type != "person":
        return (0, 0) if cluster.type in ("group", "unnamed") else (-len(parse_organisation(name).core), 0)
    person = parse_person(name)
    return -sum(len(part) > 1 for part in person.given), -len(person.given)


def _publish(clusters: list[Cluster]) -> SpeakerLinks:
    """Give every cluster an id of its own: its name, then its type, then a number."""
    described = [(_describe(cluster), cluster) for cluster in clusters]
    described.sort(key=lambda pair: (pair[0].id, pair[0].type, min(u.rows[0].quote for u in pair[1].units)))
    taken: set[str] = set()
    speakers: list[Speaker] = []
    of_quote: dict[str, str] = {}
    kinds: dict[str, list[SpeakerType]] = defaultdict(list)
    for speaker, _ in described:
        kinds[speaker.id].append(speaker.type)
    for speaker, cluster in described:
        ident, number = speaker.id, 1
        if ident in taken:
            wish = f"{ident}-{speaker.type}" if kinds[ident][0] != speaker.type else ident
            ident = wish
            while ident in taken:
                number += 1
                ident = f"{wish}-{number}"
        taken.add(ident)
        speakers.append(
            Speaker(ident, speaker.name, speaker.type, speaker.description, speaker.aliases, speaker.pronouns)
        )
        for unit in cluster.units:
            for row in unit.rows:
                of_quote[row.quote] = ident
    speakers.sort(key=lambda speaker: speaker.id)
    return SpeakerLinks(speakers, of_quote)
