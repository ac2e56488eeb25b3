"""The names of a cast in an article: where they stand, and which names the recogniser saw there mean them."""

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from quotes.names.cast import Cast, CastMember
from quotes.names.person import compatible, parse_person
from quotes.text.spans import SpanIndex, contains

NO_NAME_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})


def with_cast(doc: Doc, spans: Sequence[Span], cast: Cast | None) -> tuple[list[Span], dict[int, CastMember]]:
    """Names in an article, those of a cast among them, and by the first token of each of these whose it is.

    A longer name that was recognised around one of the cast is the same person where it can be ("Ana Maria Ruiz" for
    "Ana Ruiz"), and otherwise another ("May" of the cast is not "Elaine May").
    """
    if not cast:
        return list(spans), {}
    by_place = SpanIndex((span, (span.start, span.end)) for span in spans)
    replaced: set[tuple[int, int]] = set()
    found: dict[int, tuple[Span, CastMember]] = {}
    for start, end, member in cast.find(doc.text):
        name = doc.char_span(start, end, label="PERSON", alignment_mode="expand")
        if name is None or (len(name) == 1 and name[0].ent_type_ in NO_NAME_LABELS):
            continue
        place = name.start, name.end
        around = [(other, at) for other, at in by_place.overlapping(place)]
        longer = next(
            (o for o, at in around if o.label_ == "PERSON" and len(o) > len(name) and contains(at, place)),
            None,
        )
        if longer is not None and not _can_be(longer, member):
            continue
        replaced.update(at for _, at in around)
        found[(longer or name).start] = longer or name, member
    kept = [span for span in spans if (span.start, span.end) not in replaced]
    names = [name for name, _ in found.values()]
    return sorted([*kept, *names], key=lambda span: span.start), {
        at: member for at, (_, member) in found.items()
    }


def _can_be(name: Span, member: CastMember) -> bool:
    """Whether a name can be a member's, whose own names are a part of it."""
    person = parse_person(name.text)
    own = [parse_person(other) for other in member.names]
    return any(compatible(person, other) or person.form == other.form for other in own)
