"""Quotations that a sentence says something of: whose word, answer or description they are.

“A farce” is how Ruiz described it.     “No,” was her answer.     The plan, in the words of Ruiz, is “a farce”.
The plan was branded “a farce” by Ruiz.     From Ruiz came a terse “no comment”.     To borrow from Ruiz, “go”.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Doc, Token

from quotes.lexicon.cues import is_speech
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import (
    SUBJECT_DEPS,
    dependent,
    dependents,
    preposition,
    subtree_offsets,
    word_offsets,
)
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.settings import SETTINGS
from quotes.quotations.sources import CITING_LEMMAS, SPOKEN_NOUNS
from quotes.text.quotation_marks import QuotePair, pairs
from quotes.text.spans import overlaps_any

JUDGING_VERBS = word_set("quotations/judging_verbs")
PHRASE_WORDS = 12  # the most tokens of such a phrase on either side of the marks
BE = frozenset(["is", "was", "are", "were", "'s", "’s"])
USING_LEMMAS = frozenset(["use", "choose", "put", "sum", "call"])  # "is how she put it", "the word he used"
TOPIC_PREPOSITIONS = frozenset(["on", "about", "to", "at", "after"])  # "the reply of [Ruiz] to the plan"
POINTING = frozenset(["that", "this", "such", "these"])
DASHES = frozenset(["–", "—", "―", "-", "--"])
NOUNS = frozenset(["NOUN", "PROPN", "PRON"])


class Owner(NamedTuple):
    """Whose words a quotation has, and what says so."""

    source: Offsets
    cue: Offsets


def attribute_predicates(doc: Doc, text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with those that have their quotation as subject or complement, in text order.

    Each takes the place of what the tagger has in the same marks, unless that has a speech verb of its own as cue
    and no other words.
    """
    result = list(attributions)
    for pair in pairs(text):
        owner = _owner(doc, pair) if pair.closed and not pair.depth else None
        if owner is None:
            continue
        span = (pair.start, pair.end)
        rivals = [part for part in result if overlaps_any(span, part.content)]
        others = [part for part in rivals if _has_own_cue(doc, part, owner)]
        rest = [tuple(words for words in part.content if not overlaps_any(span, [words])) for part in others]
        if not all(rest):
            continue
        named = Attribution((span,), owner.cue, owner.source, SETTINGS.announced_confidence)
        result = [part for part in result if part not in rivals] + [named]
        result += [replace(part, content=words) for part, words in zip(others, rest, strict=True)]
    return sorted(result, key=lambda part: part.content[0])


def _has_own_cue(doc: Doc, attribution: Attribution, owner: Owner) -> bool:
    """Whether an attribution has a speech verb as cue that is no part of the phrase."""
    cue = token_span(doc, attribution.cue)
    if cue is None or overlaps_any((cue.start_char, cue.end_char), [owner.cue]):
        return False
    return any(is_speech(token.text) for token in cue)


def _owner(doc: Doc, pair: QuotePair) -> Owner | None:
    """Whose words a pair of marks has, as far as a phrase beside it tells."""
    content = doc.char_span(pair.start, pair.end, alignment_mode="expand")
    if content is None:
        return None
    after = _words(doc, content.end, 1)
    before = _words(doc, content.start - 1, -1)
    return (
        _said_of_subject(after)
        or _in_words_of(doc, after)
        or _in_words_of(doc, before)
        or _borrowed_from(before)
        or _judged_by(before, after)
        or _came_from(before)
    )


def _words(doc: Doc, at: int, step: int) -> list[Token]:
    """The next tokens of a sentence in one direction, in text order, without the comma or colon beside the marks."""
    found: list[Token] = []
    while 0 <= at < len(doc) and len(found) < PHRASE_WORDS:
        token = doc[at]
        points = (
            step > 0 and token.text == ":" and not found and doc[min(at + 1, len(doc) - 1)].lower_ in POINTING
        )
        announces = step < 0 and not found and token.text == ":"
        if not (points or announces) and (token.is_quote or token.text in ".!?;:" or "\n" in token.text):
            break
        if found or not (points or announces or token.text == ","):
            found.append(token)
        at += step
    return found[::step]


def _said_of_subject(after: Sequence[Token]) -> Owner | None:
    """“A farce” was [how Ruiz described it], [her answer], [the word Ruiz used], [the reply of Ruiz]."""
    if after and after[0].text in DASHES:
        after = after[1:]
    is_shown = bool(after) and after[0].lower_ in POINTING  # “A farce” – that was ...
    after = after[is_shown:]
    if not after or after[0].lower_ not in BE or len(after) < 3:
        return None
    for token in after[1:]:
        noun = token.lemma_.lower() in SPOKEN_NOUNS and token.pos_ == "NOUN"
        owner = dependent(token, "poss")
        if noun and owner is not None and owner.i >= after[1].i:
            return Owner(subtree_offsets(owner), word_offsets(token))
        after_noun = preposition(token, "of", "from", "by")
        by = _object(after_noun or (preposition(token.head, "from", "by") if token.dep_ == "attr" else None))
        if noun and by is not None and after[1].lower_ in ("the", "a", "an"):
            return Owner(_phrase(by), word_offsets(token))
        if token.pos_ not in ("VERB", "AUX") or after[1].lower_ not in ("how", "the", "what", "all"):
            continue
        subject = _subject(token)
        says = is_speech(token.text) or token.lemma_ in USING_LEMMAS or _verb_below(token)
        says = says or (is_shown and after[1].lower_ == "how")  # “No”: that was how Ruiz greeted the plan
        if subject is not None and subject.i > after[1].i and says:
            start = subtree_offsets(_first_of(subject))[0]  # "deckhand Otto Brun", parsed as two subjects
            return Owner((start, subtree_offsets(subject)[1]), word_offsets(token))
    return None


def _subject(verb: Token) -> Token | None:
    """The last subject before a verb."""
    subjects = [child for child in verb.lefts if child.dep_ in SUBJECT_DEPS]
    return subjects[-1] if subjects else None


def _first_of(subject: Token) -> Token:
    """The first of the subjects that stand side by side up to this one."""
    before = subject.left_edge.nbor(-1) if subject.left_edge.i else subject
    return before if before.head == subject.head and before.dep_ == subject.dep_ else subject


def _verb_below(verb: Token) -> bool:
    """Whether a verb governs one that says something: "keeps using", "liked to say"."""
    below = dependents(verb, "xcomp", "ccomp")
    return any(is_speech(token.text) or token.lemma_ in USING_LEMMAS for token in below)


def _in_words_of(doc: Doc, words: Sequence[Token]) -> Owner | None:
    """“A farce”, [in the words of Ruiz], [in Ruiz's words]."""
    for token in words:
        if token.lower_ not in ("words", "phrase") or token.dep_ != "pobj" or token.head.lower_ != "in":
            continue
        if (owner := dependent(token, "poss")) is not None:
            return Owner(subtree_offsets(owner), word_offsets(token))
        of = preposition(token, "of")
        noun = _object(of)
        if noun is not None:
            return Owner(_phrase(noun), word_offsets(token.head, of))
    return None


def _borrowed_from(before: Sequence[Token]) -> Owner | None:
    """[To borrow a line from Ruiz], [to paraphrase Ruiz], “a farce”."""
    for verb in before:
        if verb.lemma_ not in CITING_LEMMAS | {"borrow"} or verb.tag_ != "VB" or verb.nbor(-1).tag_ != "TO":
            continue
        words = dependent(verb, "dobj")
        after_noun = preposition(words, "from", "of") if words is not None else None
        owner = _object(after_noun or preposition(verb, "from", "of"))
        owner = owner or (words if words is not None and words.pos_ == "PROPN" else None)
        if owner is not None and owner.i <= before[-1].i:
            return Owner(_phrase(owner), word_offsets(verb))
    return None


def _judged_by(before: Sequence[Token], after: Sequence[Token]) -> Owner | None:
    """The plan was [branded] “a farce” [by Ruiz], or [branded by Ruiz] as “a farce”."""
    verbs = [token for token in before if token.tag_ == "VBN" and token.lemma_ in JUDGING_VERBS]
    if verbs and before[-1].lower_ == "as":  # was summed up by Ruiz as “a farce”
        noun = _object(next((t for t in before if t.i > verbs[-1].i and t.lower_ == "by"), None))
        if noun is not None and noun.i < before[-1].i:
            return Owner(_phrase(noun), word_offsets(verbs[-1]))
    if not verbs or not after or after[0].lower_ != "by":
        return None
    verb = verbs[-1]
    if verb.i < before[-1].i - 1 or (verb.i == before[-1].i - 1 and before[-1].lower_ != "as"):
        return None
    noun = _object(after[0])
    return Owner(_phrase(noun), word_offsets(verb, before[-1])) if noun is not None else None


def _came_from(before: Sequence[Token]) -> Owner | None:
    """[From Ruiz came] a terse “no comment”."""
    came = next((token for token in before if token.lower_ in ("came", "comes")), None)
    noun = _object(next((child for child in came.lefts if child.lower_ == "from"), None)) if came else None
    if came is None or noun is None or before[-1].i - came.i > 4:
        return None
    return Owner(_phrase(noun), word_offsets(came))


def _object(governor: Token | None) -> Token | None:
    """The noun of a prepositional phrase."""
    objects = dependents(governor, "pobj") if governor is not None else ()
    return next((noun for noun in objects if noun.pos_ in NOUNS), None)


def _phrase(noun: Token) -> Offsets:
    """The offsets of a noun phrase up to marks, a conjunction or a topic: "by [one nurse] and “overdue” by another"."""
    start, end = subtree_offsets(noun)
    for token in noun.subtree:
        other = token.head == noun and (token.dep_ == "cc" or token.lower_ in TOPIC_PREPOSITIONS)
        if token.i > noun.i and (token.is_quote or other):
            last = token.nbor(-2) if token.nbor(-1).text in (",", ":") else token.nbor(-1)
            return start, word_offsets(last)[1]
    return start, end
