"""Who the parse says is speaking, where the tagger has found no source or one in the wrong place."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from quotes.lexicon.cues import is_speech
from quotes.quotations.attribution import Attribution, Offsets
from quotes.text.spans import overlaps_any

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
NAMED = frozenset(("PERSON", "ORG", "NORP", "GPE"))
PERCEIVED = frozenset(("quote", "hear", "see", "record", "film"))
HEARSAY = frozenset(("say", "report", "allege", "believe", "understand", "know", "think"))
FORCING = frozenset(
    ("force", "get", "compel", "push", "press", "lead", "prompt", "cause", "pressure", "oblige")
)
COUNTING = frozenset(("dozen", "hundred", "thousand", "million", "score", "couple"))  # "a dozen officials"


def sourced(doc: Doc, verb: Token, one: Attribution, others: Sequence[Offsets]) -> Attribution:
    """An attribution with the source that the parse has for its cue, whose governing word is ``verb``.

    ``others`` are the spans of the other attributions, none of which it may meet.
    """
    if _is_elsewhere(doc, one.source, verb):
        one = replace(one, source=None)
    if one.source is None:
        found = _agent(verb, one, others) or _acting(None, verb, one, others) or _subject(verb, one, others)
    elif (source := doc.char_span(*one.source, alignment_mode="expand")) is not None:
        found = (
            _whole_subject(source, verb, one, others)
            or _own_subject(source, verb)
            or _acting(source, verb, one, others)
        )
    else:
        found = None
    return replace(one, source=found) if found else one


def _subject(verb: Token, one: Attribution, others: Sequence[Offsets]) -> Offsets | None:
    """The subject of a verb, or of the verb that it shares it with: "they marched, chanting ...", "rose and said"."""
    own = [token for token in verb.children if token.dep_ in SUBJECTS]
    shares = verb.dep_ == "conj" or (verb.tag_ == "VBG" and verb.dep_ in ("advcl", "xcomp"))
    if not own and shares and verb.head.pos_ in ("VERB", "AUX"):
        return _subject(verb.head, one, others)
    speaks = ("nsubj", "nsubjpass") if tells_of_speech(verb) else ("nsubj",)
    for token in own:
        if token.dep_ in speaks and token.tag_ not in ("EX", "WDT", "WP") and token.lower_ != "it":
            span = extent(token)
            if not overlaps_any(span, [*one.content, one.cue, *others]):
                return span
    return None


def _agent(verb: Token, one: Attribution, others: Sequence[Offsets]) -> Offsets | None:
    """Who does it, where the cue is passive: "when pressed by Holt", "was told by the court"."""
    for by in verb.children if verb.tag_ == "VBN" else ():
        for token in by.children if by.dep_ == "agent" or (by.dep_ == "prep" and by.lower_ == "by") else ():
            if token.dep_ == "pobj" and (by.dep_ == "agent" or token.ent_type_ in NAMED):
                span = extent(token)
                return None if overlaps_any(span, [*one.content, one.cue, *others]) else span
    return None


def _is_elsewhere(doc: Doc, source: Offsets | None, verb: Token) -> bool:
    """Whether a source stands in a later sentence than the cue, whose verb has a subject of its own."""
    span = doc.char_span(*source, alignment_mode="expand") if source else None
    own = any(token.dep_ == "nsubj" and token.pos_ in ("NOUN", "PROPN") for token in verb.children)
    return own and span is not None and span.start >= verb.sent.end


def tells_of_speech(verb: Token) -> bool:
    """Whether the subject of a passive is who speaks: "was quoted as saying", "can be heard shouting", "is said to have
    called"; but whoever was asked or criticised did not."""
    told = verb.lemma_ in HEARSAY and any(
        child.dep_ == "xcomp" and is_speech(child.text) for child in verb.children
    )
    return told or verb.lemma_ in PERCEIVED


def without_target(one: Attribution, verb: Token) -> Attribution:
    """The attribution without a source that is spoken to or of: "He was criticised for ...", "she was told ..."."""
    passive = next((token for token in verb.children if token.dep_ == "nsubjpass"), None)
    if passive is None or one.source is None or not overlaps_any(extent(passive), [one.source]):
        return one
    spoken_to = is_speech(verb.text) and not tells_of_speech(verb)
    return replace(one, source=None) if spoken_to else one


def _whole_subject(source: Span, verb: Token, one: Attribution, others: Sequence[Offsets]) -> Offsets | None:
    """The subject of which the source is but a part: "the complaint to [the board] says"."""
    noun = next((t for t in verb.children if t.dep_ == "nsubj" and t.pos_ in ("NOUN", "PROPN")), None)
    if (
        noun is None
        or source.root.dep_ != "pobj"
        or not noun.i < source.start
        or not noun.is_ancestor(source.root)
    ):
        return None
    span = extent(noun)
    return None if overlaps_any(span, [*one.content, one.cue, *others]) else span


def _own_subject(source: Span, verb: Token) -> Offsets | None:
    """The subject without the noun before it that its clause is about: "a move analysts said was meant to ..."."""
    subject = source[-1]
    if len(source) < 3 or subject.head != verb or subject.tag_ not in ("NNS", "NNPS"):
        return None
    apart = source[0].lower_ in ("a", "an") and subject.nbor(-1).tag_ == "NN"
    counted = any(token.lower_ in COUNTING for token in source)
    return (subject.idx, subject.idx + len(subject)) if apart and not counted else None


def _acting(source: Span | None, verb: Token, one: Attribution, others: Sequence[Offsets]) -> Offsets | None:
    """Who does what the cue says, if not the subject above: "footage of Ruiz saying", "forced him to admit".

    And the subject above, where the source is only the last noun before a comma: "Ruiz went to the court, saying".
    """
    before = verb.doc[verb.i - 1] if verb.i else verb
    doer: Token | None = None
    if verb.tag_ == "VBG" and (
        before.ent_type_ == "PERSON" or (verb.head == before and before.pos_ == "PROPN")
    ):
        doer = before
    elif verb.dep_ == "xcomp" and verb.head.lemma_ in FORCING:
        doer = next(
            (token for token in verb.head.children if token.dep_ == "dobj" and token.i < verb.i), None
        )
    elif source and verb.tag_ == "VBG" and verb.dep_ == "advcl" and before.text == ",":
        last = source.root.dep_ == "pobj" and source.end == before.i
        return _subject(verb.head, one, others) if last else None
    if doer is None or (source and source.start <= doer.i < source.end):
        return None
    name = next((ent for ent in verb.doc.ents if ent.start <= doer.i < ent.end), None)
    span = (name.start_char, name.end_char) if name is not None else (doer.idx, doer.idx + len(doer))
    return None if overlaps_any(span, [*one.content, one.cue]) else span


def owned(doc: Doc, one: Attribution, others: Sequence[Offsets]) -> Attribution:
    """An attribution whose content is what a noun before it says: it is said by whose word the noun is.

    "Clinton seized on a Times report that ...": the Times reports it.
    """
    content = doc.char_span(*one.content[0], alignment_mode="expand") if one.content else None
    noun = doc[content.start - 1] if content is not None and content.start else None
    if content is None or noun is None or noun.pos_ != "NOUN" or content[0].lower_ != "that":
        return one
    span = (noun.idx, noun.idx + len(noun))
    verb = doc.char_span(*one.cue, alignment_mode="expand") if one.cue else None
    is_cue = overlaps_any(span, [one.cue])
    if not is_speech(noun.lower_) or (verb is not None and is_speech(verb.text) and not is_cue):
        return one  # "wrote in a Times column that": of whoever wrote
    name = next((ent for ent in doc.ents if ent.end == noun.i and ent.label_ in NAMED), None)
    owner = next((token for token in noun.children if token.dep_ == "poss"), None)
    source = (name.start_char, name.end_char) if name else extent(owner) if owner else None
    if source is None or overlaps_any(
        source, [*one.content, one.cue, one.source, *([] if is_cue else others)]
    ):
        return one
    return replace(one, cue=span, source=source)


def extent(token: Token) -> Offsets:
    """The offsets of a word with all that depends on it, without a possessive mark at the end."""
    last = token.doc[token.right_edge.i]
    if last.tag_ == "POS" and last.i > token.i:
        last = token.doc[last.i - 1]
    return token.doc[token.left_edge.i].idx, last.idx + len(last)
