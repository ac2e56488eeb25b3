"""The pass that joins a quotation that goes on in the next paragraph without a reporting clause of its own.

    “The bridge is closed,” the mayor said.

    “It will open again in June.”

Both corpora annotate the two as one attribution wherever the second has no cue: in 50 of 52 places of the training
articles, and in none where it has one. Otherwise it has the source of the report that ends the paragraph before: of 39
quotations without a cue in the world's training articles the last source before is right for 31, and a learned choice
among all sources near by was hardly better. So it is behind a report with some words in marks (right for five of
seven in the training articles, two without a source there); behind one that is all in marks, two may talk in turn.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.introductions import ASKING_CUE
from quotes.quotations.settings import SETTINGS
from quotes.text.paragraphs import paragraphs
from quotes.text.quotation_marks import CLOSING, MARK
from quotes.text.sentence_ends import ends_sentence

QUESTION = re.compile(r"(?:whether|if|why|how)\b", re.I)  # "inquired [whether]"


def join_continued(doc: Doc, text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions in the order given, a cueless quotation joined to the one that ends the paragraph before.

    ``text`` is the Doc's. Where the clause reports something else as well ("he said, adding that ..."), whose words
    follow is not known.
    """
    bounds = paragraphs(text)
    starts = [start for start, _ in bounds]
    openings = {part.content[0][0]: part for part in attributions if _goes_on(text, part)}
    begun = sorted(span[0] for part in attributions for span in part.content)
    joined: set[int] = set()  # where what has been joined begins
    result = []
    for part in attributions:
        number = bisect_right(starts, part.content[-1][0])
        rest = openings.get(starts[number]) if number < len(starts) else None
        end = bounds[number - 1][1]
        alone = bisect_left(begun, part.content[-1][1]) == bisect_left(begun, end)
        answered = rest is not None and _is_answered(text, rest, starts)
        if rest and rest is not part and alone and not answered and _ends_paragraph(doc, text, part, end):
            joined.add(rest.content[0][0])
            part = replace(part, content=(*part.content, *rest.content))
        result.append(part)
    result = [part for part in result if not (part.cue is None and part.content[0][0] in joined)]
    return _with_last_source(doc, text, result, starts)


def _with_last_source(
    doc: Doc, text: str, attributions: Sequence[Attribution], starts: Sequence[int]
) -> list[Attribution]:
    """Attributions, a quotation that opens a paragraph with the source of the report that ends the paragraph before.

    Ruiz said that the bridge was “closed for good”.      “It is over.”
    """
    cued = sorted((part for part in attributions if part.source), key=lambda part: part.content)
    begun = [part.content[0][0] for part in cued]
    result = []
    for part in attributions:
        start = part.content[0][0]
        at, before = bisect_left(starts, start), bisect_left(begun, start) - 1
        opens = 0 < at < len(starts) and starts[at] == start and _goes_on(text, part)
        if opens and before >= 0 and _reports_at_end(doc, text, cued[before], (starts[at - 1], start)):
            part = replace(part, source=cued[before].source)
        result.append(part)
    return result


def _reports_at_end(doc: Doc, text: str, attribution: Attribution, paragraph: Offsets) -> bool:
    """Whether a report that is not all in marks is the last sentence of a paragraph, and neither asks nor thinks."""
    spans = attribution.spans
    last = token_span(doc, max(spans, key=lambda span: span[1]))
    is_thought = attribution.thought >= SETTINGS.thought_probability  # "wanted to know"
    if last is None or attribution.by_layout or is_thought or min(spans)[0] < paragraph[0]:
        return False
    asks = _asks(text, attribution) or QUESTION.match(text, attribution.content[0][0]) is not None
    is_direct = MARK.match(text, attribution.content[0][0]) is not None
    is_sentence = ends_sentence(text, *paragraph)  # no headline
    return (
        is_sentence and not asks and not is_direct and not text[last[-1].sent.end_char : paragraph[1]].strip()
    )


def _asks(text: str, attribution: Attribution) -> bool:
    """Whether a cue asks, so that what follows is the answer."""
    return attribution.cue is not None and ASKING_CUE.search(text, *attribution.cue) is not None


def _is_answered(text: str, attribution: Attribution, starts: list[int]) -> bool:
    """Whether a quotation is a question, and the next paragraph is in marks too: two people talk."""
    end = attribution.content[-1][1]
    following = bisect_right(starts, end - 1)
    asks = text[attribution.content[-1][0] : end].rstrip("”\"’'»")[-1:] == "?"
    return asks and following < len(starts) and MARK.match(text, starts[following]) is not None


def _goes_on(text: str, attribution: Attribution) -> bool:
    """Whether an attribution is a quotation in marks that nothing else attributes."""
    start = attribution.content[0][0]
    bare = attribution.cue is None and attribution.source is None and not attribution.by_layout
    return bare and MARK.match(text, start) is not None


def _ends_paragraph(doc: Doc, text: str, attribution: Attribution, end: int) -> bool:
    """Whether a paragraph ends with the sentence in which the cue stands, right behind a quotation in marks."""
    content, cue = attribution.content[-1], token_span(doc, attribution.cue)
    if cue is None or attribution.by_layout or not content[1] <= cue.start_char < end:
        return False
    in_marks = text[content[1] - 1] in CLOSING
    if text[slice(*content)].rstrip(CLOSING).endswith("?") and _asks(text, attribution):
        return False  # what follows is the answer
    return in_marks and not text[cue.sent.end_char : end].strip()
