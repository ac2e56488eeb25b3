"""The subject of a list's points that begin with their verb: it stands in the line that leads into the list.

"In her first year, she:" and then, a line each, "Called the plan a gift to yachtsmen.", "Said that ...".
"""

from spacy.tokens import Doc, Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.referents import Referent
from quotes.lexicon.roles import PRONOUN_KIND

POINTS = 20  # of one list, at most
FINITE = frozenset(["VBZ", "VBD", "VBN"])  # what is tagged as a participle is often a past tense here


def leading(verb: Token, antecedents: Antecedents) -> Referent | None:
    """Whom a point's first verb is about: the last subject of the line before the list, or its only name."""
    doc = verb.doc
    start = _line(doc, verb.i)
    if verb.tag_ not in FINITE or not _is_point(doc[start : verb.i + 1]):
        return None
    for _ in range(POINTS):
        end = start
        while end > 0 and doc[end - 1].is_space:
            end -= 1
        if end == 0:
            return None
        start = _line(doc, end - 1)
        if doc[end - 1].text == ":" and end - 1 > start:
            return _subject(doc[start : end - 1], antecedents)
        entity = antecedents.index.by_token.get(start)
        if entity is not None and any(m.start == start and m.end == end for m in entity.mentions):
            return Referent(entity)
        if not _is_point(doc[start:end]):
            return None
    return None


def _line(doc: Doc, at: int) -> int:
    """The first token of a token's line."""
    while at > 0 and "\n" not in doc[at - 1].text:
        at -= 1
    return at


def _is_point(line: Span) -> bool:
    """Whether a line's first word, after a bullet or a number, is a verb that has no subject before it."""
    first = next((token for token in line if token.is_alpha), None)
    return first is not None and first.tag_ in FINITE


def _subject(line: Span, antecedents: Antecedents) -> Referent | None:
    last = line[-1]
    if last.lower_ not in PRONOUN_KIND and last.i not in antecedents.index.by_token:
        subjects = [token for token in line if token.dep_ == "nsubj"]
        last = subjects[-1] if subjects else line.root
    return antecedents.referent(last)
