"""Disjoint sets (union-find): the clusters that pairwise links add up to."""

from collections.abc import Hashable


class DisjointSets:
    """Sets of items that grow together; which item represents a set never matters to the result."""

    def __init__(self) -> None:
        self.parent: dict[Hashable, Hashable] = {}

    def find(self, item: Hashable) -> Hashable:
        """The representative of the item's set."""
        self.parent.setdefault(item, item)
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def union(self, a: Hashable, b: Hashable) -> None:
        """Make one set of those of two items."""
        self.parent[self.find(a)] = self.find(b)
