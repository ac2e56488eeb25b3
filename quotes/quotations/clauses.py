"""What the parse says about contents that the tagger left incomplete, and about their sources (``subjects.py``).

A content that is only a scrap of the reported clause ("The virus, Dr. Ito explained, does not survive long") takes the
whole clause.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from quotes.lexicon.cues import is_speech
from quotes.quotations.attribution import Attribution, Offsets
from quotes.quotations.sources import (
    PERCEIVED,
    SUBJECTS,
    extent,
    owned,
    sourced,
    tells_of_speech,
    without_target,
)
from quotes.text.spans import any_overlap, overlaps_any

SCRAP = 0.5  # share of the reported clause below which a content is completed
LEAST = 0.1  # confidence from which an attribution keeps its words from another
MARKS = frozenset('“”"‘’«»')


def complete(doc: Doc, text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with the sources and contents that the parse adds; in the order given. ``text`` is the Doc's."""
    found = [part for one in found for part in _interrupted(doc, text, one)]
    found = [part for one in found for part in _told_apart(doc, text, one)]
    sure = [one for one in found if one.confidence >= LEAST]
    held = [(one, span) for one in sure for span in (*one.content, one.cue, one.source) if span]
    result = []
    for one in found:
        verb = _verb(doc, one.cue)
        if verb is not None:
            others = [span for other, span in held if other is not one]
            one = _without_subject(text, one, verb)
            one = sourced(doc, verb, one, others)
            quoted = any(c in MARKS for a, b in one.content for c in text[a:b])
            if not quoted and (content := _clause(doc, verb, one, others)):
                one = replace(one, content=content)
            one = without_target(one, verb)
        result.append(owned(doc, one, [span for other, span in held if other is not one]))
    return result


def _interrupted(doc: Doc, text: str, one: Attribution) -> list[Attribution]:
    """An attribution, and apart from it what is quoted after a whole sentence about somebody else.

    "The paper called it “the book of the decade.” Holm rolls her eyes at that. “Which decade?”": nothing but the
    place says whose words the last ones are.
    """
    if one.cue is None or len(one.content) < 2:
        return [one]
    groups = [[one.content[0]]]
    for before, after in pairwise(one.content):
        marked = text[before[1] - 1] in MARKS and text[after[0]] in MARKS
        announced = text[before[1] : after[0]].rstrip().endswith(":") and not overlaps_any(
            (before[1], after[0]), [one.cue]
        )
        if marked and (announced or _holds_sentence(doc, before[1], after[0], one)):
            groups.append([])
        groups[-1].append(after)
    cue = one.cue
    own = min(groups, key=lambda group: min(max(a - cue[1], cue[0] - b) for a, b in group))
    return [
        replace(one, content=tuple(group))
        if group is own
        else replace(one, content=tuple(group), cue=None, source=None, confidence=one.confidence / 2)
        for group in groups
    ]


def _holds_sentence(doc: Doc, start: int, end: int, one: Attribution) -> bool:
    """Whether a whole sentence about somebody else, without this cue and source, stands in a stretch of text."""
    gap = doc.char_span(start, end, alignment_mode="contract")
    source = doc.char_span(*one.source, alignment_mode="expand") if one.source else None
    person = source is not None and (source.root.ent_type_ == "PERSON" or source.root.lower_ in ("he", "she"))
    at = gap.start if gap is not None else 0
    while gap is not None and at < gap.end:
        sentence = doc[at].sent
        subject = next((token for token in sentence if token.dep_ in SUBJECTS), None)
        whole = gap.start <= sentence.start and sentence.end <= gap.end
        told = overlaps_any((sentence.start_char, sentence.end_char), (one.cue, one.source))
        goes_on = person and subject is not None and subject.lower_ in ("he", "she")
        words = sum(token.is_alpha for token in sentence)
        if whole and subject is not None and words > 1 and not told and not goes_on:
            return True
        at = sentence.end
    return False


def _told_apart(doc: Doc, text: str, one: Attribution) -> list[Attribution]:
    """An attribution without the fragments in marks that a speech verb of their own stands right before.

    "“Get back!” An officer says, “He has a knife.” Another replies, “Where?”": the last has a cue of its own.
    """
    if one.cue is None:
        return [one]
    kept, apart = [], []
    for span in one.content:
        verb = _verb_before(doc, span) if text[span[0]] in MARKS else None
        cue = (verb.idx, verb.idx + len(verb)) if verb is not None else None
        if cue is None or overlaps_any(cue, (one.cue, one.source, *one.content)):
            kept.append(span)
        else:
            apart.append(replace(one, content=(span,), cue=cue, source=None))
    return [*([replace(one, content=tuple(kept))] if kept else []), *apart]


def _verb_before(doc: Doc, span: Offsets) -> Token | None:
    """The speech verb that a stretch of text follows, after a comma or a colon."""
    content = doc.char_span(*span, alignment_mode="expand")
    at = content.start - 1 if content is not None else -1
    if at < 1 or doc[at].text not in (",", ":"):
        return None
    verb = doc[at - 1]
    return verb if verb.pos_ == "VERB" and is_speech(verb.text) else None


def _without_subject(text: str, one: Attribution, verb: Token) -> Attribution:
    """The attribution without what is no part of its content: the "It" of "It is believed the ship left", and the
    subject of a verb that otherwise has words in marks."""
    subject = next((token for token in verb.children if token.dep_ in SUBJECTS), None)
    if subject is None and verb.dep_ == "xcomp" and verb.head.lemma_ in PERCEIVED:
        subject = next((token for token in verb.head.children if token.dep_ in SUBJECTS), None)
    marked = [span for span in one.content if text[span[0]] in MARKS]
    rest = []
    for span in one.content:
        it = text[slice(*span)].lower() == "it" and span < (one.cue or span)
        own = subject is not None and span not in marked and overlaps_any(span, [extent(subject)])
        speaks = len(marked) == len(one.content) - 1 or tells_of_speech(verb)
        if not it and not (own and speaks):
            rest.append(span)
    return replace(one, content=tuple(rest)) if rest else one


def _verb(doc: Doc, cue: Offsets | None) -> Token | None:
    """The cue's governing word: a verb, or the "according" of "according to"."""
    span = doc.char_span(*cue, alignment_mode="expand") if cue else None
    if span is None:
        return None
    root = span.root
    return root if root.pos_ in ("VERB", "AUX") or root.lower_ == "according" else None


def _clause(doc: Doc, verb: Token, one: Attribution, others: Sequence[Offsets]) -> tuple[Offsets, ...] | None:
    """The reported clause, if the content is a scrap of it."""
    reported = _reported(verb)
    if reported is None:
        return None
    without = {token.i for token in verb.subtree} if reported.is_ancestor(verb) else {verb.i}
    for span in (one.cue, one.source):
        role = doc.char_span(*span, alignment_mode="expand") if span else None
        without |= {token.i for token in role} if role is not None else set()
    tokens = [token for token in reported.subtree if token.i not in without]
    fragments = _runs(tokens)
    inside = sum(b - a for a, b in fragments)
    covered = sum(b - a for a, b in one.content)
    if covered >= SCRAP * inside or any_overlap(fragments, others):
        return None
    within = all(any(a <= x and y <= b for a, b in fragments) for x, y in one.content)
    return tuple(fragments) if within else None


def _reported(verb: Token) -> Token | None:
    """The head of what a verb reports: its clausal complement, or the clause that it is put into."""
    for token in verb.children:
        if token.dep_ == "ccomp":
            return token
    if verb.dep_ == "parataxis" or (verb.lower_ == "according" and verb.head.pos_ in ("VERB", "AUX")):
        return verb.head
    return None


def _runs(tokens: Sequence[Token]) -> list[Offsets]:
    """Stretches of neighbouring tokens as offsets, without punctuation at their edges."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    result = []
    for run in runs:
        while run and (run[-1].is_punct or run[-1].is_space):
            run.pop()
        while run and (run[0].is_punct or run[0].is_space):
            run.pop(0)
        if run:
            result.append((run[0].idx, run[-1].idx + len(run[-1])))
    return result
