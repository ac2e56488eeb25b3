"""What quotation marks say about contents: where they begin and end, which belong together, which were missed.

A marked stretch of ten words is nearly always content; one of one to three words is often a title or scare quotes.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import pairwise

from quotes.quotations.attribution import Attribution, Offsets
from quotes.text.paragraphs import paragraphs
from quotes.text.quotation_marks import CLOSING, MARK, Pair, chains, pairs
from quotes.text.spans import overlaps_any, trim

LONG = 8  # words from which a marked stretch is content even where the model saw none
FEW = 4  # words below which what no cue reports must end as a sentence does
COVER = 0.5  # share of a marked stretch from which a content that overlaps it takes it whole
MISSED_CONFIDENCE = 0.4
ASKED = re.compile(r"\bask(?:s|ed|ing)?\b")
MARKED = re.compile(r"(?:''|[“\"‘']).*[,.?!…](?:''|[”\"’'])", re.S)
CITING = re.compile(r"(?:cit|quot)(?:e[sd]?|ing)\b")
WHOM = re.compile(
    r"(?:\w+[- ]){0,4}(?:people|persons?|sources?|officials?|aides?|diplomats?|executives?|insiders?)\b(?!.* as )"
)
ENDED = re.compile(r"[.,!?…][”\"’']*\Z")
WORK = re.compile(
    r"\b(?:book|memoir|novel|film|movie|song|album|essay|column|poem|play|show|series|documentary|podcast),? \Z"
)
TAG = re.compile(r"</?[a-z][\w-]*(?: [^<>]*)?>")  # of HTML, left over in a text
ANNOUNCED = re.compile(r"[^:.!?\n]{1,60}:\s{1,3}(?:''|[“\"‘'])")
ME = re.compile(r"\bI(?:['’]\w+)?\b")
SMALL = frozenset("a an the and or but nor of in on at to by for from with as".split())
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def adjust(text: str, found: list[Attribution]) -> list[Attribution]:
    """Attributions with contents that agree with the marks, in text order.

    A content with neither a cue nor a mark is dropped, since nothing says that it is one; and a single word
    without marks.
    """
    marked = [pair for pair in pairs(text) if not pair.depth]
    ends = [end for _, end in paragraphs(text)]
    found = [_freed(a, text, marked) for a in found]
    found = [replace(a, content=_in_paragraphs(text, a, ends)) for a in found]
    found = [replace(a, content=_widen(text, a, found, marked)) for a in found]
    found = _join_continued(found, marked)
    found = [replace(a, content=_closed(text, a.content, marked)) for a in found]
    found = [part for one in found for part in _replies(text, one, ends)]
    found = [part for one in found for part in _announced(text, one, marked)]
    found = [a for a in found if _holds(text, a, marked)]
    found += _missed(text, found, marked)
    tags = [tag.span() for tag in TAG.finditer(text)]
    found = [a for a in found if not any(start < a.content[0][0] < end for start, end in tags)]
    return sorted(found, key=lambda attribution: attribution.content[0])


def _freed(one: Attribution, text: str, marked: list[Pair]) -> Attribution:
    """An attribution whose source ends before a sentence in marks, which is content: "asked Ruiz. “Show us.”"."""
    if one.source is None:
        return one
    start, end = one.source
    inner = [pair for pair in _overlapping(marked, start, end) if start < pair.start and pair.end <= end]
    if not inner or not ENDED.search(text, inner[0].start, inner[0].end):
        return one
    stop = start + len(text[start : inner[0].start].rstrip(" .,"))
    spans = tuple((pair.start, pair.end) for pair in inner)
    return replace(one, source=(start, stop), content=tuple(sorted({*one.content, *spans})))


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
            start, at = trim(text, ends[at], end)[0], at + 1
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


def _announced(text: str, one: Attribution, marked: list[Pair]) -> list[Attribution]:
    """What a colon announces, and the bare words that stand before the cue: each is said for itself.

    "The vote will be close, Ruiz said: “We need every member.”"
    """
    if one.cue is None or not ANNOUNCED.match(text, one.cue[0]):
        return [one]
    before = tuple(span for span in one.content if span[1] <= one.cue[0] and not _overlapping(marked, *span))
    after = tuple(span for span in one.content if span not in before)
    if not before or not after or not MARK.match(text, after[0][0]):
        return [one]
    return [replace(one, content=before), replace(one, content=after)]


def _holds(text: str, one: Attribution, marked: list[Pair]) -> bool:
    """Whether there is reason enough to keep a content. Without a cue, a title or a word or two are no statement."""
    words = sum(len(WORD.findall(text, a, b)) for a, b in one.content)
    if one.cue and CITING.match(text, *one.cue) and WHOM.match(text, *one.content[0]):
        return False  # whom an outlet has it from is no content
    start, end = one.content[0]
    if _is_title(text[start:end]) and WORK.search(text[max(0, start - 40) : start]):
        return False  # "in his book, “The Long Way Home,” he says"
    if one.cue is None:
        title = words > 1 and all(_is_title(text[a:b]) for a, b in one.content)
        if title or (words < FEW and not any(ENDED.search(text, *span) for span in one.content)):
            return False
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
        start, end = trim(text, start, end)
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif end > start:
            result.append((start, end))
    return tuple(result) or one.content


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
    """Join contents that one quotation holds together, over several paragraphs too if its marks re-open."""
    closed = [chain for chain in chains(marked) if chain[-1].closed]
    number = {pair.start: n for n, chain in enumerate(closed) for pair in chain}
    groups: dict[int, list[int]] = {}
    for k, one in enumerate(found):
        touched = [number.get(p.start) for span in one.content for p in _overlapping(marked, *span)]
        for n in dict.fromkeys(touched):
            if n is not None and (one.cue or _within(one.content, closed[n])):
                groups.setdefault(n, []).append(k)
    starts = sorted(span[0] for one in found for span in (*one.content, one.cue, one.source) if span)
    result: list[Attribution | None] = list(found)
    for n, members in groups.items():
        here = [(k, held) for k in members if (held := result[k])]
        if len(here) < 2 or len({one.cue for _, one in here if one.cue}) > 1:
            continue
        kept, anchor = next((pair for pair in here if pair[1].cue), here[0])
        spans = sorted(span for _, one in here for span in one.content)
        for k, _ in here:
            result[k] = None
        result[kept] = replace(anchor, content=_filled(spans, closed[n], starts))
    return [one for one in result if one]


def _within(content: tuple[Offsets, ...], chain: tuple[Pair, ...]) -> bool:
    return any(p.start <= x and y <= p.end for p in chain for x, y in content)


def _filled(spans: list[Offsets], chain: tuple[Pair, ...], starts: list[int]) -> tuple[Offsets, ...]:
    """Spans with what lies between two of them in one pair of marks, unless something else starts there."""
    result = spans[:1]
    for start, end in spans[1:]:
        before = result[-1][1]
        together = any(p.start < before and start < p.end for p in chain)
        if together and bisect_left(starts, before) == bisect_left(starts, start):
            result[-1] = (result[-1][0], max(before, end))
        else:
            result.append((start, end))
    return tuple(result)


def _closed(text: str, content: tuple[Offsets, ...], marked: list[Pair]) -> tuple[Offsets, ...]:
    """The content without bare words after marks that close a sentence in it: “Don't,” until the door opened.

    Titles are closed like that in the middle of a sentence.
    """
    result: list[Offsets] = []
    for start, end in content:
        pair = next(iter(_overlapping(marked, start, end)), None)
        if pair is None and result and _ends_sentence(text, result[-1]):
            continue  # “It's fine,” Ruiz said of the delay
        if pair and pair.start == start and pair.end < end and _ends_sentence(text, (start, pair.end)):
            bare = not _overlapping(marked, pair.end, end)
            end = pair.end if bare and not _is_title(text[start : pair.end]) else end
        result.append((start, end))
    return tuple(result)


def _ends_sentence(text: str, span: Offsets) -> bool:
    """Whether a stretch in marks ends as a sentence, or with the comma that stands for its full stop."""
    return MARKED.fullmatch(text, *span) is not None


def _is_title(words: str) -> bool:
    """Whether all its words are capitalised, but for those that titles leave small."""
    return all(word[0].isupper() or word in SMALL for word in WORD.findall(words)) and not ME.search(words)


def _missed(text: str, found: list[Attribution], marked: list[Pair]) -> list[Attribution]:
    """Long marked stretches that no attribution touches, as contents without cue or source."""
    held = sorted(span for a in found for span in (*a.content, a.cue, a.source) if span)
    result: list[Attribution] = []
    for chain in chains(marked):
        free = [p for p in chain if not overlaps_any((p.start, p.end), held)]
        words = sum(len(WORD.findall(text, p.start, p.end)) for p in free)
        if free and len(free) == len(chain) and words >= LONG:
            result.append(Attribution(tuple((p.start, p.end) for p in free), confidence=MISSED_CONFIDENCE))
    return result
