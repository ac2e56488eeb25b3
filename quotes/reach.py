"""Which quotations have to be looked at again when statements are linked: those that a change can reach.

A statement has quotations of one speaker, and quotations whose speaker is open or a guess, which join by a run of
the same words (see ``strays``). So a change reaches all quotations of the speakers whom it concerns, whatever is
open and shares such a run with them, and from there the speakers who share it as well.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from quotes.alike import StatementQuote
from quotes.corrections import Correction
from quotes.strays import LONG, SHORT
from quotes.wordforms import wording

RUN = 4  # words that a mark stands for


def marks(text: str, *, direct: bool) -> set[int]:
    """Numbers for some runs of words, so that two contents with LONG words in a row in common share a mark.

    Of all runs that begin within a window the one with the smallest number is kept, wherever it is found
    (Schleimer, Wilkerson and Aiken 2003, "Winnowing: Local Algorithms for Document Fingerprinting").
    """
    words = wording(text, direct=direct).words
    if len(words) < LONG:  # within one story equal words are enough
        return {_number(" ".join(words))} if len(words) >= SHORT else set()
    runs = [_number(" ".join(words[at : at + RUN])) for at in range(len(words) - RUN + 1)]
    window = LONG - RUN + 1
    return {min(runs[at : at + window]) for at in range(len(runs) - window + 1)}


def _number(text: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big"
    )


class Rows(Protocol):
    """What is asked of the store."""

    def statement_quotes(self, idents: Iterable[str] | None = None) -> Iterator[StatementQuote]:
        """The quotations with these ids."""

    def quotes_by(self, speaker: str) -> list[str]:
        """The ids of a speaker's quotations."""

    def sharing(self, marks: Iterable[int]) -> list[str]:
        """The ids of quotations with one of these marks."""

    def resolve_all(self, correction: Correction) -> list[str]:
        """The ids of the quotations that a correction is about."""


def reached(
    store: Rows, speakers: Iterable[str], quotes: Iterable[str], corrections: Iterable[Correction]
) -> tuple[list[StatementQuote], list[Correction]]:
    """All quotations that a change of these speakers' quotations, and of these quotations, can reach; and the
    corrections of statements that concern them.

    ``quotes`` may have ids that are gone.
    """
    rows: dict[str, StatementQuote] = {}
    known: set[str] = set()
    about = {one.id: (one, set(store.resolve_all(one))) for one in corrections if one.about_statements}
    reach: dict[str, Correction] = {}
    new_speakers, new_quotes = list(speakers), list(quotes)
    while new_speakers or new_quotes:
        for speaker in new_speakers:
            if speaker not in known:
                known.add(speaker)
                new_quotes += store.quotes_by(speaker)
        new_speakers = []
        some = {
            row.id: row
            for row in store.statement_quotes(q for q in dict.fromkeys(new_quotes) if q not in rows)
        }
        rows |= some
        new_quotes = []
        for row in some.values():
            if row.speaker is not None and row.speaker not in known:
                new_speakers.append(row.speaker)
            others = [
                ident
                for ident in store.sharing(marks(row.text, direct=row.type == "direct"))
                if ident not in rows
            ]
            for other in store.statement_quotes(others):
                if _is_open(row) or _is_open(other):
                    new_quotes.append(other.id)
        for ident, (one, idents) in about.items():
            if ident not in reach and not idents.isdisjoint(some):
                reach[ident] = one
                new_quotes += idents
    return [rows[ident] for ident in sorted(rows)], list(reach.values())


def _is_open(row: StatementQuote) -> bool:
    return row.speaker is None or row.doubtful
