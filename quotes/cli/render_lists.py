"""Speakers and corrections -> text for people."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quotes.cli.terminal import Paint, beside, room, wrap
from quotes.text.plural import count


def render_speakers(rows: Iterable[Mapping[str, Any]], *, width: int, paint: Paint) -> Iterator[str]:
    """Lines for speakers: names on the left, who they are on the right."""
    for row in rows:
        numbers = f"{count(row['quotes'], 'quotation')} in {count(row['articles'], 'article')}"
        also = f"also called {', '.join(row['aliases'])}" if row["aliases"] else ""
        facts = [row["description"], " · ".join(filter(None, [row["type"], row["pronouns"], numbers])), also]
        yield from _columns(row["name"], [fact for fact in facts if fact], row["id"], width, paint)


def render_corrections(rows: Iterable[Mapping[str, Any]], *, width: int, paint: Paint) -> Iterator[str]:
    """Lines for corrections: ids on the left, what was decided, by whom, and what became of it on the right."""
    for row in rows:
        facts = [row["summary"], f"{row['by']}, {row['at'][:16].replace('T', ' ')} UTC"]
        if row["undone_at"]:
            facts.append(f"undone by {row['undone_by']}, {row['undone_at'][:16].replace('T', ' ')} UTC")
        else:
            facts.append(row["state"] or "not applied yet: run quotes extract")
        yield from _columns(f"{row['id']} {row['kind']}", facts, "", width, paint)


def _columns(left: str, right: Iterable[str], ident: str, width: int, paint: Paint) -> Iterator[str]:
    lines = [line for text in right for line in wrap(text, room(width), paint)]
    yield from beside([(left, "name")], lines, ident, width=width, paint=paint)
