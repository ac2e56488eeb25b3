"""Exact groups -> statements, the surest pairs first, so that similar wordings never chain different ones together.

Two clusters become one only when each member of the one goes with each member of the other: agglomerative clustering
with complete linkage, see ``CompleteLink``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quotes.statements.compare import Decision
from quotes.statements.exact import CompareGroups, ExactGroup

Compare = Callable[[int, int], Decision]  # of two places in a list of groups


@dataclass(frozen=True, slots=True)
class CompleteLink:
    """Whether two members of a would-be statement qualify for it, however far apart they are.

    They do when they report the same utterance by themselves. Also when nothing speaks against them and

    - both report that of the fullest wording: two parts of one utterance may have few words in common;
    - or they are related, and both report the same utterance as a third member.
    """

    members: list[int]
    compare: Compare
    groups: list[ExactGroup]

    @property
    def fullest(self) -> int:
        """The member with the fullest wording."""
        return max(self.members, key=lambda at: self.groups[at].size)

    def all_qualify(self, members: Iterable[int], others: Iterable[int]) -> bool:
        """Whether each of ``members`` goes with each of ``others``."""
        fullest, others = self.fullest, list(others)
        return all(a == b or self._qualify(a, b, fullest) for a in members for b in others)

    def _qualify(self, a: int, b: int, fullest: int) -> bool:
        decision = self.compare(a, b)
        if decision.same or decision.conflict:
            return decision.same
        if decision.related and any(
            self._same(a, c) and self._same(b, c) for c in self.members if c not in (a, b)
        ):
            return True
        if fullest in (a, b):
            return False
        one, other = self.compare(a, fullest), self.compare(b, fullest)
        parts = one.is_substring and other.is_substring
        return parts or (one.same and other.same and not decision.unrelated)

    def _same(self, a: int, b: int) -> bool:
        return self.compare(a, b).same


def agglomerate(
    groups: list[ExactGroup], pairs: Iterable[tuple[int, int]], compare: Compare
) -> list[list[ExactGroup]]:
    """The clusters of groups, ``pairs`` of which are those worth a comparison, in any order."""
    cluster = {at: [at] for at in range(len(groups))}
    cluster_of = list(range(len(groups)))
    edges = [(-compare(a, b).score, a, b) for a, b in pairs if compare(a, b).same]
    for _, a, b in sorted(edges):
        if cluster_of[a] == cluster_of[b]:
            continue
        members, others = cluster[cluster_of[a]], cluster[cluster_of[b]]
        both = CompleteLink([*members, *others], compare, groups)
        # what went together already must still do so beside a fuller wording
        shorter = others if both.fullest in members else members
        if both.all_qualify(members, others) and both.all_qualify(shorter, shorter):
            gone = cluster_of[b]
            cluster[cluster_of[a]] = both.members
            for at in cluster.pop(gone):
                cluster_of[at] = cluster_of[a]
    return [[groups[at] for at in sorted(members)] for members in cluster.values()]


def memoised(groups: list[ExactGroup], compare: CompareGroups) -> Compare:
    """The comparison of places in ``groups``, each pair compared once, the earlier one first."""
    known: dict[tuple[int, int], Decision] = {}

    def of_places(a: int, b: int) -> Decision:
        pair = (a, b) if a < b else (b, a)
        if pair not in known:
            known[pair] = compare(groups[pair[0]], groups[pair[1]])
        return known[pair]

    return of_places
