"""What people decided about speakers and statements, as it is kept.

A correction is kept for good and applied after every linking, in the order in which it was made. It refers to
quotations, and to speakers by their id, name and some of their quotations, so that it finds them again when
articles were added or read anew. A later correction may overrule an earlier one; one that finds nothing to
apply to does nothing; both are told in its state, and kept.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from quotes.errors import InvalidCorrection
from quotes.types import SpeakerType

Kind = Literal["merge", "split", "rename", "assign", "merge-statements", "split-statement"]
APPLIED = "applied"  # a state; the others are "overruled by ID" and "does not apply: why"


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
    """A correction from its JSON object: as ``write_correction`` makes it. Raises InvalidCorrection."""
    try:
        data = row["data"]
        if row["kind"] not in get_args(Kind):
            raise InvalidCorrection(f"There is no correction of the kind {row['kind']!r}.")
        found = Correction(
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
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidCorrection(f"This is no correction: {error}.") from error
    if not _is_whole(found):
        raise InvalidCorrection(f"This is no correction: it does not say all that {found.kind} needs.")
    return found


def _refs(rows: Iterable[Mapping[str, Any]]) -> tuple[QuoteRef, ...]:
    found = (QuoteRef(**row) for row in rows)
    return tuple(replace(ref, start=int(ref.start), end=int(ref.end), text=str(ref.text)) for ref in found)


def _is_whole(one: Correction) -> bool:
    """Whether a correction has what its kind needs."""
    if any(speaker.type not in get_args(SpeakerType) or not speaker.id for speaker in one.speakers):
        return False
    speakers = len(one.speakers)
    statements = len(one.statements) if all(one.statements) else 0
    return {
        "merge": speakers >= 2,
        "split": speakers == 2 and bool(one.quotes or one.articles or one.called),
        "rename": speakers == 1 and bool(one.name),
        "assign": speakers <= 1 and bool(one.quotes),
        "merge-statements": statements >= 2,
        "split-statement": statements == 2,
    }[one.kind]


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
