"""Where contents begin and end: with the words that are reported, not with those of the reporter.

What typography and syntax tell for sure; all else is the tagger's.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.sources import subtree_offsets
from quotes.text.quotation_marks import QuotePair, overlapping_pairs
from quotes.text.spans import contains, overlaps_any, trim

LEADING_WORD = re.compile(r"(?:and|but|or|then|that|,)\s+", re.I)
SENTENCE_END = re.compile(r"[.!?…]\s*\Z")
ENDED_IN_MARKS = re.compile(r"[.,!?…—–-](?:”|’|''|\"|'|»)\Z")
# Where "a “bad guy,” “unstable” and “sick.”" goes on, it lists.
WHOLE_SENTENCE = re.compile(r"[.!?…—–-](?:”|’|''|\"|'|»)\Z")
OWN_INTRODUCTION = re.compile(r"[.!?]\s+[^.!?“”\"]{2,80}:\s*\Z")
# Falk said the camp would close [and so did Brand].
SECOND_SPEAKER = re.compile(
    r",?\s+(?:and so|and neither|and nor|nor|as|so)\s+"
    r"(?:did|does|do)\s+"
    r"[^,.;]{2,60}\Z"
)
# What one asks for who wants to stay unnamed; nothing is claimed.
ANONYMITY = re.compile(r"(?:that (?:he|she|they) )?not (?:to )?be (?:named|identified|quoted)\Z")
BARE_NOUN_VERBS = frozenset(["call", "claim", "say"])
NOMINALISATION = re.compile(
    r"(?:tion|sion|ment|ing|al|ence|ance|ancy|ency|ure|ship|ity|ness|ory|dom|sis|ism|th)s?\Z"
)
COMPLEMENTIZERS = frozenset(["that", "if", "whether"])


def trim_to_marks(
    text: str, attributions: Sequence[Attribution], marks: Sequence[QuotePair]
) -> list[Attribution]:
    """Attributions without the reporter's words before marks, split where a quotation introduces itself."""
    result = []
    for attribution in attributions:
        content = tuple(_from_marks(text, attribution, span, marks) for span in attribution.content)
        content = _without_far_sentences(text, replace(attribution, content=content), marks)
        result += _split_turns(text, replace(attribution, content=content), marks)
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
        spans[0] = _behind_addressee(doc, text, spans[0], verb)
        spans[0] = _without_that(doc, text, spans[0])
        spans[-1] = _before_second_speaker(text, spans[-1])
        trimmed = replace(attribution, content=tuple(spans))
        if not _claims_nothing(doc, text, trimmed, verb):
            result.append(trimmed)
    return result


def _pairs_in(span: Offsets, marks: Sequence[QuotePair]) -> list[QuotePair]:
    return [pair for pair in overlapping_pairs(marks, *span) if contains(span, (pair.start, pair.end))]


def _from_marks(text: str, attribution: Attribution, span: Offsets, marks: Sequence[QuotePair]) -> Offsets:
    """A fragment that ends with a sentence in marks, without "and", a whole sentence or "it twice:" before them."""
    inner = _pairs_in(span, marks)
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
            and not _pairs_in(span, marks)
            and _pairs_in(following, marks)
            and any(pair.start == following[0] for pair in marks)
            and SENTENCE_END.search(gap.strip() or " ")
        ):
            return content[number + 1 :]
    return content


def _split_turns(text: str, attribution: Attribution, marks: Sequence[QuotePair]) -> list[Attribution]:
    """An attribution, and one without cue for each quotation that follows another at once, or introduces itself.

    "“Are you leaving?” “No,” said Tran." "“It's over,” said Tran. And from the pilots: “Shame.”"
    """
    cue = attribution.cue
    fragments: list[Offsets] = []
    for span in attribution.content:
        inner = _pairs_in(span, marks)
        cuts = [
            right.start
            for left, right in pairwise(inner)
            if left.closed
            and WHOLE_SENTENCE.search(text, left.start, left.end)
            and text[left.end : right.start].isspace()
            and "\n" not in text[left.end : right.start]
        ]
        bounds = [span[0], *cuts, span[1]]
        fragments += [trim(text, *part) for part in pairwise(bounds)]
    if cue is None:
        return (
            [replace(attribution, content=(part,)) for part in fragments]
            if len(fragments) > len(attribution.content)
            else [attribution]
        )
    groups: list[tuple[Offsets, ...]] = [(fragments[0],)]
    for before, after in pairwise(fragments):
        gap = text[before[1] : after[0]]
        at_once = _is_gap(gap) and _closes(before, marks) and _opens(after, marks)
        at_once = at_once and WHOLE_SENTENCE.search(text, *before) is not None
        if at_once or (OWN_INTRODUCTION.search(gap) and not overlaps_any((after[0] - 1, after[0]), [cue])):
            groups.append(())
        groups[-1] += (after,)
    if len(groups) == 1:
        return [
            attribution
            if fragments == list(attribution.content)
            else replace(attribution, content=tuple(fragments))
        ]
    own = list(min(groups, key=lambda group: min(max(a - cue[1], cue[0] - b) for a, b in group)))
    return [
        replace(attribution, content=group)
        if list(group) == own
        else Attribution(group, confidence=attribution.confidence / 2)
        for group in groups
    ]


def _is_gap(between: str) -> bool:
    """Whether nothing stands between two quotations of one paragraph."""
    return between.isspace() and "\n" not in between


def _closes(span: Offsets, marks: Sequence[QuotePair]) -> bool:
    return any(pair.end == span[1] and pair.closed for pair in marks)


def _opens(span: Offsets, marks: Sequence[QuotePair]) -> bool:
    return any(pair.start == span[0] for pair in marks)


def _cue_verb(doc: Doc, attribution: Attribution) -> Token | None:
    """The verb of a cue."""
    span = token_span(doc, attribution.cue)
    return span.root if span is not None and span.root.pos_ == "VERB" else None


def _behind_addressee(doc: Doc, text: str, span: Offsets, verb: Token | None) -> Offsets:
    """A fragment without the addressee before "that", "if" or "whether": "asked [the judge] whether"."""
    if verb is None:
        return span
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and subtree_offsets(child)[0] == span[0]:
            following = doc[child.right_edge.i + 1] if child.right_edge.i + 1 < len(doc) else None
            if following is not None and following.lower_ in COMPLEMENTIZERS and following.idx < span[1]:
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
