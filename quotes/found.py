"""What ``quotes.find`` returns: the quotations of one text, which a notebook shows marked in the text."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Self

from quotes.store.rows import content
from quotes.text.spans import Offsets
from quotes.types import Quote

COLOURS = {"content": "#fde68a", "source": "#bfdbfe", "cue": "#ddd6fe"}  # of marks in a notebook


class Quotations(tuple[Quote, ...]):
    """A tuple of the quotations of one text, in text order, with the ``text``."""

    text: str

    def __new__(cls, quotes: Iterable[Quote], text: str) -> Self:
        made = super().__new__(cls, quotes)
        made.text = text
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Quotations, (tuple(self), self.text)

    def records(self) -> Iterator[dict[str, Any]]:
        """The quotations as ``quotes find --nl`` prints them: nested, in the shape of ``quotes export``."""
        for number, quote in enumerate(self, 1):
            yield _record(number, quote, self.text)

    def _repr_html_(self) -> str:
        """The text with contents, sources and cues marked, as displaCy draws entities."""
        from spacy import displacy  # loaded already: a quotation was found

        marks = [{"start": start, "end": end, "label": label} for (start, end), label in sorted(_marks(self))]
        drawn = {"text": self.text, "ents": _apart(marks), "title": None}
        colours = {one["label"]: COLOURS[str(one["label"]).partition(" ")[0].lower()] for one in marks}
        html = displacy.render([drawn], style="ent", manual=True, jupyter=False, options={"colors": colours})
        return str(html)


def _marks(quotes: Iterable[Quote]) -> Iterator[tuple[Offsets, str]]:
    for quote in quotes:
        name = quote.speaker.name if quote.speaker else "speaker not found"
        for span in quote.spans:
            yield (span.start, span.end), escape(f"content · {quote.type} · {name}")
        for label, piece in (("source", quote.source), ("cue", quote.cue)):
            if piece:
                yield (piece.start, piece.end), label


def _apart(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Marks of which none overlaps another: what is inside another mark is left out."""
    out: list[dict[str, Any]] = []
    for mark in marks:
        if not out or mark["start"] >= out[-1]["end"]:
            out.append(mark)
    return out


def _record(number: int, quote: Quote, text: str) -> dict[str, Any]:
    speaker = quote.speaker
    pieces = {
        name: {"text": piece.text, "start": piece.start, "end": piece.end} if piece else None
        for name, piece in (("cue", quote.cue), ("source", quote.source), ("addressee", quote.addressee))
    }
    known = ("via", "attribution", "confidence", "speaker_confidence", "said_on", "occasion", "thought")
    return {
        "id": str(number),
        "spans": [[span.start, span.end] for span in quote.spans],
        "text": quote.text,
        "type": quote.type,
        "act": quote.act,
        "asserted": quote.asserted,
        **pieces,
        "speaker": {"name": speaker.name, "type": speaker.type} if speaker else None,
        "description": speaker.description if speaker else None,
        **{name: getattr(quote, name) for name in known},
        "content": content(quote, text),
        "start": quote.spans[0].start,
        "end": quote.spans[-1].end,
    }
