"""Who wrote an article: what is known of it, else a by-line in the text."""

import re
from typing import NamedTuple

from spacy.tokens import Doc, Span

from quotes.coreference.entities import EntityIndex
from quotes.coreference.entity import Entity
from quotes.coreference.referents import Referent
from quotes.names.person import parse_person

AUTHOR = Referent(None, ())  # "I" outside of quotation marks, where no name of the text means its author
BYLINE = re.compile(r"(?:by|from|opinion by|column by)\b:?\s*$", re.I)
LAST_LINES = 4  # of an article, in which its author is introduced
LINE_WORDS = 12  # of a line that has little beside a by-line, at most


class Author(NamedTuple):
    """Whoever wrote an article: the entity where the text names them, else a name that was given."""

    referent: Referent
    name: str | None


def author_of(doc: Doc, index: EntityIndex, given: str | None = None) -> Author | None:
    """The author of an article: the name given, else who has a by-line; None where nothing says.

    A by-line is "By Ana Ruiz" before the text, "Ana Ruiz: ..." as the headline, a name that is the whole of one of the
    last lines, or the subject of one of the last lines ("Ana Ruiz is a reporter for the Courier").
    """
    if given and (name := parse_person(given.removeprefix("By ").removeprefix("by ")).display):
        words = set(name.lower().split())
        known = [e for e in index.entities if e.is_person and words == set(e.name.lower().split())]
        return Author(Referent(known[0]), known[0].name) if known else Author(AUTHOR, name)
    entity = _by_line(doc, index)
    return Author(Referent(entity), entity.name) if entity is not None else None


def _by_line(doc: Doc, index: EntityIndex) -> Entity | None:
    lines = _lines(doc)
    for number, line in enumerate(lines[:LAST_LINES]):
        entity = _person_at(line, 0, index)
        end = _end_of_name(line, entity) if entity is not None else 0
        if entity is not None and number == 0 and end < len(line) and line[end].text == ":":
            return entity
        for token in line[:LINE_WORDS]:
            named = index.by_token.get(token.i)
            if (
                named is not None
                and named.is_person
                and BYLINE.fullmatch(doc[line.start : token.i].text.strip())
            ):
                return named
    for line in reversed(lines[-LAST_LINES:]):
        at = next((i for i in range(min(4, len(line))) if _person_at(line, i, index)), None)
        entity = _person_at(line, at, index) if at is not None else None
        if entity is None or at is None:
            continue
        if not any(mention.start >= line[at].i for mention in entity.mentions):
            continue
        end = _end_of_name(line, entity)
        rest = line[end:]
        if all(token.is_punct or token.is_space for token in rest):
            return entity
        root = next((token for token in line if token.dep_ == "ROOT" and token.i >= line.start + end), None)
        if root is not None and root.tag_ in ("VBZ", "VBD") and len(lines) > LAST_LINES and _introduces(root):
            return entity
    return None


def _introduces(verb: object) -> bool:
    """Whether a verb introduces the author of an article: "is a reporter", "writes", "covers politics"."""
    lemma = verb.lemma_.lower()  # type: ignore[attr-defined]
    return lemma in (
        "be",
        "write",
        "cover",
        "edit",
        "chair",
        "serve",
        "teach",
        "lead",
        "report",
        "host",
        "direct",
    )


def _lines(doc: Doc) -> list[Span]:
    """The lines of a text that are not blank."""
    starts = [0] + [token.i + 1 for token in doc if "\n" in token.text]
    spans = [doc[start:end] for start, end in zip(starts, [*starts[1:], len(doc)], strict=True)]
    lines = []
    for span in spans:
        words = [token.i for token in span if not token.is_space]
        if words:
            lines.append(doc[words[0] : words[-1] + 1])
    return lines


def _person_at(line: Span, at: int, index: EntityIndex) -> Entity | None:
    entity = index.by_token.get(line.start + at)
    return entity if entity is not None and entity.is_person else None


def _end_of_name(line: Span, entity: Entity) -> int:
    """Behind the first mention of an entity in a line, counted from the line's start."""
    return min((m.end for m in entity.mentions if m.start >= line.start), default=line.start) - line.start
