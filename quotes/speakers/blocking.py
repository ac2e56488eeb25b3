"""An article's mentions -> bundles: what has to be looked at together when speakers are linked.

A bundle has those mentions of one article that may decide on each other ("Hillary Clinton" and "Clinton"), and
the keys under which it meets the bundles of other articles. Bundles connected by keys are a neighbourhood:
who is who in it depends on nothing else. So an article that is added or changed is linked by looking at
its own neighbourhoods only. Articles that say the same of the same names share a bundle, so a neighbourhood
is much smaller than the number of its mentions.
"""

import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from functools import lru_cache

from quotes.names.normalise import comparable_name, is_proper
from quotes.speakers.disjoint_sets import Union
from quotes.speakers.organisations import organisation_neighbourhoods
from quotes.speakers.people import person_neighbourhoods
from quotes.speakers.records import _VALUES, Bundle, Neighbourhood, SpeakerMention, Unit, name_key
from quotes.types import Mention, SpeakerType


def kind_of(mention: Mention) -> SpeakerType:
    """The type of a mention; of a person without a proper name, "unnamed", and of two at once, a group."""
    return _kind(mention.type, mention.name)


@lru_cache(maxsize=65536)
def _kind(kind: SpeakerType, name: str) -> SpeakerType:
    if kind == "person" and not is_proper(name):
        return "unnamed"
    if kind == "person" and re.search(r"\w (?:and|&) [^\W\d_a-z]", name):
        return "group"
    return kind


def make_unit(article: str, mentions: Iterable[Mention], *, count: int = 1) -> Unit:
    """What an article says under one name. ``article`` may be any text that stands for it."""
    some = list(set(mentions))
    if len(some) > 1:
        some.sort(key=_order)
    aliases = {alias for mention in some for alias in mention.aliases if alias.strip()}
    rows = [SpeakerMention("", article, mention) for mention in some]
    return Unit(article, some[0].name, rows, aliases=tuple(sorted(aliases)), count=count)


def _order(mention: Mention) -> str:
    return json.dumps(_VALUES(mention))


def make_bundles(mentions: Iterable[SpeakerMention]) -> list[tuple[Bundle, list[list[str]]]]:
    """The bundles of one article's mentions, each with the quotations that every one of its units has.

    The order of ``mentions`` does not matter.
    """
    grouped: dict[tuple[SpeakerType, str], list[SpeakerMention]] = defaultdict(list)
    for row in mentions:
        aliases = tuple(sorted(set(row.mention.aliases)))  # so that more articles say the same
        row = replace(row, mention=replace(row.mention, aliases=aliases))
        grouped[kind_of(row.mention), comparable_name(row.mention.name)].append(row)
    named = sorted(grouped)
    units = {name: make_unit("", (row.mention for row in grouped[name])) for name in named}
    near = _neighbourhoods(units)
    union = Union()
    for name in named:
        for tie in near[name].keys | near[name].ties:
            union.join(("unit", name), ("tie", tie))
    parts: dict[Hashable, list[tuple[SpeakerType, str]]] = defaultdict(list)
    for name in named:
        parts[union.find(("unit", name))].append(name)
    out = []
    for names in parts.values():
        keys = sorted(set().union(*(near[name].keys for name in names)))
        bundle = Bundle(tuple(tuple(row.mention for row in units[name].rows) for name in names), tuple(keys))
        out.append((bundle, [sorted(row.quote for row in grouped[name]) for name in names]))
    return out


def _neighbourhoods(
    units: dict[tuple[SpeakerType, str], Unit],
) -> dict[tuple[SpeakerType, str], Neighbourhood]:
    def of_kind(kind: SpeakerType) -> list[tuple[SpeakerType, str]]:
        return [name for name in units if name[0] == kind]

    found: dict[tuple[SpeakerType, str], Neighbourhood] = {}
    people, organisations = of_kind("person"), of_kind("organisation")
    found.update(zip(people, person_neighbourhoods([units[name] for name in people]), strict=True))
    organised = organisation_neighbourhoods([units[name] for name in organisations])
    found.update(zip(organisations, organised, strict=True))
    for name in of_kind("group"):
        found[name] = Neighbourhood(frozenset({name_key(units[name].name)}))
    for name in of_kind("unnamed"):
        # never the same in two articles
        found[name] = Neighbourhood(frozenset(), frozenset({name_key(units[name].name)}))
    return found
