"""What quotation marks say about contents: where they begin and end, which belong together, which were missed.

A marked stretch of ten words is nearly always content; one of one to three words is often a title or scare quotes.
"""

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

from quotes.attribution import Attribution, Offsets
from quotes.marks import CLOSING, MARK, Pair, chains, pairs
from quotes.paragraphs import paragraphs

LONG = 8  # words from which a marked stretch is content even where the model saw none
COVER = 0.5  # share of a marked stretch from which a content that overlaps it takes it whole
MISSED_CONFIDENCE = 0.4
ASKED = re.compile(r"\bask(?:s|ed|ing)?\b")
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def adjust(text: str, found: list[Attribution]) -> list[Attribution]:
    """Attributions with contents that agree with the marks, in text order.

    A content with neither a cue nor a mark is dropped, since nothing says that it is one; and a single word
    without marks.
    """
    marked = [pair for pair in pairs(text) if not pair.depth]
    ends = [end for _, end in paragraphs(text)]
    found = [replace(a, content=_in_paragraphs(text, a, ends)) for a in found]
    found = [replace(a, content=_widen(text, a, found, marked)) for a in found]
    found = _join_continued(found, marked)
    found = [part for one in found for part in _replies(text, one, ends)]
    found = [a for a in found if _holds(text, a, marked)]
    found += _missed(text, found, marked)
    return sorted(found, key=lambda attribution: attribution.content[0])


def _in_paragraphs(text: str, one: Attribution, ends: list[int]) -> tuple[Offsets, ...]:
    """Fragments that no paragraph's end parts. What goes on in the next paragraph opens with a mark again.

    Where it does not, the part nearest to the cue is kept.
    """
    result: list[Offsets] = []
    for start, end in one.content:
        parts = []
        at = bisect_right(ends, start)
        while at < len(ends) and ends[at] < end:
            parts.append((start, ends[at]))
            start, at = _edges(text, ends[at], end)[0], at + 1
        parts.append((start, end))
        if all(MARK.match(text, part[0]) for part in parts[1:]):
            result += parts
        else:
            cue = one.cue or one.content[0]
            result.append(min(parts, key=lambda part: max(part[0] - cue[1], cue[0] - part[1])))
    return tuple(result)


def _replies(text: str, one: Attribution, ends: list[int]) -> list[Attribution]:
    """A question, and what follows in paragraphs of its own: that is not the words of whoever asked."""
    if one.cue is None or not ASKED.search(text, *one.cue):
        return [one]
    for at, (a, b) in enumerate(pairwise(one.content), start=1):
        asked = text[a[0] : a[1]].rstrip(CLOSING).endswith("?") and text[a[1] - 1] in CLOSING
        if asked and one.cue[1] <= b[0] and bisect_right(ends, a[0]) < bisect_right(ends, b[0]):
            rest = [replace(one, content=(span,), cue=None, source=None) for span in one.content[at:]]
            return [replace(one, content=one.content[:at]), *rest]
    return [one]


def _holds(text: str, one: Attribution, marked: list[Pair]) -> bool:
    """Whether there is reason enough to keep a content."""
    words = sum(len(WORD.findall(text, a, b)) for a, b in one.content)
    if any(_overlapping(marked, *span) for span in one.content):
        return words > 0
    return one.cue is not None and words > 1


def _widen(text: str, one: Attribution, found: list[Attribution], marked: list[Pair]) -> tuple[Offsets, ...]:
    """The content's fragments moved out to the marks that they all but fill."""
    fixed = [
        span for a in found for span in (*a.content, a.cue, a.source) if span and span not in one.content
    ]
    result: list[Offsets] = []
    for start, end in one.content:
        for pair in _overlapping(marked, start, end):
            covered = min(end, pair.end) - max(start, pair.start)
            if covered < COVER * (pair.end - pair.start):
                continue
            a, b = min(start, pair.start), max(end, pair.end)
            if not any(x < b and a < y for x, y in fixed):
                start, end = a, b
        start, end = _edges(text, start, end)
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif end > start:
            result.append((start, end))
    return tuple(result) or one.content


def _edges(text: str, start: int, end: int) -> Offsets:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _overlapping(marked: list[Pair], start: int, end: int) -> list[Pair]:
    first = max(0, bisect_right([pair.start for pair in marked], start) - 1)
    result = []
    for pair in marked[first:]:
        if pair.start >= end:
            break
        if pair.end > start:
            result.append(pair)
    return result


def _join_continued(found: list[Attribution], marked: list[Pair]) -> list[Attribution]:
    """Join contents that one quotation over several paragraphs, with re-opened marks, holds together."""
    result = list(found)
    for chain in chains(marked):
        if len(chain) < 2 or not chain[-1].closed:
            continue
        inside = [a for a in result if any(p.start <= x and y <= p.end for p in chain for x, y in a.content)]
        anchored = [a for a in inside if a.cue]
        if len(inside) < 2 or len(anchored) > 1:
            continue
        anchor = anchored[0] if anchored else inside[0]
        spans = sorted(span for a in inside for span in a.content)
        for a in inside:
            result.remove(a)
        result.append(replace(anchor, content=tuple(spans)))
    return result


def _missed(text: str, found: list[Attribution], marked: list[Pair]) -> list[Attribution]:
    """Long marked stretches that no attribution touches, as contents without cue or source."""
    held = sorted(span for a in found for span in (*a.content, a.cue, a.source) if span)
    result: list[Attribution] = []
    for chain in chains(marked):
        free = [p for p in chain if not any(x < p.end and p.start < y for x, y in held)]
        words = sum(len(WORD.findall(text, p.start, p.end)) for p in free)
        if free and len(free) == len(chain) and words >= LONG:
            result.append(Attribution(tuple((p.start, p.end) for p in free), confidence=MISSED_CONFIDENCE))
    return result
