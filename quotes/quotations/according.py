"""Contents behind "according to" and a source with a relative clause, where the two clauses run into each other.

According to Ruiz, who cited the Red Cross, 300 people sleep outdoors.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from quotes.nlp.dependents import dependent, preposition, subtree_offsets, word_offsets
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.settings import SETTINGS
from quotes.text.spans import overlaps_any


def part_according_to(doc: Doc, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with the whole clause as content where the relative clause of a source comes before it.

    What the relative clause's own cue has of that clause goes.
    """
    result = list(attributions)
    for token in doc:
        parts = _parts(token) if token.lower_ == "according" else None
        if parts is None:
            continue
        cue, source, clause = parts
        own = next((part for part in result if part.cue and overlaps_any(part.cue, [cue])), None)
        rivals = [
            part
            for part in result
            if part is not own and part.cue and overlaps_any(part.cue, [source]) and _reaches(part, clause)
        ]
        if own is not None and not _reaches(own, source):
            continue
        if own is None and not rivals:
            continue
        confidence = own.confidence if own is not None else SETTINGS.announced_confidence
        known = own or Attribution((clause,))
        mended = replace(known, content=(clause,), cue=cue, source=source, confidence=confidence)
        result = [part for part in result if part is not own and part not in rivals]
        result.append(mended)
    return sorted(result, key=lambda part: part.content[0])


def _reaches(attribution: Attribution, span: Offsets) -> bool:
    return any(overlaps_any(part, [span]) for part in attribution.content)


def _parts(according: Token) -> tuple[Offsets, Offsets, Offsets] | None:
    """Cue, source and clause of an "according to" that opens its sentence and whose source has a relative clause."""
    doc, verb = according.doc, according.head
    to = preposition(according, "to")
    noun = dependent(to, "pobj")
    if to is None or noun is None or verb.i < noun.right_edge.i or verb.pos_ not in ("VERB", "AUX"):
        return None
    if dependent(noun, "relcl", "acl") is None:
        return None
    last = noun.right_edge
    words = [
        token for token in doc[last.i + 1 : verb.right_edge.i + 1] if not (token.is_punct or token.is_space)
    ]
    span = token_span(doc, word_offsets(words[0], words[-1])) if words else None
    if span is None or words[0].sent != verb.sent or any(token.is_quote for token in span):
        return None
    return word_offsets(according, to), subtree_offsets(noun), (span.start_char, span.end_char)
