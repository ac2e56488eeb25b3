"""Connected components of large graphs whose nodes are numbers, and their packing into partitions."""

import heapq
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


def components(left: "np.ndarray", right: "np.ndarray", count: int) -> "np.ndarray":
    """For each of ``count`` nodes the smallest node that edges (``left[i]``, ``right[i]``) connect it with.

    Labels are hooked and shortcut in turn, which takes a number of rounds that grows with the logarithm of the
    longest path (Shiloach and Vishkin 1982).

    >>> import numpy as np
    >>> components(np.array([0, 3]), np.array([2, 4]), 6).tolist()
    [0, 1, 0, 3, 3, 5]
    """
    import numpy as np

    labels = np.arange(count)
    while True:
        before = labels.copy()
        low = np.minimum(before[left], before[right])
        for ends in (left, right):
            np.minimum.at(labels, ends, low)
            np.minimum.at(labels, before[ends], low)
        while not np.array_equal(labels[labels], labels):
            labels = labels[labels]
        if np.array_equal(labels, before):
            return labels


def connect(pairs: Iterable[Sequence[int]], nodes: "np.ndarray") -> "np.ndarray":
    """The component of each of ``nodes`` (sorted numbers), of which those with a key in common are connected.

    ``pairs``: node and key, in a list or an array of two columns. Components are numbered by their first node's place.
    """
    import numpy as np

    rows = pairs if isinstance(pairs, np.ndarray) else list(pairs)
    table = np.asarray(rows, dtype=np.int64).reshape(-1, 2)
    left = np.searchsorted(nodes, table[:, 0])
    keys, right = np.unique(table[:, 1], return_inverse=True)
    return components(left, right.reshape(-1) + len(nodes), len(nodes) + len(keys))[: len(nodes)]


def pack(labels: "np.ndarray", weights: "np.ndarray", partitions: int) -> "np.ndarray":
    """The partition of each node: components stay whole, the largest are dealt out first, each to the emptiest."""
    import numpy as np

    found, index = np.unique(labels, return_inverse=True)
    sizes = np.bincount(index.reshape(-1), weights=weights, minlength=len(found))
    home = np.zeros(len(found), dtype=np.int64)
    heap: list[tuple[Any, int]] = [(0, part) for part in range(partitions)]
    for at in np.lexsort((found, -sizes)):
        filled, part = heapq.heappop(heap)
        home[at] = part
        heapq.heappush(heap, (filled + sizes[at], part))
    return home[index.reshape(-1)]
