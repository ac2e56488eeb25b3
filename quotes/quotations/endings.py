"""Where contents end: before what the reporter adds to the words that are reported."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.text.quotation_marks import CLOSING, SURE_MARKS
from quotes.text.spans import trim

# Falk said the camp would close [and so did Brand].
SECOND_SPEAKER = re.compile(
    r"(?:,?\s+|\A)(?:(?:and so|and neither|and nor|nor|as|so)\s+(?:does|do|did)\s+[^,.;]{2,60}"
    r"(?:, (?:the|an?|(?=[A-Z0-9]))[^,.;]{2,60}){0,2}"  # ", the mayor", ", Ana Ruiz"
    # the road was safe[, a view shared by the police]
    r"|an? (?:view|claim|position|sentiment|concern|fear|opinion|point|charge|allegation|assertion|statement|call)"
    r"(?: (?:that|which) (?:is|was|has been))? (?:\w+ly )?"
    r"(?:shared|echoed|repeated|backed|supported|denied|rejected|disputed|contested|dismissed|endorsed) by\b.*"
    # the road was safe[, a version that the police confirmed]
    r"|,\s+an? (?:version|account|story|view|claim|charge|allegation|figure) (?:that |which )?[^.;]{2,60}"
    r" (?:confirmed|confirms|denied|denies|disputed|disputes|rejected|rejects|shared|shares|backed|repeated))\Z",
    re.S,
)
TIMES = frozenset(["DATE", "TIME"])
SENTENCE_GAP = re.compile(r"[.!?][”\"’']?\s+(?=\S)")
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|my|our)\b")


def trim_end(doc: Doc, text: str, attribution: Attribution, spans: Sequence[Offsets]) -> list[Offsets]:
    """Fragments without what is no part of a content at its end: another sentence or speaker, the day, a comma."""
    spans = _before_second_speaker(text, list(spans))
    start, end = spans[-1]
    if not any(char in SURE_MARKS for char in text[start:end]):
        end = _in_one_sentence(doc, text, attribution, (start, end))
        end = start + len(text[start:end].rstrip(" ,;"))
    else:
        end = _before_day(doc, text, (start, end))
    return [*spans[:-1], (start, end)] if end > start else spans


def _in_one_sentence(doc: Doc, text: str, attribution: Attribution, span: Offsets) -> int:
    """Where a content without marks ends: with its cue's sentence, unless a speech goes on in the first person.

    No content of the training articles that is told in the third person has words of two sentences.
    """
    start, end = span
    cue = token_span(doc, attribution.cue)
    if cue is None or cue.end_char > start or not SENTENCE_GAP.search(text, start, end):
        return end
    if ":" in text[cue.start_char : start] or FIRST_PERSON.search(text, start, end):
        return end
    stop = cue[-1].sent.end_char
    ends = text[start:stop].rstrip().endswith((".", "!", "?"))
    return start + len(text[start:stop].rstrip(" .!?\n")) if start < stop < end and ends else end


def _before_day(doc: Doc, text: str, span: Offsets) -> int:
    """Where a content in marks ends: with them, not with the day behind them: said “the bridge is safe” on Monday."""
    start, end = span
    tokens = token_span(doc, span)
    closed = max(text.rfind(mark, start, end) for mark in CLOSING)
    if tokens is None or text[start] not in SURE_MARKS or closed <= start:
        return end
    tail = trim(text, closed + 1, end)
    words = token_span(doc, tail) if tail[0] < tail[1] else None
    if words is None:
        return end
    day = words[1:] if words[0].tag_ == "IN" else words
    is_day = len(day) > 0 and all(token.ent_type_ in TIMES or token.is_punct for token in day)
    return closed + 1 if is_day else end


def _before_second_speaker(text: str, spans: list[Offsets]) -> list[Offsets]:
    """Fragments without a clause about somebody else who said so too."""
    start, end = spans[-1]
    clause = SECOND_SPEAKER.search(text[start:end])
    if clause is None or (not clause.start() and len(spans) == 1):
        return spans
    return [*spans[:-1], (start, start + clause.start())] if clause.start() else spans[:-1]
