"""Quotations that the reporter interrupts between dashes: “We came” – she looked at the sky – “to say goodbye,”."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.quotations.attribution import Attribution, Offsets
from quotes.text.quotation_marks import QuotePair
from quotes.text.spans import overlaps_any, trim

ASIDE = re.compile(r"\s*(?:--|[—–-])\s*(?P<first>\w)[^“”\"\n.!?]{2,100}?\s*(?:--|[—–-])\s*")


def without_asides(
    text: str, attributions: Sequence[Attribution], marks: Sequence[QuotePair]
) -> list[Attribution]:
    """Attributions without the reporter's words between dashes, what stands in marks around them as one content."""
    result = list(attributions)
    for left, right in pairwise(marks):
        aside = ASIDE.fullmatch(text, left.end, right.start) if left.closed else None
        if aside is None or not (aside["first"].islower() or text[right.start + 1].islower()):
            continue  # “Shame” – Ana Ruiz – “Never”
        around = [left[:2], right[:2]]
        parts = [part for part in result if any(overlaps_any(span, around) for span in part.content)]
        cut = [replace(part, content=_outside(text, part.content, aside.span())) for part in parts]
        if len({part.cue for part in parts if part.cue}) == 1:
            whole = next(part for part in cut if part.cue)
            cut = [replace(whole, content=tuple(sorted({span for part in cut for span in part.content})))]
        result = [part for part in result if part not in parts] + cut
    return result


def _outside(text: str, content: Sequence[Offsets], gap: Offsets) -> tuple[Offsets, ...]:
    """The fragments without a stretch of the text."""
    parts = [
        part for start, end in content for part in ((start, min(end, gap[0])), (max(start, gap[1]), end))
    ]
    return tuple(trim(text, *part) for part in parts if part[0] < part[1])
