"""Where contents begin and end: with the words that are reported, not with those of the reporter.

What typography and syntax tell for sure; all else is the tagger's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from quotes.lexicon.cues import is_reporting
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import dependent, dependents, subtree_offsets
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.datelines import behind_dateline
from quotes.quotations.endings import TIMES, trim_end
from quotes.quotations.introductions import pairs_in, split_turns
from quotes.quotations.sources import ADDRESSED_VERBS
from quotes.quotations.topics import NOMINALISATION
from quotes.text.quotation_marks import DOUBLE_MARK, MARK, QuotePair, pair_at
from quotes.text.sentence_ends import ends_sentence
from quotes.text.spans import overlaps_any, trim

LEADING_WORD = re.compile(r"(?:and|but|or|then|that|,)\s+", re.I)
# A label with a pictograph, which no one says: "🚨 BREAKING: “We have a deal”"
PICTURED_LABEL = re.compile(
    r"(?:[A-Z]+\b|[^\w“\"‘'])*[\u2600-\u27bf\U0001f300-\U0001faff](?:[A-Z]+\b|[^\w“\"‘'])*"
)
BULLET = re.compile(r"(?:[-–—•·▪▸►→‣◦]|\*{1,3}|\(?(?:\d{1,2}|[a-z])\)|\d{1,2}\.)[ \t]+(?=\S)")
TOPIC_CUE = re.compile(r"\b(?:about|for|of|on|to)\Z")
# What one asks for who wants to stay unnamed; nothing is claimed.
ANONYMITY = re.compile(
    r"(?:that )?(?:(?:he|she|they) |(?:his|her|their) (?:\w+ )?(?:names?|identit(?:y|ies)) )?"
    r"(?:not (?:to )?be (?:named|identified|quoted|used|published|printed|disclosed|revealed)"
    r"|(?:to )?remain anonymous|be withheld|anonymity|not to give (?:his|her|their) names?)"
    r"(?: (?:as|because|for|since|due|out|by|in)\b.*)?\Z",
    re.S,
)
THAT = re.compile(r"(?:(?P<verb>[a-z]+) )?(?P<that>that)(?:, | )", re.I)
REST_OF_LEAD = re.compile(r"(?P<words>(?:[ \t]+[^\s,.;:!?“”\"()]+){1,3}),\s*")  # up to "he said"
WHAT_IS = re.compile(r"what (?:is|was|are|were) (?=(?:an?|the)\b|[“\"‘'])", re.I)
IS = re.compile(r"(?:is|was|are|were) ")
ACCUSING_VERBS = word_set("quotations/accusing_verbs")
RELATIVES = frozenset(["what", "which", "whom"])
AS_IN_MARKS = re.compile(r"as\s+(?=''|[“\"‘'«])")
BARE_NOUN_VERBS = frozenset(["call", "claim", "say"])
FUNCTION_TAGS = frozenset(["ADP", "SCONJ", "CCONJ", "DET", "PUNCT", "SPACE"])
COMPLEMENTIZERS = frozenset(["that", "if", "whether"])
QUESTION_TAGS = frozenset(["WP", "WP$", "WRB", "WDT"])
# Verbs whose object, before a clause or marks, is whom one tells or asks: in nine of ten such places of the training
# articles. Before "to" it is mostly part of the content ("urged Ruiz to resign").
ADDRESSING_VERBS = frozenset(["ask", "assure", "convince", "inform", "remind", "tell", "warn"])


def trim_to_marks(
    text: str, attributions: Sequence[Attribution], marks: Sequence[QuotePair]
) -> list[Attribution]:
    """Attributions without the reporter's words before marks, split where a quotation introduces itself."""
    result = []
    for attribution in attributions:
        content = tuple(_from_marks(text, attribution, span, marks) for span in attribution.content)
        content = tuple(span for span in content if not PICTURED_LABEL.fullmatch(text, *span)) or content
        content = _behind_topic(text, attribution.cue, content)
        content = _without_far_sentences(text, replace(attribution, content=content), marks)
        result += split_turns(text, replace(attribution, content=content), marks)
    return result


def trim_edges(doc: Doc, text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions without a leading "that", an addressee or another speaker's clause, if they claim something."""
    result = []
    for attribution in attributions:
        if attribution.by_layout:
            result.append(attribution)
            continue
        verb = _cue_verb(doc, attribution)
        first = _behind_bullet(text, attribution.content[0])
        first = behind_dateline(doc, first) or first
        spans = _without_function_words(doc, [first, *attribution.content[1:]])
        spans = _without_what(text, spans)
        spans = _from_lead(doc, text, replace(attribution, content=tuple(spans)))
        if len(spans) > 1 and _is_relative_pronoun(doc, spans[0]):
            spans = spans[1:]
        spans = _behind_addressee(doc, text, spans, verb)
        spans[0] = _without_that(doc, text, _behind_day(doc, text, attribution, spans[0], verb))
        spans = _before_main_clause(doc, text, attribution, spans, verb)
        spans = _behind_as(text, attribution, spans, verb)
        spans = trim_end(doc, text, attribution, spans)
        trimmed = replace(attribution, content=tuple(spans))
        if not _claims_nothing(doc, text, trimmed, verb):
            result.append(trimmed)
    return result


def _from_marks(text: str, attribution: Attribution, span: Offsets, marks: Sequence[QuotePair]) -> Offsets:
    """A fragment that ends with a sentence in marks, without "and", a whole sentence or "it twice:" before them."""
    inner = pairs_in(span, marks)
    if not inner or inner[0].start == span[0]:
        return span
    first, before = inner[0], text[span[0] : inner[0].start]
    if PICTURED_LABEL.fullmatch(before):
        return first.start, span[1]
    if LEADING_WORD.fullmatch(before):
        return (first.start, span[1]) if inner[-1].end == span[1] else span
    ends = len(inner) == 1 and first.end == span[1] and _is_closed(text, first)
    cue_before = attribution.cue is not None and attribution.cue[1] <= span[0]
    announced = before.rstrip().endswith(":") and cue_before
    if ends and (announced or ends_sentence(before, 0, len(before))):
        return first.start, span[1]
    return span


def _behind_topic(text: str, cue: Offsets | None, content: tuple[Offsets, ...]) -> tuple[Offsets, ...]:
    """The fragments without what a cue with a preposition is about: "wrote of [her mother], “She was a storm.”"."""
    if cue is None or len(content) < 2 or not TOPIC_CUE.search(text, *cue):
        return content
    (start, end), following = content[:2]
    is_named = text[cue[1] : start].isspace() and text[end : following[0]].strip() in (",", ":")
    return (
        content[1:]
        if is_named and not MARK.search(text, start, end) and MARK.match(text, following[0])
        else content
    )


def _is_closed(text: str, pair: QuotePair) -> bool:
    """Whether marks close as a quotation does, with a point before the closing one."""
    return ends_sentence(text, pair.start, pair.end, "stop", "comma", "dash", in_marks=True)


def _without_far_sentences(
    text: str, attribution: Attribution, marks: Sequence[QuotePair]
) -> tuple[Offsets, ...]:
    """The fragments without a whole sentence of the reporter before the marks behind which the cue stands."""
    content, cue = attribution.content, attribution.cue
    if cue is None:
        return content
    for number, (span, following) in enumerate(pairwise(content)):
        gap = text[span[1] : following[0]]
        if (
            following[1] <= cue[0]
            and not pairs_in(span, marks)
            and pairs_in(following, marks)
            and pair_at(marks, following[0]) is not None
            and ends_sentence(gap, 0, len(gap))
        ):
            return content[number + 1 :]
    return content


def _cue_verb(doc: Doc, attribution: Attribution) -> Token | None:
    """The verb of a cue."""
    span = token_span(doc, attribution.cue)
    return span.root if span is not None and span.root.pos_ == "VERB" else None


def _from_lead(doc: Doc, text: str, attribution: Attribution) -> list[Offsets]:
    """Fragments, the one before a reporting clause up to its comma: "[In other words], he said, “it is over”".

    A participle there is the reporter's: "Taking it in, she said, “...”". Neither is what names marks: "“Play on”: that
    was all [the referee] would say".
    """
    spans = list(attribution.content)
    roles = [role[0] for role in (attribution.source, attribution.cue) if role and role[0] >= spans[0][1]]
    if len(spans) < 2 or not roles or min(roles) > spans[1][0]:
        behind = len(spans) > 1 and MARK.match(text, spans[0][0]) and not MARK.search(text, *spans[1])
        is_named = behind and text[spans[0][1] : spans[1][0]].strip() == ":"
        return [spans[0], *spans[2:]] if is_named else spans
    if MARK.search(text, *spans[0]):
        return spans
    rest = REST_OF_LEAD.fullmatch(text, spans[0][1], min(roles))
    tokens = token_span(doc, spans[0])
    is_told = tokens is not None and tokens[0].tag_ in ("VBG", "VBN") and tokens[0].dep_ == "advcl"
    if is_told and all(MARK.match(text, start) for start, _ in spans[1:]):
        return spans[1:]
    return [(spans[0][0], rest.end("words")), *spans[1:]] if rest is not None else spans


def _is_relative_pronoun(doc: Doc, span: Offsets) -> bool:
    """Whether a fragment is nothing but "which", "who" or "what": "which [he said] was late"."""
    tokens = token_span(doc, span)
    return tokens is not None and len(tokens) == 1 and tokens[0].tag_ in QUESTION_TAGS


def _behind_addressee(doc: Doc, text: str, spans: list[Offsets], verb: Token | None) -> list[Offsets]:
    """Fragments without the addressee before a clause or marks: "asked [the judge] whether", "told [him], “Go”"."""
    if verb is None:
        return spans
    (start, end), rest = spans[0], spans[1:]
    for child in dependents(verb, "dobj", "dative"):
        request = _behind_relative_clause(child) if verb.lemma_ in ADDRESSED_VERBS else None
        if request is not None and child.idx < start < request.idx < end:
            return [(request.idx, end), *rest]
        following = _behind_comma(doc, child.right_edge.i + 1)
        if following is None or subtree_offsets(child)[0] != start:
            continue
        told = verb.lemma_ in ADDRESSED_VERBS and (
            MARK.match(text, following.idx)
            or any(clause.left_edge == following for clause in dependents(verb, "ccomp"))
        )
        asked = verb.lemma_ in ADDRESSING_VERBS and following.tag_ in QUESTION_TAGS
        if told or asked or (following.lower_ in COMPLEMENTIZERS and following.tag_ != "WDT"):
            if following.idx < end:
                return [(following.idx, end), *rest]
            return rest or spans
    return spans


def _behind_relative_clause(noun: Token) -> Token | None:
    """The word with which a clause begins that the parser takes into a relative clause of whom one tells.

    "told residents who live by the river [to] leave", "told a crowd that had come to listen [that] it was over".
    """
    clause = next((c for c in dependents(noun, "relcl") if c.left_edge.tag_ in ("WP", "WDT")), None)
    first = None
    while (clause := dependent(clause, "xcomp", "advcl", "ccomp")) is not None:
        lead = next(
            (t for t in clause.lefts if t.tag_ == "TO" or (t.dep_ == "mark" and t.lower_ == "that")), None
        )
        first = lead or first
    return first.nbor(-1) if first is not None and first.nbor(-1).dep_ == "neg" else first


def _behind_bullet(text: str, span: Offsets) -> Offsets:
    """A fragment without the bullet or number of a list that it begins with: "[- ]Two were hurt, police said"."""
    start, end = span
    bullet = BULLET.match(text, start, end) if start == 0 or text[start - 1] == "\n" else None
    return (bullet.end(), end) if bullet is not None else span


def _behind_comma(doc: Doc, at: int) -> Token | None:
    """The token at a place, or behind a comma or colon there; None at the end."""
    at += doc[at : at + 1].text in (",", ":")
    return doc[at] if at < len(doc) else None


def _without_what(text: str, spans: list[Offsets]) -> list[Offsets]:
    """Fragments without the "what" of "in what she called a farce", "in what he said was a farce"."""
    kept = [span for span in spans if text[slice(*span)].casefold() not in RELATIVES]
    if not kept:
        return spans
    start, end = kept[0]
    # "which was late" keeps its verb
    of_what = any(text[slice(*span)].casefold() == "what" for span in spans)
    lead = (
        WHAT_IS.match(text, start, end) if kept == spans else IS.match(text, start, end) if of_what else None
    )
    if lead is not None and lead.end() < end:
        kept[0] = (lead.end(), end)
    return kept


def _behind_day(doc: Doc, text: str, attribution: Attribution, span: Offsets, verb: Token | None) -> Offsets:
    """A fragment without the day on which it was said: "said [on Tuesday] the talks were going well"."""
    tokens = token_span(doc, span)
    if tokens is None or verb is None or attribution.cue is None or attribution.cue[1] > span[0]:
        return span
    first = tokens[0]
    day = first if first.tag_ == "IN" else next((t for t in first.ancestors if t.head == verb), first)
    is_day = doc[day.right_edge.i].ent_type_ in TIMES and day.dep_ in ("prep", "npadvmod")
    if day.head != verb or day.left_edge.i != first.i or not is_day or day.right_edge.i + 1 >= tokens.end:
        return span
    start, end = trim(text, day.right_edge.idx + len(day.right_edge), span[1])
    return (start + 1, end) if text[start : start + 2] == ", " else (start, end)


def _without_that(doc: Doc, text: str, span: Offsets) -> Offsets:
    """A fragment without a conjunction "that" at its start, and an adverb before it: "said [only that] it was late"."""
    lead = THAT.match(text, *span)
    if lead is None:
        return span
    tokens = token_span(doc, lead.span("that"))
    is_conjunction = tokens is not None and tokens[0].tag_ == "IN" and tokens[0].dep_ != "det"
    lead_in = token_span(doc, lead.span("verb")) if lead["verb"] else None
    if lead_in is not None and not is_conjunction:
        return span
    # "Reports that she left were “rubbish”", "Defending that coast is hard, said the admiral"
    if lead_in is not None and lead_in[0].tag_ != "RB" and not _is_said_before(lead_in[0]):
        return span
    start, end = trim(text, lead.end(), span[1])
    return (start, end) if is_conjunction and start < end else span


def _is_said_before(word: Token) -> bool:
    """Whether a word is a verb of saying, within its sentence."""
    return is_reporting(word.text) and word.pos_ == "VERB" and not word.is_sent_start


def _without_function_words(doc: Doc, spans: list[Offsets]) -> list[Offsets]:
    """Fragments without one that is a function word alone: "said [on] Tuesday [trade talks were going well]"."""
    kept = []
    for span in spans:
        tokens = token_span(doc, span)
        if tokens is None or any(token.pos_ not in FUNCTION_TAGS for token in tokens):
            kept.append(span)
    return kept or spans


def _before_main_clause(
    doc: Doc, text: str, attribution: Attribution, spans: list[Offsets], verb: Token | None
) -> list[Offsets]:
    """Fragments behind the cue of a relative clause, up to the clause that it belongs to.

    "The claim that Ruiz said “burn it” is false": what is false is the claim.
    """
    clause = verb
    while clause is not None and clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head != clause:
        clause = clause.head
    if verb is None or clause is None or clause.dep_ not in ("relcl", "acl") or attribution.cue is None:
        return spans
    main = {token.i for token in clause.ancestors if token.i > verb.i}
    result = []
    for start, end in spans:
        tokens = token_span(doc, (start, end))
        first = next((token for token in tokens or () if token.i in main), None)
        if first is not None and start >= attribution.cue[1] and not _is_within_marks(text, start, first):
            outside = [
                t.i for t in first.lefts if t.i > verb.i and t.dep_ in ("aux", "auxpass", "neg", "advmod")
            ]
            start, end = trim(text, start, doc[min([first.i, *outside])].idx)
        if end > start and text[start:end].casefold() not in COMPLEMENTIZERS:
            result.append((start, end))
    return result or spans


def _is_within_marks(text: str, start: int, token: Token) -> bool:
    """Whether a word stands within the marks that open a fragment: "As she put it, “Oh, it is late.”"."""
    return (
        DOUBLE_MARK.match(text, start) is not None and DOUBLE_MARK.search(text, start + 2, token.idx) is None
    )


def _behind_as(
    text: str, attribution: Attribution, spans: list[Offsets], verb: Token | None
) -> list[Offsets]:
    """What is said of a passive's subject, without it: "the camp was described as “hell”", "they were accused of"."""
    subject = dependent(verb, "nsubjpass")
    if verb is None or subject is None or attribution.cue is None:
        return spans
    described = AS_IN_MARKS.match(text, *spans[-1])
    if described is None and verb.lemma_ not in ACCUSING_VERBS:
        return spans
    rest = [span for span in spans[:-1] if not overlaps_any(span, [subtree_offsets(subject)])]
    return [*rest, (described.end(), spans[-1][1]) if described else spans[-1]]


def _claims_nothing(doc: Doc, text: str, attribution: Attribution, verb: Token | None) -> bool:
    """Whether a content is no claim: who is called, what is claimed as one's own, or that one is not to be named."""
    words = text[attribution.content[0][0] : attribution.content[-1][1]]
    negation = "not " if attribution.cue and text[slice(*attribution.cue)].endswith(" not") else ""
    if ANONYMITY.fullmatch(negation + words.strip(" .,")):
        return True
    tokens = token_span(doc, attribution.content[0])
    if verb is None or tokens is None or len(attribution.content) > 1 or len(tokens) > 3:
        return False
    if any(token.pos_ in ("VERB", "AUX", "ADJ", "PUNCT", "NUM", "ADV", "ADP") for token in tokens):
        return False
    if verb.lemma_ == "deny" and tokens[0].pos_ == "PRON" and len(tokens) > 1:
        return True  # denied him entry
    head = tokens.root
    is_object = head.head == verb and head.dep_ in ("dobj", "attr")
    return (
        verb.lemma_ in BARE_NOUN_VERBS
        and is_object
        and head.pos_ == "NOUN"
        and tokens[0].pos_ in ("DET", "PRON")
        and not NOMINALISATION.search(head.lower_)
    )
