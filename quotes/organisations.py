"""Which organisations the mentions of a set of articles mean: by name, office and acronym."""

import re
from collections import defaultdict

from quotes.mentions import Cluster, Key, Union, Unit, is_proper, only
from quotes.names import is_acronym, parse_organisation


def link_organisations(units: list[Unit]) -> list[Cluster]:
    """Group the units by organisation.

    Names are equal without case, "the" and "Inc."; departments and ministries in any order of their words,
    with or without "U.S." when only one country has one; an acronym goes to what some article gives it for,
    if that is one organisation only. A shorter name ("the Times") counts only in the article that uses it.
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
    for acronym, meant in stands_for.items():
        same = only(union.find(node) for node in meant)
        if same is not None:
            union.join(acronym, same)
    here: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for unit in units:
        # "a study by the Foundation", "the Foundation and the Museum" are not what their parts are.
        if not re.match(r"(?:(?:[Tt]he|[Aa]n?) )?[^\W\d_a-z]", unit.name) or re.search(
            r" and |['’]s? ", unit.name
        ):
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
