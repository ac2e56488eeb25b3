"""Where contents begin and end: with the words that are reported, not with those of the reporter.

What typography and syntax tell for sure; all else is the tagger's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.introductions import pairs_in, split_turns
from quotes.quotations.sources import subtree_offsets
from quotes.text.quotation_marks import MARK, QuotePair
from quotes.text.spans import overlaps_any, trim

LEADING_WORD = re.compile(r"(?:and|but|or|then|that|,)\s+", re.I)
SENTENCE_END = re.compile(r"[.!?…]\s*\Z")
ENDED_IN_MARKS = re.compile(r"[.,!?…—–-](?:”|’|''|\"|'|»)\Z")
# Falk said the camp would close [and so did Brand].
SECOND_SPEAKER = re.compile(
    r",?\s+(?:and so|and neither|and nor|nor|as|so)\s+"
    r"(?:did|does|do)\s+"
    r"[^,.;]{2,60}\Z"
)
# What one asks for who wants to stay unnamed; nothing is claimed.
ANONYMITY = re.compile(
    r"(?:that )?(?:(?:he|she|they) |(?:his|her|their) (?:\w+ )?(?:names?|identit(?:y|ies)) )?"
    r"(?:not (?:to )?be (?:named|identified|quoted|used|published|printed|disclosed|revealed)"
    r"|(?:to )?remain anonymous|be withheld|anonymity|not to give (?:his|her|their) names?)"
    r"(?: (?:as|because|for|since|due|out|by|in)\b.*)?\Z",
    re.S,
)
AS_IN_MARKS = re.compile(r"as\s+(?=''|[“\"‘'«])")
BARE_NOUN_VERBS = frozenset(["call", "claim", "say"])
NOMINALISATION = re.compile(
    r"(?:tion|sion|ment|ing|al|ence|ance|ancy|ency|ure|ship|ity|ness|ory|dom|sis|ism|th)s?\Z"
)
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
        spans = list(attribution.content)
        if len(spans) > 1 and _is_relative_pronoun(doc, spans[0]):
            spans = spans[1:]
        spans[0] = _behind_addressee(doc, text, spans[0], verb)
        spans[0] = _without_that(doc, text, spans[0])
        spans[-1] = _before_second_speaker(text, spans[-1])
        spans = _before_main_clause(doc, attribution, spans, verb)
        spans = _behind_as(doc, text, attribution, spans, verb)
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
    if LEADING_WORD.fullmatch(before):
        return (first.start, span[1]) if inner[-1].end == span[1] else span
    ends = len(inner) == 1 and first.end == span[1] and ENDED_IN_MARKS.search(text, first.start, first.end)
    cue_before = attribution.cue is not None and attribution.cue[1] <= span[0]
    announced = before.rstrip().endswith(":") and cue_before
    if ends and (announced or SENTENCE_END.search(before)):
        return first.start, span[1]
    return span


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
            and any(pair.start == following[0] for pair in marks)
            and SENTENCE_END.search(gap.strip() or " ")
        ):
            return content[number + 1 :]
    return content


def _cue_verb(doc: Doc, attribution: Attribution) -> Token | None:
    """The verb of a cue."""
    span = token_span(doc, attribution.cue)
    return span.root if span is not None and span.root.pos_ == "VERB" else None


def _is_relative_pronoun(doc: Doc, span: Offsets) -> bool:
    """Whether a fragment is nothing but "which", "who" or "what": "which [he said] was late"."""
    tokens = token_span(doc, span)
    return tokens is not None and len(tokens) == 1 and tokens[0].tag_ in QUESTION_TAGS


def _behind_addressee(doc: Doc, text: str, span: Offsets, verb: Token | None) -> Offsets:
    """A fragment without the addressee before a clause or marks: "asked [the judge] whether", "told [him] “Go”"."""
    if verb is None:
        return span
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and subtree_offsets(child)[0] == span[0]:
            following = doc[child.right_edge.i + 1] if child.right_edge.i + 1 < len(doc) else None
            if following is None or following.idx >= span[1]:
                continue
            opens = verb.lemma_ in ADDRESSING_VERBS and (
                following.tag_ in QUESTION_TAGS or MARK.match(text, following.idx) is not None
            )
            if opens or following.lower_ in COMPLEMENTIZERS:
                return following.idx, span[1]
    return span


def _without_that(doc: Doc, text: str, span: Offsets) -> Offsets:
    """A fragment without a conjunction "that" at its start."""
    if text[span[0] : span[0] + 5].casefold() != "that ":
        return span
    tokens = token_span(doc, (span[0], span[0] + 4))
    is_conjunction = tokens is not None and tokens[0].tag_ == "IN"
    start, end = trim(text, span[0] + 5, span[1])
    return (start, end) if is_conjunction and start < end else span


def _before_second_speaker(text: str, span: Offsets) -> Offsets:
    """A fragment without a clause about somebody else who said so too."""
    clause = SECOND_SPEAKER.search(text, *span)
    return (span[0], clause.start()) if clause and clause.start() > span[0] else span


def _before_main_clause(
    doc: Doc, attribution: Attribution, spans: list[Offsets], verb: Token | None
) -> list[Offsets]:
    """Fragments behind the cue of a relative clause, up to the clause that it belongs to.

    "The claim that Ruiz said “burn it” is false": what is false is the claim.
    """
    clause = verb
    while clause is not None and clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head is not clause:
        clause = clause.head
    if verb is None or clause is None or clause.dep_ not in ("relcl", "acl") or attribution.cue is None:
        return spans
    main = {token.i for token in clause.ancestors if token.i > verb.i}
    result = []
    for start, end in spans:
        tokens = token_span(doc, (start, end))
        first = next((token for token in tokens or () if token.i in main), None)
        if first is not None and start >= attribution.cue[1]:
            outside = [
                t.i for t in first.lefts if t.i > verb.i and t.dep_ in ("aux", "auxpass", "neg", "advmod")
            ]
            start, end = trim(doc.text, start, doc[min([first.i, *outside])].idx)
        if end > start and doc.text[start:end].casefold() not in COMPLEMENTIZERS:
            result.append((start, end))
    return result or spans


def _behind_as(
    doc: Doc, text: str, attribution: Attribution, spans: list[Offsets], verb: Token | None
) -> list[Offsets]:
    """The words in marks alone, of what is said of a passive's subject: "the camp was described as “hell”"."""
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None) if verb else None
    described = AS_IN_MARKS.match(text, *spans[-1])
    if subject is None or described is None or attribution.cue is None:
        return spans
    named = [span for span in spans[:-1] if overlaps_any(span, [subtree_offsets(subject)])]
    return [*(span for span in spans[:-1] if span not in named), (described.end(), spans[-1][1])]


def _claims_nothing(doc: Doc, text: str, attribution: Attribution, verb: Token | None) -> bool:
    """Whether a content is no claim: who is called, what is claimed as one's own, or that one is not to be named."""
    words = text[attribution.content[0][0] : attribution.content[-1][1]]
    if ANONYMITY.fullmatch(words.strip(" .,")):
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
