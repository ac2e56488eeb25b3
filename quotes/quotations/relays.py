"""The pass that finds relays: "Sources told Bloomberg", "according to Reuters, Reinsch remarked that".

The outlet that passed a quotation on is its relay (``via``); the one that it quotes is the source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from quotes.lexicon import cues
from quotes.lexicon.outlets import is_outlet
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import NOMINAL_SUBJECT_DEPS, dependent, dependents, subtree_offsets, word_offsets
from quotes.quotations.attribution import Attribution, Offsets, token_span
from quotes.quotations.settings import SETTINGS
from quotes.text.quotation_marks import OPENING
from quotes.text.spans import overlap, overlaps_any

AS_SAYING = re.compile(
    rf" (as (?:saying|telling \w+|writing|warning|claiming|stating|adding))[,:]? (?=\w|[{OPENING}])"
)
CLOSING_MARKS = frozenset(("”", '"', "’", "''"))
RELAY_VERBS = word_set("quotations/relay_verbs")
ADDRESSING_VERBS = word_set("quotations/addressing_verbs")
# Before the name of an outlet: "the news agency AMNA".
PRESS_NOUN_BEFORE = re.compile(
    r"(?:news agency|newspaper|(?:the|local) (?:daily|weekly)|tabloid|magazine|broadcaster|(?:news|TV|radio) "
    r"(?:network|station|channel|website|site)) \w+\Z"
)
# After it: "Les Echos newspaper", "Hokkaido Shimbun daily".
PRESS_NOUN_AFTER = re.compile(
    r"(?:newspaper|daily|weekly|tabloid|magazine|broadcaster|television|radio|news (?:agency|network|site|website))\b"
)
PRESS_WORKS = frozenset(("report", "story", "article", "dispatch"))
TALKING_VERBS = frozenset(("speak", "talk"))
SPOKEN_TO = frozenset(("according", "told", "speaking", "spoke", "remarks"))
INTERVIEW_NOUNS = word_set("quotations/interview_nouns")


def attach_relays(doc: Doc, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with ``via`` where a news outlet passed them on, in the order given.

    An outlet's attribution whose content is the attribution of somebody else becomes that one; one that says no
    more than another of the same sentence is left out.
    """
    attributions = [_split_as_saying(doc, attribution) for attribution in attributions]
    relayed = [other.source for other in attributions if other.via]  # no content: "quoted [Vella] as saying"
    attributions = [one for one in attributions if one.via or one.content[0] not in relayed]
    mentions = _outlet_mentions(doc)
    outlets = [(mention, *_role(mention.root)) for mention in mentions]
    result: list[Attribution] = []
    for attribution in attributions:
        attribution = _enclosing_attribution(doc, attribution) or attribution
        source = token_span(doc, attribution.source)
        if source is not None and not attribution.via and _is_outlet(source, mentions):
            embedded = None
            if not _contains_other_cue(attribution, attributions):
                embedded = _embedded_attribution(doc, attribution)
            if embedded is None and _only_relays(attribution, attributions):
                continue
            attribution = embedded or attribution
        result.append(attribution)
    return [one if one.via else replace(one, via=_relay_of(doc, one, outlets, result)) for one in result]


def _split_as_saying(doc: Doc, attribution: Attribution) -> Attribution:
    """The attribution to whoever is quoted "as saying": "TASS quoted Zhdanov as saying that", with TASS as relay."""
    cue = token_span(doc, attribution.cue)
    if cue is None:
        return attribution
    if (quoted := _quoted_as(cue.root)) is not None:
        own = (quoted.start_char, quoted.end_char)
        is_own = attribution.source is None or overlap(own, attribution.source)
        return attribution if is_own else replace(attribution, source=own, via=attribution.source)
    if cue.root.lemma_ not in ("quote", "cite"):
        return attribution
    if (behind := _quoted_behind(cue.root, attribution)) is not None:
        return behind
    content = token_span(doc, attribution.content[0])
    as_saying = AS_SAYING.search(content.text) if content is not None else None
    if content is None or as_saying is None or not as_saying.start():
        return attribution
    start, end = content.start_char, content.end_char
    return replace(
        attribution,
        content=((start + as_saying.end(), end), *attribution.content[1:]),
        cue=(start + as_saying.start(1), start + as_saying.end(1)),
        source=(start, start + as_saying.start()),
        via=attribution.source,
    )


def _quoted_behind(quoting: Token, attribution: Attribution) -> Attribution | None:
    """The attribution to whom an outlet quotes behind the words: "“We waited,” the paper quoted him as saying"."""
    doc = quoting.doc
    quoted = next((token for token in quoting.rights if token.dep_ == "dobj"), None)
    if quoted is None or attribution.content[0][1] > quoting.idx:
        return None
    behind = doc[quoted.i + 1 : quoting.sent.end - 1]
    word = next((t for t in behind if t.lower_ == "as" and cues.is_speech(doc[t.i + 1].text)), None)
    if word is None or doc[word.i + 1].tag_ != "VBG":
        return None
    last = next(t for t in behind if t.is_punct or t.tag_ in ("WP", "WDT") or t == word).i - 1
    source = word_offsets(quoted.left_edge, doc[last])
    content = tuple(span for span in attribution.content if not overlap(span, source))
    cue = word_offsets(doc[word.i + 1])
    return replace(attribution, content=content, cue=cue, source=source, via=attribution.source)


def _quoted_as(verb: Token) -> Span | None:
    """Whom an outlet quotes, where the cue is "saying": "Zhdanov" in "TASS quoted Zhdanov as saying"."""
    quoting = verb.head.head
    if verb.head.lower_ != "as" or quoting.lemma_ not in ("quote", "cite"):
        return None
    quoted = dependent(quoting, "dobj")
    return None if quoted is None else verb.doc[quoted.left_edge.i : quoted.right_edge.i + 1]


def _outlet_mentions(doc: Doc) -> list[Span]:
    """The named entities of a Doc that are news outlets, by their name or by the press noun beside it."""
    return [
        ent
        for ent in doc.ents
        if ent.label_ in ("ORG", "PERSON", "GPE", "PRODUCT", "MISC")
        and (
            is_outlet(ent.text)
            or PRESS_NOUN_BEFORE.search(doc[max(0, ent.start - 2) : ent.end].text)
            or PRESS_NOUN_AFTER.match(doc[ent.end : ent.end + 2].text)
        )
    ]


def _is_outlet(span: Span, outlets: Sequence[Span]) -> bool:
    """Whether a source is an outlet itself, not a person who works for it ("a Reuters reporter")."""
    if span.root.lemma_ in PRESS_WORKS:  # "a report by Le Monde"
        by = [word for word in dependents(span.root, "prep") if word.lower_ in ("by", "in", "from")]
        return any(outlet.root.head == word for word in by for outlet in outlets)
    words = [token for token in span if token.pos_ != "DET" and not token.is_punct]
    return (bool(words) and is_outlet(" ".join(token.text for token in words))) or any(
        outlet.start <= span.root.i < outlet.end
        or (outlet.end == span.end and PRESS_NOUN_BEFORE.search(span.text))
        for outlet in outlets
    )


def _role(root: Token) -> tuple[str, Token | None]:
    """The role of an outlet in its sentence: ("source" | "recipient" | "", the verb or noun that governs it)."""
    if root.dep_ == "compound" and PRESS_NOUN_AFTER.match(root.head.text):
        root = root.head
    if root.dep_ == "poss" and root.head.dep_ in ("dobj", "dative"):  # "told CNN's Jake Tapper"
        root = root.head
    head = root.head
    if root.dep_ in NOMINAL_SUBJECT_DEPS and head.lemma_ in RELAY_VERBS:
        return "source", head
    if root.dep_ in ("dobj", "dative", "iobj") and head.lemma_ in ADDRESSING_VERBS:
        return "recipient", head
    if root.dep_ == "pobj":
        phrase = head
        if phrase.lower_ == "to" and phrase.head.lower_ in SPOKEN_TO:
            return ("source" if phrase.head.lower_ == "according" else "recipient"), phrase.head
        if phrase.lower_ == "by" and phrase.head.lemma_ in ("report", "quote", "cite", "obtain", "publish"):
            return "source", phrase.head
        if phrase.lower_ in ("with", "to", "on") and phrase.head.lemma_ in INTERVIEW_NOUNS:
            return "recipient", phrase.head
        if phrase.lower_ in ("to", "with", "on") and phrase.head.lemma_ in TALKING_VERBS:
            return "recipient", phrase.head
    return "", None


def _contains_other_cue(attribution: Attribution, attributions: Sequence[Attribution]) -> bool:
    """Whether another attribution has its cue inside this content."""
    return any(
        other is not attribution and other.cue and any(a <= other.cue[0] < b for a, b in attribution.content)
        for other in attributions
    )


def _only_relays(attribution: Attribution, attributions: Sequence[Attribution]) -> bool:
    """Whether an outlet's attribution says what another one says, whose relay the outlet is then."""
    own = {i for start, end in attribution.content for i in range(start, end)}
    for other in attributions:
        if other is attribution or not other.source or other.source == attribution.source:
            continue
        others = {i for start, end in other.content for i in range(start, end)}
        if others and len(own & others) >= SETTINGS.same_words_share * len(others):
            return True
    return False


def _embedded_attribution(doc: Doc, attribution: Attribution) -> Attribution | None:
    """The attribution that an outlet's content is: a clause with a speech verb, its subject and its complement."""
    content = token_span(doc, attribution.content[0]) if len(attribution.content) == 1 else None
    if content is None:
        return None
    verb = content.root
    if not cues.is_speech(verb.text) or verb.pos_ != "VERB":
        return None
    # The parser at times makes it the subject of the complement, behind the verb.
    before = verb.doc[content.start : verb.i]
    subject = next((t for t in before if t.dep_ in NOMINAL_SUBJECT_DEPS and t.head.i >= verb.i), None)
    if subject is None:
        return None
    source = doc[subject.left_edge.i : subject.right_edge.i + 1]
    complement = _complement(verb, source, content, attribution.content[0])
    return complement and replace(
        attribution,
        content=(complement,),
        cue=word_offsets(verb),
        source=(source.start_char, source.end_char),
        via=attribution.source,
    )


def _complement(verb: Token, source: Span, content: Span, offsets: Offsets) -> Offsets | None:
    """What a speech verb within a content reports: its complement behind it, or before its subject.

    ``offsets`` are those of the content.
    """
    doc = verb.doc
    behind = next((t for t in verb.rights if t.dep_ in ("ccomp", "xcomp") and t.i < content.end), None)
    if behind is not None:
        first = max(behind.left_edge.i, verb.i + 1)
        while doc[first].is_punct and doc[first].text == ",":
            first += 1
        return doc[first].idx, offsets[1]
    before = next((t for t in verb.lefts if t.dep_ == "ccomp" and t.i >= content.start), None)
    if before is not None and source.start > before.i:  # "The state would pay, he said"
        last = min(source.start, verb.i) - 1
        while last > content.start and doc[last].is_punct and doc[last].text not in CLOSING_MARKS:
            last -= 1
        return offsets[0], word_offsets(doc[last])[1]
    return None


def _enclosing_attribution(doc: Doc, attribution: Attribution) -> Attribution | None:
    """The attribution to the subject of the clause around the content: "..., Ruiz said, according to the police".

    That clause is within the one of the cue, whose source only passed the words on.
    """
    cue, source = token_span(doc, attribution.cue), token_span(doc, attribution.source)
    if cue is None or source is None or attribution.by_layout:
        return None
    below = [cue.root.head] if cue.root.lower_ == "according" else cue.root.children
    for verb in below:
        own, subject = word_offsets(verb), dependent(verb, *NOMINAL_SUBJECT_DEPS)
        says = cues.is_speech(verb.text) and not any(token.text == ":" for token in verb.children)
        if subject is None or not says or overlaps_any(own, [attribution.cue, *attribution.content]):
            continue
        speaker = subtree_offsets(subject)
        if cue.root.lemma_ in ADDRESSING_VERBS and subject.left_edge.i == cue.end:
            continue  # "told [the agency's show] the plan": nobody shows it
        complements = dependents(verb, "ccomp")
        reports = any(overlaps_any((token.idx, token.idx + 1), attribution.content) for token in complements)
        if reports and not overlaps_any(speaker, [attribution.source, *attribution.content]):
            return replace(attribution, cue=own, source=speaker, via=attribution.source)
    return None


def _relay_of(
    doc: Doc,
    attribution: Attribution,
    outlets: Sequence[tuple[Span, str, Token | None]],
    attributions: Sequence[Attribution],
) -> Offsets | None:
    """The outlet in the sentence of an attribution's cue (or source) that passed it on."""
    anchor = token_span(doc, attribution.cue) or token_span(doc, attribution.source)
    if anchor is None:
        return None
    source = token_span(doc, attribution.source)
    sentence = anchor.root.sent
    for outlet, role, governor in outlets:
        if not role or governor is None or not sentence.start <= outlet.start < sentence.end:
            continue
        start = outlet.start_char
        if source is not None and source.start <= outlet.root.i < source.end:
            continue
        if any(first <= start < last for first, last in attribution.content):
            continue
        if role == "recipient":
            of_cue = anchor.start <= governor.i < anchor.end
            passed_on = of_cue or governor.lemma_ in INTERVIEW_NOUNS | TALKING_VERBS
        else:
            passed_on = not any(
                other.source and other.source[0] <= start < other.source[1] for other in attributions
            )
        if passed_on:
            return start, outlet.end_char
    return None


def relay_names(doc: Doc, attributions: Sequence[Attribution]) -> Iterator[str | None]:
    """The name of each attribution's relay, without article: "Bloomberg"; None where it has none."""
    for attribution in attributions:
        span = token_span(doc, attribution.via)
        if span is None:
            yield None
            continue
        name = next((ent.text for ent in span.ents if is_outlet(ent.text)), span.text)
        yield re.sub(r"^the\s+|(?:’s|'s)$", "", name, flags=re.I)
