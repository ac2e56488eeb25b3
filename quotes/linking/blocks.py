"""Blocks of a database: the mention groups that blocking keys connect (see ``speakers.blocking``)."""

from collections import defaultdict
from collections.abc import Hashable, Iterator

from quotes.speakers.disjoint_sets import DisjointSets
from quotes.speakers.records import MentionGroup
from quotes.store.mention_tables import MentionTables


def all_blocks(tables: MentionTables) -> Iterator[list[int]]:
    """The ids of all mention groups, block by block."""
    sets = DisjointSets()
    last: tuple[int, int] | None = None
    for key, group in tables.all_keys():
        if last and last[0] == key:
            sets.union(group, last[1])
        last = key, group
    connected: defaultdict[Hashable, list[int]] = defaultdict(list)
    for group in tables.group_ids():
        connected[sets.find(group)].append(group)
    yield from connected.values()


def block_of(tables: MentionTables, start: int) -> Iterator[tuple[MentionGroup, int]]:
    """The block of a mention group: all groups that keys connect it with, each with how many articles have it."""
    reached, waiting, keys = {start}, [start], set[int]()
    while waiting:
        pair = tables.group(waiting.pop())
        if pair is None:
            continue
        yield pair
        for key in pair[0].key_ids:
            if key not in keys:
                keys.add(key)
                for group in tables.groups_with_key(key):
                    if group not in reached:
                        reached.add(group)
                        waiting.append(group)
