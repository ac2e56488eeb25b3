"""Whether a stretch of text ends as a sentence does, inside quotation marks or not."""

import re
from typing import Literal

from quotes.text.quotation_marks import CLOSING_MARK

Point = Literal["stop", "comma", "dash"]

SPACE = frozenset(" \t\r\n\xa0")
POINTS: dict[str, Point] = {**dict.fromkeys(".!?…", "stop"), ",": "comma", **dict.fromkeys("—–-", "dash")}
CLOSING_MARKS = re.compile(rf"{CLOSING_MARK}*\Z")
MOST_MARKS = 6  # behind one point, in characters: what is looked at


def ends_sentence(text: str, start: int, end: int, *points: Point, in_marks: bool | None = None) -> bool:
    """Whether a stretch ends with one of these points, "stop" if none is given, and perhaps closing marks.

    A comma stands for the full stop of a quotation before "she said", a dash for that of words that break off.
    ``in_marks``: the point has to be inside closing marks (True), or outside of any (False).

    >>> ends_sentence("“No.”", 0, 5), ends_sentence("“No,”", 0, 5), ends_sentence("“No,”", 0, 5, "comma")
    (True, False, True)
    """
    while end > start and text[end - 1] in SPACE:
        end -= 1
    first = max(start, end - MOST_MARKS)
    marks = CLOSING_MARKS.search(text, first, end)
    at = marks.start() if marks is not None else end
    if at <= start or POINTS.get(text[at - 1]) not in (points or ("stop",)):
        return False
    return in_marks is None or in_marks == (at < end)
