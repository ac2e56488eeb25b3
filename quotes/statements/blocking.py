"""Candidate pairs: all wordings that could report one utterance, and never all pairs.

What makes ``compare_groups`` say "the same" leaves a trace that can be looked up: near in time two neighbouring words
or close embeddings, at any time a long run of words. So a pair is found, or not, whatever other wordings there are, and
a statement is the same whether it is made among all of a speaker's quotations or only among those near it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.statements.exact import ExactGroup
from quotes.statements.fingerprints import winnow
from quotes.statements.pair import content_weight
from quotes.statements.settings import FINGERPRINTS, PAIR, PARAPHRASE, TIME

if TYPE_CHECKING:
    import numpy as np

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
    wanted = None if among is None else {bigram for at in among for bigram in _bigrams(groups[at])}
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        for bigram in _bigrams(group):
            if wanted is None or bigram in wanted:
                index[bigram].append(at)
    for places in index.values():
        if len(places) == 1:
            continue
        if among is None:
            yield from _pairs_near_in_time(groups, places)
        else:
            yield from (
                (a, b)
                for a in places
                if a in among
                for b in places
                if a != b and _is_near_in_time(groups[a], groups[b])
            )


def _bigrams(group: ExactGroup) -> set[tuple[str, str]]:
    return {bigram for bigram in pairwise(group.text.words) if content_weight(bigram)}


def _pairs_near_in_time(groups: list[ExactGroup], places: list[int]) -> Iterator[tuple[int, int]]:
    """The pairs of places that are near in time, without a look at the others."""
    undated = [at for at in places if groups[at].first is None]
    yield from ((a, b) for k, a in enumerate(undated) for b in undated[:k])
    dated = sorted((groups[at].first, at) for at in places if groups[at].first is not None)
    before: list[int] = []
    for first, b in dated:
        before = [a for a in before if groups[a].last >= first - TIME.fragment]  # type: ignore[operator]
        yield from ((a, b) for a in (*before, *undated))
        before.append(b)


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
    index: dict[int, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        words = group.text.words
        if len(words) >= FINGERPRINTS.guarantee and content_weight(words) >= PAIR.min_content_any_time:
            for fingerprint in winnow(words):
                index[fingerprint].append(at)
    for places in index.values():
        for k, a in enumerate(places):
            if among is None:
                yield from ((a, b) for b in places[:k])
            elif a in among:
                yield from ((a, b) for b in places if a != b)


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
