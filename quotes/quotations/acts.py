"""What an attribution reports: its act, whether it is asserted, and to whom the words were addressed."""

import re
from typing import NamedTuple, cast, get_args

from spacy.tokens import Doc, Token

from quotes.lexicon import acts, cues
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import dependent, dependents, subtree_offsets, word_offsets
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.endings import TIMES
from quotes.quotations.filter import is_hearsay
from quotes.quotations.hearings import hears_in_court
from quotes.quotations.polarity import is_asserted
from quotes.quotations.settings import SETTINGS
from quotes.quotations.sources import ADDRESSED_VERBS
from quotes.text.quotation_marks import DOUBLE_MARKS, pairs
from quotes.text.spans import overlaps_any
from quotes.types import Act, QuoteType

DIRECTED_VERBS = word_set("quotations/directed_verbs")  # "said to reporters"
ADJECTIVES = word_set("cues/thought_adjectives")
TOLD_THINGS = frozenset(
    "anything everything it joke lie news nothing question something story tale this that truth".split()
)

BEHIND_THAT = re.compile(r"\bthat\s\Z", re.I)


class Report(NamedTuple):
    """What an attribution reports besides content, cue and source."""

    act: Act = "asserts"
    asserted: bool = True
    addressee: Offsets | None = None


def report(doc: Doc, text: str, attribution: Attribution, kind: QuoteType) -> Report:
    """The act, the polarity and the addressee of an attribution whose content is of this ``kind``."""
    verb = cue_word(doc, attribution)
    content = " ".join(text[start:end] for start, end in attribution.content)
    if BEHIND_THAT.search(text, max(0, attribution.content[0][0] - 6), attribution.content[0][0]):
        content = f"that {content}"  # which is no part of a content, but tells "asked that they wait" from a question
    cue = _whole_cue(doc, text, attribution, verb)
    act = acts.act_of_cue(cue, content, marked=kind != "indirect") if cue else None
    if act is None:
        act = "asks" if acts.is_question(content) else _likeliest(attribution)
    if kind == "indirect" and act in ("asserts", "thinks") and attribution.cue:
        act = "thinks" if attribution.thought > SETTINGS.thought_probability else "asserts"
    if kind == "direct" and act == "thinks" and verb is not None and verb.lower_ in ADJECTIVES:
        act = "asserts"  # "Ruiz is angry: “...”": she says it since she is
    if is_hearsay(text, attribution) or (verb is not None and hears_in_court(verb)):
        act = "asserts"
    if verb is None:
        return Report(act)
    is_said = act == "declines" or is_asserted(verb, attribution.content)
    if act == "thinks" and kind == "mixed" and is_said:
        is_said = _is_thought_said(doc, text, attribution)
    return Report(act, is_said, addressee(verb, attribution))


def _is_thought_said(doc: Doc, text: str, attribution: Attribution) -> bool:
    """Whether the words in marks within a thought were said: not in "wished she had said “never”"."""
    for start, end in attribution.content:
        marked = [(pair.start + start, pair.end + start) for pair in pairs(text[start:end]) if not pair.depth]
        span = token_span(doc, (start, end))
        for token in span if span is not None and marked else ():
            before = token.idx < marked[0][0]
            if (
                before
                and token.pos_ == "VERB"
                and cues.is_speech(token.text)
                and not is_asserted(token, marked)
            ):
                return False
    return True


def _likeliest(attribution: Attribution) -> Act:
    """The act that the encoder's head is sure of, for a cue whose words tell nothing; else an assertion."""
    for probability, act in zip(attribution.acts or (), get_args(Act), strict=False):
        if probability >= SETTINGS.sure_act:
            return cast(Act, act)
    return "asserts"


def cue_word(doc: Doc, attribution: Attribution) -> Token | None:
    """The word of a cue that says what is done: "said" of "later said", "saying" of "quoted as saying"."""
    cue = token_span(doc, attribution.cue)
    if cue is None:
        return None
    known = cues.cue_words()
    verbs = [token for token in cue if token.pos_ in ("VERB", "AUX") or token.lower_ in known]
    listed = [
        token for token in verbs if token.lower_ in known and token.lower_ not in word_set("cues/auxiliaries")
    ]
    if not listed:
        verb = verbs[0] if verbs else cue.root
        return verb.head if verb.dep_ in ("aux", "auxpass") else verb  # "was" of "was never made by"
    last = listed[0]
    for token in listed[1:]:  # "quoted as saying", "asked to say": the last in a chain of verbs
        if token.pos_ == "VERB" and last.is_ancestor(token) and token.dep_ in ("xcomp", "pcomp", "ccomp"):
            last = token
    return last


def _whole_cue(doc: Doc, text: str, attribution: Attribution, verb: Token | None) -> str:
    """The text of a cue with the verbs and negations before it that belong to it: "declined to" of "comment"."""
    if attribution.cue is None:
        return ""
    start, end = attribution.cue
    cue = text[start:end]
    if verb is None:
        return cue
    before = _auxiliaries(verb)
    head = verb.head
    while (
        verb.dep_ == "xcomp"
        and head.i < verb.i
        and head.pos_ in ("VERB", "AUX")
        and not any(token.text == "," for token in doc[head.i : verb.i])  # "disagreed, asking"
    ):
        before = [*_auxiliaries(head), head, *before]
        verb, head = head, head.head
    outside = [
        token
        for token in before
        if token.idx + len(token) <= start and not overlaps_any(word_offsets(token), attribution.content)
    ]
    return " ".join([*(token.text for token in sorted(outside, key=lambda token: token.i)), cue])


def _auxiliaries(verb: Token) -> list[Token]:
    """The auxiliaries and negations before a verb."""
    return [child for child in verb.lefts if child.dep_ in ("aux", "auxpass", "neg")]


def addressee(verb: Token, attribution: Attribution) -> Offsets | None:
    """To whom the words were said, where the syntax has it: "told [reporters]", "said to [the judge]"."""
    taken = [*attribution.content, attribution.cue, attribution.source]
    for child in verb.children:
        noun = _addressed(verb, child)
        if (
            noun is None
            or noun.pos_ not in ("NOUN", "PROPN", "PRON")
            or noun.ent_type_ in TIMES
            or noun.lower_ in TOLD_THINGS
            or noun.tag_ in ("WP", "WDT")
        ):
            continue
        span = subtree_offsets(noun)
        in_between = verb.doc[verb.i : noun.left_edge.i]
        if not overlaps_any(span, taken) and not any(token.text in DOUBLE_MARKS for token in in_between):
            return span
    return None


def _addressed(verb: Token, child: Token) -> Token | None:
    """The noun of a verb's dependent that is to whom the words are said, if that is where the verb has it."""
    if verb.lemma_ in ADDRESSED_VERBS:
        if child.dep_ in ("dobj", "dative", "iobj"):
            return (dependent(child, "pobj") or child) if child.tag_ in ("IN", "TO") else child
        if child.dep_ == "nsubjpass":
            return child
        if child.dep_ in ("ccomp", "xcomp"):
            return next((token for token in dependents(child, "nsubj") if token.i > verb.i), child)
    if child.dep_ in ("prep", "dative") and child.lower_ == "to" and verb.lemma_ in DIRECTED_VERBS:
        return dependent(child, "pobj") or child
    return None


def is_clause(doc: Doc, attribution: Attribution) -> bool:
    """Whether a content is a clause, not a mere noun phrase: "to wait", "passengers to wait", "that he resign"."""
    for start, end in attribution.content:
        span = token_span(doc, (start, end))
        if span is None:
            continue
        for token in span:
            outside = token.head == token or token.head.i < span.start or token.head.i >= span.end
            if outside and token.pos_ in ("VERB", "AUX") and token.tag_ != "VBG":
                return True
            if (
                token.tag_ == "TO"
                and token.head.dep_ in ("acl", "xcomp", "relcl", "advcl")
                and token.head.head.i < token.i
            ):
                return True
    return False
