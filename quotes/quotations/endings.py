"""Where contents end: before what the reporter adds to the words that are reported."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from quotes.nlp.dependents import word_offsets
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.text.quotation_marks import CLOSING, DOUBLE_MARK, MARK, SURE_MARKS
from quotes.text.spans import trim

# Falk said the camp would close [and so did Brand].
SECOND_SPEAKER = re.compile(
    r"(?:,?\s+|\A)(?:(?:and so|and neither|and nor|nor|as|so)\s+(?:does|do|did)\s+[^,.;]{2,60}"
    r"(?:, (?:the|an?|(?=[A-Z0-9]))[^,.;]{2,60}){0,2}"  # ", the mayor", ", Ana Ruiz"
    # the road was safe[, a view shared by the police]
    r"|an? (?:view|claim|position|sentiment|concern|fear|opinion|point|charge|allegation|assertion|statement|call)"
    r"(?: (?:that|which) (?:is|was|has been))? (?:\w+ly )?"
    r"(?:shared|echoed|repeated|backed|supported|denied|rejected|disputed|contested|dismissed|endorsed) by\b.*"
    # the mayor would resign[, citing two people close to her]
    r"|(?<=, )(?:citing|quoting)\s[^“”\"]{2,200}"
    # the road was safe[, a version that the police confirmed]
    r"|(?<=, )an? (?:version|account|story|view|claim|charge|allegation|figure) (?:that |which )?[^.;]{2,60}"
    r" (?:confirmed|confirms|denied|denies|disputed|disputes|rejected|rejects|shared|shares|backed|repeated))\Z",
    re.S,
)
CLOCK = re.compile(r"\d{1,2}(?:[.:]\d\d)?(?:[ap]m)?|[ap]\.?m\.?")
ADVERBIAL_CLAUSES = frozenset(["advcl", "conj", "parataxis"])
TIMES = frozenset(["DATE", "TIME"])
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|my|our)\b")


def trim_end(doc: Doc, text: str, attribution: Attribution, spans: Sequence[Offsets]) -> list[Offsets]:
    """Fragments without what is no part of a content at its end: another sentence or speaker, the day, a comma."""
    spans = _in_one_sentence(doc, text, attribution, _before_second_speaker(text, list(spans)))
    start, end = spans[-1]
    if any(char in SURE_MARKS for char in text[start:end]):
        end = _at_closing_marks(doc, text, (start, end))
    else:
        end = start + len(text[start:end].rstrip(" ,;"))
    return [*spans[:-1], (start, end)] if end > start else spans


def _in_one_sentence(doc: Doc, text: str, attribution: Attribution, spans: list[Offsets]) -> list[Offsets]:
    """Fragments up to the end of the cue's sentence, unless words in marks follow, or a speech in the first person.

    No content of the training articles that is told in the third person has words without marks of two sentences.
    """
    cue, start = token_span(doc, attribution.cue), spans[0][0]
    if cue is None or ":" in text[cue.start_char : start]:
        return spans
    stop = cue[-1].sent.end_char
    if cue.end_char > start:
        return _without_begun_sentence(doc, text, spans, stop)
    rest = [(max(stop, first), last) for first, last in spans if last > stop]
    told = text[start:stop].rstrip().rstrip(CLOSING)
    if not rest or stop <= start or not told.endswith((".", "!", "?")):
        return spans
    if any(FIRST_PERSON.search(text, *span) or DOUBLE_MARK.search(text, *span) for span in rest):
        return spans
    kept = [(first, min(last, stop)) for first, last in spans if first < stop]
    first, last = kept[-1]
    return [*kept[:-1], (first, first + len(text[first:last].rstrip(" .!?\n")))]


def _without_begun_sentence(doc: Doc, text: str, spans: list[Offsets], stop: int) -> list[Offsets]:
    """Fragments without marks, the last as a whole sentence or not at all, if it is one behind the cue's, to ``stop``.

    "The road is closed, Ruiz said. [There was no money for the] guards", "Ruiz said. [This is part of the] deal".
    """
    start, end = spans[-1]
    if start < stop or any(
        FIRST_PERSON.search(text, *span) or DOUBLE_MARK.search(text, *span) or MARK.match(text, span[0])
        for span in spans
    ):
        return spans
    last = token_span(doc, (start, end))
    words = [token for token in last[-1].sent if token.is_alpha] if last is not None else []
    if 2 * sum(token.idx < end for token in words) <= len(words):
        return spans[:-1]
    return [*spans[:-1], (start, max(end, word_offsets(words[-1])[1]))]


def _at_closing_marks(doc: Doc, text: str, span: Offsets) -> int:
    """Where a content in marks ends: with them, not with the day or another clause behind them.

    said “the bridge is safe” [on Monday], shouted “get out” [as the doors closed]
    """
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
    is_day = len(day) > 0 and all(
        token.ent_type_ in TIMES or token.is_punct or CLOCK.fullmatch(token.text) for token in day
    )
    return closed + 1 if is_day or _is_of_another_clause(tokens, words) else end


def _is_of_another_clause(content: Span, words: Span) -> bool:
    """Whether a clause behind marks depends on no word in them, and none of them on it: "as the doors closed"."""
    marked = [token for token in content if token.i < words.start and not token.is_punct]
    tied = any(words.start <= token.head.i < words.end for token in marked)
    tops = [token for token in words if not words.start <= token.head.i < words.end and not token.is_punct]
    outside = all(not content.start <= token.head.i < content.end for token in tops)
    # may go on behind the content
    clauses = {token if token.head.i < content.start else token.head for token in tops}
    return outside and not tied and any(token.dep_ in ADVERBIAL_CLAUSES for token in clauses)


def _before_second_speaker(text: str, spans: list[Offsets]) -> list[Offsets]:
    """Fragments without a clause about somebody else who said so too."""
    start, end = spans[-1]
    clause = SECOND_SPEAKER.search(text[start:end])
    if clause is None or (not clause.start() and len(spans) == 1):
        return spans
    return [*spans[:-1], (start, start + clause.start())] if clause.start() else spans[:-1]
