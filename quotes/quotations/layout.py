"""The pass that attributes by layout where no verb does: turns of a transcript, a dash and a name after a quotation.

RUIZ: We have waited long enough.              “We have waited long enough.” — Ana Ruiz, 61
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from quotes.lexicon.words import word_set
from quotes.quotations.attribution import Attribution, Offsets
from quotes.quotations.blocks import announced_blocks
from quotes.quotations.dialogue import dashed_dialogue
from quotes.quotations.interviews import interview_answers, unlabelled_answers
from quotes.quotations.name_lines import attribute_to_names
from quotes.quotations.opening_words import opening_words
from quotes.quotations.settings import SETTINGS
from quotes.quotations.transcripts import transcript_turns
from quotes.text.paragraphs import paragraphs
from quotes.text.quotation_marks import CLOSING, MARK, pairs
from quotes.text.spans import contains, overlaps_any

# A dash and, up to the end of the line, a name with perhaps an age or a description after it.
SIGNATURE = re.compile(
    r"[\"”’']?\s{0,2}(--|[—–―-])[ \t\xa0]*"
    r"(?:[a-z][\w'’-]+ ){0,4}([A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|de|van|von|der|al|bin)){0,5}"
    r"(?: ?[,(][^\n.!?]{1,60})?\.?)[ \t\xa0]*(?=[\r\n]|$)"
)
FURNITURE_LABEL = re.compile(
    r"[(\[]?([^\W\d_][^\W\d_’' ]*(?:[ ’'][^\W\d_]+){0,4}) ?(?::|[|—–](?= )|(?<=caption|.source),)"
)
LINK_HEADINGS = frozenset(
    label
    for label in word_set("quotations/furniture_labels")
    if label.startswith(("also ", "listen", "read", "related", "see also", "watch", "more on"))
)
LINK_LABELS = "|".join(map(re.escape, sorted(LINK_HEADINGS)))
LINK = re.compile(rf"[\[(](?:{LINK_LABELS}):[^\[\]()\n]*[\])]|(?<=[.!?”\"] )(?:{LINK_LABELS}): [^\n]*", re.I)
FIRST_PERSON = frozenset(["i", "we"])


def attribute_by_layout(doc: Doc, text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with those that the layout shows, in text order.

    A transcript's turns, else an interview's answers, else a dialogue with dashes, else blocks that a colon announces;
    and signed or labelled quotations. They take the place of what the tagger found in the same words. What belongs to
    the page is no quotation: links to other articles, captions.
    """
    paragraph_spans = _of_article(text)
    links = inline_furniture(text, paragraph_spans)
    result = [kept for attribution in attributions if (kept := _within(attribution, paragraph_spans))]
    result = [part for part in result if not any(contains(link, part.content[0]) for link in links)]
    result = [
        part for attribution in result for part in _attribute_to_signature(text, attribution, paragraph_spans)
    ]
    result = _widen_signed(text, result, paragraph_spans)
    marks = [pair for pair in pairs(text) if not pair.depth]
    result = opening_words(doc, text, result, paragraph_spans, marks)
    result = attribute_to_names(doc, text, result, paragraph_spans, marks)
    people = [(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ == "PERSON"]
    places = [(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ == "GPE"]
    turns = (
        transcript_turns(text, paragraph_spans, people, places)
        or interview_answers(text, paragraph_spans)
        or unlabelled_answers(text, paragraph_spans, people, doc._.emphasised_lines)
        or dashed_dialogue(text, paragraph_spans)
        or announced_blocks(text, result, paragraph_spans, doc._.block_quotations, people)
    )
    turns = [turn for turn in turns if not any(_tells_who(turn, attribution) for attribution in result)]
    if turns:
        result = [rest for attribution in result if (rest := _outside_turns(text, attribution, turns))]
        result += [turn for turn in turns if turn.confidence]
    return sorted(result, key=lambda attribution: attribution.content[0])


def _of_article(text: str) -> list[Offsets]:
    """The paragraphs of an article without those of the page, and without the headlines under "Related articles"."""
    result: list[Offsets] = []
    links = False
    for span in paragraphs(text):
        words = text[slice(*span)].strip()
        heading = words.rstrip(":").casefold() in LINK_HEADINGS
        links = heading or (links and words[-1:] not in '.!?”"')
        if not links and not _is_furniture(text, *span):
            result.append(span)
    return result


def inline_furniture(text: str, paragraph_spans: Sequence[Offsets]) -> list[Offsets]:
    """Links to other articles within paragraphs: "[Watch: ...]", "They left. Read more: ..."."""
    return [match.span() for span in paragraph_spans for match in LINK.finditer(text, *span)]


def _is_furniture(text: str, start: int, end: int) -> bool:
    """Whether a paragraph belongs to the page: "READ MORE: ...", "Photo: ..."."""
    label = FURNITURE_LABEL.match(text, start, end)
    return label is not None and label[1].casefold() in word_set("quotations/furniture_labels")


def _within(attribution: Attribution, paragraph_spans: Sequence[Offsets]) -> Attribution | None:
    """The attribution without fragments in other paragraphs than these."""
    content = tuple(span for span in attribution.content if overlaps_any(span, paragraph_spans))
    return replace(attribution, content=content) if content else None


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


def _outside_turns(text: str, attribution: Attribution, turns: list[Attribution]) -> Attribution | None:
    """The attribution as far as no turn has the same words: all, none, or the fragments outside with their cue."""
    rivals = [turn for turn in turns if _is_rival(text, attribution, turn)]
    if not rivals:
        return attribution
    taken = [span for turn in rivals for span in turn.content]
    rest = tuple(span for span in attribution.content if not overlaps_any(span, taken))
    cue_outside = attribution.cue is not None and not overlaps_any(attribution.cue, taken)
    return replace(attribution, content=rest) if rest and cue_outside else None


def _tells_who(turn: Attribution, attribution: Attribution) -> bool:
    """Whether a sentence within an answer without a label says whose it is: "Now I own a shop, says Ana Ruiz"."""
    is_told = turn.cue is not None or turn.source is not None or turn.verbatim  # a dash opens its words
    if is_told or not (attribution.cue and attribution.source):
        return False
    inside = all(any(contains(words, span) for words in turn.content) for span in attribution.spans)
    covered = sum(end - start for start, end in attribution.spans)
    return inside and 2 * covered > sum(end - start for start, end in turn.content)


def _is_rival(text: str, attribution: Attribution, turn: Attribution) -> bool:
    """Whether an attribution has words of a turn, and no cue of its own within that turn."""
    inside = any(contains(words, span) for words in turn.content for span in attribution.content)
    touches = any(overlaps_any(span, turn.content) for span in attribution.content)
    source = attribution.source
    if (
        touches
        and source
        and text[slice(*source)].casefold() in FIRST_PERSON
        and overlaps_any(source, turn.content)
    ):
        return True  # "I ask unanimous consent": the turn itself
    cue_inside = attribution.cue is not None and any(
        contains(words, attribution.cue) for words in turn.content
    )
    return touches and not (inside and cue_inside)
