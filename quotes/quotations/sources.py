"""The source according to the parse, where the tagger has found none or one in the wrong place."""

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from quotes.lexicon.cues import is_speech
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import SUBJECT_DEPS, dependent, dependents, subject, subtree_offsets, word_offsets
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.datelines import behind_dateline, dateline_end
from quotes.text.quotation_marks import CLOSING
from quotes.text.spans import overlaps_any

SOURCE_ENTITY_LABELS = frozenset(("PERSON", "ORG", "NORP", "GPE"))
OVERHEARING_VERBS = word_set("quotations/overhearing_verbs")
HEARSAY_VERBS = word_set("quotations/hearsay_verbs")
CAUSATIVE_VERBS = word_set("quotations/causative_verbs")
ADDRESSED_VERBS = word_set("quotations/addressed_verbs")  # "told reporters"
COUNTING_NOUNS = word_set("quotations/counting_nouns")
SPOKEN_NOUNS = word_set("cues/speech_nouns") | word_set("quotations/spoken_nouns")
TOLD_VERBS = frozenset(["advise", "ask", "assure", "call", "inform", "quote", "remind", "tell", "warn"])
CITING_LEMMAS = frozenset(["quote", "paraphrase", "cite", "echo"])
OWNER_AND_ADJECTIVES = re.compile(r"['’]s?(?=(?: [a-z-]+){1,3}\Z)")


def correct_source(
    doc: Doc, verb: Token, attribution: Attribution, others: Sequence[Offsets], reported: Sequence[Offsets]
) -> Attribution:
    """An attribution with the source that the parse has for its cue, whose governing word is ``verb``.

    ``others``: the spans of the other attributions, none of which the new source may overlap; ``reported``: these
    without their sources, for a subject, which may be that of two verbs.
    """
    told = attribution.source
    if (
        _is_in_another_sentence(doc, told, verb)
        or _is_addressee(doc, attribution, verb)
        or _is_asked(doc, told, verb)
    ):
        attribution = replace(attribution, source=None)
    if attribution.source is not None:
        attribution = replace(attribution, source=behind_dateline(doc, attribution.source))
    own = [*attribution.content, attribution.cue]
    taken = [*own, *others]
    inverted = _inverted_speaker(doc, verb, attribution)
    if inverted and not overlaps_any(inverted, [attribution.source, *own, *reported]):
        return replace(attribution, source=inverted)
    source = token_span(doc, attribution.source)
    if attribution.source is None:
        better = (
            _passive_agent(verb, [*own, *reported])
            or _speaking_object(verb, [*own, *reported])
            or _logical_subject(verb, None, own=own, taken=taken)
            or speaking_subject(verb, [*own, *reported])
        )
    elif source is not None:
        better = (
            _enclosing_subject(verb, source, taken)
            or _embedded_subject(verb, source)
            or _logical_subject(verb, source, own=own, taken=taken)
        )
    else:
        better = None
    return replace(attribution, source=better) if better else attribution


def _inverted_speaker(doc: Doc, verb: Token, attribution: Attribution) -> Offsets | None:
    """The person right behind a verb that stands right behind marks: "“Over here!” called [Jane Moss]".

    The parser takes them for the verb's object. So it does where the verb opens the sentence and a colon announces the
    words: "Shouted [a man]: “Over here!”".
    """
    content = token_span(doc, attribution.content[-1])
    speaks = is_speech(verb.text) and verb.tag_ in ("VBD", "VBZ")
    if content is None or not speaks or subject(verb) is not None:
        return None
    objects = (token for token in dependents(verb, "dobj") if token.left_edge.i == verb.i + 1)
    if verb.is_sent_start and content.start > verb.i and doc[content.start - 1].text == ":":
        return next((_without_clauses(token) for token in objects if token.pos_ in ("NOUN", "PROPN")), None)
    if content.end != verb.i or content[-1].text not in CLOSING:
        return None
    # nothing is "said" behind marks but by somebody
    speakers = (token for token in objects if token.ent_type_ == "PERSON" or verb.lemma_ == "say")
    return next((_without_clauses(token) for token in speakers), None)


def speaking_subject(verb: Token, taken: Sequence[Offsets | None]) -> Offsets | None:
    """The subject of a verb, or the one that it shares with its head: "they marched, chanting", "rose and said".

    Without the clauses behind it where others' spans are in them: "said [Ruiz], who noted that". ``taken``: the spans
    that it may not overlap.
    """
    subjects = list(dependents(verb, *SUBJECT_DEPS))
    speaking = ("nsubj", "nsubjpass") if passive_subject_speaks(verb) else ("nsubj",)
    if not subjects and _shares_subject(verb):
        active = verb.tag_ in ("VBD", "VBZ", "VBP") and not passive_subject_speaks(verb)
        while not subjects and _shares_subject(verb):
            verb = verb.head
            subjects = list(dependents(verb, *SUBJECT_DEPS))
        speaking = ("nsubj", "nsubjpass") if active or passive_subject_speaks(verb) else ("nsubj",)
    for token in subjects:
        is_relative = token.tag_ == "WDT" and verb.dep_ == "relcl"  # "a charity that calls for"
        is_nobody = token.tag_ in ("EX", "WDT") or token.lower_ in ("it", "what") or _is_in_dateline(token)
        speaks = token.dep_ in speaking and (is_relative or not is_nobody)
        if speaks and (span := _free_phrase(token, taken)) is not None:
            return span
    return None


def _free_phrase(noun: Token, taken: Sequence[Offsets | None]) -> Offsets | None:
    """A noun phrase that overlaps no span of ``taken``: the whole of it, else without the clauses behind the noun."""
    phrases = subtree_offsets(noun), _without_clauses(noun)
    return next((span for span in phrases if not overlaps_any(span, taken)), None)


def _shares_subject(verb: Token) -> bool:
    """Whether a verb without a subject has that of its head: "rose and said", "marched, chanting", "went on to say"."""
    if verb.head.pos_ not in ("VERB", "AUX") or verb.head == verb:
        return False
    if verb.dep_ == "xcomp" and verb.tag_ == "VB":
        return dependent(verb.head, "dobj", "dative", "iobj") is None
    return verb.dep_ == "conj" or (verb.tag_ == "VBG" and verb.dep_ in ("advcl", "xcomp"))


def _without_clauses(noun: Token) -> Offsets:
    """The offsets of a noun phrase up to its first relative clause or comma behind the noun."""
    last = noun
    for token in noun.doc[noun.i + 1 : noun.right_edge.i + 1]:
        if token.is_punct or token.dep_ in ("relcl", "acl") or token.tag_ in ("WP", "WDT", "WP$"):
            break
        last = token
    return word_offsets(noun.left_edge, last)


def _passive_agent(verb: Token, taken: Sequence[Offsets | None]) -> Offsets | None:
    """The agent of a passive cue: "when pressed by Holt", "was told by the court"."""
    for by in verb.children if verb.tag_ == "VBN" else ():
        if by.dep_ != "agent" and not (by.dep_ == "prep" and by.lower_ == "by"):
            continue
        for token in dependents(by, "pobj"):
            if by.dep_ == "agent" or token.ent_type_ in SOURCE_ENTITY_LABELS:
                wide = subtree_offsets(token)  # "rebuked [by opponents] for his plan"
                narrow = word_offsets(token.left_edge, token)
                return next((span for span in (wide, narrow) if not overlaps_any(span, taken)), None)
    return None


def _speaking_object(verb: Token, taken: Sequence[Offsets | None]) -> Offsets | None:
    """The noun that speaks as an object: "according to [Ruiz]", "quotes [him] as saying", "with [guests] saying"."""
    above = verb.head
    if verb.lower_ == "according":
        governors = [child for child in verb.children if child.lower_ == "to"]
    elif verb.dep_ == "pcomp" and above.lower_ == "as" and above.head.lemma_ in CITING_LEMMAS:
        governors = [above.head] if above.head.tag_ != "VBN" else []
    else:
        governors = [above] if verb.dep_ == "pcomp" and above.lower_ == "with" else []
    for governor in governors:
        for noun in dependents(governor, "pobj", "dobj"):
            if (noun.i < verb.i or verb.lower_ == "according") and (span := _free_phrase(noun, taken)):
                return span
    return None


def _is_in_another_sentence(doc: Doc, source: Offsets | None, verb: Token) -> bool:
    """Whether a source stands in another sentence than the cue, whose verb has a subject of its own."""
    span = token_span(doc, source)
    has_subject = any(token.pos_ in ("NOUN", "PROPN") for token in dependents(verb, "nsubj"))
    sentence = verb.sent
    return has_subject and span is not None and (span.start >= sentence.end or span.end <= sentence.start)


def _is_asked(doc: Doc, source: Offsets | None, verb: Token) -> bool:
    """Whether a source is who was asked, and does something else: "[Bell], asked whether he was tired, said"."""
    span = token_span(doc, source)
    if span is None or verb.lemma_ != "ask" or span.end + 1 != verb.i or span.root.head == verb:
        return False
    return doc[span.end].text == "," and not any(token.text == "," for token in span)


def passive_subject_speaks(verb: Token) -> bool:
    """Whether the subject of a passive verb is the source: "was quoted as saying", "can be heard shouting".

    And "is said to have called"; but whoever was asked or criticised said nothing.
    """
    hearsay = verb.lemma_ in HEARSAY_VERBS and any(is_speech(t.text) for t in dependents(verb, "xcomp"))
    return hearsay or verb.lemma_ in OVERHEARING_VERBS or _is_perfect(verb)


def _is_perfect(verb: Token) -> bool:
    """Whether what the parse takes for "is" is "has": "he's said so"; but "he's told so" is "is"."""
    aux = dependent(verb, "auxpass")
    return aux is not None and aux.text in ("'s", "’s") and verb.lemma_ not in TOLD_VERBS


def drop_addressee(attribution: Attribution, verb: Token) -> Attribution:
    """The attribution without a source that is the addressee or the topic: "was criticised for", "is seen as"."""
    passive = dependent(verb, "nsubjpass")
    if passive is None or not overlaps_any(subtree_offsets(passive), [attribution.source]):
        return attribution
    says = is_speech(verb.text) or any(token.lower_ == "as" for token in verb.children)
    return replace(attribution, source=None) if says and not passive_subject_speaks(verb) else attribution


def _enclosing_subject(verb: Token, source: Span, taken: Sequence[Offsets | None]) -> Offsets | None:
    """The whole subject of which the source is a part: "the complaint to [the board] says", "Ruiz, [a baker], says"."""
    noun = next((token for token in dependents(verb, "nsubj") if token.pos_ in ("NOUN", "PROPN")), None)
    if noun is None or not noun.i < source.start or not noun.is_ancestor(source.root):
        return None
    span = subtree_offsets(noun)
    return None if overlaps_any(span, taken) else span


def _is_in_dateline(token: Token) -> bool:
    """Whether a word belongs to a dateline, whose place the parser at times takes for a subject."""
    return token.pos_ == "PROPN" and dateline_end(token) > token.idx


def _is_addressee(doc: Doc, attribution: Attribution, verb: Token) -> bool:
    """Whether a source is whom the words are told: behind "told" and before them, with a subject of its own."""
    source = token_span(doc, attribution.source)
    speaker = subject(verb)
    if source is None or speaker is None or speaker.dep_ != "nsubj" or verb.lemma_ not in ADDRESSED_VERBS:
        return False
    return speaker.i < verb.i < source.start == verb.i + 1 and source.end_char <= attribution.content[0][0]


def _embedded_subject(verb: Token, source: Span) -> Offsets | None:
    """The subject of a relative clause without the noun that it modifies: "a move [analysts] said was meant to"."""
    last = source[-1]
    if len(source) < 3 or last.head != verb or last.tag_ not in ("NNS", "NNPS"):
        return None
    has_head_noun = source[0].lower_ in ("a", "an") and last.nbor(-1).tag_ == "NN"
    is_counted = any(token.lower_ in COUNTING_NOUNS for token in source)
    return word_offsets(last) if has_head_noun and not is_counted else None


def _logical_subject(
    verb: Token, source: Span | None, *, own: Sequence[Offsets | None], taken: Sequence[Offsets | None]
) -> Offsets | None:
    """The noun that does what the cue says without being its subject: "footage of Ruiz saying", "forced him to admit".

    And the subject of the main clause, where the source is only the last noun before a comma or its object: "Ruiz went
    to the court, saying", "Ruiz pressed the court for it, saying". ``own`` are the attribution's content and cue,
    ``taken`` these and the spans of the others.
    """
    before = verb.doc[verb.i - 1] if verb.i else verb
    actor: Token | None = None
    if verb.tag_ == "VBG" and (
        before.ent_type_ == "PERSON" or (verb.head == before and before.pos_ == "PROPN")
    ):
        actor = before
    elif verb.dep_ == "xcomp" and verb.head.lemma_ in CAUSATIVE_VERBS:
        actor = next((token for token in dependents(verb.head, "dobj") if token.i < verb.i), None)
    elif source and verb.tag_ == "VBG" and verb.dep_ == "advcl" and before.text == ",":
        ends_at_comma = source.root.dep_ == "pobj" and source.end == before.i
        is_object = source.root.dep_ == "dobj" and source.root.head == verb.head
        return speaking_subject(verb.head, taken) if ends_at_comma or is_object else None
    if actor is None or (source and source.start <= actor.i < source.end):
        return None
    name = next((ent for ent in verb.doc.ents if ent.start <= actor.i < ent.end), None)
    span = (name.start_char, name.end_char) if name is not None else word_offsets(actor)
    return None if overlaps_any(span, own) else span


def source_of_speech_noun(doc: Doc, attribution: Attribution, others: Sequence[Offsets]) -> Attribution:
    """An attribution with a speech noun as cue and its owner as source, where the content is that noun's clause.

    "Clinton seized on a Times report that ...": the Times reports it.
    """
    content = token_span(doc, attribution.content[0]) if attribution.content else None
    noun = doc[content.start - 1] if content is not None and content.start else None
    if content is None or noun is None or noun.pos_ != "NOUN" or content[0].lower_ != "that":
        return attribution
    span = word_offsets(noun)
    cue = token_span(doc, attribution.cue)
    is_cue = overlaps_any(span, [attribution.cue])
    if not is_speech(noun.lower_) or (cue is not None and is_speech(cue.text) and not is_cue):
        return attribution  # "wrote in a Times column that": whoever wrote is the source
    name = next((ent for ent in doc.ents if ent.end == noun.i and ent.label_ in SOURCE_ENTITY_LABELS), None)
    owner = dependent(noun, "poss")
    source = (name.start_char, name.end_char) if name else subtree_offsets(owner) if owner else None
    taken = [*attribution.content, attribution.cue, attribution.source, *([] if is_cue else others)]
    if source is None or overlaps_any(source, taken):
        return attribution
    return replace(attribution, cue=span, source=source)


def cited_person(attribution: Attribution, verb: Token) -> Attribution:
    """An attribution whose cue cites somebody, with whom it cites as source: "To quote [the mayor], “never”"."""
    cited = next((child for child in dependents(verb, "dobj") if child.i > verb.i), None)
    if verb.lemma_ not in CITING_LEMMAS or verb.tag_ != "VB" or cited is None or subject(verb) is not None:
        return attribution
    span = subtree_offsets(cited)
    rest = tuple(part for part in attribution.content if not overlaps_any(part, [span]))
    if attribution.source is not None or not rest or cited.pos_ not in ("NOUN", "PROPN"):
        return attribution
    return replace(attribution, content=rest, source=span)


def source_of_words(doc: Doc, text: str, attribution: Attribution) -> Attribution:
    """An attribution by a noun of speech, with its owner alone as source: "[Ruiz]'s curt reply", "with the words"."""
    cue = token_span(doc, attribution.cue)
    if cue is None or cue.root.pos_ != "NOUN" or cue.root.lemma_.lower() not in SPOKEN_NOUNS:
        return attribution
    if attribution.source is None:
        doer = doer_with_words(cue.root)
        taken = [*attribution.content, attribution.cue]
        return replace(attribution, source=doer) if doer and not overlaps_any(doer, taken) else attribution
    start, end = attribution.source
    owner = OWNER_AND_ADJECTIVES.search(text, start, end)
    if owner is None or owner.start() <= start:
        return attribution
    return replace(attribution, source=(start, owner.start()))


def doer_with_words(noun: Token) -> Offsets | None:
    """The subject of what is done "with these words", or in their relative clause: "words with which Ruiz left"."""
    above = noun.head if noun.dep_ == "pobj" and noun.head.lower_ == "with" else None
    verbs = [above.head] if above is not None else dependents(noun, "relcl")
    doers = (doer for verb in verbs for doer in dependents(verb, "nsubj") if doer.pos_ in ("NOUN", "PROPN"))
    return next(map(subtree_offsets, doers), None)
