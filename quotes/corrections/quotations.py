"""Corrections of an article's quotations applied to what was read in it: which are none, which words, which besides."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from quotes.corrections.records import Add, Correction, Reject, Trim
from quotes.corrections.references import QuoteRef
from quotes.corrections.states import NotApplicable, States
from quotes.text.alignment import similarity
from quotes.text.spans import Offsets

MIN_CONTENT_SIMILARITY = 0.6  # of the characters of two contents, from which one may be the other read anew
EDGES = " .,;:\"'“”‘’"  # of a content, which may differ where its span was read anew
GONE = "the quotation is gone"
TEXT_CHANGED = "these words are not in the article any more"


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A quotation as it was read: what is shown of its content, and where that stands."""

    content: str
    spans: tuple[Offsets, ...]


@dataclass(slots=True)
class CorrectedQuotations:
    """What corrections make of an article's quotations: id -> the id of the correction, and where the words stand."""

    rejected: dict[str, str] = field(default_factory=dict)
    trimmed: dict[str, tuple[Offsets, str]] = field(default_factory=dict)
    added: dict[str, tuple[Offsets, str]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)  # id of a correction -> what became of it


def correct_quotations(
    text: str | None, stored: Mapping[str, StoredQuotation], corrections: Iterable[Correction]
) -> CorrectedQuotations:
    """What the corrections of one article's quotations make of them, applied in this order.

    ``text``: the article's, None when it is gone; ``stored``: its quotations by id, as they were read.
    """
    return _QuotationCorrector(text, stored).run(corrections)


def placed(text: str, ref: QuoteRef) -> Offsets | None:
    """Where the words of a reference stand in a text: at their place, or else nearest to it; None when nowhere.

    White space may have changed.
    """
    if text[ref.start : ref.end] == ref.text:
        return ref.start, ref.end
    words = ref.text.split()
    pattern = r"\s+".join(map(re.escape, words))
    found = [match.span() for match in re.finditer(pattern, text)] if words else []
    return min(found, key=lambda span: (abs(span[0] - ref.start), span)) if found else None


def most_similar(ref: QuoteRef, stored: Iterable[tuple[str, str, int]]) -> str | None:
    """Of an article's quotations (id, content, start) the one that a reference to another id most likely means.

    The one with the most similar words; where none is similar, the one at the same place of which the one has the
    words of the other in it: its span was read longer or shorter.
    """
    stored = list(stored)
    similar = [
        (-alike, abs(start - ref.start), ident)
        for ident, content, start in stored
        if (alike := similarity(content, ref.text, MIN_CONTENT_SIMILARITY))
    ]
    if similar:
        return min(similar)[2]
    there = [
        (-shared, start, ident)
        for ident, content, start in stored
        if (shared := min(start + len(content), ref.end) - max(start, ref.start)) > 0
        and (content.strip(EDGES) in ref.text or ref.text.strip(EDGES) in content)
    ]
    return min(there)[2] if there else None


class _QuotationCorrector:
    """An article's quotations while corrections are applied, one after the other."""

    def __init__(self, text: str | None, stored: Mapping[str, StoredQuotation]) -> None:
        self.text, self.stored, self.result = text, stored, CorrectedQuotations()

    def run(self, corrections: Iterable[Correction]) -> CorrectedQuotations:
        """Apply the corrections that are not undone; return what they make of the quotations."""
        states = States()
        for correction in corrections:
            if correction.undone_at or not correction.about_quotations:
                continue
            try:
                holds, ident = self._apply(correction)
                states.applied(correction.id, holds, [ident])
            except NotApplicable as reason:
                states.not_applicable(correction.id, reason)
        self.result.states = states.by_id()
        return self.result

    def _apply(self, correction: Correction) -> tuple[Callable[[], bool], str]:
        """Apply a correction; return what tells whether it still holds, and the quotation. Raises NotApplicable."""
        if self.text is None:
            raise NotApplicable("its article is gone")
        match correction:
            case Reject(quotes=(ref, *_)):
                return self._reject(ref, correction.id)
            case Trim(quotes=(ref, *_), to=(to, *_)):
                return self._trim(ref, to, correction.id)
            case Add(quotes=(ref, *_)):
                return self._add(ref, correction.id)
        raise TypeError(f"no correction of quotations: {correction.kind}")

    def _resolve(self, ref: QuoteRef) -> str:
        """The id that the quotation has now. Raises NotApplicable when it is gone, or was rejected."""
        if ref.quote in self.stored or ref.quote in self.result.added:
            ident: str | None = ref.quote
        else:
            rows = ((key, one.content, one.spans[0][0]) for key, one in self.stored.items() if one.spans)
            ident = most_similar(ref, rows)
        if ident is None or ident in self.result.rejected:
            raise NotApplicable(GONE)
        return ident

    def _reject(self, ref: QuoteRef, by: str) -> tuple[Callable[[], bool], str]:
        ident = self._resolve(ref)
        self.result.rejected[ident] = by
        return (lambda: ident in self.result.rejected), ident

    def _trim(self, ref: QuoteRef, to: QuoteRef, by: str) -> tuple[Callable[[], bool], str]:
        ident = self._resolve(ref)
        span = self._placed(to)
        extents = self.result.added if ident in self.result.added else self.result.trimmed
        extents[ident] = span, by

        def holds() -> bool:
            return ident not in self.result.rejected and extents.get(ident, ((-1, -1), ""))[0] == span

        return holds, ident

    def _add(self, ref: QuoteRef, by: str) -> tuple[Callable[[], bool], str]:
        span = self._placed(ref)
        ident = next((key for key, one in self.stored.items() if one.spans == (span,)), None)
        if ident is not None:  # it is found by now
            self.result.rejected.pop(ident, None)
        else:
            ident = ref.quote
            self.result.rejected.pop(ident, None)
            self.result.added[ident] = span, by

        def holds() -> bool:
            return (ident in self.stored or ident in self.result.added) and ident not in self.result.rejected

        return holds, ident

    def _placed(self, ref: QuoteRef) -> Offsets:
        span = placed(self.text or "", ref)
        if span is None:
            raise NotApplicable(TEXT_CHANGED)
        return span
