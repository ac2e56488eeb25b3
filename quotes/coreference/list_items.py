"""The subject of list items that begin with their verb: it stands in the line that leads into the list.

"In her first year, she:" and then, a line each, "Called the plan a gift to yachtsmen.", "Said that ...".
"""

from spacy.tokens import Doc, Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.referents import Referent
from quotes.coreference.settings import DISTANCE
from quotes.lexicon.roles import PRONOUN_KIND

# What is tagged as a participle at the start of an item is often a past tense.
ITEM_VERB_TAGS = frozenset(["VBZ", "VBD", "VBN"])


def list_subject(verb: Token, antecedents: Antecedents) -> Referent | None:
    """The referent of a list item's missing subject: the last subject of the line before the list, or its only name."""
    doc = verb.doc
    start = _line_start(doc, verb.i)
    if verb.tag_ not in ITEM_VERB_TAGS or not _is_item(doc[start : verb.i + 1]):
        return None
    for _ in range(DISTANCE.list_items):
        end = start
        while end > 0 and doc[end - 1].is_space:
            end -= 1
        if end == 0:
            return None
        start = _line_start(doc, end - 1)
        if doc[end - 1].text == ":" and end - 1 > start:
            return _line_subject(doc[start : end - 1], antecedents)
        entity = antecedents.index.by_token.get(start)
        if entity is not None and any(m.start == start and m.end == end for m in entity.mentions):
            return Referent(entity)
        if not _is_item(doc[start:end]):
            return None
    return None


def _line_start(doc: Doc, token: int) -> int:
    """The first token of a token's line."""
    while token > 0 and "\n" not in doc[token - 1].text:
        token -= 1
    return token


def _is_item(line: Span) -> bool:
    """Whether a line's first word, after a bullet or a number, is a verb that has no subject before it."""
    first = next((token for token in line if token.is_alpha), None)
    return first is not None and first.tag_ in ITEM_VERB_TAGS


def _line_subject(line: Span, antecedents: Antecedents) -> Referent | None:
    last = line[-1]
    if last.lower_ not in PRONOUN_KIND and last.i not in antecedents.index.by_token:
        subjects = [token for token in line if token.dep_ == "nsubj"]
        last = subjects[-1] if subjects else line.root
    return antecedents.referent(last)
