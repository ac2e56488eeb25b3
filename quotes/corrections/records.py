"""What people decided about speakers and statements, as it is kept.

A correction is kept for good and applied after every linking, in the order in which it was made. It refers to
quotations, and to speakers by their id, name and some of their quotations, so that it finds them again when
articles were added or read anew. A later correction may overrule an earlier one; one that finds nothing to
apply to does nothing; both are told in its state, and kept.

A kind of correction is a class here, and a case where corrections are applied (``quotations``, ``speakers`` or
``statements``; what withdraws articles is applied where these are stored).
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, ClassVar, get_args

from quotes.corrections.references import READERS, QuoteRef, SpeakerRef, moved_part
from quotes.errors import InvalidCorrection
from quotes.types import SpeakerType


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One decision of a person. Each ``kind`` is a class of its own, whose fields are what it refers to.

    The kinds: "merge", "split", "rename", "assign", "merge-statements", "split-statement", "reject", "trim", "add",
    "withdraw".
    Fields have the names that they have in JSON.
    """

    kind: ClassVar[str]
    at: str  # ISO 8601, UTC
    by: str
    undone_at: str | None = None
    undone_by: str | None = None
    speakers: tuple[SpeakerRef, ...] = ()
    kept_as: str | None = None  # its id, where what it refers to has other ids by now than when it was made

    def is_complete(self) -> bool:
        """Whether it says all that its kind needs."""
        raise NotImplementedError

    def summary(self) -> str:
        """What it says, in words."""
        raise NotImplementedError

    @property
    def data(self) -> dict[str, Any]:
        """What it refers to, as JSON has it; nothing that is empty."""
        whole = asdict(self)
        return {name: whole[name] for name in READERS if whole.get(name)}

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that depend on everything but whether it was undone."""
        if self.kept_as:
            return self.kept_as
        text = json.dumps([self.at, self.by, self.kind, self.data], sort_keys=True)
        return hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    @property
    def refs(self) -> list[QuoteRef]:
        """Every quotation that it refers to."""
        refs = [ref for speaker in self.speakers for ref in speaker.quotes]
        refs += getattr(self, "quotes", ())
        return refs + [ref for part in getattr(self, "statements", ()) for ref in part]

    def with_articles(self, current: Callable[[str], str | None]) -> "Correction":
        """The same correction, with its id, led to where its articles are now; ``current``: former id -> id."""
        articles = {ref.article for ref in self.refs} | set(getattr(self, "articles", ()))
        articles |= {speaker.id.rpartition("_")[2] for speaker in self.speakers if "_" in speaker.id}
        moved = {former: now for former in articles if (now := current(former))}
        if not moved:
            return self
        data = {
            name: READERS[name](moved_part(value, moved))
            for name, value in self.data.items()
            if name != "called"
        }
        return replace(self, **data, kept_as=self.id)

    @property
    def about_statements(self) -> bool:
        """Whether it is about statements; else it is about speakers."""
        return isinstance(self, MergeStatements | SplitStatement)

    @property
    def about_quotations(self) -> bool:
        """Whether it is about which quotations an article has, and which words they are."""
        return isinstance(self, Reject | Trim | Add)

    @property
    def about_speakers(self) -> bool:
        """Whether it says whose quotations are, or who a speaker is; an added quotation may have a speaker."""
        return not (self.about_statements or isinstance(self, Reject | Trim | Withdraw))

    def to_json(self, state: str | None = None) -> dict[str, Any]:
        """The correction as a JSON object, with its id, what it says in words, and its state."""
        return {
            "id": self.id,
            "at": self.at,
            "by": self.by,
            "kind": self.kind,
            "summary": self.summary(),
            "state": "undone" if self.undone_at else state,
            "undone_at": self.undone_at,
            "undone_by": self.undone_by,
            "data": self.data,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Correction):
    """The first speaker, whose id and name stay, is the others as well."""

    kind = "merge"

    def is_complete(self) -> bool:
        return len(self.speakers) >= 2

    def summary(self) -> str:
        into, *others = self.speakers
        return f"{' and '.join(map(str, others))} and {into} are one speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Correction):
    """Some quotations of the first speaker are the second's: these, or all in an article, or all that name one so."""

    kind = "split"
    quotes: tuple[QuoteRef, ...] = ()
    articles: tuple[str, ...] = ()
    called: tuple[str, ...] = ()  # names as articles have them

    def is_complete(self) -> bool:
        return len(self.speakers) == 2 and bool(self.quotes or self.articles or self.called)

    def summary(self) -> str:
        whole, part = self.speakers
        which = [f"called {name}" for name in self.called] + [f"in {article}" for article in self.articles]
        which += [_shortened(self.quotes)] if self.quotes else []
        return f"{whole} is not {part}: {', '.join(which)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(Correction):
    """A speaker is shown under another name; the id stays."""

    kind = "rename"
    name: str

    def is_complete(self) -> bool:
        return len(self.speakers) == 1 and bool(self.name)

    def summary(self) -> str:
        return f"{self.speakers[0]} is called {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(Correction):
    """Quotations are by one speaker; by nobody known where there is none."""

    kind = "assign"
    quotes: tuple[QuoteRef, ...]

    def is_complete(self) -> bool:
        return len(self.speakers) <= 1 and bool(self.quotes)

    def summary(self) -> str:
        return f"{_shortened(self.quotes)} is by {self.speakers[0] if self.speakers else 'nobody known'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeStatements(Correction):
    """Statements, each known by quotations of it, are one."""

    kind = "merge-statements"
    statements: tuple[tuple[QuoteRef, ...], ...]

    def is_complete(self) -> bool:
        return len(self.statements) >= 2 and all(self.statements)

    def summary(self) -> str:
        return f"{' and '.join(map(_shortened, self.statements))} are one statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitStatement(Correction):
    """Some quotations of a statement are one of their own: the part, and the rest."""

    kind = "split-statement"
    statements: tuple[tuple[QuoteRef, ...], ...]

    def is_complete(self) -> bool:
        return len(self.statements) == 2 and all(self.statements)

    def summary(self) -> str:
        part, rest = map(_shortened, self.statements)
        return f"{part} is not the statement {rest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Correction):
    """What was taken for a quotation is none."""

    kind = "reject"
    quotes: tuple[QuoteRef, ...]

    def is_complete(self) -> bool:
        return bool(self.quotes)

    def summary(self) -> str:
        return f"{_shortened(self.quotes)} is no quotation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trim(Correction):
    """A quotation is these words of its article, more or fewer than were found; its id stays."""

    kind = "trim"
    quotes: tuple[QuoteRef, ...]
    to: tuple[QuoteRef, ...]

    def is_complete(self) -> bool:
        return len(self.quotes) == len(self.to) == 1

    def summary(self) -> str:
        return f"{_shortened(self.quotes)} is “{' '.join(self.to[0].text.split())}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Correction):
    """Words of an article are a quotation, by a speaker or by nobody known."""

    kind = "add"
    quotes: tuple[QuoteRef, ...]

    def is_complete(self) -> bool:
        return len(self.speakers) <= 1 and len(self.quotes) == 1

    def summary(self) -> str:
        by = self.speakers[0] if self.speakers else "nobody known"
        return f"{_shortened(self.quotes)} in {self.quotes[0].article} is a quotation by {by}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Correction):
    """Articles are taken back by their publisher: what they say is shown as such, and counted nowhere."""

    kind = "withdraw"
    articles: tuple[str, ...]

    def is_complete(self) -> bool:
        return bool(self.articles)

    def summary(self) -> str:
        more = len(self.articles) - 1
        if not more:
            return f"the article {self.articles[0]} is withdrawn"
        return f"the article {self.articles[0]} and {more} more are withdrawn"


KINDS: dict[str, type[Correction]] = {
    cls.kind: cls
    for cls in (Merge, Split, Rename, Assign, MergeStatements, SplitStatement, Reject, Trim, Add, Withdraw)
}


def read_correction(row: Mapping[str, Any]) -> Correction:
    """The correction in a JSON object that ``Correction.to_json`` made. Raises InvalidCorrection."""
    try:
        kind, data = row["kind"], row["data"]
        if kind not in KINDS:
            raise InvalidCorrection(f"There is no correction of the kind {kind!r}.")
        known = {field.name for field in fields(KINDS[kind])}
        correction = KINDS[kind](
            at=str(row["at"]),
            by=str(row["by"]),
            undone_at=row.get("undone_at"),
            undone_by=row.get("undone_by"),
            **{name: read(data.get(name, ())) for name, read in READERS.items() if name in known},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidCorrection(f"This is no correction: {error}.") from error
    good = all(speaker.id and speaker.type in get_args(SpeakerType) for speaker in correction.speakers)
    if not (good and correction.is_complete()):
        raise InvalidCorrection(f"This is no correction: it does not say all that {kind} needs.")
    return correction


def _shortened(refs: Sequence[QuoteRef]) -> str:
    """The beginning of the first quotation, and how many more there are."""
    text = " ".join(refs[0].text.split())
    text = text if len(text) <= 40 else text[:40].rpartition(" ")[0] + "…"
    return f"“{text}”" + (f" and {len(refs) - 1} more" if len(refs) > 1 else "")
