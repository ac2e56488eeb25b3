"""Nodes -> statements, the surest pairs first, so that similar wordings never chain different ones together.

Two groups become one only when each member of the one goes with each member of the other. Two members go
together when they report the same utterance by themselves, or when both report that of the fullest wording
in the group and nothing speaks against them: two parts of one utterance have few words in common.
"""

from collections.abc import Callable, Iterable

from quotes.sameness import Relation

Relate = Callable[[int, int], Relation]


def fullest(members: Iterable[int], size: Callable[[int], tuple[int, str]]) -> int:
    """The member with the most words, by which the others are judged. ``size``: its words, and its id."""
    return max(members, key=size)


def go_together(a: int, b: int, whole: int, relate: Relate) -> bool:
    """Whether ``a`` and ``b`` may be in one statement whose fullest wording is ``whole``."""
    found = relate(a, b)
    if found.same or found.conflict:
        return found.same
    if whole in (a, b):
        return False
    one, other = relate(a, whole), relate(b, whole)
    if one.contained and other.contained:
        return True
    return one.same and other.same and not found.unlike


def join(
    count: int, pairs: Iterable[tuple[int, int]], relate: Relate, size: Callable[[int], tuple[int, str]]
) -> list[list[int]]:
    """Groups of the nodes 0 to ``count`` - 1. ``pairs`` are those worth a look; their order does not matter."""
    group = {at: [at] for at in range(count)}
    home = list(range(count))

    def fits(some: list[int], others: list[int]) -> bool:
        whole = fullest((*some, *others), size)
        # what went together within a group must still do so beside a fuller wording
        inner = [part for part in (some, others) if whole not in part]
        return all(go_together(a, b, whole, relate) for a in some for b in others) and all(
            go_together(a, b, whole, relate) for part in inner for at, a in enumerate(part) for b in part[:at]
        )

    edges = [(-relate(a, b).score, a, b) for a, b in pairs if relate(a, b).same]
    for _, a, b in sorted(edges):
        if home[a] != home[b] and fits(group[home[a]], group[home[b]]):
            gone = home[b]
            group[home[a]] += group[gone]
            for at in group.pop(gone):
                home[at] = home[a]
    return [sorted(members) for members in group.values()]
