"""What people decided about speakers and statements, and what becomes of it: decisions in, changes out.

A correction is kept for good and applied after every linking, in the order in which it was made. It refers to
quotations, and to speakers by their id, name and some of their quotations, so that it finds them again when
articles were added or read anew. A later correction may overrule an earlier one; one that finds nothing to
apply to does nothing; both are told in ``states`` and kept.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, Protocol, get_args

from quotes.data import Speaker, SpeakerType
from quotes.errors import QuotesError
from quotes.mentions import plain

Kind = Literal["merge", "split", "rename", "assign", "merge-statements", "split-statement"]
APPLIED = "applied"


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """A quotation as it was when somebody decided: found again by its id, else by its words and place."""

    quote: str
    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SpeakerRef:
    """A speaker as it was when somebody decided, with some of the quotations."""

    id: str
    name: str
    type: SpeakerType
    quotes: tuple[QuoteRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. Which fields of what it refers to are used depends on the kind:

    - merge: ``speakers``, the first of which the others are;
    - split: ``speakers``, the one to split and the new one; the part by ``quotes``, ``articles``, ``called``;
    - rename: ``speakers``, one, and ``name``;
    - assign: ``quotes``, and ``speakers``: one, or none to leave it open;
    - merge-statements: ``quotes`` of each of ``statements``;
    - split-statement: ``statements``, the part and the rest.
    """

    at: str  # ISO 8601, UTC
    by: str
    kind: Kind
    speakers: tuple[SpeakerRef, ...] = ()
    quotes: tuple[QuoteRef, ...] = ()
    articles: tuple[str, ...] = ()
    called: tuple[str, ...] = ()  # names as articles have them
    name: str = ""
    statements: tuple[tuple[QuoteRef, ...], ...] = ()
    undone_at: str | None = None
    undone_by: str | None = None

    @property
    def data(self) -> dict[str, Any]:
        """What it refers to, as JSON has it; nothing that is empty."""
        whole = asdict(self)
        for name in ("at", "by", "kind", "undone_at", "undone_by"):
            del whole[name]
        return {name: value for name, value in whole.items() if value}

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that depend on everything but whether it was undone."""
        text = json.dumps([self.at, self.by, self.kind, self.data], sort_keys=True)
        return hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    @property
    def refs(self) -> list[QuoteRef]:
        """Every quotation that it refers to."""
        found = [ref for speaker in self.speakers for ref in speaker.quotes]
        return [*found, *self.quotes, *(ref for some in self.statements for ref in some)]

    @property
    def about_statements(self) -> bool:
        return self.kind.endswith(("statements", "statement"))


def read_correction(row: Mapping[str, Any]) -> Correction:
    """A correction from its JSON object: as ``write_correction`` makes it. Raises QuotesError."""
    try:
        data = row["data"]
        if row["kind"] not in get_args(Kind):
            raise QuotesError(f"There is no correction of the kind {row['kind']!r}.")
        return Correction(
            at=str(row["at"]),
            by=str(row["by"]),
            kind=row["kind"],
            speakers=tuple(
                SpeakerRef(**speaker | {"quotes": _refs(speaker["quotes"])})
                for speaker in data.get("speakers", ())
            ),
            quotes=_refs(data.get("quotes", ())),
            articles=tuple(data.get("articles", ())),
            called=tuple(data.get("called", ())),
            name=str(data.get("name", "")),
            statements=tuple(map(_refs, data.get("statements", ()))),
            undone_at=row.get("undone_at"),
            undone_by=row.get("undone_by"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise QuotesError(f"This is no correction: {error}") from error


def _refs(rows: Iterable[Mapping[str, Any]]) -> tuple[QuoteRef, ...]:
    return tuple(QuoteRef(**row) for row in rows)


def write_correction(correction: Correction, state: str | None = None) -> dict[str, Any]:
    """A correction as a JSON object, with its id, what it says in words, and its state."""
    return {
        "id": correction.id,
        "at": correction.at,
        "by": correction.by,
        "kind": correction.kind,
        "summary": summary(correction),
        "state": "undone" if correction.undone_at else state,
        "undone_at": correction.undone_at,
        "undone_by": correction.undone_by,
        "data": correction.data,
    }


def summary(correction: Correction) -> str:
    """What a correction says, in words."""
    names = [f"{speaker.name} ({speaker.id})" for speaker in correction.speakers]
    if correction.kind == "merge":
        return f"{' and '.join(names[1:])} and {names[0]} are one speaker"
    if correction.kind == "rename":
        return f"{names[0]} is called {correction.name}"
    if correction.kind == "assign":
        return f"{_short(correction.quotes)} is by {names[0] if names else 'nobody known'}"
    if correction.kind == "split":
        parts = [f"called {name}" for name in correction.called]
        parts += [f"in {article}" for article in correction.articles]
        parts += [_short(correction.quotes)] if correction.quotes else []
        return f"{names[0]} is not {names[1]}: {', '.join(parts)}"
    texts = [_short(some) for some in correction.statements]
    if correction.kind == "merge-statements":
        return f"{' and '.join(texts)} are one statement"
    return f"{texts[0]} is not the statement {texts[1]}"


def _short(refs: Sequence[QuoteRef]) -> str:
    text = " ".join(refs[0].text.split())
    text = text if len(text) <= 40 else text[:40].rpartition(" ")[0] + "…"
    return f"“{text}”" + (f" and {len(refs) - 1} more" if len(refs) > 1 else "")


# Speakers


class World(Protocol):
    """What linking found by itself, as far as corrections need it."""

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

    merged: dict[str, tuple[str, str]] = field(
        default_factory=dict
    )  # speaker -> who it is, id of the correction
    quotes: dict[str, tuple[str | None, str]] = field(
        default_factory=dict
    )  # -> speaker, id of the correction
    speakers: dict[str, Speaker] = field(default_factory=dict)  # new ones, and those that look different
    states: dict[str, str] = field(default_factory=dict)  # id of a correction -> what became of it


def correct_speakers(corrections: Iterable[Correction], world: World) -> Corrected:
    """Apply the corrections of speakers that are not undone, in the order of their time."""
    return _Correcting(world).run(
        sorted(
            (one for one in corrections if not (one.undone_at or one.about_statements)),
            key=lambda one: (one.at, one.id),
        )
    )


class _Nothing(Exception):
    """Why a correction cannot be applied."""


class _Correcting:
    def __init__(self, world: World) -> None:
        self.world = world
        self.parent: dict[str, str] = {}
        self.merged_by: dict[str, str] = {}
        self.moved: dict[str, tuple[str | None, str]] = {}  # quotation -> speaker, correction
        self.made: dict[str, Speaker] = {}
        self.names: dict[str, str] = {}
        self.lost: defaultdict[str, set[str]] = defaultdict(set)  # speaker -> names that went to another
        self.touched: set[str] = set()  # by the correction that is being applied
        self.by = ""

    def run(self, corrections: list[Correction]) -> Corrected:
        out = Corrected()
        holds: dict[str, Callable[[], bool]] = {}
        touching: defaultdict[str, list[str]] = defaultdict(list)
        overruled: dict[str, str] = {}
        for one in corrections:
            self.by, self.touched = one.id, set()
            try:
                holds[one.id] = getattr(self, "_" + one.kind)(one)
            except _Nothing as reason:
                out.states[one.id] = f"does not apply: {reason}"
                continue
            for thing in list(self.touched):
                for earlier in touching[thing]:
                    if earlier not in overruled and not holds[earlier]():
                        overruled[earlier] = one.id
                touching[thing].append(one.id)
        for ident, check in holds.items():
            again = ident in overruled and check()  # made true by a third one
            out.states[ident] = (
                f"overruled by {overruled[ident]}" if ident in overruled and not again else APPLIED
            )
        homes = {ident: self.find(ident) for ident in self.parent}
        out.merged = {ident: (home, self.merged_by[ident]) for ident, home in homes.items()}
        out.quotes = {quote: (who and self.find(who), by) for quote, (who, by) in self.moved.items()}
        whole = {*homes.values(), *self.made, *self.names, *self.lost}
        out.speakers = {ident: self._row(ident, homes) for ident in whole if ident not in homes}
        return out

    # where things are

    def find(self, ident: str) -> str:
        self.touched.add(ident)
        while ident in self.parent:
            ident = self.parent[ident]
            self.touched.add(ident)
        return ident

    def current(self, quote: str) -> str | None:
        self.touched.add(quote)
        who = self.moved[quote][0] if quote in self.moved else self.world.base(quote)
        return who and self.find(who)

    def members(self, ident: str) -> list[tuple[str, str, str]]:
        """The quotations of a speaker as it is now."""
        bases = [ident, *(other for other in self.parent if self.find(other) == ident)]
        rows = [row for base in bases for row in self.world.quotes_of(base)]
        away = {quote for quote, (who, _) in self.moved.items() if who is None or self.find(who) != ident}
        return [row for row in rows if row[0] not in away]

    def there(self, ident: str) -> Speaker | None:
        return self.made.get(ident) or self.world.speaker(ident)

    def is_same(self, ref: SpeakerRef, ident: str) -> bool:
        """Whether a speaker is still whom the reference meant: a full name may get fuller, a surname alone may
        turn out to be anybody's."""
        if ident == ref.id:
            return True
        speaker = self.there(ident)
        if speaker is None or (speaker.type == "person" and " " not in plain(ref.name)):
            return False
        return plain(ref.name) in map(plain, (speaker.name, *speaker.aliases))

    def locate(self, ref: SpeakerRef) -> str | None:
        """The speaker whom a reference means: by the id, or by the quotations and the name."""
        if self.there(ref.id):
            return self.find(ref.id)
        where = Counter(who for quote in self.resolve(ref.quotes) if (who := self.current(quote)))
        return next((ident for ident, _ in where.most_common() if self.is_same(ref, ident)), None)

    def locate_or_make(self, ref: SpeakerRef) -> str:
        found = self.locate(ref)
        if found is None:
            self.made[ref.id] = Speaker(ref.id, ref.name, ref.type)
            found = ref.id
        self.touched.add(found)
        return found

    def resolve(self, refs: Iterable[QuoteRef]) -> list[str]:
        found = [quote for ref in refs if (quote := self.world.resolve(ref)) is not None]
        return list(dict.fromkeys(found))

    def move(self, quote: str, ident: str | None) -> None:
        self.touched.add(quote)
        self.moved[quote] = (ident, self.by)

    # the kinds

    def _merge(self, one: Correction) -> Callable[[], bool]:
        into, *others = one.speakers
        found = [(ref, self.locate(ref), self.resolve(ref.quotes)) for ref in others]
        if not any(ident or quotes for _, ident, quotes in found):
            raise _Nothing(f"no quotation of {' or '.join(ref.name for ref in others)} is left")
        home = self.locate_or_make(into)
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

    def _split(self, one: Correction) -> Callable[[], bool]:
        whole, part = one.speakers
        home = self.locate(whole)
        part_of = set(self.resolve(one.quotes))
        called = set(map(plain, one.called))
        if home is not None and (called or one.articles):
            for quote, article, name in self.members(home):
                if article in one.articles or plain(name) in called:
                    part_of.add(quote)
        if not part_of:
            raise _Nothing(f"no such quotation of {whole.name} is left")
        self.made.setdefault(part.id, Speaker(part.id, part.name, part.type))
        for quote in sorted(part_of):
            self.move(quote, part.id)
        if home is not None:
            self.lost[home] |= called

        def holds() -> bool:
            return home is None or all(self.current(quote) != self.find(home) for quote in part_of)

        return holds

    def _rename(self, one: Correction) -> Callable[[], bool]:
        home = self.locate(one.speakers[0])
        if home is None:
            raise _Nothing(f"there is no speaker {one.speakers[0].name} any more")
        self.names[home] = one.name
        return lambda: self.names.get(self.find(home)) == one.name

    def _assign(self, one: Correction) -> Callable[[], bool]:
        quotes = self.resolve(one.quotes)
        if not quotes:
            raise _Nothing("the quotation is gone")
        home = self.locate_or_make(one.speakers[0]) if one.speakers else None
        for quote in quotes:
            self.current(quote)
            self.move(quote, home)
        return lambda: all(self.current(quote) == (home and self.find(home)) for quote in quotes)

    # what is shown

    def _row(self, ident: str, merged: Mapping[str, str]) -> Speaker:
        row = self.there(ident)
        assert row is not None
        parts = [
            part for other, home in sorted(merged.items()) if home == ident and (part := self.there(other))
        ]
        names = [name for part in (row, *parts) for name in (part.name, *part.aliases)]
        shown = self.names.get(ident, row.name)
        seen = {plain(shown), *self.lost[ident]}
        aliases = []
        for name in names:
            if plain(name) not in seen:
                seen.add(plain(name))
                aliases.append(name)
        pronouns = {part.pronouns for part in (row, *parts) if part.pronouns}
        return replace(
            row,
            name=shown,
            description=next((part.description for part in (row, *parts) if part.description), None),
            aliases=tuple(aliases),
            pronouns=pronouns.pop() if len(pronouns) == 1 else None,
        )
