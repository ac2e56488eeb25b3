"""Quotations of one speaker in equal words -> one node, and how two nodes relate.

Words are compared after ``wordforms`` has read them, so punctuation, contractions and the tense and person
that reporting shifts make no difference.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.statements.compare import (
    BY_STEM,
    DAYS_FRAGMENT,
    DAYS_PARAPHRASE,
    DAYS_TWO_WORDS,
    TELLING,
    UNRELATED,
    Relation,
    compare,
)
from quotes.statements.normalise import APPROVAL, DENIALS, DISAPPROVAL, STOP, Wording, stem, wording
from quotes.statements.paraphrase import WordSimilarity
from quotes.statements.records import StatementQuote

if TYPE_CHECKING:
    import numpy as np


@dataclass(slots=True)
class Node:
    """Quotations of one speaker in the same words, near in time."""

    rows: list[StatementQuote]
    wording: Wording
    days: tuple[int, ...] = ()  # of publication, in order; empty when no date is known
    denied: bool = False  # reported as what the speaker does not say
    cue: frozenset[str] = frozenset()  # words of the cues, for what is not direct
    vector: "np.ndarray | None" = None
    articles: frozenset[str] = frozenset()
    threes: frozenset[tuple[str, ...]] = frozenset()  # runs of three words

    @property
    def key(self) -> str:
        """The smallest id: what everything is ordered by."""
        return self.rows[0].id

    @property
    def first(self) -> int | None:
        """The first day; None when no date is known."""
        return self.days[0] if self.days else None

    @property
    def last(self) -> int | None:
        """The last day; None when no date is known."""
        return self.days[-1] if self.days else None


Read = tuple[StatementQuote, Wording]
Relate = Callable[[Node, Node], Relation]


def read(row: StatementQuote) -> Wording:
    """The words of a quotation."""
    return wording(row.text, direct=row.type == "direct")


def make_nodes(rows: list[StatementQuote], words: Callable[[StatementQuote], Wording] = read) -> list[Node]:
    """Collapse equal words, in order of the smallest id. What is short is the same only when near in time.

    ``rows`` are those of one speaker, ordered by id; ``words`` reads them.
    """
    equal: dict[tuple[object, ...], list[Read]] = defaultdict(list)
    for row in rows:
        found = words(row)
        equal[found.words or (row.id,), _denied(row)].append((row, found))
    parts = (part for same in equal.values() for some in _by_stance(same) for part in _near_in_time(some))
    return sorted(map(_node, parts), key=lambda node: node.key)


def _denied(row: StatementQuote) -> bool:
    """Whether the cue says that the speaker does not say so: "denied", "has yet to endorse", "would not confirm"."""
    if row.type == "direct" or not row.cue:
        return False
    words = row.cue.casefold().replace("n’t", "n't").split()
    stems = [stem(word) for word in words]
    negated = sum(s in DENIALS or w.endswith("n't") for s, w in zip(stems, words, strict=True))
    return (negated + ("yet to" in row.cue.casefold())) % 2 == 1


def _cue(row: StatementQuote) -> frozenset[str]:
    return frozenset() if row.type == "direct" else frozenset(map(stem, (row.cue or "").casefold().split()))


def _by_stance(same: list[Read]) -> Iterator[list[Read]]:
    """Equal words that some approve and others disapprove of are two claims."""
    against = [pair for pair in same if _cue(pair[0]) & DISAPPROVAL]
    rest = [pair for pair in same if pair not in against]
    if against and any(_cue(row) & APPROVAL for row, _ in rest):
        yield against
        yield rest
    else:
        yield same


def _node(part: list[Read]) -> Node:
    days = {day for row, _ in part if (day := day_of(row)) is not None}
    fullest = max((found for _, found in part), key=lambda found: (sum(found.quoted), found.quoted))
    words = fullest.words
    runs = zip(words, words[1:], words[2:], strict=False)
    return Node(
        [row for row, _ in part],
        fullest,
        tuple(sorted(days)),
        _denied(part[0][0]),
        frozenset[str]().union(*(_cue(row) for row, _ in part)),
        _vector(part),
        frozenset(row.article for row, _ in part),
        frozenset(run for run in runs if not STOP.issuperset(run)),
    )


def day_of(row: StatementQuote) -> int | None:
    """The day of publication as a number, None when it is not known."""
    try:
        return date.fromisoformat((row.published or "")[:10]).toordinal()
    except ValueError:
        return None


def _near_in_time(some: list[Read]) -> Iterator[list[Read]]:
    """Equal words -> those that are one utterance: few words may be said again on another occasion."""
    if len(some) == 1:
        yield some
        return
    content = sum(word not in STOP for word in some[0][1].words)
    # a position in the reporter's words may be a standing one
    own = any(all(read.quoted) for _, read in some)
    if content >= (TELLING if own else 8):
        yield some
        return
    bare = [pair for pair in some if day_of(pair[0]) is None]
    yield from [bare] if content >= 2 and bare else ([pair] for pair in bare)
    dated = sorted(
        (pair for pair in some if day_of(pair[0]) is not None), key=lambda p: (day_of(p[0]), p[0].id)
    )
    window = DAYS_TWO_WORDS if content < 2 else DAYS_FRAGMENT if own and content >= 4 else DAYS_PARAPHRASE
    part: list[Read] = []
    for pair in dated:
        if part and (day_of(pair[0]) or 0) - (day_of(part[0][0]) or 0) > window:
            yield sorted(part, key=lambda p: p[0].id)
            part = []
        part.append(pair)
    if part:
        yield sorted(part, key=lambda p: p[0].id)


def _vector(part: list[Read]) -> "np.ndarray | None":
    import numpy as np

    for row, _ in part:
        if row.embedding:
            vector = np.frombuffer(row.embedding, dtype=np.float16).astype(np.float32)
            return vector / max(float(np.linalg.norm(vector)), 1e-6)
    return None


def relate(a: Node, b: Node, similarity: WordSimilarity = BY_STEM) -> Relation:
    """Whether two nodes report the same utterance, from their words, embeddings, dates and cues.

    ``similarity`` of single words, by which a paraphrase is known.
    """
    cosine = None if a.vector is None or b.vector is None else float(a.vector @ b.vector)
    days = _days_between(a.days, b.days)
    far = (cosine is not None and cosine < 0.25) or (days is not None and days > DAYS_FRAGMENT)
    if far and a.threes.isdisjoint(b.threes):
        return UNRELATED  # only a long run of the same words could make these one, and they have none
    return compare(
        a.wording,
        b.wording,
        cosine,
        days=days,
        same_article=len(a.articles) == 1 and a.articles == b.articles,
        flipped=a.denied != b.denied or _opposite(a.cue, b.cue),
        similarity=similarity,
    )


def _days_between(some: tuple[int, ...], others: tuple[int, ...]) -> int | None:
    """How far apart the two days are that are nearest to each other; None when there is none on one side."""
    if not some or not others:
        return None
    if len(some) == 1 == len(others):
        return abs(some[0] - others[0])
    merged = sorted([(day, 0) for day in some] + [(day, 1) for day in others])
    return min(y[0] - x[0] for x, y in pairwise(merged) if x[1] != y[1])


def _opposite(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one reports approval and the other disapproval: "praised", "came out against"."""
    good, bad = bool(some & APPROVAL), bool(some & DISAPPROVAL)
    return (good and bool(others & DISAPPROVAL)) or (bad and bool(others & APPROVAL))
