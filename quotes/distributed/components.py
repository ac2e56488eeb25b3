"""Connected components of large graphs whose nodes are numbers, and their packing into partitions."""

import heapq
from dataclasses import dataclass
from pathlib import Path
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


def connect(pairs: "np.ndarray", nodes: "np.ndarray") -> "np.ndarray":
    """The component of each of ``nodes`` (sorted numbers), of which those with a key in common are connected.

    ``pairs``: an array of two columns, node and key. Components are numbered by their first node's place.
    """
    import numpy as np

    left = np.searchsorted(nodes, pairs[:, 0])
    keys, right = np.unique(pairs[:, 1], return_inverse=True)
    return components(left, right.reshape(-1) + len(nodes), len(nodes) + len(keys))[: len(nodes)]


def pack(labels: "np.ndarray", weights: "np.ndarray | None", partitions: int) -> "np.ndarray":
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


@dataclass(frozen=True, slots=True)
class Division:
    """In which component nodes are, and in which partition."""

    nodes: "np.ndarray"  # numbers, in order
    component: "np.ndarray"  # of each
    partition: "np.ndarray"  # of each

    @classmethod
    def of(
        cls, nodes: "np.ndarray", pairs: "np.ndarray", partitions: int, weights: "np.ndarray | None" = None
    ) -> "Division":
        """The division of nodes that keys connect (``pairs``, as in ``connect``); all weigh the same by default."""
        labels = connect(pairs, nodes)
        return cls(nodes, labels, pack(labels, weights, partitions))

    def save(self, work: Path, name: str) -> None:
        """Store it for all tasks."""
        import numpy as np

        np.save(work / f"{name}.npy", np.stack([self.nodes, self.component, self.partition]))

    @classmethod
    def load(cls, work: Path, name: str) -> "Division":
        """The one that was stored under a name."""
        import numpy as np

        return cls(*np.load(work / f"{name}.npy"))

    def partition_of(self, nodes: "np.ndarray") -> "np.ndarray":
        """The partition of each of these nodes."""
        return self.partition[self.nodes.searchsorted(nodes)]

    def component_of(self, nodes: "np.ndarray") -> "np.ndarray":
        """The component of each of these nodes."""
        return self.component[self.nodes.searchsorted(nodes)]
