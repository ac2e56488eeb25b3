"""Which organisations the mentions of a set of articles mean: by name, office and acronym."""

import re
from collections import defaultdict

from quotes.names.normalise import is_proper
from quotes.names.organisation import is_acronym, is_distinctive, parse_organisation
from quotes.speakers.disjoint_sets import Key, Union
from quotes.speakers.records import Cluster, Neighbourhood, Unit, name_key, only


def link_organisations(units: list[Unit]) -> list[Cluster]:
    """Group the units by organisation.

    Names are equal without case, "the" and "Inc."; departments and ministries in any order of their words,
    with or without "U.S." when only one country has one; an acronym goes to what some article gives it for,
    if that is one organisation only, and so does a shorter name of three words or more. Other shorter names ("the
    Times") count only in the article that uses them.
    """
    union = Union()
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
            elif is_distinctive(alias, unit.name):
                stands_for[short].add(full)
    for acronym, meant in stands_for.items():
        same = only(union.find(node) for node in meant)
        if same is not None:
            union.join(acronym, same)
    here: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for unit in units:
        if not _is_one(unit.name):
            continue
        for alias in unit.aliases:
            if is_proper(alias):
                here[unit.article, parse_organisation(alias).core].add(union.find(parsed[id(unit)]))
    clusters: dict[Key, Cluster] = defaultdict(lambda: Cluster("organisation"))
    proper = {union.find(parsed[id(unit)]) for unit in units if is_proper(unit.name)}
    for unit in units:
        own = union.find(parsed[id(unit)])
        same = only(here.get((unit.article, parsed[id(unit)].core), set()) - {own})
        local = own not in proper  # "the company"
        key = same if same is not None else ("local", own, unit.article) if local else own
        clusters[key].units.append(unit)
        clusters[key].local = local and same is None
    return list(clusters.values())


def _is_one(name: str) -> bool:
    """Whether a name is that of one organisation.

    "a study by the Foundation", "the Foundation and the Museum" are not what their parts are.
    """
    proper = re.match(r"(?:(?:[Tt]he|[Aa]n?) )?[^\W\d_a-z]", name)
    return bool(proper) and not re.search(r" and |['’]s? ", name)


def organisation_neighbourhoods(units: list[Unit]) -> list[Neighbourhood]:
    """With which others each of one article's organisations has to be looked at: whatever
    ``link_organisations`` compares.

    Those of one name, and an acronym with what it stands for. "The Times" is settled by its article alone
    where one organisation in it is called so.
    """
    called: dict[str, set[str]] = defaultdict(set)  # short name -> the names of whom it is an alias
    ties: list[set[str]] = []
    for unit in units:
        core = parse_organisation(unit.name).core
        aliases = unit.aliases if _is_one(unit.name) else ()
        short = {parse_organisation(alias).core for alias in aliases if is_proper(alias)}
        for name in short - {core}:
            called[name].add(core)
        ties.append({core, *short})
    found = []
    for unit, tied in zip(units, ties, strict=True):
        core = parse_organisation(unit.name).core
        if len(called[core]) == 1:
            found.append(Neighbourhood(frozenset(), frozenset({*tied, name_key(unit.name)})))
            continue
        keys = {f"organisation {core}", name_key(unit.name)}
        for alias in unit.aliases:
            telling = is_acronym(alias, unit.name) or is_acronym(unit.name, alias)
            if telling or is_distinctive(alias, unit.name):
                keys.add(f"organisation {parse_organisation(alias).core}")
        found.append(Neighbourhood(frozenset(keys), frozenset(tied)))
    return found
