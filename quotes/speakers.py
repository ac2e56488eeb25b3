"""Mentions across articles -> speakers: one for each person, organisation or group.

Names are compared as kinds of names, not mention by mention, so the cost grows with the number of mentions
and of names that share a surname. A short name ("Clinton") is settled by its own article first; the rest of
the archive has a say only when there is a single candidate, however often another Clinton is quoted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from quotes.data import Mention, Speaker, SpeakerType
from quotes.names import (
    COURTESY,
    TITLES,
    Person,
    compatible,
    fold,
    formal_names,
    is_acronym,
    is_given_name,
    parse_organisation,
    parse_person,
    slug,
    words,
)

_MANY = 200  # candidates for one short name beyond which nothing short of its own article can tell


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Whom one article names as the source of one quotation."""

    quote: str  # id of the quotation
    article: str  # id of the article
    mention: Mention
    published: str | None = None  # ISO 8601 date of the article


@dataclass(frozen=True, slots=True)
class SpeakerLinks:
    """The speakers found, and which of them each quotation has."""

    speakers: list[Speaker]  # by id
    of_quote: dict[str, str]  # id of a quotation -> id of its speaker


@dataclass(slots=True)
class _Unit:
    """All mentions of one name in one article."""

    article: str
    name: str  # as the article has it
    rows: list[SpeakerMention]
    person: Person = field(default_factory=lambda: Person((), ""))
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    titles: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Cluster:
    """Units that mean one speaker. ``local``: known to one article only, which its id names."""

    type: SpeakerType
    units: list[_Unit] = field(default_factory=list)
    local: bool = False


Key = Hashable


class _Union:
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


def link_speakers(mentions: Iterable[SpeakerMention]) -> SpeakerLinks:
    """Tell which mentions mean the same speaker. The order of ``mentions`` does not matter.

    People are merged by compatible full names; a surname, an initial or a title with a surname goes to the
    one person it can mean in its article, else to the only one in the set, else it stays by itself.
    Organisations are merged by name, as departments, and by an acronym that some article gives. Groups are
    merged by equal names, unnamed sources never across articles.
    """
    units = _units(mentions)
    clusters = [
        *_people(units["person"]),
        *_organisations(units["organisation"]),
        *_by_name(units["group"], "group"),
        *_by_name(units["unnamed"], "unnamed"),
    ]
    return _publish(clusters)


def _units(mentions: Iterable[SpeakerMention]) -> dict[SpeakerType, list[_Unit]]:
    """Group the mentions by article and name, the type of a name that wavers settled by the majority."""
    grouped: dict[tuple[str, SpeakerType, str], list[SpeakerMention]] = defaultdict(list)
    for row in mentions:
        kind = row.mention.type
        if kind == "person" and not _capital(row.mention.name):
            kind = "unnamed"
        grouped[row.article, kind, _plain(row.mention.name)].append(row)
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
    units: dict[SpeakerType, list[_Unit]] = defaultdict(list)
    for (kind, article, _), rows in sorted(merged.items(), key=lambda item: item[0]):
        rows.sort(key=lambda row: row.quote)
        shown = Counter(row.mention.name for row in rows)
        aliases = tuple(sorted({alias for row in rows for alias in row.mention.aliases if alias.strip()}))
        units[kind].append(_Unit(article, min(shown, key=lambda n: (-shown[n], n)), rows, aliases=aliases))
    return units


def _plain(name: str) -> str:
    """``name`` folded, without a leading article."""
    text = fold(name)
    head, _, rest = text.partition(" ")
    return rest if head in ("the", "a", "an") and rest else text


def _capital(name: str) -> bool:
    """Whether ``name`` is written as a proper name, an article aside; scripts without capitals pass."""
    head, _, rest = name.strip().partition(" ")
    return any(
        ch.isupper() or (ch.isalpha() and ch.upper() == ch.lower())
        for ch in (rest if head.casefold() in ("the", "a", "an") else name)
    )


def _by_name(units: list[_Unit], kind: SpeakerType) -> list[_Cluster]:
    found: dict[Key, _Cluster] = {}
    for unit in units:
        local = kind == "unnamed"
        key = (_plain(unit.name), unit.article if local else "")
        found.setdefault(key, _Cluster(kind, local=local)).units.append(unit)
    return list(found.values())


def _only(candidates: Iterable[Key]) -> Key | None:
    """The one candidate, or None when there is none or more than one."""
    some = set(candidates)
    return some.pop() if len(some) == 1 else None


# People


def _read_person(unit: _Unit) -> None:
    """Fill in what the unit's name and aliases tell: the fullest form, gender and titles."""
    named = [parse_person(unit.name), *(parse_person(alias) for alias in unit.aliases)]
    unit.person = named[0]
    for other in named[1:]:
        fits = other.surname == unit.person.surname and (
            not unit.person.given or compatible(unit.person, other)
        )
        if fits and len(other.given) > len(unit.person.given) and other.suffix == unit.person.suffix:
            unit.person = other
    courtesy = [p.gender for p in named if p.surname == unit.person.surname and p.gender]
    pronouns = Counter(row.mention.pronouns for row in unit.rows if row.mention.pronouns in ("he", "she"))
    said = "he" if pronouns["he"] > pronouns["she"] else "she" if pronouns["she"] > pronouns["he"] else None
    unit.gender = named[0].gender or said or (courtesy[0] if courtesy else None)
    described = {
        word for row in unit.rows for word in words(row.mention.description or "") if word in TITLES
    } - set(COURTESY)
    unit.titles = frozenset(described).union(*(p.titles for p in named if p.surname == unit.person.surname))


def _short_names(unit: _Unit) -> set[str]:
    """The shorter names that the article itself uses for a person with a full name ("Peña Nieto",
    "Hillary")."""
    full = words(unit.person.display)
    shorts = set()
    for alias in unit.aliases:
        part = words(parse_person(alias).display)
        if 0 < len(part) < len(full) and all(word in full for word in part):
            shorts.add(" ".join(part))
    return shorts


def _unite_forms(forms: Iterable[Person]) -> tuple[_Union, set[Key]]:
    """Join the forms that can only mean one person; return the sets and the forms that can mean several."""
    blocks: dict[Key, list[Person]] = defaultdict(list)
    for person in forms:
        for formal in formal_names(person.given[0]):
            blocks[person.surname, person.suffix, formal].append(person)
            if len(formal) > 1:  # found by those with an initial for a first name, or by a middle name
                blocks[person.surname, person.suffix, formal[0], "initial"].append(person)
        if len(person.given[0]) == 1:
            blocks[person.surname, person.suffix, person.given[0], "initial"].append(person)
            for second in person.given[1:2]:
                blocks[person.surname, person.suffix, second].append(person)
    near: dict[Key, set[Person]] = defaultdict(set)
    for key, block in blocks.items():
        for a in block:
            if isinstance(key, tuple) and len(key) == 4 and len(a.given[0]) > 1:
                continue
            for b in block:
                if a.form != b.form and compatible(a, b):
                    near[a.form].add(b)
                    near[b.form].add(a)
    unsure: set[Key] = set()
    for form, others in near.items():
        some = sorted(others, key=lambda person: person.form)
        if any(not compatible(a, b) for at, a in enumerate(some) for b in some[:at]):
            unsure.add(form)
    union = _Union()
    for form, others in near.items():
        for other in others:
            if form not in unsure and other.form not in unsure:
                union.join(form, other.form)
    return union, unsure


def _people(units: list[_Unit]) -> list[_Cluster]:
    for unit in units:
        _read_person(unit)
    shorts = {id(unit): _short_names(unit) for unit in units if unit.person.given}
    endings = {
        short for unit in units for short in shorts.get(id(unit), ()) if " " in short
    }  # a name of two words that is short for one of three
    full = [
        unit for unit in units if unit.person.given and " ".join(words(unit.person.display)) not in endings
    ]
    union, unsure = _unite_forms({unit.person.form: unit.person for unit in full}.values())
    clusters: dict[Key, _Cluster] = defaultdict(lambda: _Cluster("person"))
    called: dict[str, set[Key]] = defaultdict(set)  # surname or ending -> whom it can mean, in the whole set
    here: dict[str, dict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))  # the same by article
    by_article: dict[str, list[_Unit]] = defaultdict(list)
    settled: dict[int, Key] = {}
    for unit in full:
        if unit.person.form not in unsure:
            by_article[unit.article].append(unit)
    waiting = []
    for unit in full:
        home = union.find(unit.person.form)
        if unit.person.form in unsure:
            same = _only(
                union.find(other.person.form)
                for other in by_article[unit.article]
                if compatible(unit.person, other.person)
            )
            home = home if same is None else same
        settled[id(unit)] = home
        clusters[home].units.append(unit)
    for unit in full:
        home = settled[id(unit)]
        surname = f"{unit.person.surname} {unit.person.suffix}".strip()
        names = {surname, unit.person.surname, *shorts[id(unit)]}
        for name in names:
            here[unit.article][name].add(home)
        called[surname].add(home)
        for name in shorts[id(unit)] & endings:
            called[name].add(home)
        if unit.person.suffix:
            called[unit.person.surname].add(home)
    gender = {home: _gender(cluster.units) for home, cluster in clusters.items()}
    titles = {home: frozenset().union(*(u.titles for u in c.units)) for home, c in clusters.items()}
    sure = {id(unit) for unit in full}
    lone: dict[str, list[_Unit]] = defaultdict(list)
    for unit in units:
        if id(unit) in sure:
            continue
        name = (
            " ".join(words(unit.person.display))
            if unit.person.given
            else (f"{unit.person.surname} {unit.person.suffix}".strip())
        )
        fits: set[Key] = set()
        near = here[unit.article].get(name, set())
        for pool in (near, called.get(name, set()) - near):
            fits = (
                set()
                if len(pool) > _MANY
                else {
                    home
                    for home in pool
                    if not (unit.gender and gender[home] and unit.gender != gender[home])
                }
            )
            if len(fits) > 1 and unit.titles:
                fits = {home for home in fits if titles[home] & unit.titles} or fits
            if fits:
                break
        same = _only(fits)
        if same is not None:
            waiting.append((same, unit))
        elif fits or len(called.get(name, ())) > _MANY:
            clusters["local", name, unit.article, unit.gender].units.append(unit)
            clusters["local", name, unit.article, unit.gender].local = True
        else:
            lone[name].append(unit)
    for same, unit in waiting:
        clusters[same].units.append(unit)
    for name, some in lone.items():
        genders = {unit.gender for unit in some if unit.gender}
        for unit in some:
            # "Maria" of two articles is hardly one person, "Putin" is.
            local = is_given_name(name) or (len(genders) > 1 and not unit.gender)
            key = ("lone", name, unit.article if local else "", unit.gender if len(genders) > 1 else "")
            clusters[key].units.append(unit)
            clusters[key].local = local
    return list(clusters.values())


def _gender(units: list[_Unit]) -> str | None:
    votes = Counter(unit.gender for unit in units if unit.gender)
    return None if votes["he"] == votes["she"] else votes.most_common(1)[0][0]


# Organisations


def _organisations(units: list[_Unit]) -> list[_Cluster]:
    union = _Union()
    parsed = {id(unit): parse_organisation(unit.name) for unit in units}
    nodes = set(parsed.values())
    pools: dict[str, set[Key]] = defaultdict(set)
    offices = {node.core for node in nodes if node.office}
    for node in nodes:
        if node.office or ((node.country or node.core == "treasury") and node.core in offices | {"treasury"}):
            pools[node.core].add(node.country)
            union.join(node, ("office", node.core, node.country))
    for core, countries in pools.items():
        named = countries - {None}
        if len(named) == 1 and None in countries:
            union.join(("office", core, None), ("office", core, named.pop()))
    stands_for: dict[Key, set[Key]] = defaultdict(set)
    for unit in units:
        for alias in unit.aliases:
            short, full = parse_organisation(alias), parsed[id(unit)]
            if is_acronym(alias, unit.name):
                stands_for[short].add(full)
            elif is_acronym(unit.name, alias):
                stands_for[full].add(short)
    for acronym, meant in stands_for.items():
        same = _only(union.find(node) for node in meant)
        if same is not None:
            union.join(acronym, same)
    here: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for unit in units:
        for alias in unit.aliases:
            if _capital(alias):
                here[unit.article, parse_organisation(alias).core].add(union.find(parsed[id(unit)]))
    clusters: dict[Key, _Cluster] = defaultdict(lambda: _Cluster("organisation"))
    proper = {union.find(parsed[id(unit)]) for unit in units if _capital(unit.name)}
    for unit in units:
        own = union.find(parsed[id(unit)])
        same = _only(here.get((unit.article, parsed[id(unit)].core), set()) - {own})
        local = own not in proper  # "the company"
        key = same if same is not None else ("local", own, unit.article) if local else own
        clusters[key].units.append(unit)
        clusters[key].local = local and same is None
    return list(clusters.values())


# What is shown


def _most(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda text: (-counts[text], text)) if counts else None


def _describe(cluster: _Cluster) -> Speaker:
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
            kinds[_plain(text)][text] += 1
        pronouns.update(sorted({row.mention.pronouns for row in unit.rows if row.mention.pronouns}))
    best = min(names, key=lambda name: (*_fullness(name, cluster), -names[name], name.isascii(), name))
    totals = Counter({key: texts.total() for key, texts in kinds.items()})
    described = _most(totals)
    top = pronouns.most_common(2)
    seen = {_plain(best)}
    aliases = []
    for alias in sorted(others, key=lambda text: (-others[text], text)):
        if _plain(alias) not in seen and _capital(alias):
            seen.add(_plain(alias))
            aliases.append(alias)
    ident = slug(_plain(best)) or "speaker-" + "-".join(f"{ord(ch):x}" for ch in best[:12])
    return Speaker(
        id=f"{ident}-{cluster.units[0].article}" if cluster.local else ident,
        name=best,
        type=cluster.type,
        description=_most(kinds[described]) if described else None,
        aliases=tuple(aliases),
        pronouns=top[0][0] if top and (len(top) == 1 or top[0][1] > top[1][1]) else None,
    )


def _fullness(name: str, cluster: _Cluster) -> tuple[int, int]:
    """Smaller is fuller: given names written out, then initials; for organisations the longest that is no
    acronym."""
    if cluster.type != "person":
        return (0, 0) if cluster.type in ("group", "unnamed") else (-len(parse_organisation(name).core), 0)
    person = parse_person(name)
    return -sum(len(part) > 1 for part in person.given), -len(person.given)


def _publish(clusters: list[_Cluster]) -> SpeakerLinks:
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
