"""Which quotations have to be looked at again when statements are linked: those that a change can reach.

Two quotations of one speaker can come into one statement only when they report the same utterance (see
``sameness``), or a third ties them together: so a change reaches what the changed quotations are tied to, or were
so far, step by step, and nothing else of their speakers. What is open or a guess joins others by a run of the
same words (see ``strays``), and from there the change reaches their statements as well.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from quotes.statements.blocking import candidates
from quotes.statements.compare import BY_STEM, DAYS_FRAGMENT
from quotes.statements.exact import day_of, make_nodes, read, relate
from quotes.statements.fingerprints import marks
from quotes.statements.normalise import Wording
from quotes.statements.paraphrase import WordSimilarity
from quotes.statements.records import StatementQuote

EVER = (date.min.toordinal(), date.max.toordinal())


class Rows(Protocol):
    """What is asked of the store."""

    def statement_quotes(self, idents: Iterable[str]) -> Iterator[StatementQuote]:
        """The quotations with these ids."""

    def quotes_near(self, speaker: str, first: str, last: str) -> Iterator[StatementQuote]:
        """A speaker's quotations that were published in these days, or nobody knows when."""

    def said_with(self, quotes: Iterable[str]) -> list[str]:
        """The ids of all quotations in the statements that have these now."""

    def sharing(self, marks: Iterable[int]) -> list[str]:
        """The ids of quotations with one of these marks."""


def reached(
    store: Rows,
    quotes: Iterable[str],
    tied: Mapping[str, Collection[str]],
    similarity: WordSimilarity = BY_STEM,
) -> tuple[list[StatementQuote], set[str]]:
    """All quotations that a change of these can reach; and the corrections of statements that concern them.

    ``quotes``: those that are new, whose speakers are others now or surer, and all that were in one statement with
    one that is gone or another's now; there may be ids that are gone. ``similarity``: that of ``link_statements``.
    """
    found: dict[str, StatementQuote] = {}
    circles: dict[str, _Circle] = {}
    concerned: set[str] = set()
    waiting = list(quotes)
    while waiting:
        seeds: defaultdict[str | None, list[StatementQuote]] = defaultdict(list)
        for row in store.statement_quotes(q for q in dict.fromkeys(waiting) if q not in found):
            seeds[row.speaker].append(row)
        fresh = {row.id: row for row in seeds.pop(None, ())}
        for speaker, some in seeds.items():
            circle = circles.setdefault(str(speaker), _Circle(store, str(speaker), similarity))
            fresh |= circle.grow(some)
        found |= fresh
        waiting = [other for row in fresh.values() for other in _by_words(store, row, found)]
        waiting += store.said_with(fresh)
        for name, idents in tied.items():
            if name not in concerned and not fresh.keys().isdisjoint(idents):
                concerned.add(name)
                waiting += idents
    return [found[ident] for ident in sorted(found)], concerned


def _by_words(store: Rows, row: StatementQuote, found: dict[str, StatementQuote]) -> Iterator[str]:
    """Quotations that share a run of words with one, when the speaker of either is open."""
    others = [ident for ident in store.sharing(marks(read(row).words)) if ident not in found]
    for other in store.statement_quotes(others):
        if _is_open(row) or _is_open(other):
            yield other.id


def _is_open(row: StatementQuote) -> bool:
    return row.speaker is None or row.doubtful


class _Circle:
    """Quotations of one speaker that are tied together, and those round about that were compared with them."""

    def __init__(self, store: Rows, speaker: str, similarity: WordSimilarity) -> None:
        self.store, self.speaker, self.similarity = store, speaker, similarity
        self.inside: set[str] = set()
        self.known: dict[str, StatementQuote] = {}
        self.words: dict[str, Wording] = {}
        self.days: tuple[int, int] | None = None  # of which all is known
        self.complete: set[str] = set()  # known with all that has the same words, whenever

    def grow(self, seeds: Iterable[StatementQuote]) -> dict[str, StatementQuote]:
        """Take these in and all that they are tied to; return what came in."""
        front = {row.id: row for row in seeds if row.id not in self.inside}
        came: dict[str, StatementQuote] = {}
        while front:
            came |= front
            self.inside |= front.keys()
            self.known |= front
            self._look_around(front.values())
            front = {row.id: row for row in self._tied(front.keys()) if row.id not in self.inside}
        return came

    def _look_around(self, rows: Iterable[StatementQuote]) -> None:
        """Know all that may be tied to these: what is near in time, and what shares a long run of words."""
        rows = list(rows)
        days = [day_of(row) for row in rows]
        dated = [day for day in days if day is not None]
        low, high = self.days or (EVER[1], EVER[0])
        if len(dated) < len(days):
            low, high = EVER
        else:
            low = max(min(low, min(dated) - DAYS_FRAGMENT), EVER[0])
            high = min(max(high, max(dated) + DAYS_FRAGMENT), EVER[1])
        if (low, high) != self.days:
            self.days = low, high
            first, last = date.fromordinal(low).isoformat(), date.fromordinal(high).isoformat()
            self._know(self.store.quotes_near(self.speaker, first, last))
        self._know_sharing(rows)

    def _know(self, rows: Iterable[StatementQuote]) -> None:
        for row in rows:
            if row.speaker == self.speaker:
                self.known.setdefault(row.id, row)

    def _know_sharing(self, rows: Iterable[StatementQuote]) -> bool:
        """Know what shares a run of words with these; tells whether there was something new."""
        before = len(self.known)
        for row in rows:
            if row.id not in self.complete:
                self.complete.add(row.id)
                some = self.store.sharing(marks(self._read(row).words)) if self.days != EVER else []
                self._know(self.store.statement_quotes(ident for ident in some if ident not in self.known))
        return len(self.known) > before

    def _read(self, row: StatementQuote) -> Wording:
        if row.id not in self.words:
            self.words[row.id] = read(row)
        return self.words[row.id]

    def _tied(self, front: Iterable[str]) -> Iterator[StatementQuote]:
        """What has the words of some quotations, or is the same utterance in others."""
        front = set(front)
        while True:
            nodes = make_nodes([self.known[ident] for ident in sorted(self.known)], self._read)
            among = [at for at, node in enumerate(nodes) if any(row.id in front for row in node.rows)]
            pairs = candidates(nodes, among)
            met = {at for pair in pairs for at in pair}
            if not self._know_sharing(row for at in sorted(met) for row in nodes[at].rows):
                break
        for at in among:
            yield from nodes[at].rows
        for a, b in pairs:
            if relate(nodes[a], nodes[b], self.similarity).same:
                yield from nodes[a].rows
                yield from nodes[b].rows
