"""Nodes -> statements, the surest pairs first, so that similar wordings never chain different ones together.

Two groups become one only when each member of the one goes with each member of the other: see ``Together``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quotes.statements.compare import Relation

Relate = Callable[[int, int], Relation]


@dataclass(frozen=True, slots=True)
class Together:
    """Whether two members of a would-be statement qualify for it, however far apart they are.

    They do when they report the same utterance by themselves. Also when nothing speaks against them and

    - both report that of the fullest wording: two parts of one utterance may have few words in common;
    - or they are akin, and both report the same utterance as a third member.
    """

    members: list[int]
    relate: Relate
    size: Callable[[int], tuple[int, str]]  # number of words of a member, and its id

    @property
    def whole(self) -> int:
        """The fullest wording."""
        return max(self.members, key=self.size)

    def all(self, some: Iterable[int], others: Iterable[int]) -> bool:
        """Whether each of ``some`` goes with each of ``others``."""
        whole, others = self.whole, list(others)
        return all(a == b or self._two(a, b, whole) for a in some for b in others)

    def _two(self, a: int, b: int, whole: int) -> bool:
        found = self.relate(a, b)
        if found.same or found.conflict:
            return found.same
        if found.akin and any(self._same(a, c) and self._same(b, c) for c in self.members if c not in (a, b)):
            return True
        if whole in (a, b):
            return False
        one, other = self.relate(a, whole), self.relate(b, whole)
        return (one.contained and other.contained) or (one.same and other.same and not found.unlike)

    def _same(self, a: int, b: int) -> bool:
        return self.relate(a, b).same


def join(
    count: int, pairs: Iterable[tuple[int, int]], relate: Relate, size: Callable[[int], tuple[int, str]]
) -> list[list[int]]:
    """Groups of the nodes 0 to ``count`` - 1. ``pairs`` are those worth a look, in any order."""
    group = {at: [at] for at in range(count)}
    home = list(range(count))
    edges = [(-relate(a, b).score, a, b) for a, b in pairs if relate(a, b).same]
    for _, a, b in sorted(edges):
        if home[a] == home[b]:
            continue
        some, others = group[home[a]], group[home[b]]
        both = Together([*some, *others], relate, size)
        # what went together already must still do so beside a fuller wording
        shorter = others if both.whole in some else some
        if both.all(some, others) and both.all(shorter, shorter):
            gone = home[b]
            group[home[a]] = both.members
            for at in group.pop(gone):
                home[at] = home[a]
    return [sorted(members) for members in group.values()]
