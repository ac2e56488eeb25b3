"""When and where a quotation was said, as far as its sentence tells outside the content: "on Monday", "at a rally".

A word tells about the act of speaking when it depends on the cue, or on the verb that the cue goes with ("spoke out on
Tuesday, arguing that ..."), with nothing between but prepositions and what words are said in.
"""

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Span, Token

from quotes.lexicon.words import word_set
from quotes.quotations.attribution import token_span
from quotes.text.spans import Offsets
from quotes.text.time_expressions import EXPRESSION, time_expressions

MAX_OCCASION = 14  # words of a phrase that tells where
MAX_PATH = 8  # dependencies between an expression and the cue
NEAR_CUE = 2  # tokens between the cue and a day that stands beside it, whatever the parser says
WHERE = frozenset("in at during on via through from over".split())
MADE_PUBLIC = frozenset(
    "release issue publish post give deliver send air broadcast hold file date write".split()
)
GOES_WITH = frozenset("advcl xcomp pcomp conj ccomp acl relcl prep".split())
MEANS = frozenset(("by", "in"))  # "responded by saying": one act
NOMINAL = frozenset(("NOUN", "PROPN", "PART", "ADJ"))
MAX_BETWEEN = 4  # tokens between a day and ", when" that goes on from it
FUTURE = frozenset(("will", "shall", "to", "'ll", "’ll"))


def find_occasion(
    doc: Doc, content: Collection[Offsets], cue: Offsets | None
) -> tuple[str | None, str | None, bool]:
    """The words for when a quotation was said and for where, and whether that is still to come."""
    span = token_span(doc, cue)
    if span is None:
        return None, None, False
    root = span.root
    sentence = root.sent
    inside = {token.i for offsets in content for token in token_span(doc, offsets) or ()}
    anchors = list(_anchors(root))
    ahead = any(child.lower_ in FUTURE for child in root.children if child.i < root.i and child.dep_ == "aux")
    return _when(sentence, inside, anchors), _where(inside, anchors), ahead


def _anchors(cue: Token) -> Iterator[Token]:
    """The cue, and the verbs that it goes with, which are of the same act: the nearest first."""
    yield cue
    token = cue
    for _ in range(MAX_PATH):
        if token.dep_ not in GOES_WITH or token.head == token:
            return
        by_saying = (
            token.dep_ == "prep" and token.lower_ in MEANS and any(c.dep_ == "pcomp" for c in token.children)
        )
        if token.dep_ in ("relcl", "acl", "prep") and not by_saying and not _has_occasion_above(token):
            return
        if token.dep_ == "advcl" and any(child.dep_ == "mark" for child in token.children):
            return  # "when she said", "after he said": another time
        of_noun = token.dep_ in ("relcl", "acl")
        token = token.head
        while of_noun and token.head != token and token.pos_ not in ("VERB", "AUX"):
            token = token.head
        if token.pos_ in ("VERB", "AUX"):
            yield token


def _when(sentence: Span, inside: set[int], anchors: list[Token]) -> str | None:
    """The expression of time that tells about one of the anchors, the nearest anchor first."""
    best: tuple[int, int, str] | None = None
    doc, text, start = sentence.doc, sentence.text, sentence.start_char
    if antecedent := _antecedent(anchors[0], start):
        return text[antecedent]
    for first, last in time_expressions(text):
        span = token_span(doc, (start + first, start + last))
        if span is None or any(token.i in inside for token in span):
            continue
        rank = _attachment(span.root, anchors)
        if rank is None:
            beside = (
                place for place, anchor in enumerate(anchors) if _is_beside(span.start, span.end, anchor)
            )
            rank = next(beside, None)
        if rank is not None:
            found = (rank, abs(span.start - anchors[0].i), text[first:last])
            best = min(best or found, found)
    return best[2] if best else None


def _antecedent(cue: Token, start: int) -> slice | None:
    """Where the day is on which a clause goes on: "Monday, when she said", "since Monday's debate, when she said"."""
    when = next((child for child in cue.lefts if child.lower_ == "when"), None)
    if when is None or when.i < 2 or when.nbor(-1).text != ",":
        return None
    for match in EXPRESSION.finditer(cue.sent.text):
        span = token_span(cue.doc, (start + match.start(), start + match.end()))
        between = cue.doc[span.end : when.i - 1] if span is not None and span.end < when.i else None
        if between is not None and len(between) <= MAX_BETWEEN and all(t.pos_ in NOMINAL for t in between):
            return slice(*match.span())
    return None


def _is_beside(start: int, end: int, cue: Token) -> bool:
    """Whether a day stands beside the cue: "said Monday", "on Tuesday said"."""
    between = cue.doc[cue.i + 1 : start] if start > cue.i else cue.doc[end : cue.i]
    return len(between) <= NEAR_CUE and all(token.pos_ in ("ADP", "ADV", "PUNCT", "DET") for token in between)


def _attachment(token: Token, anchors: list[Token]) -> int | None:
    """Which of the anchors a token depends on with nothing but prepositions and occasions between; None: on none."""
    for _ in range(MAX_PATH):
        for rank, anchor in enumerate(anchors):
            if token == anchor:
                return rank
        head = token.head
        if head == token:
            return None
        known = head in anchors or head.pos_ in ("ADP", "ADV", "PART") or token.dep_ in ("compound", "nummod")
        known = known or token.dep_ == "npadvmod"  # "a letter from his doctor Friday afternoon"
        known = known or (head.pos_ == "PROPN" and token.dep_ == "prep")  # "told CBS This Morning on Monday"
        known = known or (token.dep_ == "prep" and _is_at_occasion(head))
        if not (known or _is_occasion(head) or head.lemma_ in MADE_PUBLIC):
            return None
        token = head
    return None


def _has_occasion_above(token: Token) -> bool:
    """Whether a noun between a clause and the next verb is an occasion, or the verb made it public.

    "a speech at the fair that warned", "released a letter from his doctor that says".
    """
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            return above.lemma_ in MADE_PUBLIC
        if _is_occasion(above):
            return True
    return False


def _is_at_occasion(noun: Token) -> bool:
    """Whether a noun tells more about an occasion: "at a forum with engineers on Monday"."""
    return noun.pos_ == "NOUN" and noun.head.pos_ == "ADP" and _is_occasion(noun.head.head)


def _is_occasion(token: Token) -> bool:
    return token.lemma_.lower() in word_set("occasions") or token.lower_ in word_set("occasions")


def _where(inside: set[int], anchors: list[Token]) -> str | None:
    """The phrase of the nearest anchor that tells where: a preposition and what follows, without the content."""
    for anchor in anchors:
        for token in (*anchor.children, *(child for noun in anchor.children for child in noun.children)):
            if token.dep_ != "prep" or token.lower_ not in WHERE or token.i in inside:
                continue
            if any(_is_place(child) for child in token.children if child.dep_ == "pobj"):
                return _phrase(token, inside)
    return None


def _is_place(noun: Token) -> bool:
    return _is_occasion(noun) or (noun.lower_ in word_set("platforms") and noun.text[0].isupper())


def _phrase(preposition: Token, inside: set[int]) -> str | None:
    """The words of a phrase up to a comma, a clause or the content."""
    subtree = sorted(token.i for token in preposition.subtree)
    end = preposition.i
    for place in subtree:
        token = preposition.doc[place]
        clause = token.dep_ in ("relcl", "acl", "advcl") or (
            token.tag_ in ("WDT", "WP", "WRB", "IN") and token.dep_ == "mark"
        )
        if place < preposition.i:
            continue
        if place in inside or (token.is_punct and token.text not in "-’'“”\"") or clause or place > end + 1:
            break
        end = place
    span = preposition.doc[preposition.i : end + 1]
    return span.text if 1 < len(span) <= MAX_OCCASION else None
