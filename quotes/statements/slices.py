"""The quotations of one speaker in slices of time: for one who has more of them than should be in one place.

A pair that is near in time is found in the slice of the later one, which knows what is up to ``TIME.fragment`` days
earlier. A pair at any time shares a mark (see ``blocking``), by which it is found. Clusters stay within components of
pairs that are the same. So all are what they are without slices.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from quotes.statements.blocking import pairs_at_any_time, pairs_near_in_time
from quotes.statements.exact import ExactGroup
from quotes.statements.settings import TIME


def cut_days(counts: Mapping[int, int], size: int) -> list[int]:
    """The first days of all slices but the first one, so that each has about ``size`` quotations.

    ``counts``: how many there are of each day. A day is not divided.

    >>> cut_days({1: 2, 2: 1, 5: 2, 6: 3}, 3)
    [5, 6]
    """
    cuts, held = [], 0
    for day in sorted(counts):
        if held and held + counts[day] > size:
            cuts.append(day)
            held = 0
        held += counts[day]
    return cuts


def slices_of(group: ExactGroup, cuts: Sequence[int]) -> range:
    """The slices that have to know a group: all where it has no date."""
    if group.first is None or group.last is None:
        return range(len(cuts) + 1)
    return range(_own_slice(group, cuts), bisect_right(cuts, group.last + TIME.fragment) + 1)


def pairs_in_slice(groups: Sequence[ExactGroup], at: int, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """The candidate pairs near in time of the slice with this number, which no other slice has.

    ``groups``: all that the slice has to know.
    """
    own = [_own_slice(group, cuts) for group in groups]
    return sorted((a, b) for a, b in pairs_near_in_time(groups) if max(own[a], own[b]) == at)


def pairs_far_apart(groups: Sequence[ExactGroup], span: int) -> list[tuple[int, int]]:
    """The candidate pairs at any time that no slice has.

    ``groups``: all that marks connect with any of them; ``span`` is that of all of the speaker's.
    """
    return sorted(pairs_at_any_time(groups, None, span) - pairs_near_in_time(groups))


def _own_slice(group: ExactGroup, cuts: Sequence[int]) -> int:
    return 0 if group.first is None else bisect_right(cuts, group.first)
