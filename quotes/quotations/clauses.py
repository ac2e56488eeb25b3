"""The pass that completes contents and sources from the dependency parse (sources: ``sources.py``).

A content that is only a part of the reported clause ("The virus, Dr. Ito explained, does not survive long") takes the
whole clause.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from quotes.lexicon.cues import is_speech
from quotes.lexicon.outlets import is_outlet
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import SUBJECT_DEPS, dependent, dependents, subject, subtree_offsets, word_offsets
from quotes.nlp.encoder import encoder
from quotes.quotations.according import part_according_to
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.denied_claims import attribute_denied_claims
from quotes.quotations.hearings import is_hearing
from quotes.quotations.label_probabilities import LabelProbabilities
from quotes.quotations.missed_cues import with_missed_cue
from quotes.quotations.predicates import attribute_predicates
from quotes.quotations.settings import SETTINGS
from quotes.quotations.sources import (
    ADDRESSED_VERBS,
    OVERHEARING_VERBS,
    cited_person,
    correct_source,
    drop_addressee,
    passive_subject_speaks,
    source_of_speech_noun,
    source_of_words,
)
from quotes.quotations.whole_sources import join_antecedent, with_noun
from quotes.text.quotation_marks import SURE_MARKS
from quotes.text.spans import SpanIndex, any_overlap, contains, overlaps_any, subtract

ACCUSING_VERBS = word_set("quotations/accusing_verbs")
NOBODY = frozenset(["nobody", "no one", "none", "nothing"])
PAGE = re.compile(r"\b(?:[Pp]ages?|[Ss]ection) [A-Z]?\d{0,3}[A-Z]?\Z")
ACCUSING_PREPOSITIONS = frozenset(("of", "for", "with"))


def complete_from_parse(doc: Doc, text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with the contents and sources that the parse adds, in the order given. ``text`` is the Doc's.

    An attribution that is more than doubtful keeps its spans: no other takes them.
    """
    attributions = attribute_predicates(doc, text, part_according_to(doc, attributions))
    attributions = attribute_denied_claims(doc, attributions)
    attributions = [_not_by_nobody(text, attribution) for attribution in attributions]
    attributions = _release_subjects(doc, text, attributions)
    for split in (_split_at_foreign_sentence, _split_own_cue):
        attributions = [part for attribution in attributions for part in split(doc, text, attribution)]
    claims = SpanIndex(
        (attribution, span)
        for attribution in attributions
        if attribution.confidence >= SETTINGS.claim_confidence
        for span in attribution.spans
    )
    labels = LabelProbabilities(encoder()(text))
    result = []
    for attribution in attributions:
        near = claims.overlapping(_whole_sentences(doc, attribution))
        others = [span for owner, span in near if owner is not attribution]
        # Two attributions may have one source: "said an official who added that".
        reported = [span for owner, span in near if owner is not attribution and span != owner.source]
        verb = _cue_head(doc, attribution.cue)
        completed = attribution
        if verb is not None and not attribution.by_layout:
            completed = _complete(doc, text, attribution, verb, others, reported, labels)
        # The spans that it had before it was completed are taken as well.
        taken = [span for owner, span in near if owner is not completed]
        completed = source_of_words(doc, text, source_of_speech_noun(doc, completed, taken))
        if is_hearing(doc, text, completed):
            sure = max(completed.confidence, SETTINGS.announced_confidence)
            completed = replace(completed, source=None, confidence=sure, acts=None)  # nobody's, and yet sure
        completed = with_noun(doc, with_missed_cue(doc, text, completed, reported), others)
        result.append(join_antecedent(doc, completed, reported))
    return result


def _not_by_nobody(text: str, attribution: Attribution) -> Attribution:
    """The attribution without cue and source where its source would not have said it.

    "Nobody tells it better. “I left.”", the agency's name behind its text: "“I left.” (Reuters)", a place in a
    paper: "See Page A8: “I left.”".
    """
    source, cue, start = attribution.source, attribution.cue, attribution.content[0][0]
    if source is None or cue is None:
        return attribution
    name = text[slice(*source)]
    is_credit = text[slice(*cue)] == "(" and is_outlet(name)
    is_page = text[slice(*cue)] == ":" and PAGE.search(name) is not None
    ends_between = text[cue[1] : start].rstrip().endswith((".", "!", "?"))
    by_nobody = ends_between and name.casefold() in NOBODY
    return replace(attribution, cue=None, source=None) if is_credit or is_page or by_nobody else attribution


def _release_subjects(doc: Doc, text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions, contents without the subject of a cue right behind them: "It is closed, [the mayor] | said"."""
    found = []
    for attribution in attributions:
        verb, cue = _cue_head(doc, attribution.cue), token_span(doc, attribution.cue)
        if attribution.source is None and verb is not None and cue is not None and is_speech(verb.text):
            nouns = dependents(verb, "nsubj")
            found += [(noun, subtree_offsets(noun)) for noun in nouns if noun.right_edge.i + 1 == cue.start]
    subjects = SpanIndex(found)
    result = []
    for attribution in attributions:
        content = list(attribution.content)
        for number, (start, end) in enumerate(content):
            crossing = (a for _, (a, b) in subjects.overlapping((start, end)) if start < a and end <= b)
            first = next(crossing, None)
            if first is not None:
                content[number] = start, start + len(text[start:first].rstrip(" ,;—–-"))
        result.append(replace(attribution, content=tuple(content)))
    return [part for part in result if all(start < end for start, end in part.content)]


def _whole_sentences(doc: Doc, attribution: Attribution) -> Offsets:
    """The sentences that an attribution's spans lie in: what the parse can add to it is nowhere else."""
    spans = [span for offsets in attribution.spans if (span := token_span(doc, offsets)) is not None]
    if not spans:
        return 0, 0
    first, last = min(span.start for span in spans), max(span.end for span in spans) - 1
    return doc[first].sent.start_char, doc[last].sent.end_char


def _complete(
    doc: Doc,
    text: str,
    attribution: Attribution,
    verb: Token,
    others: Sequence[Offsets],
    reported: Sequence[Offsets],
    labels: LabelProbabilities,
) -> Attribution:
    """The attribution with the source and the content that its cue's verb has in the parse.

    ``others``: the spans of the other attributions, ``reported``: these without their sources.
    """
    attribution = cited_person(_drop_own_subject(text, attribution, verb), verb)
    attribution = correct_source(doc, verb, attribution, others, reported)
    quoted = any(c in SURE_MARKS for start, end in attribution.content for c in text[start:end])
    content = None if quoted else _reported_clause(doc, verb, attribution, others)
    if content and _is_likely_addition(labels, attribution.content, content):
        attribution = replace(attribution, content=content)
    return drop_addressee(_part_from_accused(doc, attribution, verb), verb)


def _part_from_accused(doc: Doc, attribution: Attribution, verb: Token) -> Attribution:
    """The attribution whose cue goes on to the preposition: "accused Lind of", and what of is the content."""
    first = token_span(doc, attribution.content[0])
    accused = next((token for token in dependents(verb, "dobj") if token.i > verb.i), None)
    if verb.lemma_ not in ACCUSING_VERBS or first is None or accused is None or attribution.cue is None:
        return attribution
    in_name = accused.left_edge.i <= first.start <= accused.i  # the tagger may have its last word only
    if not in_name or attribution.cue[1] > first.start_char:
        return attribution
    prepositions = [t for t in first if t.i > accused.i and t.dep_ == "prep" and t.head in (verb, accused)]
    # "blamed the “fog of war” for": the verb's own before one of the noun
    by = min(prepositions, key=lambda t: (t.head != verb, t.i), default=None)
    if by is None or by.lower_ not in ACCUSING_PREPOSITIONS or by.i + 1 >= first.end:
        return attribution
    return replace(
        attribution,
        cue=(attribution.cue[0], word_offsets(by)[1]),
        content=((doc[by.i + 1].idx, attribution.content[0][1]), *attribution.content[1:]),
    )


def _split_at_foreign_sentence(doc: Doc, text: str, attribution: Attribution) -> list[Attribution]:
    """An attribution, and one more without cue and source for what is quoted after a sentence about somebody else.

    "The paper called it “the book of the decade.” Holm rolls her eyes at that. “Which decade?”": nothing but the
    place says whose words the last ones are.
    """
    if attribution.cue is None or len(attribution.content) < 2:
        return [attribution]
    groups = [[attribution.content[0]]]
    for before, after in pairwise(attribution.content):
        gap = before[1], after[0]
        quoted = text[before[1] - 1] in SURE_MARKS and text[after[0]] in SURE_MARKS
        announced = text[slice(*gap)].rstrip().endswith(":") and not overlaps_any(gap, [attribution.cue])
        if quoted and (announced or _has_foreign_sentence(doc, gap, attribution)):
            groups.append([])
        groups[-1].append(after)
    cue = attribution.cue
    nearest = min(groups, key=lambda group: min(max(a - cue[1], cue[0] - b) for a, b in group))
    cueless = replace(attribution, cue=None, source=None, confidence=attribution.confidence / 2)
    return [replace(attribution if group is nearest else cueless, content=tuple(group)) for group in groups]


def _has_foreign_sentence(doc: Doc, gap: Offsets, attribution: Attribution) -> bool:
    """Whether a whole sentence with another subject, and without this cue and source, stands in a stretch of text."""
    span = doc.char_span(*gap, alignment_mode="contract")
    if span is None:
        return False
    source = token_span(doc, attribution.source)
    is_person = source is not None and (
        source.root.ent_type_ == "PERSON" or source.root.lower_ in ("he", "she")
    )
    at = span.start
    while at < span.end:
        sentence = doc[at].sent
        at = sentence.end
        first = next((token for token in sentence if token.dep_ in SUBJECT_DEPS), _that_comes(sentence.root))
        if first is None or sentence.start < span.start or span.end < sentence.end:
            continue
        same_person = is_person and first.lower_ in ("he", "she")
        reports = overlaps_any(
            (sentence.start_char, sentence.end_char), (attribution.cue, attribution.source)
        )
        if not same_person and not reports and sum(token.is_alpha for token in sentence) > 1:
            return True
    return False


def _that_comes(verb: Token) -> Token | None:
    """The subject behind "came", which the parser takes for an object: "From the gallery came [a shout]"."""
    return dependent(verb, "attr", "dobj") if verb.lemma_ == "come" else None


def _split_own_cue(doc: Doc, text: str, attribution: Attribution) -> list[Attribution]:
    """An attribution, and one more for each fragment in marks right behind a speech verb of its own.

    "“Get back!” An officer says, “He has a knife.” Another replies, “Where?”": the last has a cue of its own.
    """
    if attribution.cue is None:
        return [attribution]
    kept: list[Offsets] = []
    split: list[Attribution] = []
    for span in attribution.content:
        verb = _speech_verb_before(doc, span) if text[span[0]] in SURE_MARKS else None
        cue = word_offsets(verb) if verb is not None else None
        if cue is None or overlaps_any(cue, (attribution.cue, attribution.source, *attribution.content)):
            kept.append(span)
        else:
            split.append(replace(attribution, content=(span,), cue=cue, source=None))
    return [*([replace(attribution, content=tuple(kept))] if kept else []), *split]


def _speech_verb_before(doc: Doc, span: Offsets) -> Token | None:
    """The speech verb right before a span, with a comma or a colon in between."""
    content = token_span(doc, span)
    at = content.start - 1 if content is not None else -1
    if at < 1 or doc[at].text not in (",", ":"):
        return None
    verb = doc[at - 1]
    is_finite = verb.pos_ == "VERB" and verb.tag_ != "VB"  # "urged people not to speculate: “...”"
    return verb if is_finite and is_speech(verb.text) else None


def _drop_own_subject(text: str, attribution: Attribution, verb: Token) -> Attribution:
    """The attribution without fragments that are its verb's subject, which is no part of what is reported.

    The "It" of "It is believed the ship left", and the subject of a verb whose other contents are in marks.
    """
    own = subject(verb)
    if own is None and verb.dep_ == "xcomp" and verb.head.lemma_ in OVERHEARING_VERBS:
        own = subject(verb.head)
    quoted = [span for span in attribution.content if text[span[0]] in SURE_MARKS]
    # whom one was told to do it
    told = verb.lemma_ in ADDRESSED_VERBS and own is not None and own.dep_ == "nsubjpass"
    droppable = len(quoted) == len(attribution.content) - 1 or told or passive_subject_speaks(verb)
    kept = []
    for span in attribution.content:
        is_it = text[slice(*span)].lower() == "it" and span < (attribution.cue or span)
        is_subject = own is not None and span not in quoted and overlaps_any(span, [subtree_offsets(own)])
        if not is_it and not (is_subject and droppable):
            kept.append(span)
    return replace(attribution, content=tuple(kept)) if kept else attribution


def _cue_head(doc: Doc, cue: Offsets | None) -> Token | None:
    """The syntactic head of a cue, if it is a verb or the "according" of "according to"."""
    span = token_span(doc, cue)
    if span is None:
        return None
    root = span.root
    return root if root.pos_ in ("VERB", "AUX") or root.lower_ == "according" else None


def _reported_clause(
    doc: Doc, verb: Token, attribution: Attribution, others: Sequence[Offsets]
) -> tuple[Offsets, ...] | None:
    """The reported clause, if the content is less than ``clause_share`` of it and lies within it."""
    head = _reported_head(verb)
    if head is None:
        return None
    excluded = {token.i for token in verb.subtree} if head.is_ancestor(verb) else {verb.i}
    for role in (attribution.cue, attribution.source):
        span = token_span(doc, role)
        excluded |= {token.i for token in span} if span is not None else set()
    for token in head.children:  # whose words they are is no part of them
        if token.lower_ == "according":
            excluded |= {other.i for other in token.subtree}
    clause = sorted(head.subtree, key=lambda token: token.i)  # not so where dependencies cross
    fragments = _stretches([token for token in clause if token.i not in excluded])
    clause_length = sum(end - start for start, end in fragments)
    content_length = sum(end - start for start, end in attribution.content)
    if content_length >= SETTINGS.clause_share * clause_length or any_overlap(fragments, others):
        return None
    within = all(any(contains(fragment, span) for fragment in fragments) for span in attribution.content)
    return tuple(fragments) if within else None


def _is_likely_addition(
    labels: LabelProbabilities, known: Sequence[Offsets], clause: Sequence[Offsets]
) -> bool:
    """Whether the tagger takes what a clause has beyond a content for content: "said he left, [which surprised us]"."""
    added = [part for span in clause for part in subtract(span, known)]
    return labels.of_content(added) >= SETTINGS.least_clause_probability


def _reported_head(verb: Token) -> Token | None:
    """The head of the clause that a verb reports: its clausal complement, or the clause that it interrupts."""
    interrupts = verb.dep_ == "parataxis" or (
        verb.lower_ == "according" and verb.head.pos_ in ("VERB", "AUX")
    )
    return dependent(verb, "ccomp") or (verb.head if interrupts else None)


def _stretches(tokens: Sequence[Token]) -> list[Offsets]:
    """The stretches of neighbouring tokens as offsets, without punctuation at their edges."""
    stretches: list[list[Token]] = []
    for token in tokens:
        if stretches and token.i == stretches[-1][-1].i + 1:
            stretches[-1].append(token)
        else:
            stretches.append([token])
    result = []
    for stretch in stretches:
        words = [token.i for token in stretch if not (token.is_punct or token.is_space)]
        if words:
            first, last = stretch[0].doc[words[0]], stretch[0].doc[words[-1]]
            result.append(word_offsets(first, last))
    return result
