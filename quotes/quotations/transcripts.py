"""Turns of transcripts and answers of interviews as attributions, by the labels that open them.

RUIZ: We have waited.     [00:12] Ana Ruiz (mayor): We have.     Mr. RUIZ of Vale. We have.     Q   When?
Ana Ruiz -- Mayor         Ana Ruiz, 61, baker                    >> ANA RUIZ, MAYOR: We have.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from quotes.lexicon.cues import is_reporting
from quotes.lexicon.roles import ROLES
from quotes.lexicon.roles import UNNAMED as UNNAMED_PEOPLE
from quotes.lexicon.titles import titles
from quotes.lexicon.words import word_set
from quotes.names.person import initials
from quotes.quotations.attribution import Attribution, Offsets, shown_by_layout
from quotes.quotations.settings import SETTINGS
from quotes.text.spans import overlaps_any, trim

TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?(?: ?[AaPp][Mm]\b)?"
LEAD = rf"(?:>>+[ \t]*|{TIME}[ \t]*(?:[-–—][ \t]*)?|[-–—•*][ \t]+)*"
# A name of up to six words; one letter (Q, A) names nobody.
NAME = (
    r"(?P<name>[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|of|for|and|the|de|van|von|der|den|bin|al|da|di|del)){0,5}"
    r"(?: (?:#|No\. )?\d{1,2}\b)?)"  # SPEAKER 2
)
# RUIZ:, Ana Ruiz, mayor of Vale:, MR. O'NEILL (voice-over):
SPEAKER_LABEL = re.compile(
    rf"{LEAD}[\"“]?{NAME}(?P<role>(?:, [^:,\n“”\"]{{1,50}}){{0,2}}(?: ?\([^()\n]{{1,40}}\)){{0,2}}(?: ?{TIME})?)"
    r"(?P<cue>:)(?:[ \t]+(?=\S)|[ \t]*$)",
    re.M,
)
# The Minister for Works (Dr. A. Ruiz):
OFFICE = re.compile(
    r"The |(?!(?:Lord|Lady|Baron|Baroness|Earl|Viscount|Sir|Dame) )[\w.]+ (?:\w+ )?(?:of|for) "
    r"|(?:Mr|Madam|Mme)\.? (?:Deputy )?(?:Speaker|President|Chair)"
)
HOLDER = re.compile(r"\((?P<name>[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|de|van|von)){1,5})\)")  # no "(Lab)"
# Mr. RUIZ of Vale (during the vote). The CHAIR.
RECORD_LABEL = re.compile(
    rf"{LEAD}(?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep)\.? (?:Ma?c|De|La)?[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+)*"
    r"|The (?:[A-Z]{3,} ?)+(?:pro tempore)?)(?: of [A-Z]\w+(?: [A-Z]\w+)?)?(?: \([^()\n]{1,60}\))?"
    r"(?P<cue>\.)[ \t]+(?=\S)"
)
QA_END = r"(?P<cue>[.:]?)(?:(?<=[.:])[ \t]+|[ \t]{2,}|\t)(?=\S)"
QUESTION_LABEL = re.compile(rf"{LEAD}[\"“]?(?P<name>Q){QA_END}")
ANSWER_LABEL = re.compile(rf"{LEAD}[\"“]?(?P<name>A){QA_END}")
AGE = re.compile(r",? (?:aged )?\(?\d{1,3}\b(?=[,):])")  # Ana Ruiz, 61, baker: We have waited.
ANY_QUESTION_LABEL = word_set("quotations/question_labels") | {"q"}
# A line with nothing but a name and a title, an age or a time.
NAME_LINE = re.compile(
    rf"{LEAD}{NAME}(?:[ \t]*(?P<cue>--|[—–―]|(?<= )-(?= ))[ \t]*[A-Z][^.!?:\n“”\"]{{2,80}}|[ \t]+{TIME})[ \t]*"
)
# A line with nothing but a name in capitals.
CAPITALS_LINE = re.compile(rf"{LEAD}(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){{1,3}})[ \t]*")
STAGE_DIRECTION = re.compile(r"[\"“]?[(\[][^)\]]*[)\]]\.?[\"”]?")  # (APPLAUSE.)
# 00:00:03,120 --> 00:00:06,400, and a number on the line before it
TIME_LINE = re.compile(rf"{TIME}[ \t]*-->[ \t]*{TIME}[^\n]*\s*")
DIRECTION_WORDS = "|".join(sorted(word_set("quotations/stage_directions")))
# We will. [applause] Thank you.
INNER_DIRECTION = re.compile(rf"[(\[](?:[A-Z ]+|(?i:{DIRECTION_WORDS})[^()\[\]\n]{{0,30}})\.?[)\]]\.?")
FULL_NAME = re.compile(r"(?<![\w.])[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}")
TWO_WORDS = re.compile(r"[^\W\d_]+[ ,’']+[^\W\d_]+")
WORD = re.compile(r"\w+(?:['’]\w+)?")
ONE_WORD = re.compile(r"[^\W\d_]{2,}[.!?…]+[\"”]?\s*\Z")  # "Why?", "Never."
SENTENCE_ENDINGS = (".", "!", "?", "…", "—", "–", "-")
TIMED = re.compile(TIME)
IN_BRACKETS = re.compile(r"\([^()]*\)")

CLAUSE_WORDS = frozenset(["who", "which", "had", "has", "is", "was"])
UNNAMED = frozenset(["question", "answer"])
LABELS: tuple[tuple[Literal["question", "answer", "record", "colon"], re.Pattern[str]], ...] = (
    ("question", QUESTION_LABEL),
    ("answer", ANSWER_LABEL),
    ("record", RECORD_LABEL),
    ("colon", SPEAKER_LABEL),
)
NUMBERED = re.compile(r"(?P<of>[^\W\d_]+)(?: [^\d]*)? \d{1,2}\Z")  # Speaker 2; Day 1, Step 2, October 20
# Of whom there may be several without a name
NUMBERED_PEOPLE = (
    ROLES | UNNAMED_PEOPLE | frozenset("caller panelist participant respondent speaker voice".split())
)
OWN_WORDS = re.compile(r"[“\"]|\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s)\b")  # what tells that somebody speaks
NO_SPEAKERS = word_set("quotations/furniture_labels") | word_set("quotations/unspoken_labels")


class Label(NamedTuple):
    """What opens a turn. ``start``: where its words begin, the paragraph's end where the label is a line of its own."""

    paragraph: int
    name: Offsets
    cue: Offsets | None
    start: int
    style: Literal["colon", "record", "line", "capitals", "question", "answer"]
    is_timed: bool = False


def transcript_turns(
    text: str,
    paragraph_spans: Sequence[Offsets],
    people: Sequence[Offsets] = (),
    places: Sequence[Offsets] = (),
) -> list[Attribution]:
    """The turns of a transcript as attributions: paragraphs that begin with the labels of people who take turns.

    A paragraph without a label goes on with the turn before it, up to the last label: nothing tells where that
    person stops. Questions without a name, and those who preside, are turns that nobody is quoted with: they have no
    cue. ``people``: the names of people in the text; lines in capitals are labels only where most are such names.
    ``places``: those of places; where most labels are places, these count only before somebody's own words.
    """
    times = {number for number, span in enumerate(paragraph_spans) if TIME_LINE.fullmatch(text, *span)}
    if times:
        paragraph_spans = _without_times(text, paragraph_spans, times)
    labels = [
        label._replace(is_timed=label.is_timed or bool(times))
        for number, span in enumerate(paragraph_spans)
        if (label := _label(text, number, span)) is not None
    ]
    if all(label.style != "question" for label in labels):
        labels = [label for label in labels if label.style != "answer"]  # "A." is an item of a list
    labels = _without_headings(text, labels, people)
    labels = _without_places(text, labels, places, paragraph_spans)
    sure = [label for label in labels if _is_turn(text, label, paragraph_spans)]
    named = [label for label in sure if label.style != "capitals"]  # a line in capitals may be a heading
    if _take_turns(text, named, _people(text, named)):
        sure, labels = named, [label for label in labels if label.style != "capitals"]
    elif not _are_all(sure, _people(text, sure), paragraph_spans):
        return []
    speakers = _people(text, sure)
    kept = [label for label in labels if label.style in UNNAMED or _person(text, label) in speakers]
    result = []
    for label, following in pairwise([*kept, None]):
        if label is not None:
            stop = following.paragraph if following else label.paragraph + 1 + _is_line(label)
            spans = _turn(text, label, stop, paragraph_spans, most=_most_paragraphs(kept))
            if spans:
                result.append(_turn_of(text, label, spans))
    return result


def _without_times(text: str, paragraph_spans: Sequence[Offsets], times: set[int]) -> list[Offsets]:
    """The paragraphs without the lines of subtitles that only tell the time, and the numbers before these."""
    numbers = {n - 1 for n in times if n and text[slice(*paragraph_spans[n - 1])].strip().isdigit()}
    return [span for n, span in enumerate(paragraph_spans) if n not in times | numbers]


def is_sentence(line: str) -> bool:
    """Whether a line has words and ends as a sentence does; a table ("Ruiz: 1,769 votes") does not."""
    return bool(TWO_WORDS.search(line)) and line.rstrip(' "”)]').endswith(SENTENCE_ENDINGS)


def _label(text: str, number: int, span: Offsets) -> Label | None:
    """The label that opens a paragraph."""
    start, end = span
    for style, pattern in LABELS:
        match = pattern.match(text, start, end)
        if match and not (style == "colon" and _is_clause(match["role"])):
            name = match["name"].casefold()
            numbered = NUMBERED.match(name)
            if name in NO_SPEAKERS or (numbered and numbered["of"] not in NUMBERED_PEOPLE):
                return None
            # BY MS. RUIZ: who asks what follows
            is_question = name in ANY_QUESTION_LABEL or name.startswith("by ")
            cue = match.span("cue") if match["cue"] else None
            timed = bool(TIMED.search(match[0]))
            kind = "question" if is_question else style
            held = kind == "colon" and OFFICE.match(match["name"])
            holder = HOLDER.search(text, *match.span("role")) if held else None
            named = (holder or match).span("name")
            return Label(number, named, cue, match.end(), kind, timed)
    line = NAME_LINE.fullmatch(text, start, end)
    if line and len(text[start:end].split()) <= SETTINGS.name_line_words:
        cue = line.span("cue") if line["cue"] else None
        return Label(number, line.span("name"), cue, end, "line", bool(TIMED.search(line[0])))
    capitals = CAPITALS_LINE.fullmatch(text, start, end)
    if capitals and capitals["name"].casefold() not in NO_SPEAKERS:
        return Label(number, capitals.span("name"), None, end, "capitals")
    return None


def _without_headings(text: str, labels: list[Label], people: Sequence[Offsets]) -> list[Label]:
    """Labels without lines in capitals, unless at least half of these are names of people."""
    capitals = [label.name for label in labels if label.style == "capitals"]
    lines = {text[slice(*name)] for name in capitals}
    named = {text[slice(*name)] for name in capitals if overlaps_any(name, people)}
    return [label for label in labels if label.style != "capitals" or 2 * len(named) >= len(lines)]


def _without_places(
    text: str, labels: list[Label], places: Sequence[Offsets], paragraph_spans: Sequence[Offsets]
) -> list[Label]:
    """Labels without places before no words of their own, if most names are places: "Norland: The law is new."."""
    named = {text[slice(*label.name)]: overlaps_any(label.name, places) for label in labels if label.cue}
    if 2 * sum(named.values()) <= len(named):
        return labels
    return [
        label
        for label in labels
        if not named.get(text[slice(*label.name)])
        or OWN_WORDS.search(text, label.start, paragraph_spans[label.paragraph][1])
    ]


def _is_line(label: Label) -> bool:
    """Whether a label is a line of its own."""
    return label.style in ("line", "capitals")


def _people(text: str, labels: Sequence[Label]) -> Counter[str]:
    """How many turns each person has."""
    return Counter(_person(text, label) for label in labels if label.style not in UNNAMED)


def _is_clause(role: str) -> bool:
    """Whether what follows a name is no role but a clause: ", who had one answer"; brackets tell how it is said."""
    words = WORD.findall(IN_BRACKETS.sub("", role).casefold())
    is_clause = any(word in CLAUSE_WORDS for word in words) or any(map(is_reporting, words))
    return len(words) > SETTINGS.role_words or is_clause


def _is_turn(text: str, label: Label, paragraph_spans: Sequence[Offsets]) -> bool:
    """Whether sentences follow a label."""
    words = text[label.start : paragraph_spans[label.paragraph][1]]
    if not words.strip() and label.paragraph + 1 < len(paragraph_spans):
        words = text[slice(*paragraph_spans[label.paragraph + 1])]
    return is_sentence(words) or ONE_WORD.match(words.lstrip()) is not None


def _person(text: str, label: Label) -> str:
    """Whose turn it is: the surname in a label, without case."""
    return text[slice(*label.name)].rstrip(".").split()[-1].casefold()


def _take_turns(text: str, labels: Sequence[Label], people: Counter[str]) -> bool:
    """Whether these labels are those of people who take turns, or of one who is questioned."""
    questions = sum(label.style == "question" for label in labels)
    answers = [label for label in labels if label.style not in UNNAMED]
    if not answers or len(people) + bool(questions) < 2:
        return False
    if questions and len(labels) >= SETTINGS.answered_questions:
        return True
    repeated = sum(count for count in people.values() if count > 1)
    timed = sum(label.is_timed or AGE.match(text, label.name[1]) is not None for label in answers)
    of_record = sum(label.style == "record" or _has_title(text, label) for label in answers)
    return (
        repeated >= SETTINGS.transcript_turns
        or timed >= SETTINGS.timed_turns
        or of_record >= SETTINGS.timed_turns
        or _are_introduced(text, answers)
    )


def _has_title(text: str, label: Label) -> bool:
    """Whether a label begins with a title, as in a parliament's record: "Hon. A. Ruiz:"."""
    words = text[slice(*label.name)].split()
    return len(words) > 1 and words[0].rstrip(".").casefold() in titles()


def _are_all(labels: Sequence[Label], people: Counter[str], paragraph_spans: Sequence[Offsets]) -> bool:
    """Whether a text is hardly anything but labelled turns, of somebody more than once or under names and roles."""
    turns = sum(1 + _is_line(label) for label in labels)
    if len(people) < 2 or turns < SETTINGS.turn_share * len(paragraph_spans):
        return False
    with_roles = all(label.style == "line" and label.cue for label in labels) and labels[0].paragraph == 0
    return with_roles or (len(labels) >= SETTINGS.answered_questions and max(people.values()) > 1)


def _are_introduced(text: str, labels: Sequence[Label]) -> bool:
    """Whether all labels are the names of people who were named before, in capitals or behind a question."""
    asks = text[labels[0].start :].split("\n", 1)[0].rstrip().endswith("?")
    before = text[: min(label.name[0] for label in labels)].casefold()
    named = set(re.findall(r"[\w.'’-]+", before))
    for name in FULL_NAME.findall(text):
        named |= initials(name.split())  # RO:, of "Novelist Rita Okonjo"
    if not all(_person(text, label) in named for label in labels):
        return False
    return asks or all(text[slice(*label.name)].isupper() for label in labels)


def _most_paragraphs(labels: Sequence[Label]) -> int:
    """How many paragraphs a turn may have: more where all is a transcript."""
    is_transcript = len(labels) >= SETTINGS.sure_turns
    return SETTINGS.transcript_turn_paragraphs if is_transcript else SETTINGS.turn_paragraphs


def _turn(text: str, label: Label, stop: int, paragraph_spans: Sequence[Offsets], most: int) -> list[Offsets]:
    """The words of a turn, up to the paragraph ``stop``; too many are not all its own."""
    if stop - label.paragraph > most:
        stop = label.paragraph + 1 + _is_line(label)
    own = (label.start, paragraph_spans[label.paragraph][1])
    spans = [own] if own[0] < own[1] else []
    if not spans:
        stop = max(stop, min(label.paragraph + 2, len(paragraph_spans)))
    spans += paragraph_spans[label.paragraph + 1 : stop]
    said = (span for span in spans if not STAGE_DIRECTION.fullmatch(text, *span))
    return [part for span in said for part in without_directions(text, span)]


def without_directions(text: str, span: Offsets) -> list[Offsets]:
    """The words of a paragraph without what a transcript notes of the room: "[applause]", "(laughing)"."""
    bounds = [span[0]]
    for match in INNER_DIRECTION.finditer(text, *span):
        bounds += match.span()
    parts = [trim(text, *part) for part in zip(bounds[::2], [*bounds[1::2], span[1]], strict=True)]
    return [part for part in parts if WORD.search(text, *part)]


def _turn_of(text: str, label: Label, spans: list[Offsets]) -> Attribution:
    """The attribution of a turn; without cue and source where it is nobody's whom one would quote."""
    name = text[slice(*label.name)].casefold()
    if label.style == "question" or name in word_set("quotations/presiding_labels"):
        return Attribution(tuple(spans), confidence=0.0, by_layout=True)
    if label.style == "answer":
        return Attribution(tuple(spans), label.name, None, SETTINGS.labelled_confidence)
    return shown_by_layout(spans, label.cue, label.name)
