"""What another database of the same articles has found, lost, moved and renamed: two models compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from quotes.store.database import Store

Kind = Literal["found", "lost", "moved", "renamed", "act"]
SAME_SHARE = 0.5  # of the characters of two contents that both have, from which they are one quotation


@dataclass(frozen=True, slots=True)
class Difference:
    """One quotation that two databases do not have alike. ``old`` and ``new`` are records of ``Store.export``."""

    kind: Kind
    article: str
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Differences:
    """All differences in the order of the articles, and corrections that do not hold, with the reason."""

    quotations: list[Difference] = field(default_factory=list)
    corrections: list[tuple[str, str]] = field(default_factory=list)


def differences(old: Store, new: Store) -> Differences:
    """What the new database has otherwise, of the articles that both have."""
    before, after = _by_article(old.export()), _by_article(new.export())
    result = Differences()
    for article in sorted(before.keys() & after.keys()):
        result.quotations += _of_article(article, before[article], after[article])
    kept = {correction.id: state for correction, state in new.correction_tables.all()}
    for correction, _ in old.correction_tables.all():
        state = kept.get(correction.id, "it is not in the new database")
        if not correction.undone_at and state not in (None, "", "applied"):
            result.corrections.append((correction.summary(), state or ""))
    return result


def _by_article(records: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        found.setdefault(record["article_id"], []).append(record)
    return found


def _of_article(
    article: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[Difference]:
    pairs = sorted(
        (
            (-share, i, j)
            for i, old in enumerate(before)
            for j, new in enumerate(after)
            if (share := _share(old, new)) >= SAME_SHARE
        )
    )
    partner: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in partner and j not in partner.values():
            partner[i] = j
    for i, old in enumerate(before):
        if i not in partner:
            yield Difference("lost", article, old=old)
            continue
        new = after[partner[i]]
        if old["spans"] != new["spans"]:
            yield Difference("moved", article, old, new)
        if _name(old) != _name(new):
            yield Difference("renamed", article, old, new)
        if (old["act"], old["asserted"]) != (new["act"], new["asserted"]):
            yield Difference("act", article, old, new)
    for j, new in enumerate(after):
        if j not in partner.values():
            yield Difference("found", article, new=new)


def _share(old: Mapping[str, Any], new: Mapping[str, Any]) -> float:
    """The Jaccard of the characters of two contents."""
    one, other = ({i for start, end in record["spans"] for i in range(start, end)} for record in (old, new))
    return len(one & other) / len(one | other) if one & other else 0.0


def _name(record: Mapping[str, Any]) -> str | None:
    return str(record["speaker"]["name"]) if record["speaker"] else None
