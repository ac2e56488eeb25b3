"""What the layout says where no verb does: the turns of a transcript, a dash and a name after a quotation.

RUIZ: We have waited long enough.              “We have waited long enough.” — Ana Ruiz, 61
"""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from quotes.lexicon.cues import is_reporting
from quotes.quotations.attribution import Attribution, Offsets
from quotes.text.paragraphs import paragraphs
from quotes.text.quotation_marks import CLOSING, MARK
from quotes.text.spans import contains, overlap, overlaps_any

# A label: a name of up to four words, such as RUIZ, Ana Ruiz or MR. O'NEILL. One letter (Q, A) names nobody.
LABEL = re.compile(r"[\"“]?((?:[A-Z][\w.'’-]+)(?: [A-Z][\w.'’-]*){0,3})(:)[ \t]+(?=\S)")
ASKED = re.compile(r"[\"“]?([QA])[.:][ \t]+(?=\S)")
INNER = re.compile(r"(?<=[.?!”\"] )([QA]):[ \t]+(?=\S)")  # the next one in the same paragraph
# A dash and, up to the end of the line, a name with perhaps an age or a description after it.
SIGNATURE = re.compile(
    r"[\"”’']?\s{0,2}(--|[—–―-])[ \t\xa0]*"
    r"([A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|de|van|von|der|al|bin)){0,5}"
    r"(?: ?[,(][^\n.!?]{1,60})?\.?)[ \t\xa0]*(?=[\r\n]|$)"
)
ASIDE = re.compile(r"[\"“]?[(\[][^)\]]*[)\]]\.?[\"”]?")  # (APPLAUSE.)
WORDS = re.compile(r"[^\W\d_]+[ ,’']+[^\W\d_]+")
ENDING = (".", "!", "?", "…", "—", "–", "-")
FEWEST = 4  # turns by people who speak more than once
LONGEST = 6  # paragraphs of one turn
CERTAIN, LIKELY = 0.8, 0.6  # confidence
CLAUSE = re.compile(r"[^.!?;:“”\"\n]{1,120}:\s*\Z")
WORD = re.compile(r"[^\W\d_]+")


def by_layout(text: str, found: list[Attribution]) -> list[Attribution]:
    """Attributions with those that the layout shows, in text order."""
    lines = paragraphs(text)
    found = _whole(text, [part for one in found for part in _signed(text, one, lines)], lines)
    turns = _turns(text, lines) or _answers(text, lines) or _blocks(text, found, lines)
    if turns:
        found = [rest for one in found if (rest := _beside(one, turns))] + turns
    return sorted(found, key=lambda one: one.content[0])


def _signed(text: str, one: Attribution, lines: list[Offsets]) -> list[Attribution]:
    """The name that follows after a dash is the source, unless the paragraph itself has another.

    Words of an earlier paragraph that have a cue there are another attribution.
    """
    end = one.content[-1][1]
    start = max((a for a, _ in lines if a <= end), default=0)
    here = one.source is not None and start <= one.source[0] <= end
    found = SIGNATURE.match(text, end)
    if here or not found or not any(mark in CLOSING for mark in text[end - 1 : end + 1]):
        return [one]
    source = (found.start(2), found.start(2) + len(found[2].rstrip(' .”"')))
    signed = replace(one, cue=found.span(1), source=source, confidence=CERTAIN, thought=0.0)
    earlier = tuple(span for span in one.content if span[0] < start)
    if earlier and one.cue and one.cue[0] < start:
        last = tuple(span for span in one.content if span[0] >= start)
        return [replace(one, content=earlier), replace(signed, content=last)]
    return [signed]


def _whole(text: str, found: list[Attribution], lines: list[Offsets]) -> list[Attribution]:
    """A signed paragraph that opens with a mark is all the words of whoever signed it."""
    for signed in [one for one in found if one.cue and SIGNATURE.match(text, one.content[-1][1])]:
        end = signed.content[-1][1]
        start = max((a for a, _ in lines if a < end), default=0)
        others = [one for one in found if one is not signed and start <= one.content[0][0] < end]
        if MARK.match(text, start) and start < signed.content[0][0] and not any(one.source for one in others):
            found = [one for one in found if one is not signed and one not in others]
            found.append(replace(signed, content=((start, end),)))
    return found


def _turns(text: str, lines: list[Offsets]) -> list[Attribution]:
    """The turns of a transcript: paragraphs that begin with the labels of people who take turns.

    A paragraph without a label goes on with the turn before it, up to the last label: nobody knows where that
    person stops.
    """
    labels = {n: found for n, (start, end) in enumerate(lines) if (found := LABEL.match(text, start, end))}
    labels = {n: label for n, label in labels.items() if _is_speech(text[label.end() : lines[n][1]])}
    people = Counter(_surname(label) for label in labels.values())
    if len(people) < 2 or not (_take_turns(people) or _introduced(text, labels)):
        return []
    result = []
    for n, following in pairwise([*sorted(labels), max(labels, default=0) + 1]):
        if following - n > LONGEST:
            following = n + 1
        spans = [(labels[n].end(), lines[n][1]), *lines[n + 1 : following]]
        spans = [span for span in spans if not ASIDE.fullmatch(text, *span)]
        if spans:
            source = labels[n].span(1)
            result.append(Attribution(tuple(spans), labels[n].span(2), source, confidence=CERTAIN))
    return result


def _answers(text: str, lines: list[Offsets]) -> list[Attribution]:
    """The answers of an interview: what begins with "A:", after a question that begins with "Q:".

    An answer goes on up to the next label; the last is its own paragraph only.
    """
    labels: list[re.Match[str]] = []
    for start, end in lines:
        first = ASKED.match(text, start, end)
        if first:
            labels += [first, *INNER.finditer(text, first.end(), end)]
    order = "".join(label[1] for label in labels)
    if not order.startswith("Q") or "QA" not in order:
        return []
    result = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else min(b for _, b in lines if b >= label.end())
        spans = [(max(a, label.end()), min(b, stop)) for a, b in lines if a < stop and b > label.end()]
        if label[1] == "A" and len(spans) <= LONGEST:
            content = tuple((a, a + len(text[a:b].rstrip())) for a, b in spans)
            result.append(Attribution(content, label.span(1), None, confidence=CERTAIN))
    return result


def _blocks(text: str, found: list[Attribution], lines: list[Offsets]) -> list[Attribution]:
    """Quotations set off as a paragraph, without marks, after one that ends with "Ruiz added:".

    Only the first paragraph: nobody knows where such a block ends.
    """
    result = []
    for (start, end), (first, stop) in pairwise(lines):
        cue = _announcing(text, start, end)
        block = text[first:stop].rstrip()
        if (
            cue is None
            or MARK.match(block)
            or LABEL.match(block)
            or not block[0].isalnum()
            or not _is_speech(block)
        ):
            continue
        known = next((one for one in found if one.cue and overlap(one.cue, cue)), None)
        source = known.source if known else None
        result.append(Attribution(((first, first + len(block)),), cue, source, confidence=LIKELY))
    return result


def _announcing(text: str, start: int, end: int) -> Offsets | None:
    """The speech verb of the clause that ends a paragraph with a colon."""
    if not text[start:end].rstrip().endswith(":"):
        return None  # most paragraphs: the search below is slow on them
    clause = CLAUSE.search(text, start, end)
    words = list(WORD.finditer(text, *clause.span()))[1:] if clause else []
    said = [word.span() for word in words if is_reporting(word[0])]
    return said[-1] if said else None


def _is_speech(line: str) -> bool:
    """Whether a line has words and ends as a sentence does; a table ("Ruiz: 1,769 votes") does not."""
    return bool(WORDS.search(line)) and line.rstrip(' "”').endswith(ENDING)


def _surname(label: re.Match[str]) -> str:
    return label[1].split()[-1].casefold()


def _take_turns(people: Counter[str]) -> bool:
    return sum(count for count in people.values() if count > 1) >= FEWEST


def _introduced(text: str, labels: dict[int, re.Match[str]]) -> bool:
    """Whether all labels are in capitals, and the names of people who were named before."""
    before = text[: min(label.start() for label in labels.values())].casefold()
    named = set(re.findall(r"[\w.'’-]+", before))
    return all(label[1].isupper() and _surname(label) in named for label in labels.values())


def _beside(one: Attribution, turns: list[Attribution]) -> Attribution | None:
    """An attribution as far as no turn says the same: none of it, or what stands outside with its cue."""
    rivals = [turn for turn in turns if _competes(one, turn)]
    if not rivals:
        return one
    taken = [span for turn in rivals for span in turn.content]
    rest = tuple(span for span in one.content if not overlaps_any(span, taken))
    own = one.cue is not None and not overlaps_any(one.cue, taken)
    return replace(one, content=rest) if rest and own else None


def _competes(one: Attribution, turn: Attribution) -> bool:
    """Whether an attribution says the same as a turn: it has no cue inside the turn's words."""
    inside = any(contains(words, span) for words in turn.content for span in one.content)
    touches = any(overlaps_any(span, turn.content) for span in one.content)
    own = one.cue is not None and any(contains(words, one.cue) for words in turn.content)
    return touches and not (inside and own)
