"""Claims that somebody denies, or has no proof of: "[Ruiz] rejected suggestions that [the dam was cracked]".

Whoever "denied claims that" it was so, or by whom they "were denied", has not claimed it: the verb is the cue. Whoever
"gave no source for [his] claim that" it was so has: the noun is the cue, and whose it is the source.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from quotes.lexicon.acts import act_of_cue
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import agent_offsets, dependent, subtree_offsets, word_offsets
from quotes.quotations.acts import cue_word
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.polarity import is_asserted
from quotes.quotations.settings import SETTINGS
from quotes.quotations.sources import speaking_subject
from quotes.text.spans import SpanIndex, contains, overlaps_any

CLAIM_NOUNS = word_set("cues/speech_nouns") | {"idea", "notion", "rumor", "rumour"}
CLAUSES = frozenset(["acl", "ccomp", "relcl"])
CUE_TOKENS = 6  # the most of "rejected as absurd the widespread suggestion"
Claim = tuple[Token, Token]  # a noun, and the clause behind it
MARKS_LENGTH = 2  # characters at most that close a content in marks, behind its clause


def attribute_denied_claims(doc: Doc, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with those whose cue is a verb that denies and a noun for a claim, in text order.

    Of the 15 such places in the training articles of PolNeAR, 14 are attributions, all to the verb's subject.
    """
    claims = [(noun, clause) for noun in doc if (clause := _claim(noun)) is not None]
    if not claims:
        return sorted(attributions, key=lambda part: part.content[0])
    return _with_deniers(doc, _with_owners(doc, attributions, claims), claims)


def _with_owners(doc: Doc, attributions: Sequence[Attribution], claims: Sequence[Claim]) -> list[Attribution]:
    """Attributions, those of somebody's claim to whose it is: "gave no proof of [his] claim that [it was so]"."""
    result = list(attributions)
    by_cue = SpanIndex((number, part.cue) for number, part in enumerate(result) if part.cue)
    by_content = SpanIndex((number, span) for number, part in enumerate(result) for span in part.content)
    for noun, clause in claims:
        if (owner := dependent(noun, "poss")) is None:
            continue
        named = {number for number, _ in by_cue.overlapping(word_offsets(noun))}
        for number, _ in by_content.overlapping(_behind_that(clause)):
            if named <= {number} and _has_no_proof(doc, result[number], noun, owner, clause):
                result[number] = _of_owner(result[number], noun, owner, clause)
    return result


def _with_deniers(
    doc: Doc, attributions: Sequence[Attribution], claims: Sequence[Claim]
) -> list[Attribution]:
    """Attributions with those to who denies a claim: "[Ruiz] rejected claims that", "claims that ... by [Ruiz]"."""
    result = list(attributions)
    by_cue = SpanIndex((number, part.cue) for number, part in enumerate(result) if part.cue)
    without_cue = SpanIndex(
        (number, span) for number, part in enumerate(result) if part.cue is None for span in part.content
    )
    gone, denied = set[int](), list[Attribution]()
    for noun, clause in claims:
        verb, content = noun.head, _behind_that(clause)
        is_active = noun.dep_ == "dobj" and 0 < noun.i - verb.i < CUE_TOKENS
        cue = doc[verb.i : noun.i + 1 if is_active else verb.i + 1]
        denies = act_of_cue(cue.text) == "denies" and dependent(verb, "neg") is None
        if not denies or not (is_active or noun.dep_ == "nsubjpass"):
            continue
        span = (cue.start_char, cue.end_char)
        known = {number for number, _ in by_cue.overlapping(span)}
        if is_active and known:
            for number in known:
                result[number] = _of_clause(result[number], span, clause)
            continue
        source = speaking_subject(verb, [content, span]) if is_active else agent_offsets(verb)
        if source is None or (not is_active and by_cue.overlapping(content)):
            continue
        denied.append(Attribution((content,), span, source, SETTINGS.announced_confidence))
        gone |= known
        gone |= {number for number, _ in by_cue.overlapping(word_offsets(noun)) if not result[number].source}
        gone |= {number for number, part in without_cue.overlapping(content) if contains(content, part)}
    result = [part for number, part in enumerate(result) if number not in gone]
    return sorted(result + denied, key=lambda part: part.content[0])


def _claim(noun: Token) -> Token | None:
    """The clause behind a noun for a claim: "suggestions [that the dam was cracked]"."""
    if noun.lemma_.lower() not in CLAIM_NOUNS:
        return None
    that = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    if that.dep_ == "mark" and that.lower_ == "that" and that.head.left_edge == that:
        return that.head  # wherever it hangs: "gave no proof of his claim [that it was so]"
    clauses = (child for child in noun.rights if child.dep_ in CLAUSES)
    return next((clause for clause in clauses if clause.left_edge.lower_ == "that"), None)


def _has_no_proof(doc: Doc, attribution: Attribution, noun: Token, owner: Token, clause: Token) -> bool:
    """Whether an attribution takes what its cue says of somebody's claim for what is said: "offered [no proof of his
    claim that it was so]", and whether a negation of its cue is no negation of the claim.
    """
    verb, (start, stop) = cue_word(doc, attribution), attribution.content[0]
    is_above = verb is not None and verb.i < noun.i and act_of_cue(verb.text) != "denies"
    if (
        verb is None
        or not is_above
        or stop > subtree_offsets(clause)[1] + MARKS_LENGTH
        or len(attribution.content) > 1
    ):
        return False
    is_negated = not is_asserted(verb, attribution.content) or dependent(verb, "neg") is not None
    before = token_span(doc, (start, noun.idx)) if start < noun.idx else None
    if before is None:
        return is_negated
    is_phrase = not any(token.pos_ in ("VERB", "AUX") for token in before)
    return is_phrase and (is_negated or owner.tag_ == "PRP$")


def _of_owner(attribution: Attribution, noun: Token, owner: Token, clause: Token) -> Attribution:
    """The attribution with the clause as content, the noun for the claim as cue, and whose it is as source."""
    start = max(_behind_that(clause)[0], attribution.content[0][0])
    return replace(
        attribution,
        content=((start, attribution.content[0][1]),),
        cue=word_offsets(noun),
        source=subtree_offsets(owner),
    )


def _behind_that(clause: Token) -> Offsets:
    """The offsets of a clause without its conjunction."""
    return clause.doc[clause.left_edge.i + 1].idx, subtree_offsets(clause)[1]


def _of_clause(attribution: Attribution, span: Offsets, clause: Token) -> Attribution:
    """The attribution with the clause as content, and with the verb that denies and the noun as cue."""
    start, first = _behind_that(clause)[0], attribution.content[0]
    own = attribution.cue or span
    cue = (min(own[0], span[0]), max(own[1], span[1]))
    content = ((max(first[0], start), first[1]), *attribution.content[1:])
    is_behind = first[0] >= own[0] and first[1] > start
    if not is_behind or overlaps_any(cue, [*content, attribution.source]):
        return attribution
    return replace(attribution, cue=cue, content=content)
