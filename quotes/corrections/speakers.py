"""Corrections of speakers applied to what linking found: decisions in, changes out.

Corrections are applied one after the other. After each, those before it that no longer hold are overruled by it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from quotes.corrections.records import Add, Assign, Correction, Merge, Rename, Split
from quotes.corrections.references import QuoteRef, SpeakerRef
from quotes.corrections.states import APPLIED, NotApplicable, States
from quotes.names.normalise import comparable_name
from quotes.types import Speaker


class Uncorrected(Protocol):
    """The speakers that linking made by itself, as far as corrections need them."""

    def resolve(self, ref: QuoteRef) -> str | None:
        """The id that the quotation has now, None when it is gone."""

    def base(self, quote: str) -> str | None:
        """The id of its speaker."""

    def speaker(self, ident: str) -> Speaker | None:
        """A speaker."""

    def quotes_of(self, ident: str) -> Iterable[tuple[str, str, str]]:
        """A speaker's quotations: id, article and the name in it."""


@dataclass(slots=True)
class Corrected:
    """What corrections make of the speakers."""

    merged: dict[str, tuple[str, str]]  # speaker -> into which it is merged, id of the correction
    quotes: dict[str, tuple[str | None, str]]  # quotation -> its speaker, id of the correction
    speakers: dict[str, Speaker]  # new ones, and those that look different
    states: dict[str, str]  # id of a correction -> what became of it
    decided: dict[str, str]  # speaker -> the correction that says who it is, or what it is called


def correct_speakers(corrections: Iterable[Correction], uncorrected: Uncorrected) -> Corrected:
    """What the corrections of speakers that are not undone make of them, applied in this order."""
    active = (one for one in corrections if one.about_speakers and not one.undone_at)
    return _SpeakerCorrector(uncorrected).run(list(active))


class _SpeakerCorrector:
    """The speakers while corrections are applied, one after the other."""

    def __init__(self, uncorrected: Uncorrected) -> None:
        self.uncorrected = uncorrected
        self.parent: dict[str, str] = {}  # merged speaker -> into which
        self.merged_by: dict[str, str] = {}
        self.moved: dict[str, tuple[str | None, str]] = {}  # quotation -> speaker, correction
        self.new: dict[str, Speaker] = {}
        self.names: dict[str, str] = {}
        # speaker -> names that went to another
        self.lost_names: defaultdict[str, set[str]] = defaultdict(set)
        self.about: dict[str, list[str]] = {}  # id of a correction -> the speakers that it is about
        self.touched: set[str] = set()  # by the correction that is being applied
        self.by = ""

    def run(self, corrections: list[Correction]) -> Corrected:
        """Apply the corrections; return what they make of the speakers."""
        states = States()
        for correction in corrections:
            self.by, self.touched = correction.id, set()
            try:
                states.applied(correction.id, self._apply(correction), self.touched)
            except NotApplicable as reason:
                states.not_applicable(correction.id, reason)
        final = states.by_id()
        homes = {ident: self.find(ident) for ident in self.parent}
        shown = {*homes.values(), *self.new, *self.names, *self.lost_names} - homes.keys()
        return Corrected(
            merged={ident: (home, self.merged_by[ident]) for ident, home in homes.items()},
            quotes={quote: (who and self.find(who), by) for quote, (who, by) in self.moved.items()},
            speakers={ident: self._corrected(ident, homes) for ident in shown},
            states=final,
            decided={
                self.find(ident): by
                for by, idents in self.about.items()
                if final.get(by) == APPLIED
                for ident in idents
            },
        )

    # where things are

    def find(self, ident: str) -> str:
        """The speaker that a speaker is merged into, itself when into none."""
        self.touched.add(ident)
        while ident in self.parent:
            ident = self.parent[ident]
            self.touched.add(ident)
        return ident

    def current(self, quote: str) -> str | None:
        """The speaker that a quotation has now."""
        self.touched.add(quote)
        who = self.moved[quote][0] if quote in self.moved else self.uncorrected.base(quote)
        return who and self.find(who)

    def members(self, ident: str) -> list[tuple[str, str, str]]:
        """The quotations of a speaker as it is now."""
        bases = [ident, *(other for other in self.parent if self.find(other) == ident)]
        rows = [row for base in bases for row in self.uncorrected.quotes_of(base)]
        away = {quote for quote, (who, _) in self.moved.items() if who is None or self.find(who) != ident}
        return [row for row in rows if row[0] not in away]

    def there(self, ident: str) -> Speaker | None:
        """The speaker with this id, new or not."""
        return self.new.get(ident) or self.uncorrected.speaker(ident)

    def is_same(self, ref: SpeakerRef, ident: str) -> bool:
        """Whether a speaker is still whom the reference meant: a full name may get fuller, a surname alone may
        turn out to be anybody's."""
        if ident == ref.id:
            return True
        speaker = self.there(ident)
        if speaker is None or (speaker.type == "person" and " " not in comparable_name(ref.name)):
            return False
        return comparable_name(ref.name) in map(comparable_name, (speaker.name, *speaker.aliases))

    def locate(self, ref: SpeakerRef) -> str | None:
        """The speaker whom a reference means: by the id, or by the quotations and the name."""
        if self.there(ref.id):
            return self.find(ref.id)
        where = Counter(who for quote in self.resolve(ref.quotes) if (who := self.current(quote)))
        ranked = sorted(where, key=lambda ident: (-where[ident], ident))
        return next((ident for ident in ranked if self.is_same(ref, ident)), None)

    def locate_or_make(self, ref: SpeakerRef) -> str:
        """The speaker whom a reference means, a new one when there is none any more."""
        ident = self.locate(ref)
        if ident is None:
            self.new[ref.id] = Speaker(ref.id, ref.name, ref.type)
            ident = ref.id
        self.touched.add(ident)
        return ident

    def resolve(self, refs: Iterable[QuoteRef]) -> list[str]:
        """The ids that quotations have now, each once, those that are gone left out."""
        idents = [quote for ref in refs if (quote := self.uncorrected.resolve(ref)) is not None]
        return list(dict.fromkeys(idents))

    def move(self, quote: str, ident: str | None) -> None:
        """Give a quotation to a speaker, or to nobody."""
        self.touched.add(quote)
        self.moved[quote] = (ident, self.by)

    # the kinds

    def _apply(self, correction: Correction) -> Callable[[], bool]:
        """Apply a correction; return what tells whether it still holds. Raises NotApplicable."""
        match correction:
            case Merge():
                return self._merge(correction)
            case Split():
                return self._split(correction)
            case Rename():
                return self._rename(correction)
            case Assign() | Add():
                return self._assign(correction)
        raise TypeError(f"no correction of speakers: {correction.kind}")

    def _merge(self, one: Merge) -> Callable[[], bool]:
        into, *others = one.speakers
        found = [(ref, self.locate(ref), self.resolve(ref.quotes)) for ref in others]
        if not any(ident or quotes for _, ident, quotes in found):
            raise NotApplicable(f"no quotation of {' or '.join(ref.name for ref in others)} is left")
        home = self.locate_or_make(into)
        self.about[one.id] = [home]
        for _, ident, quotes in found:
            if ident is not None and ident != home:
                self.parent[ident] = home
                self.merged_by[ident] = one.id
            for quote in quotes:
                # Of a speaker that fell apart, the quotations go where they were said to belong.
                if self.current(quote) != home:
                    self.move(quote, home)
        mine = [quote for _, _, quotes in found for quote in quotes]
        theirs = [ident for _, ident, _ in found if ident is not None]

        def holds() -> bool:
            whole = self.find(home)
            return all(self.find(ident) == whole for ident in theirs) and all(
                self.current(quote) == whole for quote in mine
            )

        return holds

    def _split(self, one: Split) -> Callable[[], bool]:
        whole, part = one.speakers
        home = self.locate(whole)
        part_of = set(self.resolve(one.quotes))
        called = set(map(comparable_name, one.called))
        if home is not None and (called or one.articles):
            for quote, article, name in self.members(home):
                if article in one.articles or comparable_name(name) in called:
                    part_of.add(quote)
        if not part_of:
            raise NotApplicable(f"no such quotation of {whole.name} is left")
        self.new.setdefault(part.id, Speaker(part.id, part.name, part.type))
        self.about[one.id] = [part.id] + ([home] if home is not None else [])
        for quote in sorted(part_of):
            self.move(quote, part.id)
        if home is not None:
            self.lost_names[home] |= called

        def holds() -> bool:
            return home is None or all(self.current(quote) != self.find(home) for quote in part_of)

        return holds

    def _rename(self, one: Rename) -> Callable[[], bool]:
        home = self.locate(one.speakers[0])
        if home is None:
            raise NotApplicable(f"there is no speaker {one.speakers[0].name} any more")
        self.names[home] = one.name
        self.about[one.id] = [home]
        return lambda: self.names.get(self.find(home)) == one.name

    def _assign(self, one: Assign | Add) -> Callable[[], bool]:
        quotes = self.resolve(one.quotes)
        if not quotes:
            raise NotApplicable("the quotation is gone")
        home = self.locate_or_make(one.speakers[0]) if one.speakers else None
        for quote in quotes:
            self.current(quote)
            self.move(quote, home)
        return lambda: all(self.current(quote) == (home and self.find(home)) for quote in quotes)

    # what is shown

    def _corrected(self, ident: str, merged: Mapping[str, str]) -> Speaker:
        row = self.there(ident)
        assert row is not None
        parts = [
            part for other, home in sorted(merged.items()) if home == ident and (part := self.there(other))
        ]
        names = [name for part in (row, *parts) for name in (part.name, *part.aliases)]
        shown = self.names.get(ident, row.name)
        seen = {comparable_name(shown), *self.lost_names[ident]}
        aliases = []
        for name in names:
            if comparable_name(name) not in seen:
                seen.add(comparable_name(name))
                aliases.append(name)
        pronouns = {part.pronouns for part in (row, *parts) if part.pronouns}
        return replace(
            row,
            name=shown,
            description=next((part.description for part in (row, *parts) if part.description), None),
            aliases=tuple(aliases),
            pronouns=pronouns.pop() if len(pronouns) == 1 else None,
        )
