"""Which organisations the mentions of a set of articles mean: by name, office and acronym."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable

from quotes.names.normalise import is_generic, is_proper
from quotes.names.organisation import Organisation, is_acronym, is_distinctive_ending, parse_organisation
from quotes.speakers.disjoint_sets import DisjointSets
from quotes.speakers.records import BlockingKeys, Cluster, NameRecord, name_key, single_or_none


def link_organisations(records: list[NameRecord]) -> list[Cluster]:
    """The records clustered by organisation.

    Names are equal without case, "the" and "Inc."; departments and ministries in any order of their words,
    with or without "U.S." when only one country has one; an acronym goes to what some article gives it for,
    if that is one organisation only, and so does a shorter name of three words or more. Other shorter names ("the
    Times") count only in the article that uses them.
    """
    sets = DisjointSets()
    unite_offices({parse_organisation(record.name) for record in records}, sets)
    unite_aliases(records, sets)
    short_names = short_names_in_articles(records, sets)
    with_proper_name = {
        sets.find(parse_organisation(record.name)) for record in records if not is_generic(record.name)
    }
    clusters: dict[Hashable, Cluster] = defaultdict(lambda: Cluster("organisation"))
    for record in records:
        parsed = parse_organisation(record.name)
        own = sets.find(parsed)
        meant = single_or_none(short_names.get((record.article, parsed.core), set()) - {own})
        local = meant is None and own not in with_proper_name  # "the company"
        key = meant if meant is not None else ("local", own, record.article) if local else own
        clusters[key].records.append(record)
        clusters[key].local = local
    return list(clusters.values())


def unite_offices(names: Iterable[Organisation], sets: DisjointSets) -> None:
    """Unite what is one office: "the Treasury", "U.S. Treasury Department", "Department of the Treasury"."""
    names = set(names)
    office_cores = {name.core for name in names if name.office} | {"treasury"}
    countries: dict[str, set[str | None]] = defaultdict(set)
    for name in names:
        if name.office or ((name.country or name.core == "treasury") and name.core in office_cores):
            countries[name.core].add(name.country)
            sets.union(name, ("office", name.core, name.country))
    for core, having in countries.items():
        named = having - {None}
        if len(named) == 1 and None in having:
            sets.union(("office", core, None), ("office", core, named.pop()))


def unite_aliases(records: Iterable[NameRecord], sets: DisjointSets) -> None:
    """Unite an acronym, or a distinctive shorter name, with the one organisation that articles give it for."""
    stands_for: dict[Organisation, set[Organisation]] = defaultdict(set)
    for record in records:
        full = parse_organisation(record.name)
        for alias in record.aliases:
            short = parse_organisation(alias)
            if is_acronym(alias, record.name):
                stands_for[short].add(full)
            elif is_acronym(record.name, alias):
                stands_for[full].add(short)
            elif is_distinctive_ending(alias, record.name):
                stands_for[short].add(full)
    for short, fulls in stands_for.items():
        meant = single_or_none(sets.find(full) for full in fulls)
        if meant is not None:
            sets.union(short, meant)


def short_names_in_articles(
    records: Iterable[NameRecord], sets: DisjointSets
) -> dict[tuple[str, str], set[Hashable]]:
    """The clusters that each shorter name can mean in its article: (article, core of the name) -> clusters."""
    meanings: dict[tuple[str, str], set[Hashable]] = defaultdict(set)
    for record in records:
        if _is_single(record.name):
            cluster = sets.find(parse_organisation(record.name))
            for alias in filter(is_proper, record.aliases):
                meanings[record.article, parse_organisation(alias).core].add(cluster)
    return meanings


def _is_single(name: str) -> bool:
    """Whether a name is that of one organisation.

    "a study by the Foundation", "the Foundation and the Museum" are not what their parts are.
    """
    proper = re.match(r"(?:(?:[Tt]he|[Aa]n?) )?[^\W\d_a-z]", name)
    return bool(proper) and not re.search(r" and |['’]s? ", name)


def organisation_blocking_keys(records: list[NameRecord]) -> list[BlockingKeys]:
    """The blocking keys of one article's organisations: whatever ``link_organisations`` compares shares one.

    Those of one name do, and an acronym with what it stands for. "The Times" is settled by its article alone
    where one organisation in it is called so.
    """
    full_names: dict[str, set[str]] = defaultdict(set)  # short name -> the names of whom it is an alias
    within: list[set[str]] = []
    for record in records:
        core = parse_organisation(record.name).core
        aliases = record.aliases if _is_single(record.name) else ()
        short = {parse_organisation(alias).core for alias in aliases if is_proper(alias)}
        for name in short - {core}:
            full_names[name].add(core)
        within.append({core, *short})
    keys = []
    for record, shared in zip(records, within, strict=True):
        core = parse_organisation(record.name).core
        if len(full_names[core]) == 1:
            keys.append(BlockingKeys(frozenset(), frozenset({*shared, name_key(record.name)})))
            continue
        across = {f"organisation {core}", name_key(record.name)}
        for alias in record.aliases:
            acronym = is_acronym(alias, record.name) or is_acronym(record.name, alias)
            if acronym or is_distinctive_ending(alias, record.name):
                across.add(f"organisation {parse_organisation(alias).core}")
        keys.append(BlockingKeys(frozenset(across), frozenset(shared)))
    return keys
