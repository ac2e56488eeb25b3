"""Quotations that follow each other: where another person's words begin.

“Are you leaving?” “No,” said Ruiz. “Why not?” “Because.”
“It is over,” said Ruiz. “Shame!” came the reply. And from the pilots: “Never.”
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.quotations.attribution import Attribution, Offsets
from quotes.text.quotation_marks import CLOSING, CLOSING_MARK, MARK, QuotePair, overlapping_pairs, pair_at
from quotes.text.sentence_ends import ends_sentence
from quotes.text.spans import contains, overlaps_any, trim

OWN_INTRODUCTION = re.compile(r"[.!?]\s+[^.!?“”\"]{2,80}:\s*\Z")
QUESTION = re.compile(rf"\?{CLOSING_MARK}\Z")
ASKING_CUE = re.compile(r"\bask(?:s|ed|ing)?\b")
# “Shame!” came the reply from the gallery.
INVERTED_ANSWER = re.compile(r"[ \t]*(?P<cue>came|comes|went)[ \t]+(?:the|a|an|one|another|his|her|their)\b")
# As the song goes, “what will be will be”. Or, as Ruiz put it, “never”
PROVERB = re.compile(
    r"[.!?]\s+(?:(?:And|But|Or),? a|A)s (?P<source>[^.!?,“”\"]{2,40}) (?P<cue>goes|says|has it|puts? it),?\s*\Z"
)
# And from the pilots: “Shame.” Ruiz's reply: “Never.”
SENT_BY = re.compile(r"\b(?:[Ff]rom|[Bb]y) (?P<source>[^.!?:,]{2,60})(?P<cue>:)\s*\Z")
OWNED = re.compile(r"[.!?]\s+(?P<source>[A-Z][^.!?:,’']{1,50})[’']s? (?:[\w-]+ ){0,3}?(?P<cue>[a-z]+):\s*\Z")


def pairs_in(span: Offsets, marks: Sequence[QuotePair]) -> list[QuotePair]:
    """The pairs of marks that lie within a span."""
    return [pair for pair in overlapping_pairs(marks, *span) if contains(span, (pair.start, pair.end))]


def is_whole_sentence(text: str, span: Offsets) -> bool:
    """Whether marks close a sentence, or words that break off: where "a “bad guy,” “unstable”" goes on, it lists."""
    return ends_sentence(text, *span, "stop", "dash", in_marks=True)


def split_turns(text: str, attribution: Attribution, marks: Sequence[QuotePair]) -> list[Attribution]:
    """An attribution, and one more for each quotation that follows another at once, or has its own introduction.

    It has no cue, unless its introduction has one.
    """
    attribution = _not_by_asker(text, attribution)
    cue = attribution.cue
    fragments = _at_closed_marks(text, attribution, marks)
    if cue is None:
        parts = [replace(attribution, content=(part,)) for part in fragments]
        return parts if len(parts) > len(attribution.content) else [attribution]
    if parts := _said_and_quoted(text, attribution, fragments, marks):
        return parts
    groups: list[tuple[Offsets, ...]] = [(fragments[0],)]
    for before, after in pairwise(fragments):
        if _is_another(text, before, after, cue, marks):
            groups.append(())
        groups[-1] += (after,)
    if len(groups) == 1:
        same = fragments == list(attribution.content)
        return [attribution if same else replace(attribution, content=tuple(fragments))]
    own = min(groups, key=lambda group: min(max(a - cue[1], cue[0] - b) for a, b in group))
    return [
        replace(attribution, content=group) if group is own else _introduced(text, attribution, group)
        for group in groups
    ]


def _not_by_asker(text: str, attribution: Attribution) -> Attribution:
    """The attribution without a source before “Never,” came the reply: whoever that is has asked."""
    source, end = attribution.source, attribution.content[-1][1]
    answer = INVERTED_ANSWER.match(text, end)
    is_before = answer is not None and source is not None and source[1] <= attribution.content[0][0]
    return replace(attribution, source=None) if is_before else attribution


def _said_and_quoted(
    text: str, attribution: Attribution, fragments: list[Offsets], marks: Sequence[QuotePair]
) -> list[Attribution]:
    """Two attributions where a sentence reports words, and the next ones quote some: "It is over, Ruiz said. “Go.”".

    No quotation of the training articles has both; the second has the cue and the source of the first.
    """
    number = next((n for n, span in enumerate(fragments) if _opens(span, marks)), 0)
    if not number:
        return []
    start = fragments[number][0]
    behind_sentence = ends_sentence(text, fragments[0][0], start)
    if attribution.cue is None or attribution.cue[1] > start or not behind_sentence:
        return []
    if any(pairs_in(span, marks) for span in fragments[:number]):
        return []  # "saw it as “over,” he said. “Go.”": the training articles have these as one
    quoted = [span for span in fragments[number:] if _opens(span, marks)]
    if len(quoted) < len(fragments) - number:
        return []
    said, words = (replace(attribution, content=tuple(part)) for part in (fragments[:number], quoted))
    is_answer = INVERTED_ANSWER.match(text, quoted[-1][1]) is not None
    return [said, _introduced(text, attribution, words.content) if is_answer else words]


def _at_closed_marks(text: str, attribution: Attribution, marks: Sequence[QuotePair]) -> list[Offsets]:
    """The fragments, cut where marks close a sentence and others open at once."""
    fragments: list[Offsets] = []
    for span in attribution.content:
        cuts = [
            right.start
            for left, right in pairwise(pairs_in(span, marks))
            if left.closed and is_whole_sentence(text, left[:2]) and _is_gap(text[left.end : right.start])
        ]
        fragments += [trim(text, *part) for part in pairwise([span[0], *cuts, span[1]])]
    return fragments


def _is_another(text: str, before: Offsets, after: Offsets, cue: Offsets, marks: Sequence[QuotePair]) -> bool:
    """Whether a quotation is not by who said the one before it."""
    gap = text[before[1] : after[0]]
    in_marks = _closes(before, marks) and _opens(after, marks)
    if _is_gap(gap):
        return in_marks and is_whole_sentence(text, before)
    if cue[0] >= after[1] or not _opens(after, marks):
        return False
    if OWN_INTRODUCTION.search(gap) or PROVERB.search(gap):
        return not overlaps_any((after[0] - 1, after[0]), [cue])
    if INVERTED_ANSWER.match(text, after[1]):
        return True
    following = bisect_left(marks, after[1], key=lambda pair: pair.start)
    at_once = following < len(marks) and _is_gap(text[after[1] : marks[following].start])
    return at_once and cue[0] >= before[1] and QUESTION.search(text, *after) is not None


def _introduced(text: str, attribution: Attribution, content: tuple[Offsets, ...]) -> Attribution:
    """A quotation with the cue and the source that its own introduction has, if any."""
    own = Attribution(content, confidence=attribution.confidence / 2)
    start, end = content[0][0], content[-1][1]
    if answer := INVERTED_ANSWER.match(text, end):
        return replace(own, cue=answer.span("cue"))
    before = max(0, start - 120)
    for pattern in (PROVERB, SENT_BY, OWNED):
        if introduction := pattern.search(text, before, start):
            return replace(own, cue=introduction.span("cue"), source=introduction.span("source"))
    return own


def _is_gap(between: str) -> bool:
    """Whether nothing stands between two quotations of one paragraph."""
    return between.isspace() and "\n" not in between


def _closes(span: Offsets, marks: Sequence[QuotePair]) -> bool:
    return any(pair.end == span[1] and pair.closed for pair in overlapping_pairs(marks, *span))


def _opens(span: Offsets, marks: Sequence[QuotePair]) -> bool:
    return pair_at(marks, span[0]) is not None


def split_replies(text: str, attribution: Attribution, ends: list[int]) -> list[Attribution]:
    """An attribution to somebody who asks, without the paragraphs after the question: these answer it."""
    if attribution.cue is None:
        return [attribution]
    content = attribution.content
    if not ASKING_CUE.search(text, *attribution.cue):
        at = _next_question(text, attribution, ends)
        rest = replace(attribution, content=content[at:], cue=None, source=None)
        return [replace(attribution, content=content[:at]), rest] if at < len(content) else [attribution]
    for number, (span, following) in enumerate(pairwise(content), start=1):
        is_question = text[slice(*span)].rstrip(CLOSING).endswith("?") and text[span[1] - 1] in CLOSING
        later = bisect_right(ends, span[0]) < bisect_right(ends, following[0])
        if is_question and later and attribution.cue[1] <= following[0]:
            cueless = replace(attribution, cue=None, source=None)
            replies = [replace(cueless, content=(reply,)) for reply in content[number:]]
            return [replace(attribution, content=content[:number]), *replies]
    return [attribution]


def _next_question(text: str, attribution: Attribution, ends: list[int]) -> int:
    """The number of the fragment behind the cue that is a question in a paragraph of its own, before one in marks.

    Two people talk: "“Nina Falk,” she said. ¶ “Papers?” ¶ “In the car.”". The number of fragments, where there is none.
    """
    cue, content = attribution.cue, attribution.content
    for number, (start, end) in enumerate(content[1:], start=1):
        at = bisect_right(ends, start)
        if cue is None or start < cue[1] or at in (0, len(ends) - 1) or end < len(text[: ends[at]].rstrip()):
            continue
        alone = not text[ends[at - 1] : start].strip() and text[start:end].rstrip(CLOSING).endswith("?")
        following = trim(text, ends[at], len(text))[0]
        if alone and MARK.match(text, start) and MARK.match(text, following):
            return number
    return len(content)
