"""Pairs of wordings worth a look: all that could report one utterance, and never all pairs.

What makes ``relate`` say "the same" leaves a trace that can be looked up: near in time two neighbouring words or close
embeddings, at any time a long run of words. So a pair is found, or not, whatever other wordings there are, and a
statement is the same whether it is made among all of a speaker's quotations or only among those near it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise

from quotes.statements.compare import CLOSE, DAYS_FRAGMENT, DAYS_PARAPHRASE, TELLING, weight
from quotes.statements.exact import Node
from quotes.statements.fingerprints import LONG, marks
from quotes.statements.paraphrase import SHARED

_BLOCK = 2048  # rows of embeddings compared at once
_ROUNDING = 1e-3  # of a cosine, which depends on how many are computed at once


def candidates(nodes: list[Node], among: Collection[int] | None = None) -> list[tuple[int, int]]:
    """Pairs of places in ``nodes``, the smaller first, in order; with ``among`` only those with one of these places."""
    if len(nodes) < 2 or (among is not None and not among):
        return []
    some = None if among is None else frozenset(among)
    wanted = {(a, b) if a < b else (b, a) for a, b in _by_neighbours(nodes, some)}
    wanted.update((a, b) if a < b else (b, a) for a, b in _by_marks(nodes, some))
    wanted.update((a, b) if a < b else (b, a) for a, b in _by_embedding(nodes, some))
    return sorted(wanted)


def _by_neighbours(nodes: list[Node], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs near in time that share two neighbouring words, one of them with meaning."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    keys = None if among is None else {key for at in among for key in _neighbours(nodes[at])}
    for at, node in enumerate(nodes):
        for key in _neighbours(node):
            if keys is None or key in keys:
                index[key].append(at)
    for where in index.values():
        if len(where) == 1:
            continue
        if among is not None:
            yield from ((a, b) for a in where if a in among for b in where if a != b and _near(nodes, a, b))
            continue
        open_ = [at for at in where if nodes[at].first is None]
        yield from ((a, b) for k, a in enumerate(open_) for b in open_[:k])
        dated = sorted((nodes[at].first, at) for at in where if nodes[at].first is not None)
        before: list[int] = []
        for first, b in dated:
            before = [a for a in before if nodes[a].last >= first - DAYS_FRAGMENT]  # type: ignore[operator]
            yield from ((a, b) for a in (*before, *open_))
            before.append(b)


def _neighbours(node: Node) -> set[tuple[str, str]]:
    words = node.wording.words
    return {pair for pair in pairwise(words) if weight(pair)}


def _near(nodes: list[Node], a: int, b: int) -> bool:
    one, other = nodes[a], nodes[b]
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return True
    return other.first - one.last <= DAYS_FRAGMENT and one.first - other.last <= DAYS_FRAGMENT


def _by_marks(nodes: list[Node], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs far apart in time that share a long run of words."""
    firsts = [node.first for node in nodes if node.first is not None]
    lasts = [node.last for node in nodes if node.last is not None]
    if not firsts or max(lasts) - min(firsts) <= DAYS_FRAGMENT:
        return
    index: dict[int, list[int]] = defaultdict(list)
    for at, node in enumerate(nodes):
        if len(node.wording.words) >= LONG and weight(node.wording.words) >= TELLING:
            for mark in marks(node.wording.words):
                index[mark].append(at)
    for where in index.values():
        for k, a in enumerate(where):
            if among is None:
                yield from ((a, b) for b in where[:k])
            elif a in among:
                yield from ((a, b) for b in where if a != b)


def _by_embedding(nodes: list[Node], among: frozenset[int] | None) -> Iterator[tuple[int, int]]:
    """Pairs with close embeddings and words in common, within the time in which a paraphrase counts."""
    import numpy as np

    have = [at for at, node in enumerate(nodes) if node.vector is not None and node.wording.content]
    if len(have) < 2:
        return
    # what has no date, or is of many days, has to be compared with everything
    wide = {at for at in have if _wide(nodes[at])}
    have.sort(key=lambda at: (at not in wide, nodes[at].first or 0, nodes[at].key))
    matrix = np.stack([nodes[at].vector for at in have])  # type: ignore[misc]
    firsts = np.array([0 if at in wide else nodes[at].first or 0 for at in have])
    if among is not None:
        rows = [place for place, at in enumerate(have) if at in among]
        for low in range(0, len(rows), _BLOCK):
            part = rows[low : low + _BLOCK]
            near = matrix[part] @ matrix.T
            for row, column in zip(*np.nonzero(near >= CLOSE - _ROUNDING), strict=True):
                a, b = have[part[int(row)]], have[int(column)]
                if a != b and _have_words(nodes[a], nodes[b]):
                    yield a, b
        return
    for low in range(0, len(have), _BLOCK):
        latest = firsts[min(low + _BLOCK, len(have)) - 1] + 2 * DAYS_PARAPHRASE
        high = len(have) if low < len(wide) else int(np.searchsorted(firsts, latest, side="right"))
        near = matrix[low : low + _BLOCK] @ matrix[low:high].T
        for row, column in zip(*np.nonzero(near >= CLOSE - _ROUNDING), strict=True):
            if row < column and _have_words(nodes[have[low + int(row)]], nodes[have[low + int(column)]]):
                yield have[low + int(row)], have[low + int(column)]


def _wide(node: Node) -> bool:
    return node.first is None or node.last is None or node.last - node.first > DAYS_PARAPHRASE


def _have_words(a: Node, b: Node) -> bool:
    """Whether they share the words that a paraphrase must keep."""
    some, others = a.wording.content, b.wording.content
    shared = len(some & others)
    return shared >= 3 or (shared > 0 and shared >= SHARED * min(len(some), len(others)))
