"""Exact groups -> statements, the surest pairs first, so that similar wordings never chain different ones together.

Agglomerative clustering by mean linkage: two clusters become one when a pair between them is surely one claim, none
contradicts, and the mean probability of the pairs between them is high enough. A mean lets one doubtful pair pass among
sure ones, where complete linkage, by which each has to go with each, keeps wordings of one claim apart: two short
reports of one speech may have few words in common. What the fullest wording says of both counts, too. Two wordings
alone become a statement only where they are surer than that (``PairModel.entry``).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from quotes.statements.compare import Decision
from quotes.statements.decision import pair_model
from quotes.statements.exact import ExactGroup
from quotes.statements.settings import CLUSTER

NO_DAY = 2 * date.max.toordinal()  # sorts after all days
Compare = Callable[[int, int], Decision]  # of two places in a list of groups


@dataclass(frozen=True, slots=True)
class MeanLink:
    """Whether clusters of places go together."""

    compare: Compare
    groups: Sequence[ExactGroup]

    def goes_together(self, members: Sequence[int], others: Sequence[int]) -> bool:
        """Whether two clusters are one: nothing contradicts, and the pairs between them are likely."""
        fullest = max((*members, *others), key=lambda at: self.groups[at].size)
        total = 0.0
        for a in members:
            for b in others:
                decision = self.compare(a, b)
                if decision.conflict:
                    return False
                total += max(decision.probability, self._by_fullest(a, b, fullest))
        return total >= CLUSTER.min_mean * len(members) * len(others)

    def _by_fullest(self, a: int, b: int, fullest: int) -> float:
        """How likely two are one because both are one with the fullest wording; sure where both are parts of it."""
        if fullest in (a, b):
            return 0.0
        one, other = self.compare(a, fullest), self.compare(b, fullest)
        if one.is_substring and other.is_substring:
            return 1.0
        return one.probability * other.probability


def agglomerate(
    groups: Sequence[ExactGroup], pairs: Iterable[tuple[int, int]], compare: Compare
) -> list[list[int]]:
    """The clusters of places in ``groups``, ``pairs`` of which are those worth a comparison, in any order."""
    link = MeanLink(compare, groups)
    cluster = {at: [at] for at in range(len(groups))}
    cluster_of = list(range(len(groups)))
    edges = [
        (-compare(a, b).probability, *_priority(groups[a], groups[b]), a, b)
        for a, b in pairs
        if compare(a, b).same
    ]
    entry = pair_model().entry
    for unlikely, _, _, a, b in sorted(edges):
        one, other = cluster_of[a], cluster_of[b]
        if -unlikely < entry and len(cluster[one]) == 1 == len(cluster[other]):
            continue
        if one != other and link.goes_together(cluster[one], cluster[other]):
            cluster[one] = sorted(cluster[one] + cluster[other])
            for at in cluster.pop(other):
                cluster_of[at] = one
    return list(cluster.values())


def _priority(one: ExactGroup, other: ExactGroup) -> tuple[int, int]:
    """Of pairs equally likely the order: what more quotations report first, then what was said first.

    A fragment of a claim and of its denial goes with the one that is surer to be what was said.
    """
    days = [day for day in (one.first, other.first) if day is not None]
    return -len(one.rows) - len(other.rows), sum(days) if len(days) == 2 else NO_DAY


def memoised(groups: Sequence[ExactGroup], compare: Callable[[ExactGroup, ExactGroup], Decision]) -> Compare:
    """The comparison of places in ``groups``, each pair compared once, the earlier one first."""
    known: dict[tuple[int, int], Decision] = {}

    def of_places(a: int, b: int) -> Decision:
        pair = (a, b) if a < b else (b, a)
        if pair not in known:
            known[pair] = compare(groups[pair[0]], groups[pair[1]])
        return known[pair]

    return of_places
