"""The times at which the paragraphs of a live page were written, which nobody says."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.quotations.attribution import Attribution, Offsets

# "14:10 Trains are late, says Ruiz", "9.05 am - “Stay at home”"
TIME_STAMP = re.compile(
    r"[\[(]?(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\b\.?| [A-Z]{2,4}T\b)?[\])]?:?(?:[ \t]+[-–—|])?[ \t]+"
    r"(?=[A-Z“\"'‘«])"
)


def without_time_stamps(
    text: str, attributions: Sequence[Attribution], paragraph_spans: Sequence[Offsets]
) -> list[Attribution]:
    """Attributions, contents and sources of which begin behind the time stamp of their paragraph."""
    stamps: dict[int, int] = {}  # from each character of a time stamp to its end
    for start, end in paragraph_spans:
        if stamp := TIME_STAMP.match(text, start, end):
            stamps.update(dict.fromkeys(range(*stamp.span()), stamp.end()))
    if not stamps:
        return list(attributions)

    def behind(span: Offsets) -> Offsets:
        return min(stamps.get(span[0], span[0]), span[1]), span[1]

    result = []
    for attribution in attributions:
        content = tuple(span for span in map(behind, attribution.content) if span[0] < span[1])
        source = behind(attribution.source) if attribution.source is not None else None
        result.append(replace(attribution, content=content or attribution.content, source=source))
    return result
