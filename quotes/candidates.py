"""Pairs of wordings worth a look: they share rare words, or are close in meaning. Never all pairs."""

from collections import defaultdict
from collections.abc import Iterator

from quotes.alike import Node
from quotes.sameness import DAYS_PARAPHRASE
from quotes.wordforms import STOP, Wording

_COMMON = 40  # a word that more of a speaker's wordings have tells nothing by itself
_RARE = 10  # a word that no more of them have tells twice as much
_NEIGHBOURS = 10  # how many of those wordings, in order of time, are looked at all the same
_BLOCK = 2048  # rows of embeddings compared at once
_CLOSE = 0.6  # cosine from which a pair is looked at whatever its words


def candidates(nodes: list[Node]) -> list[tuple[int, int]]:
    """Pairs of places in ``nodes``, the smaller first, in order.

    Nodes that share rare words or a pair of neighbouring words, or have close embeddings. Their number grows
    with that of the nodes, not with its square.
    """
    if len(nodes) < 2:
        return []
    index: dict[object, list[int]] = defaultdict(list)
    for at, node in enumerate(nodes):
        for key in _keys(node.wording):
            index[key].append(at)
    when = [(node.first or 0, node.key) for node in nodes]
    shared: dict[tuple[int, int], int] = defaultdict(int)  # four points make a pair
    for key, where in index.items():
        if len(where) == 1:
            continue
        pair = isinstance(key, tuple)
        near = len(where) if len(where) <= _COMMON else _NEIGHBOURS if pair else 0
        if not near:
            continue
        where.sort(key=when.__getitem__)
        weight = 4 if pair else 2 if len(where) <= _RARE else 1
        for at, a in enumerate(where):
            for b in where[at + 1 : at + 1 + near]:
                shared[(a, b) if a < b else (b, a)] += weight
    wanted = {pair for pair, count in shared.items() if count >= 4}
    wanted.update(_close(nodes, when))
    return sorted(wanted)


def _keys(read: Wording) -> set[object]:
    """Words with meaning, and pairs of neighbours with one of them."""
    keys: set[object] = set(read.content)
    for pair in zip(read.words, read.words[1:], strict=False):
        if pair[0] not in STOP or pair[1] not in STOP or pair == ("go", "well"):
            keys.add(pair)
    return keys


def _close(nodes: list[Node], when: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Pairs with close embeddings, within the time in which a paraphrase counts; undated ones with all."""
    import numpy as np

    have = [at for at, node in enumerate(nodes) if node.vector is not None]
    if len(have) < 2:
        return
    have.sort(key=when.__getitem__)
    matrix = np.stack([nodes[at].vector for at in have])  # type: ignore[misc]
    undated = sum(nodes[at].first is None for at in have)
    firsts = np.array([nodes[at].first or 0 for at in have])
    for low in range(0, len(have), _BLOCK):
        block = matrix[low : low + _BLOCK]
        latest = firsts[min(low + _BLOCK, len(have)) - 1] + DAYS_PARAPHRASE
        high = len(have) if low < undated else int(np.searchsorted(firsts, latest, side="right"))
        near = block @ matrix[low:high].T
        for row, column in zip(*np.nonzero(near >= _CLOSE), strict=True):
            if row < column:
                a, b = have[low + int(row)], have[low + int(column)]
                yield (a, b) if a < b else (b, a)
