"""A dependency tree while it is being rewritten.

Tokens are numbered from 1; 0 is the artificial root. ``relation`` is the UD relation of a token as long as
its spaCy label is not decided, "" afterwards; ``label`` is the spaCy label, "" as long as it is not decided.
"""

from collections.abc import Sequence
from typing import NamedTuple

PREDICATE = "predicate"  # relation of what stood above a copula and now stands below it


class Row(NamedTuple):
    """One token of a treebank: ``tag`` is the Penn tag, ``head`` the number of the head (0: none)."""

    form: str
    lemma: str
    pos: str
    tag: str
    head: int
    relation: str


class Tree:
    """Tokens of one sentence with heads and relations. All changes of structure go through its methods."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.size = len(rows)
        self.form = ["", *(row.form for row in rows)]
        self.lower = ["", *(row.form.lower() for row in rows)]
        self.lemma = ["", *(row.lemma.lower() for row in rows)]
        self.pos = ["", *(row.pos for row in rows)]
        self.tag = ["", *(row.tag for row in rows)]
        self.head = [-1, *(row.head for row in rows)]
        self.relation = ["", *(row.relation for row in rows)]
        self.label = [""] * (self.size + 1)
        # "according to": first -> last preposition, which governs the object.
        self.last_preposition: dict[int, int] = {}

    @property
    def tokens(self) -> range:
        """All token numbers."""
        return range(1, self.size + 1)

    def children(self, head: int) -> list[int]:
        """The dependents of ``head`` in text order."""
        return [i for i in self.tokens if self.head[i] == head]

    def others(self, head: int, child: int) -> list[int]:
        """The dependents of ``head`` but ``child``."""
        return [i for i in self.children(head) if i != child]

    def with_relation(self, head: int, *relations: str) -> list[int]:
        """The dependents of ``head`` with one of these UD relations."""
        return [i for i in self.children(head) if self.relation[i] in relations]

    def subtree(self, head: int) -> list[int]:
        """``head`` and everything below it, unordered."""
        children: dict[int, list[int]] = {}
        for i in self.tokens:
            children.setdefault(self.head[i], []).append(i)
        found, stack = [], [head]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(children.get(i, ()))
        return found

    def dominates(self, ancestor: int, i: int) -> bool:
        """Whether ``ancestor`` is ``i`` or stands above it."""
        for _ in range(self.size + 2):
            if i <= 0:
                return False
            if i == ancestor:
                return True
            i = self.head[i]
        return False

    def base(self, i: int) -> str:
        """The UD relation without its subtype, or the label once it is decided: "nsubj" for "nsubj:pass"."""
        return self.relation[i].split(":")[0] or self.label[i]

    def decide(self, i: int, label: str) -> None:
        """Give ``i`` its spaCy label."""
        self.label[i] = label
        self.relation[i] = ""

    def attach(self, i: int, head: int, label: str) -> bool:
        """Move ``i`` below ``head`` with a spaCy label; refuses (False) what would make a cycle."""
        if head == i or self.dominates(i, head):
            return False
        self.head[i] = head
        self.decide(i, label)
        return True

    def replace(self, old: int, new: int) -> None:
        """``new`` takes the place of ``old``, with its relation, and ``old`` goes below it."""
        self.head[new], self.relation[new], self.label[new] = (
            self.head[old],
            self.relation[old],
            self.label[old],
        )
        self.head[old], self.label[old] = new, ""

    def problem(self) -> str:
        """What is wrong ("2 roots", "cycle"), or "" for a tree with one root."""
        roots = sum(self.head[i] == 0 for i in self.tokens)
        if roots != 1:
            return f"{roots} roots"
        for i in self.tokens:
            steps = 0
            while i > 0:
                i = self.head[i]
                steps += 1
                if steps > self.size + 1:
                    return "cycle"
        return ""
