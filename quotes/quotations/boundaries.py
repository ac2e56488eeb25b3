"""The pass that aligns contents with quotation marks: where they begin and end, which are one, which were missed.

A stretch in marks of ten words is nearly always content; one of one to three words is often a title or scare quotes.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quotes.lexicon.words import word_set
from quotes.quotations.asides import without_asides
from quotes.quotations.attribution import Attribution, Offsets
from quotes.quotations.edges import trim_to_marks
from quotes.quotations.introductions import split_replies
from quotes.quotations.settings import SETTINGS
from quotes.quotations.time_stamps import without_time_stamps
from quotes.text.paragraphs import paragraphs
from quotes.text.quotation_marks import MARK, OPENING, QuotePair, overlapping_pairs, pairs
from quotes.text.quoted import multi_paragraph_quotes
from quotes.text.sentence_ends import ends_sentence
from quotes.text.spans import SpanIndex, any_overlap, contains, trim

CITING_CUE = re.compile(r"(?:cit|quot)(?:e[sd]?|ing)\b")
UNNAMED_SOURCE = re.compile(
    r"(?:\w+[- ]){0,4}(?:people|persons?|sources?|officials?|aides?|diplomats?|executives?|insiders?)\b(?!.* as )"
)
WORK_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(word_set('quotations/work_nouns')))}),? \Z")
ANNOUNCING_CLAUSE = re.compile(rf"[^:.!?\n]{{1,60}}:\s{{1,3}}(?:''|[{OPENING}])")
POSSESSIVE_END = re.compile(r"['’]s\s*\Z")
STANDS_BEHIND = re.compile(r"[.?!:][”\"]?[ \t]+\Z")
STANDS_BEFORE = re.compile(r"\s*(?:[\r\n“\"A-Z]|\Z)")
FIRST_PERSON_WORD = re.compile(r"\bI(?:['’]\w+)?\b")
TITLE_FUNCTION_WORDS = word_set("quotations/title_function_words")
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def align_with_marks(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with contents that agree with the quotation marks, in text order.

    A content with neither a cue nor a mark is dropped, since nothing says that it is one. A long stretch in marks that
    no attribution has becomes one, without cue and source.
    """
    marks = [pair for pair in pairs(text) if not pair.depth]
    paragraph_spans = paragraphs(text)
    ends = [end for _, end in paragraph_spans]
    attributions = without_time_stamps(text, attributions, paragraph_spans)
    continued = {pair.start for pair in marks if pair.continues}
    result = [_release_quotes_from_source(text, attribution, marks) for attribution in attributions]
    result = [replace(part, source=_in_one_paragraph(part, ends)) for part in result]
    result = _part_two_sources(text, result)
    result = [replace(part, content=_split_at_paragraphs(text, part, ends, continued)) for part in result]
    result = [part for whole in result for part in _split_from_headline(text, whole, ends, continued)]
    spans = SpanIndex((part, span) for part in result for span in part.spans)
    result = [replace(part, content=_widen_to_marks(text, part, spans, marks)) for part in result]
    result = _join_continued(result, marks)
    result = without_asides(text, result, marks)
    result = [replace(part, content=_without_titles(text, part.content)) for part in result]
    result = [replace(part, content=_drop_trailing_words(text, part.content, marks)) for part in result]
    result = [part for whole in result for part in split_replies(text, whole, ends)]
    result = [part for whole in result for part in _split_announced(text, whole, marks)]
    result = trim_to_marks(text, result, marks)
    result = [part for part in result if _is_plausible(text, part, marks)]
    result += _missed_quotes(text, result, marks)
    return sorted(result, key=lambda attribution: attribution.content[0])


def _release_quotes_from_source(text: str, attribution: Attribution, marks: list[QuotePair]) -> Attribution:
    """The attribution with a source that ends before a sentence in marks, now content: "asked Ruiz. “Show us.”"."""
    if attribution.source is None:
        return attribution
    start, end = attribution.source
    inner = [pair for pair in overlapping_pairs(marks, start, end) if start < pair.start and pair.end <= end]
    if not inner or not ends_sentence(text, *inner[0][:2], "stop", "comma"):
        return attribution
    stop = start + len(text[start : inner[0].start].rstrip(" .,"))
    if stop == start + len(text[start : inner[0].start].rstrip()):
        return attribution  # a title: "Ruiz, the author of “Going Home,” says"
    quoted = ((pair.start, pair.end) for pair in inner)
    content = tuple(sorted({*attribution.content, *quoted}))
    return replace(attribution, source=(start, stop), content=content)


def _part_two_sources(text: str, attributions: list[Attribution]) -> list[Attribution]:
    """Attributions, a source that two share parted where it goes on in a new sentence: "said [Ruiz]. [Stern's] reply:".

    Behind its cue no source ends with a possessive.
    """
    ends: dict[Offsets, int] = {}
    for part in attributions:
        if part.source and part.cue and part.cue[1] <= part.source[0]:
            stop = text.rfind(". ", *part.source)
            if stop > part.source[0] and POSSESSIVE_END.search(text, *part.source):
                ends[part.source] = stop
    result = []
    for part in attributions:
        if part.source in ends and part.source and part.cue:
            (start, end), stop = part.source, ends[part.source]
            owner = POSSESSIVE_END.search(text, start, end)
            own = (stop + len(". "), owner.start() if owner else end)
            part = replace(part, source=(start, stop) if part.cue[1] <= start else own)
        result.append(part)
    return result


def _in_one_paragraph(attribution: Attribution, ends: list[int]) -> Offsets | None:
    """The source up to the end of its paragraph: a headline "..., say nurses" does not go on in the text."""
    if attribution.source is None:
        return None
    start, end = attribution.source
    at = bisect_right(ends, start)
    return (start, min(end, ends[at])) if at < len(ends) else (start, end)


def _split_from_headline(
    text: str, attribution: Attribution, ends: list[int], continued: set[int]
) -> list[Attribution]:
    """An attribution, and one without cue for what is said without marks in paragraphs that do not have its cue.

    A headline and the first sentence say the same, each with a cue of its own.
    """
    cue = attribution.cue
    if cue is None or len(attribution.content) < 2:
        return [attribution]
    place = bisect_right(ends, cue[0])
    far = tuple(
        span
        for span in attribution.content
        if bisect_right(ends, span[0]) != place
        and not MARK.match(text, span[0])
        and span[0] not in continued
        and text[cue[1] : span[0]].strip()[-1:] != ":"
    )
    near = tuple(span for span in attribution.content if span not in far)
    if not far or not near:
        return [attribution]
    return [replace(attribution, content=near), replace(attribution, content=far, cue=None, source=None)]


def _split_at_paragraphs(
    text: str, attribution: Attribution, ends: list[int], continued: set[int]
) -> tuple[Offsets, ...]:
    """The content's fragments, split at the ends of paragraphs.

    What goes on in the next paragraph opens with a mark again, or is quoted from its start (``continued``); where it
    does not, the part nearest to the cue is kept.
    """
    result: list[Offsets] = []
    for start, end in attribution.content:
        parts = []
        at = bisect_right(ends, start)
        while at < len(ends) and ends[at] < end:
            parts.append((start, ends[at]))
            start, at = trim(text, ends[at], end)[0], at + 1
        parts.append((start, end))
        if all(MARK.match(text, part[0]) or part[0] in continued for part in parts[1:]):
            result += parts
        else:
            cue = attribution.cue or attribution.content[0]
            result.append(min(parts, key=lambda part: max(part[0] - cue[1], cue[0] - part[1])))
    return tuple(result)


def _split_announced(text: str, attribution: Attribution, marks: list[QuotePair]) -> list[Attribution]:
    """An attribution for what a colon announces, and one for the words without marks before its cue.

    "The vote will be close, Ruiz said: “We need every member.”"
    """
    cue, content = attribution.cue, attribution.content
    if cue is None or not ANNOUNCING_CLAUSE.match(text, cue[0]):
        return [attribution]
    before = tuple(span for span in content if span[1] <= cue[0] and not overlapping_pairs(marks, *span))
    after = tuple(span for span in content if span not in before)
    if not before or not after or not MARK.match(text, after[0][0]):
        return [attribution]
    return [replace(attribution, content=before), replace(attribution, content=after)]


def _without_titles(text: str, content: tuple[Offsets, ...]) -> tuple[Offsets, ...]:
    """The content without titles of works, if something is left: "in his book, “The Long Way Home,” he says"."""
    kept = tuple(span for span in content if not _is_title_of_work(text, span))
    return kept or content


def _is_title_of_work(text: str, span: Offsets) -> bool:
    """Whether a fragment is a title behind a noun for a work."""
    start, end = span
    return _is_title(text[start:end]) and WORK_BEFORE.search(text[max(0, start - 40) : start]) is not None


def _is_plausible(text: str, attribution: Attribution, marks: list[QuotePair]) -> bool:
    """Whether a content is a quotation: not an unnamed source, the title of a work, or a few words without cue."""
    cue, content = attribution.cue, attribution.content
    words = sum(len(WORD.findall(text, start, end)) for start, end in content)
    if cue and CITING_CUE.match(text, *cue) and UNNAMED_SOURCE.match(text, *content[0]):
        return False  # "citing two people close to Lim"
    if all(_is_title_of_work(text, span) for span in content):
        return False
    if cue is None:
        is_title = words > 1 and all(_is_title(text[start:end]) for start, end in content)
        is_sentence = any(ends_sentence(text, *span, "stop", "comma") for span in content)
        if is_title or (words < SETTINGS.cueless_words and not is_sentence):
            return False
    if any(overlapping_pairs(marks, *span) for span in content):
        return words > 0
    return cue is not None and words > 0


def _widen_to_marks(
    text: str, attribution: Attribution, spans: SpanIndex[Attribution], marks: list[QuotePair]
) -> tuple[Offsets, ...]:
    """The content's fragments, widened to the marks that they nearly fill if none of the other ``spans`` is there."""
    result: list[Offsets] = []
    for start, end in attribution.content:
        for pair in overlapping_pairs(marks, start, end):
            covered = min(end, pair.end) - max(start, pair.start)
            if covered < SETTINGS.quoted_share * (pair.end - pair.start):
                continue
            wide = min(start, pair.start), max(end, pair.end)
            if all(span in attribution.content for _, span in spans.overlapping(wide)):
                start, end = wide
        start, end = trim(text, start, end)
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif end > start:
            result.append((start, end))
    return tuple(result) or attribution.content


def _join_continued(attributions: list[Attribution], marks: list[QuotePair]) -> list[Attribution]:
    """Attributions with one content for each quotation, over several paragraphs too if its marks re-open.

    Those of its last paragraph may be missing; but marks that neither close nor open again are a slip.
    """
    quotes = [quote for quote in multi_paragraph_quotes(marks) if quote[-1].closed or len(quote) > 1]
    starts = sorted(span[0] for attribution in attributions for span in attribution.spans)
    result: list[Attribution | None] = list(attributions)
    for quote, members in _by_quote(attributions, quotes, marks).items():
        parts = [(number, part) for number in members if (part := result[number])]
        if len(parts) < 2 or len({part.cue for _, part in parts if part.cue}) > 1:
            continue
        kept, anchor = next(((number, part) for number, part in parts if part.cue), parts[0])
        spans = sorted(span for _, part in parts for span in part.content)
        for number, _ in parts:
            result[number] = None
        result[kept] = replace(anchor, content=_fill_gaps(spans, quotes[quote], starts))
    return [attribution for attribution in result if attribution]


def _by_quote(
    attributions: list[Attribution], quotes: list[tuple[QuotePair, ...]], marks: list[QuotePair]
) -> dict[int, list[int]]:
    """For each quotation in marks the attributions that are parts of it: they have a cue, or lie within its marks."""
    quote_at = {pair.start: number for number, quote in enumerate(quotes) for pair in quote}
    members: dict[int, list[int]] = {}
    for number, attribution in enumerate(attributions):
        inside = (pair for span in attribution.content for pair in overlapping_pairs(marks, *span))
        touched = [quote_at.get(pair.start) for pair in inside]
        for quote in dict.fromkeys(touched):
            if quote is not None and (attribution.cue or _is_inside(attribution.content, quotes[quote])):
                members.setdefault(quote, []).append(number)
    return members


def _is_inside(content: tuple[Offsets, ...], quote: tuple[QuotePair, ...]) -> bool:
    """Whether a fragment of the content lies within one of the quotation's pairs of marks."""
    return any(contains((pair.start, pair.end), span) for pair in quote for span in content)


def _fill_gaps(spans: list[Offsets], quote: tuple[QuotePair, ...], starts: list[int]) -> tuple[Offsets, ...]:
    """Spans, two in one pair of marks as one with what lies between them, unless another span starts there."""
    result = spans[:1]
    for start, end in spans[1:]:
        before = result[-1][1]
        in_one_pair = any(pair.start < before and start < pair.end for pair in quote)
        if in_one_pair and bisect_left(starts, before) == bisect_left(starts, start):
            result[-1] = (result[-1][0], max(before, end))
        else:
            result.append((start, end))
    return tuple(result)


def _drop_trailing_words(
    text: str, content: tuple[Offsets, ...], marks: list[QuotePair]
) -> tuple[Offsets, ...]:
    """The content without words behind marks that close a sentence in it: “Don't,” until the door opened.

    The same behind marks and a comma: said “enough”, then left. Titles are closed like that within a sentence.
    """
    result: list[Offsets] = []
    for start, end in content:
        pair = next(iter(overlapping_pairs(marks, start, end)), None)
        if pair is None and result and _ends_sentence(text, result[-1]):
            continue  # “It's fine,” Ruiz said of the delay
        closes = pair is not None and (
            _ends_sentence(text, (start, pair.end)) or (pair.closed and text[pair.end : pair.end + 1] == ",")
        )
        if pair and closes and pair.start == start and pair.end < end:
            bare = not overlapping_pairs(marks, pair.end, end)
            is_sentence = ends_sentence(text, start, pair.end, in_marks=True)
            end = pair.end if bare and (is_sentence or not _is_title(text[start : pair.end])) else end
        result.append((start, end))
    return tuple(result)


def _stands_alone(text: str, quote: tuple[QuotePair, ...]) -> bool:
    """Whether a quotation is a sentence of its own behind another one or a colon, in the same paragraph."""
    first, last = quote[0], quote[-1]
    behind = last.closed and ends_sentence(text, last.start, last.end, in_marks=True)
    return (
        behind
        and STANDS_BEHIND.search(text, max(0, first.start - 4), first.start) is not None
        and (STANDS_BEFORE.match(text, last.end) is not None)
    )


def _ends_sentence(text: str, span: Offsets) -> bool:
    """Whether a stretch in marks ends as a sentence, or with the comma that stands for its full stop."""
    return bool(MARK.match(text, span[0])) and ends_sentence(text, *span, "stop", "comma", in_marks=True)


def _is_title(words: str) -> bool:
    """Whether all words are capitalised as in a title: all but short function words, and no "I" among them."""
    capitalised = all(word[0].isupper() or word in TITLE_FUNCTION_WORDS for word in WORD.findall(words))
    return capitalised and not FIRST_PERSON_WORD.search(words)


def _missed_quotes(text: str, attributions: list[Attribution], marks: list[QuotePair]) -> list[Attribution]:
    """Attributions without cue and source for what is in marks and no other attribution overlaps.

    That is long stretches, and sentences that stand by themselves behind another one or a colon: of the latter, 197 of
    199 in the training articles are quotations.
    """
    taken = sorted(span for attribution in attributions for span in attribution.spans)
    result: list[Attribution] = []
    for quote in multi_paragraph_quotes(marks):
        content = tuple((pair.start, pair.end) for pair in quote)
        words = sum(len(WORD.findall(text, *span)) for span in content)
        is_quotation = words >= SETTINGS.missed_quote_words or (words > 0 and _stands_alone(text, quote))
        if is_quotation and not any_overlap(content, taken):
            result.append(Attribution(content, confidence=SETTINGS.missed_quote_confidence))
    return result
