"""Datelines: the place and the agency before an article's first words, which say nothing themselves."""

import re

from quotes.text.spans import Offsets

AGENCY = r"\([A-Z][\w.&/ -]{1,40}\)"
DASH = r"(?:--|[—–―]|-(?= ))"
# KABUL, Afghanistan (AP) --, LONDON, May 3 (Reuters) -, Vale (Agency) —, NEW YORK —
PARTS = r"(?:[,/][ \t]?[A-Z][\w.'’ ]{1,30}?){0,3}"  # the country, the day
DATELINE = re.compile(
    rf"(?:(?:[A-Z][A-Z.'’-]+ ?){{1,4}}{PARTS}(?:[ \t]*{AGENCY}[ \t]*{DASH}?|[ \t]*{DASH})"
    rf"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,2}}{PARTS}[ \t]*{AGENCY}[ \t]*{DASH})[ \t\xa0]*"
)


def dateline_end(text: str, start: int) -> int:
    """Where the dateline of the paragraph ends in which a place is; the place itself, if it is behind it or has none.

    >>> text = "KABUL, Afghanistan (AP) -- The mayor left."
    >>> text[dateline_end(text, 0):], text[dateline_end(text, 31):]
    ('The mayor left.', 'mayor left.')
    """
    first = text.rfind("\n", 0, start) + 1
    dateline = DATELINE.match(text, first)
    return max(start, dateline.end()) if dateline is not None else start


def behind_dateline(text: str, span: Offsets) -> Offsets | None:
    """A span without the dateline that it begins with; None for one that is nothing else."""
    start = dateline_end(text, span[0])
    return (start, span[1]) if start < span[1] else None
