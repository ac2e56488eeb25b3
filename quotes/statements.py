"""Quotations across articles -> statements: every wording of one utterance together.

Quotations of one speaker are first collapsed by equal words, then joined pair by pair, the surest pairs
first. Two groups join only when every wording of one goes with every wording of the other, or both are
parts of one fuller wording: so similar wordings never chain different statements together. The pairs that
are looked at share rare words or are close in meaning; never all pairs of somebody who is quoted often.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from quotes.data import QuoteType, Statement
from quotes.sameness import DAYS_FRAGMENT, DAYS_PARAPHRASE, DAYS_TWO_WORDS, NOTHING, Relation, compare
from quotes.wordforms import STOP, Wording, stem, wording

if TYPE_CHECKING:
    import numpy as np

_COMMON = 40  # a word that more of a speaker's wordings have tells nothing by itself
_RARE = 10  # a word that no more of them have tells twice as much
_NEIGHBOURS = 10  # how many of those wordings, in order of time, are looked at all the same
_BLOCK = 2048  # rows of embeddings compared at once
_CLOSE = 0.6  # cosine from which a pair is looked at whatever its words
_RANK: dict[QuoteType, int] = {"direct": 0, "mixed": 1, "indirect": 2}
_DENIALS = frozenset(stem(word) for word in ("denied", "rejected", "dismissed", "disputed", "refuted"))


@dataclass(frozen=True, slots=True)
class StatementQuote:
    """What is needed of a stored quotation to tell which others report the same utterance."""

    id: str
    article: str
    speaker: str | None  # id of the speaker, None when open
    text: str  # the content, its fragments joined by a space or " … "
    spans: int  # number of fragments
    type: QuoteType
    published: str | None = None  # ISO 8601 date
    position: int = 0  # offset of the first fragment in its article
    embedding: bytes | None = None  # float16 unit vector
    cue: str | None = None  # "denied" turns a claim round; None when unknown


@dataclass(slots=True)
class _Node:
    """Quotations of one speaker in the same words, near in time."""

    rows: list[StatementQuote]
    wording: Wording
    first: int | None = None  # days; None when no date is known
    last: int | None = None
    denied: bool = False
    vector: "np.ndarray | None" = None
    articles: frozenset[str] = field(default_factory=frozenset)
    threes: frozenset[tuple[str, ...]] = field(default_factory=frozenset)  # runs of three words

    @property
    def key(self) -> str:
        """The smallest id: what everything is ordered by."""
        return self.rows[0].id


def link_statements(quotes: Iterable[StatementQuote]) -> list[Statement]:
    """Put the wordings of one utterance together; every quotation is in exactly one statement.

    The order of ``quotes`` does not matter. A statement's id is the smallest id of its quotations. Its text
    is the fullest direct wording, else the fullest mixed, else the longest indirect one. A quotation
    without a speaker joins a statement only when its words are verbatim and long, and only one statement
    has them.
    """
    speakers: dict[str | None, list[StatementQuote]] = defaultdict(list)
    for row in sorted(quotes, key=lambda row: row.id):
        speakers[row.speaker].append(row)
    groups: list[list[_Node]] = []
    for speaker, rows in speakers.items():
        if speaker is not None:
            groups += _join(list(_nodes(rows)))
    if None in speakers:
        groups = _adopt(groups, _join(list(_nodes(speakers[None])), verbatim=True))
    return sorted((_statement(group) for group in groups), key=lambda statement: statement.id)


def _statement(group: list[_Node]) -> Statement:
    rows = sorted((row for node in group for row in node.rows), key=lambda row: row.id)
    best = min(rows, key=lambda row: (_RANK[row.type], -len(row.text.split()), -len(row.text), row.id))
    speaker = next((row.speaker for row in rows if row.speaker is not None), None)
    return Statement(rows[0].id, speaker, best.text, tuple(row.id for row in rows))


# Equal words


def _day(row: StatementQuote) -> int | None:
    try:
        return date.fromisoformat((row.published or "")[:10]).toordinal()
    except ValueError:
        return None


def _nodes(rows: list[StatementQuote]) -> Iterator[_Node]:
    """Collapse equal words, in order of the smallest id. What is short is the same only when near in time."""
    equal: dict[tuple[object, ...], list[tuple[StatementQuote, Wording]]] = defaultdict(list)
    for row in rows:
        read = wording(row.text, direct=row.type == "direct")
        denied = row.type != "direct" and any(stem(w) in _DENIALS for w in (row.cue or "").casefold().split())
        equal[read.words or (row.id,), denied].append((row, read))
    found = []
    for key, some in equal.items():
        for part in _near_in_time(some):
            days = [day for row, _ in part if (day := _day(row)) is not None]
            fullest = max((read for _, read in part), key=lambda read: (sum(read.quoted), read.quoted))
            found.append(
                _Node(
                    [row for row, _ in part],
                    fullest,
                    min(days, default=None),
                    max(days, default=None),
                    bool(key[1]),
                    _vector(part),
                    frozenset(row.article for row, _ in part),
                    frozenset(
                        run
                        for run in zip(*(fullest.words[at:] for at in range(3)), strict=False)
                        if not STOP.issuperset(run)
                    ),
                )
            )
    yield from sorted(found, key=lambda node: node.key)


def _near_in_time(
    some: list[tuple[StatementQuote, Wording]],
) -> Iterator[list[tuple[StatementQuote, Wording]]]:
    content = sum(word not in STOP for word in some[0][1].words)
    own = any(
        all(read.quoted) for _, read in some
    )  # a position in the reporter's words may be a standing one
    if (content >= 4 and own) or content >= 8 or len(some) == 1:
        yield some
        return
    bare = [pair for pair in some if _day(pair[0]) is None]
    yield from [bare] if content >= 2 and bare else ([pair] for pair in bare)
    dated = sorted((pair for pair in some if _day(pair[0]) is not None), key=lambda p: (_day(p[0]), p[0].id))
    window = DAYS_PARAPHRASE if content >= 2 else DAYS_TWO_WORDS
    part: list[tuple[StatementQuote, Wording]] = []
    for pair in dated:
        if part and (_day(pair[0]) or 0) - (_day(part[0][0]) or 0) > window:
            yield sorted(part, key=lambda p: p[0].id)
            part = []
        part.append(pair)
    if part:
        yield sorted(part, key=lambda p: p[0].id)


def _vector(part: list[tuple[StatementQuote, Wording]]) -> "np.ndarray | None":
    import numpy as np

    for row, _ in part:
        if row.embedding:
            vector = np.frombuffer(row.embedding, dtype=np.float16).astype(np.float32)
            return vector / max(float(np.linalg.norm(vector)), 1e-6)
    return None


# Pairs worth a look


def _keys(read: Wording) -> set[object]:
    """Words with meaning, and pairs of neighbours with one of them."""
    keys: set[object] = {word for word in read.words if word not in STOP}
    for pair in zip(read.words, read.words[1:], strict=False):
        if any(word not in STOP for word in pair) or pair == ("go", "well"):
            keys.add(pair)
    return keys


def _candidates(nodes: list[_Node]) -> Iterator[tuple[int, int]]:
    """Pairs of nodes that share rare words or a pair of neighbouring words, or have close embeddings."""
    index: dict[object, list[int]] = defaultdict(list)
    for at, node in enumerate(nodes):
        for key in _keys(node.wording):
            index[key].append(at)
    shared: dict[tuple[int, int], int] = defaultdict(int)  # four points make a pair
    for key, where in index.items():
        where.sort(key=lambda at: (nodes[at].first or 0, nodes[at].key))
        near = len(where) if len(where) <= _COMMON else _NEIGHBOURS if isinstance(key, tuple) else 0
        weight = 4 if isinstance(key, tuple) else 2 if len(where) <= _RARE else 1
        for at, a in enumerate(where):
            for b in where[at + 1 : at + 1 + near]:
                shared[min(a, b), max(a, b)] += weight
    wanted = {pair for pair, count in shared.items() if count >= 4}
    yield from sorted(wanted.union(_close(nodes)))


def _close(nodes: list[_Node]) -> Iterator[tuple[int, int]]:
    """Pairs with close embeddings, within the time in which a paraphrase counts; undated ones with all."""
    import numpy as np

    have = [at for at, node in enumerate(nodes) if node.vector is not None]
    if len(have) < 2:
        return
    have.sort(key=lambda at: (nodes[at].first or 0, nodes[at].key))
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
                yield min(a, b), max(a, b)


# Joining


def _compare(a: _Node, b: _Node) -> Relation:
    cosine = None if a.vector is None or b.vector is None else float(a.vector @ b.vector)
    days = None
    if a.first is not None and b.first is not None and a.last is not None and b.last is not None:
        days = max(0, b.first - a.last, a.first - b.last)
    far = (cosine is not None and cosine < 0.25) or (days is not None and days > DAYS_FRAGMENT)
    if far and a.threes.isdisjoint(b.threes):
        return NOTHING  # only a long run of the same words could make these one, and they have none
    return compare(
        a.wording,
        b.wording,
        cosine,
        days=days,
        same_article=len(a.articles) == 1 and a.articles == b.articles,
        flipped=a.denied != b.denied,
    )


def _join(nodes: list[_Node], *, verbatim: bool = False) -> list[list[_Node]]:
    """Join nodes into statements. ``verbatim``: nothing but a long run of the same words will do."""
    relations: dict[tuple[int, int], Relation] = {}

    def relation(a: int, b: int) -> Relation:
        pair = (min(a, b), max(a, b))
        if pair not in relations:
            found = _compare(nodes[pair[0]], nodes[pair[1]])
            relations[pair] = NOTHING if verbatim and not (found.verbatim and found.contained) else found
        return relations[pair]

    group = {at: [at] for at in range(len(nodes))}
    home = list(range(len(nodes)))

    def fits(some: list[int], others: list[int]) -> bool:
        whole = max((*some, *others), key=lambda at: (len(nodes[at].wording.words), nodes[at].key))
        for a in some:
            for b in others:
                found = relation(a, b)
                if found.conflict:
                    return False
                if not found.same and not (
                    whole not in (a, b) and relation(a, whole).contained and relation(b, whole).contained
                ):
                    return False
        return True

    edges = [(relation(a, b).score, a, b) for a, b in _candidates(nodes) if relation(a, b).same]
    for _, a, b in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
        if home[a] != home[b] and fits(group[home[a]], group[home[b]]):
            gone = home[b]
            group[home[a]] += group[gone]
            for at in group.pop(gone):
                home[at] = home[a]
    return [[nodes[at] for at in sorted(members)] for members in group.values()]


def _adopt(groups: list[list[_Node]], strays: list[list[_Node]]) -> list[list[_Node]]:
    """Give each group without a speaker to the one statement that has its words, if there is one only."""
    index: dict[object, set[int]] = defaultdict(set)
    for at, group in enumerate(groups):
        for node in group:
            words = node.wording.words
            for start in range(len(words) - 4):
                index[words[start : start + 5]].add(at)
    adopted: dict[int, list[_Node]] = defaultdict(list)
    left: list[list[_Node]] = []
    for stray in strays:
        node = max(stray, key=lambda node: (len(node.wording.words), node.key))
        words = node.wording.words
        hits = set().union(*(index.get(words[at : at + 5], ()) for at in range(len(words) - 4)))
        good = [
            at
            for at in hits
            if any((found := _compare(node, other)).verbatim and found.contained for other in groups[at])
        ]
        if len(good) == 1:
            adopted[good[0]] += stray
        else:
            left.append(stray)
    return [group + adopted[at] for at, group in enumerate(groups)] + left
