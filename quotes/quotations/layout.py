"""The pass that attributes by layout where no verb does: turns of a transcript, a dash and a name after a quotation.

RUIZ: We have waited long enough.              “We have waited long enough.” — Ana Ruiz, 61
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.lexicon.cues import is_reporting
from quotes.quotations.attribution import Attribution, Offsets
from quotes.quotations.settings import SETTINGS
from quotes.text.paragraphs import paragraphs
from quotes.text.quotation_marks import CLOSING, MARK
from quotes.text.spans import contains, overlap, overlaps_any

# A name of up to four words and a colon, such as RUIZ:, Ana Ruiz: or MR. O'NEILL:. One letter (Q, A) names nobody.
SPEAKER_LABEL = re.compile(r"[\"“]?((?:[A-Z][\w.'’-]+)(?: [A-Z][\w.'’-]*){0,3})(:)[ \t]+(?=\S)")
QA_LABEL = re.compile(r"[\"“]?([QA])[.:][ \t]+(?=\S)")
INLINE_QA_LABEL = re.compile(r"(?<=[.?!”\"] )([QA]):[ \t]+(?=\S)")  # the next one in the same paragraph
# A dash and, up to the end of the line, a name with perhaps an age or a description after it.
SIGNATURE = re.compile(
    r"[\"”’']?\s{0,2}(--|[—–―-])[ \t\xa0]*"
    r"([A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|de|van|von|der|al|bin)){0,5}"
    r"(?: ?[,(][^\n.!?]{1,60})?\.?)[ \t\xa0]*(?=[\r\n]|$)"
)
STAGE_DIRECTION = re.compile(r"[\"“]?[(\[][^)\]]*[)\]]\.?[\"”]?")  # (APPLAUSE.)
TWO_WORDS = re.compile(r"[^\W\d_]+[ ,’']+[^\W\d_]+")
SENTENCE_ENDINGS = (".", "!", "?", "…", "—", "–", "-")
COLON_CLAUSE = re.compile(r"[^.!?;:“”\"\n]{1,120}:\s*\Z")
LETTERS = re.compile(r"[^\W\d_]+")


def attribute_by_layout(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with those that the layout shows, in text order.

    A transcript's turns, else an interview's answers, else blocks that a colon announces; and signed quotations. They
    take the place of what the tagger found in the same words.
    """
    paragraph_spans = paragraphs(text)
    result = [
        part
        for attribution in attributions
        for part in _attribute_to_signature(text, attribution, paragraph_spans)
    ]
    result = _widen_signed(text, result, paragraph_spans)
    turns = (
        _transcript_turns(text, paragraph_spans)
        or _interview_answers(text, paragraph_spans)
        or _announced_blocks(text, result, paragraph_spans)
    )
    if turns:
        result = [rest for attribution in result if (rest := _outside_turns(attribution, turns))] + turns
    return sorted(result, key=lambda attribution: attribution.content[0])


def _attribute_to_signature(
    text: str, attribution: Attribution, paragraph_spans: list[Offsets]
) -> list[Attribution]:
    """The attribution with the name behind a dash as its source, unless its own paragraph has another source.

    Fragments in an earlier paragraph that has the cue stay an attribution of their own.
    """
    end = attribution.content[-1][1]
    start = max((first for first, _ in paragraph_spans if first <= end), default=0)
    has_source = attribution.source is not None and start <= attribution.source[0] <= end
    signature = SIGNATURE.match(text, end)
    if has_source or not signature or not any(mark in CLOSING for mark in text[end - 1 : end + 1]):
        return [attribution]
    source = (signature.start(2), signature.start(2) + len(signature[2].rstrip(' .”"')))
    signed = replace(
        attribution,
        cue=signature.span(1),
        source=source,
        confidence=SETTINGS.labelled_confidence,
        thought=0.0,
    )
    earlier = tuple(span for span in attribution.content if span[0] < start)
    if earlier and attribution.cue and attribution.cue[0] < start:
        last = tuple(span for span in attribution.content if span[0] >= start)
        return [replace(attribution, content=earlier), replace(signed, content=last)]
    return [signed]


def _widen_signed(
    text: str, attributions: list[Attribution], paragraph_spans: list[Offsets]
) -> list[Attribution]:
    """Attributions, a signed one with its whole paragraph as content if that opens with a mark.

    Other attributions in that paragraph are parts of it and go, unless one has a source of its own.
    """
    result = attributions
    for signed in [a for a in attributions if a.cue and SIGNATURE.match(text, a.content[-1][1])]:
        end = signed.content[-1][1]
        start = max((first for first, _ in paragraph_spans if first < end), default=0)
        parts = [part for part in result if part is not signed and start <= part.content[0][0] < end]
        opens_before = bool(MARK.match(text, start)) and start < signed.content[0][0]
        if opens_before and not any(part.source for part in parts):
            result = [other for other in result if other is not signed and other not in parts]
            result.append(replace(signed, content=((start, end),)))
    return result


def _transcript_turns(text: str, paragraph_spans: list[Offsets]) -> list[Attribution]:
    """The turns of a transcript as attributions: paragraphs that begin with the labels of people who take turns.

    A paragraph without a label goes on with the turn before it, up to the last label: nothing tells where that
    person stops.
    """
    labels = {
        number: label
        for number, (start, end) in enumerate(paragraph_spans)
        if (label := SPEAKER_LABEL.match(text, start, end)) and _is_sentence(text[label.end() : end])
    }
    people = Counter(_surname(label) for label in labels.values())
    if len(people) < 2 or not (_alternate(people) or _are_introduced(text, labels)):
        return []
    result = []
    for number, following in pairwise([*sorted(labels), max(labels, default=0) + 1]):
        label = labels[number]
        if following - number > SETTINGS.turn_paragraphs:
            following = number + 1
        spans = [(label.end(), paragraph_spans[number][1]), *paragraph_spans[number + 1 : following]]
        spans = [span for span in spans if not STAGE_DIRECTION.fullmatch(text, *span)]
        if spans:
            source, cue = label.span(1), label.span(2)
            result.append(Attribution(tuple(spans), cue, source, SETTINGS.labelled_confidence))
    return result


def _interview_answers(text: str, paragraph_spans: list[Offsets]) -> list[Attribution]:
    """The answers of an interview as attributions: what begins with "A:", after a question that begins with "Q:".

    An answer goes on up to the next label; the last is its own paragraph only.
    """
    labels: list[re.Match[str]] = []
    for start, end in paragraph_spans:
        first = QA_LABEL.match(text, start, end)
        if first:
            labels += [first, *INLINE_QA_LABEL.finditer(text, first.end(), end)]
    order = "".join(label[1] for label in labels)
    if not order.startswith("Q") or "QA" not in order:
        return []
    result = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else min(b for _, b in paragraph_spans if b >= label.end())
        spans = [
            (max(a, label.end()), min(b, stop)) for a, b in paragraph_spans if a < stop and b > label.end()
        ]
        if label[1] == "A" and len(spans) <= SETTINGS.turn_paragraphs:
            content = tuple((a, a + len(text[a:b].rstrip())) for a, b in spans)
            result.append(Attribution(content, label.span(1), None, SETTINGS.labelled_confidence))
    return result


def _announced_blocks(
    text: str, attributions: list[Attribution], paragraph_spans: list[Offsets]
) -> list[Attribution]:
    """Block quotations as attributions: a paragraph without marks after one that ends with "Ruiz added:".

    Only the first paragraph: nothing tells where such a block ends.
    """
    result = []
    for (start, end), (first, stop) in pairwise(paragraph_spans):
        cue = _announcing_verb(text, start, end)
        block = text[first:stop].rstrip()
        if (
            cue is None
            or MARK.match(block)
            or SPEAKER_LABEL.match(block)
            or not block[0].isalnum()
            or not _is_sentence(block)
        ):
            continue
        same_cue = next((a for a in attributions if a.cue and overlap(a.cue, cue)), None)
        source = same_cue.source if same_cue else None
        content = ((first, first + len(block)),)
        result.append(Attribution(content, cue, source, SETTINGS.announced_confidence))
    return result


def _announcing_verb(text: str, start: int, end: int) -> Offsets | None:
    """The speech verb of the clause that ends a paragraph with a colon."""
    if not text[start:end].rstrip().endswith(":"):
        return None  # most paragraphs: the search below is slow on them
    clause = COLON_CLAUSE.search(text, start, end)
    words = list(LETTERS.finditer(text, *clause.span()))[1:] if clause else []
    verbs = [word.span() for word in words if is_reporting(word[0])]
    return verbs[-1] if verbs else None


def _is_sentence(line: str) -> bool:
    """Whether a line has words and ends as a sentence does; a table ("Ruiz: 1,769 votes") does not."""
    return bool(TWO_WORDS.search(line)) and line.rstrip(' "”').endswith(SENTENCE_ENDINGS)


def _surname(label: re.Match[str]) -> str:
    """The surname in a speaker label, without case."""
    return label[1].split()[-1].casefold()


def _alternate(people: Counter[str]) -> bool:
    """Whether there are enough turns by people who speak more than once."""
    return sum(count for count in people.values() if count > 1) >= SETTINGS.transcript_turns


def _are_introduced(text: str, labels: dict[int, re.Match[str]]) -> bool:
    """Whether all labels are in capitals, and the names of people who were named before."""
    before = text[: min(label.start() for label in labels.values())].casefold()
    named = set(re.findall(r"[\w.'’-]+", before))
    return all(label[1].isupper() and _surname(label) in named for label in labels.values())


def _outside_turns(attribution: Attribution, turns: list[Attribution]) -> Attribution | None:
    """The attribution as far as no turn has the same words: all, none, or the fragments outside with their cue."""
    rivals = [turn for turn in turns if _is_rival(attribution, turn)]
    if not rivals:
        return attribution
    taken = [span for turn in rivals for span in turn.content]
    rest = tuple(span for span in attribution.content if not overlaps_any(span, taken))
    cue_outside = attribution.cue is not None and not overlaps_any(attribution.cue, taken)
    return replace(attribution, content=rest) if rest and cue_outside else None


def _is_rival(attribution: Attribution, turn: Attribution) -> bool:
    """Whether an attribution has words of a turn, and no cue of its own within that turn."""
    inside = any(contains(words, span) for words in turn.content for span in attribution.content)
    touches = any(overlaps_any(span, turn.content) for span in attribution.content)
    cue_inside = attribution.cue is not None and any(
        contains(words, attribution.cue) for words in turn.content
    )
    return touches and not (inside and cue_inside)
