"""The quotations that a change can reach when statements are linked: those that have to be linked again.

Two quotations of one speaker can come into one statement only when they report the same utterance (see ``compare``),
or a third ties them together: so a change reaches what the changed quotations are tied to, or were so far, step by
step, and nothing else of their speakers. What is open or a guess joins others by a run of the same words (see
``unattributed``), and from there the change reaches their statements as well.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from quotes.statements.blocking import candidate_pairs
from quotes.statements.exact import day_of, group_exact, normalise_quotation
from quotes.statements.fingerprints import winnow
from quotes.statements.group import likely_link
from quotes.statements.meaning import Comparison, Meaning
from quotes.statements.normalise import NormalisedText
from quotes.statements.records import QuotationLink, StatementQuote
from quotes.statements.settings import TIME

ALL_DAYS = (date.min.toordinal(), date.max.toordinal())


class StoredQuotations(Protocol):
    """What is asked of the store: quotations by id, date, statement or fingerprint."""

    def statement_quotes(self, idents: Iterable[str]) -> Iterator[StatementQuote]:
        """The quotations with these ids."""

    def quotes_near_date(self, speaker: str, first: str, last: str) -> Iterator[StatementQuote]:
        """A speaker's quotations that were published in these days, or nobody knows when."""

    def quote_ids_in_same_statements(self, quotes: Iterable[str]) -> list[str]:
        """The ids of all quotations in the statements that have these now."""

    def quotes_sharing(self, fingerprints: Iterable[int]) -> list[str]:
        """The ids of quotations with one of these fingerprints."""


def affected_quotations(
    store: StoredQuotations, quotes: Iterable[str], tied: Mapping[str, Collection[str]], meaning: Meaning
) -> tuple[list[StatementQuote], set[str], set[QuotationLink]]:
    """The quotations that a change of these can reach, the corrections of statements that concern them, and the links.

    ``quotes``: those that are new, whose speakers are others now or surer, and all that were in one statement with
    one that is gone or another's now; there may be ids that are gone. ``meaning``: that of ``link_statements``. The
    links are those between two quotations one of which is affected.
    """
    affected: dict[str, StatementQuote] = {}
    closures: dict[str, _Closure] = {}
    concerned: set[str] = set()
    waiting = list(quotes)
    while waiting:
        seeds: defaultdict[str | None, list[StatementQuote]] = defaultdict(list)
        for row in store.statement_quotes(q for q in dict.fromkeys(waiting) if q not in affected):
            seeds[row.speaker].append(row)
        fresh = {row.id: row for row in seeds.pop(None, ())}
        for speaker, rows in seeds.items():
            closure = closures.setdefault(str(speaker), _Closure(store, str(speaker), meaning))
            fresh |= closure.expand(rows)
        affected |= fresh
        waiting = [other for row in fresh.values() for other in _sharing_words(store, row, affected)]
        waiting += store.quote_ids_in_same_statements(fresh)
        for name, idents in tied.items():
            if name not in concerned and not fresh.keys().isdisjoint(idents):
                concerned.add(name)
                waiting += idents
    links = {link for closure in closures.values() for link in closure.links}
    return [affected[ident] for ident in sorted(affected)], concerned, links


def _sharing_words(
    store: StoredQuotations, row: StatementQuote, known: dict[str, StatementQuote]
) -> Iterator[str]:
    """The ids of quotations that share a run of words with one, when the speaker of either is open."""
    fingerprints = winnow(normalise_quotation(row).words)
    others = [ident for ident in store.quotes_sharing(fingerprints) if ident not in known]
    for other in store.statement_quotes(others):
        if _is_open(row) or _is_open(other):
            yield other.id


def _is_open(row: StatementQuote) -> bool:
    return row.speaker is None or row.doubtful


class _Closure:
    """Quotations of one speaker that are tied together, and those near them that they were compared with."""

    def __init__(self, store: StoredQuotations, speaker: str, meaning: Meaning) -> None:
        self.store, self.speaker, self.meaning = store, speaker, meaning
        self.links: set[QuotationLink] = set()
        self.inside: set[str] = set()
        self.known: dict[str, StatementQuote] = {}
        self.texts: dict[str, NormalisedText] = {}
        self.days: tuple[int, int] | None = None  # of which all is known
        self.complete: set[str] = set()  # known with all that has the same words, whenever

    def expand(self, seeds: Iterable[StatementQuote]) -> dict[str, StatementQuote]:
        """The quotations that are new here, when these and all that they are tied to are taken in."""
        front = {row.id: row for row in seeds if row.id not in self.inside}
        added: dict[str, StatementQuote] = {}
        while front:
            added |= front
            self.inside |= front.keys()
            self.known |= front
            self._load_near(front.values())
            front = {row.id: row for row in self._tied(front.keys()) if row.id not in self.inside}
        return added

    def _load_near(self, rows: Iterable[StatementQuote]) -> None:
        """Load all that may be tied to these: what is near in time, and what shares a long run of words."""
        rows = list(rows)
        days = [day_of(row) for row in rows]
        dated = [day for day in days if day is not None]
        low, high = self.days or (ALL_DAYS[1], ALL_DAYS[0])
        if len(dated) < len(days):
            low, high = ALL_DAYS
        else:
            low = max(min(low, min(dated) - TIME.fragment), ALL_DAYS[0])
            high = min(max(high, max(dated) + TIME.fragment), ALL_DAYS[1])
        if (low, high) != self.days:
            self.days = low, high
            first, last = date.fromordinal(low).isoformat(), date.fromordinal(high).isoformat()
            self._add(self.store.quotes_near_date(self.speaker, first, last))
        self._load_sharing(rows)

    def _add(self, rows: Iterable[StatementQuote]) -> None:
        for row in rows:
            if row.speaker == self.speaker:
                self.known.setdefault(row.id, row)

    def _load_sharing(self, rows: Iterable[StatementQuote]) -> bool:
        """Load what shares a run of words with these; tells whether there was something new."""
        before = len(self.known)
        for row in rows:
            if row.id not in self.complete:
                self.complete.add(row.id)
                fingerprints = winnow(self._normalise(row).words) if self.days != ALL_DAYS else ()
                idents = [
                    ident for ident in self.store.quotes_sharing(fingerprints) if ident not in self.known
                ]
                self._add(self.store.statement_quotes(idents))
        return len(self.known) > before

    def _normalise(self, row: StatementQuote) -> NormalisedText:
        if row.id not in self.texts:
            self.texts[row.id] = normalise_quotation(row)
        return self.texts[row.id]

    def _tied(self, front: Iterable[str]) -> Iterator[StatementQuote]:
        """What has the words of some quotations, or is the same utterance in other words."""
        front = set(front)
        while True:
            groups = group_exact([self.known[ident] for ident in sorted(self.known)], self._normalise)
            among = [at for at, group in enumerate(groups) if any(row.id in front for row in group.rows)]
            pairs = candidate_pairs(groups, among)
            compared = {at for pair in pairs for at in pair}
            if not self._load_sharing(row for at in sorted(compared) for row in groups[at].rows):
                break
        for at in among:
            yield from groups[at].rows
        compare = Comparison(groups, self.meaning)
        compare.prepare(pairs)
        for a, b in pairs:
            decision = compare(a, b)
            if link := likely_link(groups[a], groups[b], decision):
                self.links.add(link)
            if decision.same:
                yield from groups[a].rows
                yield from groups[b].rows
