"""Dialogue with a dash before each speaker's words, as Scandinavian, French and Russian papers print it.

– We will not sell the mill, said Ana Ruiz.
– And the house? asked Hugo Stern.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.lexicon.cues import is_speech
from quotes.quotations.attribution import Attribution, Offsets, shown_by_layout
from quotes.quotations.settings import SETTINGS
from quotes.text.quotation_marks import DOUBLE_MARK
from quotes.text.spans import trim

LEADING_DASH = r"(?:[–—―]|--?(?=[ \t]))"
DASH = re.compile(rf"{LEADING_DASH}[ \t]*(?=[^\W\d_¿¡])")
CLAUSE = re.compile(r"(?P<end>[,?!…])[ \t]+(?P<clause>[^,.?!:;\n“”\"]{3,60})(?=(?P<stop>[.,;:]|$))")
LISTED = re.compile(rf"{LEADING_DASH}.*?(?:{DOUBLE_MARK.pattern}|, according to )", re.S)
PRONOUNS = frozenset(["he", "she", "they", "it", "i", "we"])
WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")


def dashed_dialogue(text: str, paragraph_spans: Sequence[Offsets]) -> list[Attribution]:
    """The turns of a dialogue with dashes; none where fewer than two lines have one, or most say not who speaks.

    Nor is a list a dialogue, one of whose lines has quotation marks or tells "according to" whom it is so.
    """
    if any(LISTED.match(text, *span) for span in paragraph_spans):
        return []
    lines = [(match.end(), end) for start, end in paragraph_spans if (match := DASH.match(text, start, end))]
    turns = _in_turn(text, [_turn(text, *line) for line in lines])
    told = sum(turn.cue is not None for turn in turns)
    return turns if len(turns) >= SETTINGS.dialogue_turns and 2 * told >= len(turns) else []


def _in_turn(text: str, turns: list[Attribution]) -> list[Attribution]:
    """The turns, those that do not say who speaks with the name in the turn before the last: two people talk."""
    result: list[Attribution] = []
    for turn in turns:
        earlier, last = result[-2:] if len(result) > 1 else (None, None)
        told = [part for part in (earlier, last) if part is not None and part.source is not None]
        if (
            turn.source is None
            and len(told) == 2
            and told[0].source != told[1].source
            and _is_named(text, told[0])
        ):
            turn = replace(turn, source=told[0].source)
        result.append(turn)
    return result


def _is_named(text: str, turn: Attribution) -> bool:
    """Whether a turn's source is more than a pronoun."""
    return turn.source is not None and text[slice(*turn.source)].casefold() not in PRONOUNS


def _turn(text: str, start: int, end: int) -> Attribution:
    """The words behind a dash, up to the clause that says who speaks, and what a dash takes up behind it."""
    for match in CLAUSE.finditer(text, start, end):
        words = list(WORD.finditer(text, *match.span("clause")))
        if not words:
            continue
        first, last = words[0], words[-1]
        if is_speech(first[0]) and first[0].islower() and len(words) > 1:
            cue, source = first.span(), (words[1].start(), match.end("clause"))
        elif is_speech(last[0]) and len(words) > 1:
            cue, source = last.span(), (first.start(), words[-2].end())
        else:
            continue
        content = [(start, match.start() + (match["end"] != ","))]
        rest = DASH.match(text, *trim(text, match.end("stop"), end))
        if rest:
            content.append(trim(text, rest.end(), end))
        return shown_by_layout(content, cue, trim(text, *source), verbatim=True)
    return shown_by_layout([trim(text, start, end)], None, None, verbatim=True)
