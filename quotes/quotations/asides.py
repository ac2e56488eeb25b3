"""Quotations that the reporter interrupts between dashes: “We came” – she looked at the sky – “to say goodbye,”."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.lexicon.cues import is_speech
from quotes.quotations.attribution import Attribution, Offsets
from quotes.text.quotation_marks import QuotePair
from quotes.text.spans import contains, overlaps_any, subtract, trim

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
        cut = [_without(text, part, aside.span()) for part in parts]
        if len({part.cue for part in cut if part.cue}) == 1:
            whole = next(part for part in cut if part.cue)
            cut = [replace(whole, content=tuple(sorted({span for part in cut for span in part.content})))]
        result = [part for part in result if part not in parts] + cut
    return result


def _without(text: str, attribution: Attribution, gap: Offsets) -> Attribution:
    """The attribution without a stretch of the text, in which a cue is one only where it is a verb of speech."""
    content = tuple(trim(text, *part) for span in attribution.content for part in subtract(span, [gap]))
    cue = attribution.cue
    if cue is not None and contains(gap, cue) and not is_speech(text[slice(*cue)]):
        return replace(attribution, content=content, cue=None, source=None)
    return replace(attribution, content=content)
