"""Answers of interviews as attributions: behind "A:", or between paragraphs that are questions."""

import re
from collections.abc import Sequence
from itertools import pairwise

from quotes.quotations.attribution import Attribution, Offsets, shown_by_layout
from quotes.quotations.settings import SETTINGS
from quotes.quotations.transcripts import QA_END, STAGE_DIRECTION
from quotes.text.quotation_marks import MARK
from quotes.text.spans import SpanIndex, trim

QA_LABEL = re.compile(rf"[\"“]?([QA]){QA_END}")
INLINE_QA_LABEL = re.compile(r"(?<=[.?!”\"] )([QA]):[ \t]+(?=\S)")  # the next one in the same paragraph
ADDRESS = re.compile(r"\byou(?:r|rs)?\b", re.I)
FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|me|us)\b|\b(?:I|[Ww]e)['’]", re.A)


def interview_answers(text: str, paragraph_spans: Sequence[Offsets]) -> list[Attribution]:
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
        content = tuple((a, a + len(text[a:b].rstrip())) for a, b in spans)
        if label[1] == "A" and len(spans) <= SETTINGS.turn_paragraphs:
            result.append(Attribution(content, label.span(1), None, SETTINGS.labelled_confidence))
        elif label[1] == "Q":
            result.append(Attribution(content, confidence=0.0, by_layout=True))  # nobody is quoted with it
    return result


def unlabelled_answers(
    text: str,
    paragraph_spans: Sequence[Offsets],
    people: Sequence[Offsets],
    emphasised: Sequence[Offsets] = (),
) -> list[Attribution]:
    """The answers of an interview without labels: what stands between paragraphs that are questions.

    ``people``: the names of people in the text. The one whom the introduction names is who answers; where it names
    several, the answers have no source. ``emphasised``: what markup shows so, which nearly all questions are or none.
    """
    lines = SpanIndex(("emphasised", line) for line in emphasised)
    questions = _questions(text, paragraph_spans, lines)
    asked = [paragraph_spans[n] for n in questions]
    are_marked = all(lines.overlapping(span) for span in asked)
    if (
        not questions
        or (questions[0] == 0 and not are_marked)
        or not _are_asked(text, asked, are_marked=are_marked)
    ):
        return []
    answers = []
    for number, following in pairwise([*questions, min(questions[-1] + 2, len(paragraph_spans))]):
        answer = paragraph_spans[number + 1 : following]
        spans = [span for span in answer if not STAGE_DIRECTION.fullmatch(text, *span)]
        if not spans or len(spans) > SETTINGS.turn_paragraphs:
            return []
        answers.append(tuple(spans))
    personal = sum(any(FIRST_PERSON.search(text, *span) for span in spans) for spans in answers)
    marked = sum(bool(MARK.match(text, spans[0][0])) for spans in answers)
    least_personal = len(answers) if len(questions) < SETTINGS.interview_questions else len(answers) / 2
    if personal < least_personal or 2 * marked > len(answers):
        return []
    introduced = [span for span in people if span[1] <= paragraph_spans[questions[0]][0]]
    surnames = {text[slice(*span)].split()[-1].casefold() for span in introduced}
    source = max(introduced, key=lambda span: span[1] - span[0]) if len(surnames) == 1 else None
    return [shown_by_layout(spans, None, source) for spans in answers]


def _questions(text: str, paragraph_spans: Sequence[Offsets], emphasised: SpanIndex[str]) -> list[int]:
    """The paragraphs that are questions, by number; of emphasised ones what stands between them is asked, too.

    "Tell us about the fire.", in bold letters like the questions before and behind it.
    """
    asked = [number for number, span in enumerate(paragraph_spans) if _is_question(text, span)]
    marked = [n for n, span in enumerate(paragraph_spans) if emphasised.overlapping(trim(text, *span))]
    both = [number for number in asked if number in marked]
    if len(both) < SETTINGS.addressed_questions:
        return asked
    return [number for number in marked if both[0] <= number <= both[-1]]


def _are_asked(text: str, questions: Sequence[Offsets], *, are_marked: bool) -> bool:
    """Whether enough paragraphs are questions: fewer, if all are put to somebody or emphasised (``are_marked``)."""
    to_somebody = are_marked or all(ADDRESS.search(text, *span) for span in questions)
    least = SETTINGS.addressed_questions if to_somebody else SETTINGS.interview_questions
    return len(questions) >= least


def _is_question(text: str, span: Offsets) -> bool:
    """Whether a paragraph is an interviewer's question: it ends as one, and has no marks."""
    words = text[slice(*span)].strip()
    return words.endswith("?") and not MARK.match(words) and len(words.split()) <= SETTINGS.question_words
