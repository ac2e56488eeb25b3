"""What a correction refers to: quotations and speakers as they were when somebody decided; how their JSON is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from quotes.types import SpeakerType


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

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"


def _read_speakers(rows: Iterable[Mapping[str, Any]]) -> tuple[SpeakerRef, ...]:
    return tuple(SpeakerRef(**{**row, "quotes": _read_quotes(row["quotes"])}) for row in rows)


def _read_quotes(rows: Iterable[Mapping[str, Any]]) -> tuple[QuoteRef, ...]:
    refs = (QuoteRef(**row) for row in rows)
    return tuple(replace(ref, start=int(ref.start), end=int(ref.end), text=str(ref.text)) for ref in refs)


READERS: dict[str, Callable[[Any], Any]] = {  # of what a correction refers to, in the order of its JSON
    "speakers": _read_speakers,
    "quotes": _read_quotes,
    "to": _read_quotes,
    "articles": tuple,
    "called": tuple,
    "name": lambda name: str(name or ""),
    "statements": lambda parts: tuple(map(_read_quotes, parts)),
}


def moved_part(value: Any, articles: Mapping[str, str]) -> Any:
    """A part of a correction's JSON with other ids of articles, also where ids of quotations and speakers have them."""
    if isinstance(value, dict):
        value = {name: moved_part(inner, articles) for name, inner in value.items()}
        if "quote" in value:
            former, _, end = value["quote"].rpartition("-")
            value["quote"] = f"{articles[former]}-{end}" if former in articles else value["quote"]
        elif "id" in value:
            name, _, former = value["id"].partition("_")
            value["id"] = f"{name}_{articles[former]}" if former in articles else value["id"]
            return value
        if value.get("article") in articles:
            value["article"] = articles[value["article"]]
        return value
    if isinstance(value, list | tuple):
        return [moved_part(inner, articles) for inner in value]
    return articles.get(value, value)
