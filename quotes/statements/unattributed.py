"""Quotations whose speaker is open, or only a guess: they join a statement when their words leave no doubt.

The words must be many, verbatim, and have one owner. What is in the reporter's words must be longer still. Within
one story, of which there may be copies, equal words are enough.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from quotes.statements.blocking import candidates
from quotes.statements.cluster import Together, join
from quotes.statements.compare import NOTHING, Relation
from quotes.statements.exact import Node, Relate, make_nodes
from quotes.statements.fingerprints import LONG, SHORT
from quotes.statements.normalise import STOP
from quotes.statements.records import StatementQuote

if TYPE_CHECKING:
    import numpy as np

LONG_CONTENT = 3  # words with meaning in a long run
LONG_REPORTED = 12  # words when they are the reporter's
SHORT_CONTENT = 2  # words with meaning that are enough within one story
RUN = 5  # words in a row by which owners are looked up
EQUAL = Relation(True, 1.0, contained=True, verbatim=True)
_CROWD = 200  # a run of words that more of them share is a formula


def is_stray(group: list[Node]) -> bool:
    """Whether no quotation in the group has a speaker who is sure."""
    return all(row.speaker is None or row.doubtful for node in group for row in node.rows)


def open_nodes(rows: list[StatementQuote]) -> list[Node]:
    """Nodes of quotations without a speaker: equal words are one only when they are many."""
    found = []
    for node in make_nodes(rows):
        if len(node.rows) == 1 or _long(node):
            found.append(node)
        else:
            found += [single for row in node.rows for single in make_nodes([row])]
    return found


class Owners:
    """Statements whose speakers are sure, and by which words strays find them. Nothing else is kept of them."""

    def __init__(self) -> None:
        self.groups: list[list[StatementQuote]] = []
        self._clues: list[np.ndarray] = []  # numbers for the words of each

    def add(self, group: list[Node]) -> None:
        """Add a statement."""
        import numpy as np

        self.groups.append([row for node in group for row in node.rows])
        found = {hash(clue) for node in group for clue in _clues(node, owner=True)}
        self._clues.append(np.fromiter(found, np.int64, len(found)))

    def claims(self, strays: list[list[Node]]) -> dict[int, set[int]]:
        """For the place of each stray the places of the statements that may have its words."""
        import numpy as np

        index: dict[int, set[int]] = defaultdict(set)
        for at, stray in enumerate(strays):
            for node in stray:
                for clue in _clues(node):
                    index[hash(clue)].add(at)
        found: dict[int, set[int]] = defaultdict(set)
        if not index or not self._clues:
            return found
        clues = np.concatenate(self._clues)
        home = np.repeat(np.arange(len(self.groups)), [len(some) for some in self._clues])
        wanted = np.isin(clues, np.fromiter(index, np.int64, len(index)))
        for clue, owner in zip(clues[wanted].tolist(), home[wanted].tolist(), strict=True):
            for at in index[clue]:
                found[at].add(owner)
        return found

    def nodes(self, at: int) -> list[Node]:
        """The nodes of a statement."""
        return make_nodes(sorted(self.groups[at], key=lambda row: row.id))


def adopt(owners: Owners, strays: list[list[Node]], relate: Relate) -> list[list[StatementQuote]]:
    """Give each stray group to the one statement that has its words, and join what is left among itself.

    Returns the quotations of every statement. A stray whose words two speakers have stays alone. The order of
    the statements and of the strays does not matter.
    """
    claims = owners.claims(strays)
    nodes = {at: owners.nodes(at) for some in claims.values() for at in some}
    adopted: dict[int, list[list[Node]]] = defaultdict(list)
    left: list[list[Node]] = []
    for at in sorted(range(len(strays)), key=lambda at: strays[at][0].key):
        stray = strays[at]
        good = [claim for claim in claims.get(at, ()) if _verbatim(stray, nodes[claim], relate)]
        speakers = {speaker for claim in good for speaker in _speakers(nodes[claim])}
        if len(speakers) == 1:
            best = min(
                good, key=lambda claim: (-_closeness(stray, nodes[claim], relate), nodes[claim][0].key)
            )
            if _fits(nodes[best], [*adopted[best], stray], relate):
                adopted[best].append(stray)
                continue
        left.append(stray)
    groups = list(owners.groups)
    for at, some in adopted.items():
        groups[at] = [*groups[at], *(row for stray in some for node in stray for row in node.rows)]
    together = _among_themselves([node for stray in left for node in stray], relate)
    return groups + [[row for node in group for row in node.rows] for group in together]


def _long(node: Node) -> bool:
    words = node.wording.words
    own = sum(node.wording.quoted) >= LONG
    return (
        len(words) >= (LONG if own else LONG_REPORTED) and sum(w not in STOP for w in words) >= LONG_CONTENT
    )


def _clues(node: Node, *, owner: bool = False) -> Iterator[Hashable]:
    """What two nodes have in common when their words may leave no doubt."""
    words = node.wording.words
    if owner or _long(node):
        yield from (words[at : at + RUN] for at in range(len(words) - RUN + 1))
    if len(words) >= SHORT and len(node.wording.content) >= SHORT_CONTENT:
        yield from ((article, words) for article in node.articles)


def _speakers(group: list[Node]) -> set[str | None]:
    return {row.speaker for node in group for row in node.rows if not row.doubtful}


def _certain(a: Node, b: Node, relate: Relate) -> Relation:
    """The relation of nodes by whomever: nothing but many of the same words will do."""
    if not a.articles.isdisjoint(b.articles) and a.wording.words == b.wording.words and a.denied == b.denied:
        return EQUAL if len(a.wording.content) >= SHORT_CONTENT else NOTHING
    if not (_long(a) or _long(b)):
        return NOTHING
    found = relate(a, b)
    return found if found.verbatim and found.contained else NOTHING


def _verbatim(stray: list[Node], group: list[Node], relate: Relate) -> bool:
    return any(_certain(node, other, relate).same for node in stray for other in group)


def _closeness(stray: list[Node], group: list[Node], relate: Relate) -> float:
    return max(relate(node, other).score for node in stray for other in group)


def _fits(group: list[Node], strays: list[list[Node]], relate: Relate) -> bool:
    """Whether all of them go together by their words."""
    nodes = [*group, *(node for stray in strays for node in stray)]
    together = Together(
        list(range(len(nodes))),
        lambda a, b: relate(nodes[a], nodes[b]),
        lambda at: (len(nodes[at].wording.words), nodes[at].key),
    )
    return together.all(range(len(group), len(nodes)), range(len(nodes)))


def _among_themselves(nodes: list[Node], relate: Relate) -> list[list[Node]]:
    """Join strays: of one guessed speaker as usual, of different ones only when long and verbatim."""
    speakers = [node.rows[0].speaker for node in nodes]

    def relation(a: int, b: int) -> Relation:
        if speakers[a] is not None and speakers[a] == speakers[b]:
            return relate(nodes[a], nodes[b])
        return _certain(nodes[a], nodes[b], relate)

    pairs: set[tuple[int, int]] = set()
    index: dict[Hashable, list[int]] = defaultdict(list)
    own: dict[str, list[int]] = defaultdict(list)
    for at, node in enumerate(nodes):
        if speakers[at] is not None:
            own[str(speakers[at])].append(at)
        for clue in set(_clues(node)):
            index[clue].append(at)
    for where in index.values():
        if len(where) <= _CROWD:
            pairs.update((a, b) for k, b in enumerate(where) for a in where[:k])
    for some in own.values():
        pairs.update((some[a], some[b]) for a, b in candidates([nodes[at] for at in some]))
    known: dict[tuple[int, int], Relation] = {}

    def cached(a: int, b: int) -> Relation:
        pair = (a, b) if a < b else (b, a)
        if pair not in known:
            known[pair] = relation(*pair)
        return known[pair]

    groups = join(len(nodes), sorted(pairs), cached, lambda at: (len(nodes[at].wording.words), nodes[at].key))
    return [[nodes[at] for at in members] for members in groups]
