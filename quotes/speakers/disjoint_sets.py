"""Disjoint sets."""

from collections.abc import Hashable

Key = Hashable


class Union:
    """Disjoint sets; which member stands for a set never matters to the result."""

    def __init__(self) -> None:
        self.parent: dict[Key, Key] = {}

    def find(self, item: Key) -> Key:
        self.parent.setdefault(item, item)
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, a: Key, b: Key) -> None:
        self.parent[self.find(a)] = self.find(b)
