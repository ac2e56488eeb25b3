"""Datelines: the place and the agency before an article's first words, which say nothing themselves."""

import re

from spacy.tokens import Doc, Token

from quotes.quotations.attribution import token_span
from quotes.text.spans import Offsets

LONGEST = 24  # tokens of a dateline
AGENCY = r"\((?:[A-Z][\w.&/ -]{1,40}|[a-z]{2,5})\)"
DASH = r"(?:--|[—–―]|-(?= ))"
# KABUL, Afghanistan (AP) --, LONDON, May 3 (Reuters) -, Vale (Agency) —, NEW YORK —
PARTS = r"(?:[,/][ \t]?(?:\d{1,2}[ \t])?[A-Z][\w.'’ ]{1,30}?){0,3}"  # the country, the day
DAY = r", (?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+\.? \d{1,2})(?:,? \d{4})?"
DATELINE = re.compile(
    rf"(?:(?:[A-Z][A-Z.'’-]+ ?){{1,4}}{PARTS}(?:[ \t]*{AGENCY}[ \t]*{DASH}?|[ \t]*{DASH})"
    rf"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,2}}(?:{PARTS}[ \t]*{AGENCY}|{DAY})[ \t]*{DASH})[ \t\xa0]*"
)


def dateline_end(token: Token) -> int:
    """Where the dateline ends that a token belongs to; where the token begins, if it belongs to none."""
    doc, first = token.doc, token.i
    while first and "\n" not in doc[first - 1].text:
        first -= 1
        if token.i - first >= LONGEST:
            return token.idx
    dateline = DATELINE.match(doc[first : first + LONGEST].text)
    return max(token.idx, doc[first].idx + dateline.end()) if dateline is not None else token.idx


def behind_dateline(doc: Doc, span: Offsets) -> Offsets | None:
    """A span without the dateline that it begins with; None for one that is nothing else."""
    tokens = token_span(doc, span)
    start = max(span[0], dateline_end(tokens[0])) if tokens is not None else span[0]
    return (start, span[1]) if start < span[1] else None
