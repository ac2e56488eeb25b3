"""Candidate pairs: all wordings that could report one utterance, and never all pairs.

What makes ``compare_groups`` say "the same" leaves a trace that can be looked up: near in time two neighbouring words
or close embeddings, at any time a long run of words. So a pair is found, or not, whatever other wordings there are, and
a statement is the same whether it is made among all of a speaker's quotations or only among those near it.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.statements.exact import ExactGroup
from quotes.statements.fingerprints import winnow
from quotes.statements.pair import content_weight, longest_whole
from quotes.statements.settings import FINGERPRINTS, PAIR, PARAPHRASE, TIME

if TYPE_CHECKING:
    import numpy as np

Bigram = tuple[str, str]

MATRIX_ROWS = 2048  # embeddings compared at once
COSINE_ROUNDING = 1e-3  # of a cosine, which depends on how many are computed at once


def candidate_pairs(groups: list[ExactGroup], among: Collection[int] | None = None) -> list[tuple[int, int]]:
    """Pairs of places in ``groups``, the smaller first, in order; with ``among`` those with one of these places."""
    if len(groups) < 2 or (among is not None and not among):
        return []
    places = None if among is None else frozenset(among)
    pairs: set[tuple[int, int]] = set()
    for find in (_by_bigrams, _by_fingerprints, _by_embeddings):
        pairs.update((a, b) if a < b else (b, a) for a, b in find(groups, places))
    return sorted(pairs)


def _by_bigrams(groups: list[ExactGroup], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs near in time that share two neighbouring words, one of them with meaning."""
    if among is not None:
        keys = [_bigrams(group) for group in groups]
        for a, b in _sharing_with(keys, _Numbers(groups), among):
            if _is_near_in_time(groups[a], groups[b]):
                yield a, b
        return
    numbers = _Numbers(groups)
    order = sorted(range(len(groups)), key=lambda at: (groups[at].first or 0, at))  # without a date first
    undated: dict[Bigram, list[int]] = defaultdict(list)
    before: dict[Bigram, list[int]] = {}  # those that are not too long ago
    for b in order:
        first = groups[b].first
        sharing: set[int] = set()
        for bigram in _bigrams(groups[b]):
            sharing.update(undated.get(bigram, ()))
            if first is None:
                undated[bigram].append(b)
            else:
                near = [a for a in before.get(bigram, ()) if groups[a].last >= first - TIME.fragment]  # type: ignore[operator]
                sharing.update(near)
                near.append(b)
                before[bigram] = near
        yield from ((a, b) for a in numbers.allow(b, sharing))


def _bigrams(group: ExactGroup) -> set[Bigram]:
    return {bigram for bigram in pairwise(group.text.words) if content_weight(bigram)}


def _is_near_in_time(a: ExactGroup, b: ExactGroup) -> bool:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    return b.first - a.last <= TIME.fragment and a.first - b.last <= TIME.fragment


def _by_fingerprints(groups: list[ExactGroup], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs far apart in time that share a long run of words."""
    firsts = [group.first for group in groups if group.first is not None]
    lasts = [group.last for group in groups if group.last is not None]
    if not firsts or max(lasts) - min(firsts) <= TIME.fragment:
        return
    keys = [_fingerprints(group) for group in groups]
    numbers = _Numbers(groups)
    if among is not None:
        yield from _sharing_with(keys, numbers, among)
        return
    index: dict[int, list[int]] = defaultdict(list)
    for b, fingerprints in enumerate(keys):
        sharing: set[int] = set()
        for fingerprint in fingerprints:
            sharing.update(index[fingerprint])
            index[fingerprint].append(b)
        yield from ((a, b) for a in numbers.allow(b, sharing))


def _fingerprints(group: ExactGroup) -> set[int]:
    words = group.text.words
    if len(words) < FINGERPRINTS.guarantee or content_weight(words) < PAIR.min_content_any_time:
        return set()
    return set(winnow(words))


def _sharing_with(
    keys: Sequence[Collection[Hashable]], numbers: "_Numbers", among: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of places that share a key, one of them among these."""
    index: dict[Hashable, list[int]] = {key: [] for at in among for key in keys[at]}
    for at, own in enumerate(keys):
        for key in own:
            if key in index:
                index[key].append(at)
    for b in among:
        sharing = {a for key in keys[b] for a in index[key]}
        sharing.discard(b)
        yield from ((a, b) for a in numbers.allow(b, sharing))


class _Numbers:
    """What other numbers rule out at once: "rose 3 percent in May" and "rose 7 percent in July".

    ``contradiction.other_numbers`` says so of every such pair, so none is lost; of those who say nearly the same week
    after week there would be too many to compare. Only where one is not so much longer that it may speak of more.
    """

    def __init__(self, groups: list[ExactGroup]) -> None:
        self._wholes = [
            frozenset(number.partition(".")[0] for number in group.text.numbers) for group in groups
        ]
        self._lengths = [len(group.text.words) for group in groups]

    def allow(self, place: int, others: Iterable[int]) -> Iterable[int]:
        """Those of the other places that numbers do not rule out."""
        mine, length = self._wholes[place], self._lengths[place]
        if not mine:
            return others
        wholes, lengths = self._wholes, self._lengths
        return [
            other
            for other in others
            if not wholes[other]
            or not mine.isdisjoint(wholes[other])
            or max(length, lengths[other]) > longest_whole(min(length, lengths[other]))
        ]


def _by_embeddings(groups: list[ExactGroup], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs with close embeddings and words in common, within the time in which a paraphrase counts."""
    import numpy as np

    have = [at for at, group in enumerate(groups) if group.vector is not None and group.text.content]
    if len(have) < 2:
        return
    # what has no date, or is of many days, has to be compared with everything
    wide = {at for at in have if _is_wide(groups[at])}
    have.sort(key=lambda at: (at not in wide, groups[at].first or 0, groups[at].key))
    matrix = np.stack([groups[at].vector for at in have])  # type: ignore[misc]
    if among is not None:
        rows = [place for place, at in enumerate(have) if at in among]
        for low in range(0, len(rows), MATRIX_ROWS):
            part = rows[low : low + MATRIX_ROWS]
            for row, column in _close(matrix[part] @ matrix.T):
                a, b = have[part[row]], have[column]
                if a != b and _share_words(groups[a], groups[b]):
                    yield a, b
        return
    firsts = np.array([0 if at in wide else groups[at].first or 0 for at in have])
    for low in range(0, len(have), MATRIX_ROWS):
        latest = firsts[min(low + MATRIX_ROWS, len(have)) - 1] + 2 * TIME.paraphrase
        high = len(have) if low < len(wide) else int(np.searchsorted(firsts, latest, side="right"))
        for row, column in _close(matrix[low : low + MATRIX_ROWS] @ matrix[low:high].T):
            a, b = have[low + row], have[low + column]
            if row < column and _share_words(groups[a], groups[b]):
                yield a, b


def _close(cosines: "np.ndarray") -> Iterator[tuple[int, int]]:
    """The rows and columns of cosines that are high enough."""
    rows, columns = (cosines >= PAIR.min_cosine_apart - COSINE_ROUNDING).nonzero()
    yield from zip(rows.tolist(), columns.tolist(), strict=True)


def _is_wide(group: ExactGroup) -> bool:
    return group.first is None or group.last is None or group.last - group.first > TIME.paraphrase


def _share_words(a: ExactGroup, b: ExactGroup) -> bool:
    """Whether they share the words that a paraphrase must keep."""
    words, others = a.text.content, b.text.content
    shared = len(words & others)
    if shared >= PAIR.min_cover_content:
        return True
    return shared > 0 and shared >= PARAPHRASE.min_shared * min(len(words), len(others))
