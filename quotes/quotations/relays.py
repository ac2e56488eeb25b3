"""Who passed a quotation on: "Sources told Bloomberg", "according to Reuters, Reinsch remarked that".

The outlet is the relay, and whom it quotes is the source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from quotes.lexicon import cues
from quotes.lexicon.outlets import is_outlet
from quotes.quotations.attribution import Attribution, Offsets
from quotes.text.spans import overlap

AS_SAYING = re.compile(r" (as (?:saying|telling \w+|writing|warning|claiming)) (?=\w|[“\"‘'])")
MARKS = frozenset(("”", '"', "’", "''"))
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
RELAYING = frozenset(
    "report say write cite quote publish announce carry add note reveal tell confirm claim".split()
)
RECIPIENT = frozenset(("tell", "inform", "brief", "assure", "show", "email", "text", "warn", "remind"))
# Before the name of an outlet: "the news agency AMNA".
PRESS = re.compile(
    r"(?:news agency|newspaper|(?:the|local) (?:daily|weekly)|tabloid|magazine|broadcaster|(?:news|TV|radio) "
    r"(?:network|station|channel|website|site)) \w+\Z"
)
# After it: "Les Echos newspaper", "Hokkaido Shimbun daily".
CALLED = re.compile(
    r"(?:newspaper|daily|weekly|tabloid|magazine|broadcaster|television|radio|news (?:agency|network|site|website))\b"
)
WORKS = frozenset(("report", "story", "article", "dispatch"))
TALKING = frozenset(("speak", "talk"))
INTERVIEW = frozenset(
    "interview statement comment comments remarks conversation appearance email briefing".split()
)


def relays(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """Attributions with ``via`` where a news outlet passed them on; in text order."""
    found = [_as_saying(doc, one) for one in found]
    named = _outlets(doc)
    outlets = [(name, *_role(name.root)) for name in named]
    result: list[Attribution] = []
    used: set[int] = set()
    for one in found:
        source = _tokens(doc, one.source)
        if source is not None and _names_outlet(source, named):
            inner = _inner(doc, one) if not _holds_other(one, found) else None
            if inner is not None:
                result.append(inner)
                used.add(source.root.i)
                continue
            if _only_relays(doc, one, found):
                continue
        result.append(one)
    return [one if one.via else replace(one, via=_via(doc, one, outlets, result)) for one in result]


def _as_saying(doc: Doc, one: Attribution) -> Attribution:
    """What somebody is quoted as saying, for "TASS quoted Zhdanov as saying that": his words, passed on by it."""
    cue = _tokens(doc, one.cue)
    content = (
        _tokens(doc, one.content[0]) if cue is not None and cue.root.lemma_ in ("quote", "cite") else None
    )
    found = AS_SAYING.search(content.text) if content is not None else None
    if content is None or found is None or not found.start():
        return one
    start, end = content.start_char, content.end_char
    return replace(
        one,
        content=((start + found.end(), end), *one.content[1:]),
        cue=(start + found.start(1), start + found.end(1)),
        source=(start, start + found.start()),
        via=one.source,
    )


def _outlets(doc: Doc) -> list[Span]:
    return [
        ent
        for ent in doc.ents
        if ent.label_ in ("ORG", "PERSON", "GPE", "PRODUCT", "MISC")
        and (
            is_outlet(ent.text)
            or PRESS.search(doc[max(0, ent.start - 2) : ent.end].text)
            or CALLED.match(doc[ent.end : ent.end + 2].text)
        )
    ]


def _tokens(doc: Doc, offsets: Offsets | None) -> Span | None:
    return doc.char_span(*offsets, alignment_mode="expand") if offsets else None


def _names_outlet(span: Span, outlets: Sequence[Span]) -> bool:
    """Whether a source is an outlet itself, not somebody of it ("a Reuters reporter")."""
    if span.root.lemma_ in WORKS:  # "a report by Le Monde"
        by = [
            token
            for token in span.root.children
            if token.dep_ == "prep" and token.lower_ in ("by", "in", "from")
        ]
        return any(outlet.root.head == word for word in by for outlet in outlets)
    words = [token for token in span if token.pos_ != "DET" and not token.is_punct]
    return (bool(words) and is_outlet(" ".join(token.text for token in words))) or any(
        outlet.start <= span.root.i < outlet.end or (outlet.end == span.end and PRESS.search(span.text))
        for outlet in outlets
    )


def _role(root: Token) -> tuple[str, Token | None]:
    """How an outlet stands in its sentence: ("source" | "recipient" | "", the verb or preposition)."""
    if root.dep_ == "compound" and CALLED.match(root.head.text):
        root = root.head
    if root.dep_ == "poss" and root.head.dep_ in ("dobj", "dative"):  # "told CNN's Jake Tapper"
        root = root.head
    head = root.head
    if root.dep_ in SUBJECTS and head.lemma_ in RELAYING:
        return "source", head
    if root.dep_ in ("dobj", "dative", "iobj") and head.lemma_ in RECIPIENT:
        return "recipient", head
    if root.dep_ == "pobj":
        phrase = head
        if phrase.lower_ == "to" and phrase.head.lower_ in (
            "according",
            "told",
            "speaking",
            "spoke",
            "remarks",
        ):
            return ("source" if phrase.head.lower_ == "according" else "recipient"), phrase.head
        if phrase.lower_ == "by" and phrase.head.lemma_ in ("report", "quote", "cite", "obtain", "publish"):
            return "source", phrase.head
        if phrase.lower_ in ("with", "to", "on") and phrase.head.lemma_ in INTERVIEW:
            return "recipient", phrase.head
        if phrase.lower_ in ("to", "with", "on") and phrase.head.lemma_ in TALKING:
            return "recipient", phrase.head
    return "", None


def _holds_other(one: Attribution, found: Sequence[Attribution]) -> bool:
    """Whether another attribution has its cue inside this content."""
    return any(
        other is not one and other.cue and any(a <= other.cue[0] < b for a, b in one.content)
        for other in found
    )


def _only_relays(doc: Doc, one: Attribution, found: Sequence[Attribution]) -> bool:
    """Whether an outlet's attribution says no more than another one of the same sentence, whose relay it is."""
    here = {i for a, b in one.content for i in range(a, b)}
    for other in found:
        if other is one or not other.source or other.source == one.source:
            continue
        there = {i for a, b in other.content for i in range(a, b)}
        if there and len(here & there) >= 0.5 * len(there):
            return True
    return False


def _inner(doc: Doc, one: Attribution) -> Attribution | None:
    """The attribution within an outlet's content: its clause has a telling verb, a subject and a complement."""
    if len(one.content) != 1:
        return None
    content = _tokens(doc, one.content[0])
    if content is None:
        return None
    verb = content.root
    if (around := _told_around(one, content)) is not None:
        return around
    if not cues.is_speech(verb.text) or verb.pos_ != "VERB":
        return None
    subject = next((t for t in verb.lefts if t.dep_ in SUBJECTS and t.i >= content.start), None)
    said = next((t for t in verb.rights if t.dep_ in ("ccomp", "xcomp") and t.i < content.end), None)
    before = next((t for t in verb.lefts if t.dep_ == "ccomp" and t.i >= content.start), None)
    if subject is None or (said is None and before is None):
        return None
    source = doc[subject.left_edge.i : subject.right_edge.i + 1]
    if said is not None and said.left_edge.i > verb.i:
        first = said.left_edge.i
        while doc[first].is_punct and doc[first].text == ",":
            first += 1
        start, end = doc[first].idx, one.content[0][1]
    elif before is not None and source.start > before.i:  # "The state would pay, he said"
        last = min(source.start, verb.i) - 1
        while last > content.start and doc[last].is_punct and doc[last].text not in MARKS:
            last -= 1
        start, end = one.content[0][0], doc[last].idx + len(doc[last])
    else:
        return None
    return replace(
        one,
        content=((start, end),),
        cue=(verb.idx, verb.idx + len(verb)),
        source=(source.start_char, source.end_char),
        via=one.source,
    )


def _told_around(one: Attribution, content: Span) -> Attribution | None:
    """The attribution to whom the clause around the content names: "..., Ruiz said, according to Reuters"."""
    verb = content.root.head
    if content.root.dep_ != "ccomp" or content.start <= verb.i < content.end or not cues.is_speech(verb.text):
        return None
    subject = next((t for t in verb.children if t.dep_ in SUBJECTS), None)
    if subject is None or content.start <= subject.i < content.end:
        return None
    source = verb.doc[subject.left_edge.i : subject.right_edge.i + 1]
    span = (source.start_char, source.end_char)
    if one.source is None or overlap(span, one.source):
        return None
    return replace(one, cue=(verb.idx, verb.idx + len(verb)), source=span, via=one.source)


def _via(
    doc: Doc,
    one: Attribution,
    outlets: Sequence[tuple[Span, str, Token | None]],
    found: Sequence[Attribution],
) -> Offsets | None:
    """The outlet in this attribution's own sentence that passed it on."""
    anchor = _tokens(doc, one.cue) or _tokens(doc, one.source)
    if anchor is None:
        return None
    source = _tokens(doc, one.source)
    sentence = anchor.root.sent
    for name, role, governor in outlets:
        if not role or governor is None or not sentence.start <= name.start < sentence.end:
            continue
        if source is not None and source.start <= name.root.i < source.end:
            continue
        if any(a <= name.start_char < b for a, b in one.content):
            continue
        if role == "recipient":
            mine = anchor.start <= governor.i < anchor.end or governor.lemma_ in INTERVIEW | TALKING
            if not mine:
                continue
        elif any(other.source and other.source[0] <= name.start_char < other.source[1] for other in found):
            continue
        return name.start_char, name.end_char
    return None


def names(doc: Doc, found: Sequence[Attribution]) -> Iterator[str | None]:
    """The relays' names, without article: "Bloomberg"."""
    for one in found:
        span = _tokens(doc, one.via)
        if span is None:
            yield None
            continue
        name = next((ent.text for ent in span.ents if is_outlet(ent.text)), span.text)
        yield re.sub(r"^the\s+|(?:’s|'s)$", "", name, flags=re.I)
