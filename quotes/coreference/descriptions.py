"""How an article describes a person: the title before the name, the apposition after it."""

import re

from spacy.tokens import Span, Token

from quotes.coreference.chains.word_lists import word_lists
from quotes.lexicon.roles import KIN, ROLES
from quotes.lexicon.titles import titles

NATIVE = re.compile(r"[A-Z]\w+(?:sh|ch|ts|ian|ese)?(?:man|woman)")
AGE = re.compile(r"the \d{1,3}[- ]years?[- ]old", re.I)
PARENT = re.compile(
    r"(?:grand)?(?:father|mother|dad|mum|mom|parent)[- ]of[- ](?:one|two|three|four|five|six|seven|\d)\b"
)
MOST = 14  # words of a description
LEFT = frozenset({"amod", "compound", "nmod", "poss", "det", "nummod"})
_SKIP = frozenset({"-", "–", "&", "/", "’s", "'s"})
_BEFORE = frozenset({"DT", "PRP$", "CC", "IN"})
_COPULA = frozenset({"is", "was", "were", "be", "been", "became", "becomes", "become"})
_NOT = frozenset({"not", "n't", "n’t", "never", "like"})
_SUPPOSED = frozenset({"if", "would", "could", "might", "may", "should", "whether"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def is_role(token: Token) -> bool:
    """Whether a word says what somebody is: "adviser", "President"."""
    word = token.lemma_.lower().rstrip(".")
    return word in titles() or (
        token.pos_ in ("NOUN", "PROPN") and (word in word_lists().exclusively_person_words or word in ROLES)
    )


def is_person_noun(token: Token) -> bool:
    """Whether a word means a person by a role or as a relative: "adviser", "son"."""
    return is_role(token) or token.lemma_.lower() in KIN


def is_nationality_noun(token: Token) -> bool:
    """Whether a word means one person by nationality: "the Italian", "the Frenchwoman"; "the French" are many."""
    word = token.text
    demonym = token.ent_type_ == "NORP" or NATIVE.fullmatch(word) is not None
    one = token.tag_ in ("NN", "NNP", "JJ") and not word.endswith(("s", "sh", "ch", "ese"))
    return demonym and one and any(child.lower_ == "the" for child in token.children)


def is_personal_epithet(token: Token) -> bool:
    """Whether a noun stands for one person whom anybody may call so: "the 24-year-old", "the father of three"."""
    the = any(child.lower_ == "the" for child in token.children)
    if token.lower_.endswith("old"):
        return AGE.fullmatch(token.doc[token.left_edge.i : token.i + 1].text) is not None
    return the and PARENT.match(token.doc[token.i : token.i + 5].text.lower()) is not None


def predicate(name: Span) -> tuple[Token | None, bool]:
    """The noun that "to be" says of a name, and whether that is only supposed.

    "Kim Day was the first woman to ..." gives "woman", "if Mr. Lee were a woman" gives it as supposed.
    """
    subject, verb = name.root, name.root.head
    if subject.dep_ != "nsubj" or verb.lower_ not in _COPULA:
        return None, False
    children = {child.lower_ for child in verb.children}
    noun = next((child for child in verb.children if child.dep_ == "attr" and child.tag_ == "NN"), None)
    if noun is None or children & _NOT:
        return None, False
    return noun, verb.lower_ == "were" or bool(children & _SUPPOSED)


def before(name: Span) -> Span | None:
    """The title before a name: "White House economic adviser" before "Kevin Hassett"."""
    doc, start = name.doc, name.start
    first = start if start and is_role(doc[start - 1]) else _office(name)
    if first is None:
        return None
    while first and start - first < MOST and _belongs(doc[first - 1], name):
        first -= 1
    while first < start and (doc[first].text in _SKIP or doc[first].tag_ in ("POS", "CD")):
        first += 1
    courtesy = {"mr", "mrs", "ms", "miss", "dr", "sir"}
    return (
        doc[first:start]
        if first < start and doc[first:start].text.lower().rstrip(".") not in courtesy
        else None
    )


def _belongs(token: Token, name: Span) -> bool:
    """Whether a word before a title is part of it: a noun, an adjective, or any word of a name ("Bank of England")."""
    if token.is_space or token.ent_type_ in ("DATE", "TIME"):
        return False
    if token.nbor().ent_iob_ == "I" and token.i + 1 < name.start:
        return True
    return token.tag_ not in _BEFORE and (
        token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or token.text in _SKIP
    )


def _office(name: Span) -> int | None:
    """The "of" of an office before a name: "Secretary of State Ana Ruiz", "Chancellor of the Exchequer Ana Ruiz"."""
    doc, at = name.doc, name.start - 1
    while at > max(0, name.start - MOST) and doc[at].ent_type_ != "PERSON" and doc[at].lower_ != "of":
        if not doc[at].text[:1].isupper() and doc[at].lower_ not in ("the", "and"):
            return None
        at -= 1
    of = at if 0 < at < name.start - 1 and doc[at].lower_ == "of" else None
    return of if of is not None and is_role(doc[of - 1]) and doc[of - 1].text[:1].isupper() else None


def after(name: Span) -> Span | None:
    """The apposition after a name: "nominee" in "Donald Trump, the nominee, said"."""
    doc, at = name.doc, name.end
    if at + 1 >= len(doc) or doc[at].text != ",":
        return None
    at += 1
    if doc[at].like_num and at + 2 < len(doc) and doc[at + 1].text == ",":  # an age
        at += 2
    if doc[at].tag_ not in ("DT", "NN", "JJ", "NNP", "PRP$") or doc[at].text[:1] in "“\"'":
        return None
    role = None
    end = at
    while end < len(doc) and end - at <= MOST:
        token = doc[end]
        if (
            token.text in (",", ".", ";", ":", "(", "—", "–", "“", '"')
            or token.is_space
            or token.is_sent_start
        ):
            break
        if token.tag_ in FINITE or token.tag_ in ("WP", "WDT", "WP$"):
            end = -1
            break
        if role is None and is_role(token) and (end + 1 >= len(doc) or doc[end + 1].pos_ != "PROPN"):
            role = token
        end += 1
    if end < 0 or end - at > MOST or role is None or any(t.tag_ == "IN" for t in doc[at : role.i]):
        return None
    if doc[at].tag_ == "DT":
        at += 1
    return doc[at:end] if at < end else None


def above(name: Span) -> tuple[Token | None, Span | None]:
    """The noun that a name stands in apposition to, and the description that it makes.

    "The group's director, Mia Sol," gives "director" and "group's director"; "his wife, Heidi," and "wife
    Heidi" give "wife".
    """
    doc, start = name.doc, name.start
    if start and doc[start - 1].lemma_.lower() in KIN:
        return doc[start - 1], None
    if start < 2 or doc[start - 1].text != ",":
        return None, None
    head = name.root.head if name.root.dep_ == "appos" else doc[start - 2]
    if (
        not is_person_noun(head)
        or head.i >= start
        or head.tag_ in ("NNS", "NNPS")
        or head.ent_type_ == "PERSON"
    ):
        return None, None
    if head.i < start - 2 and not any(
        token.dep_ == "prep" and token.head == head for token in doc[head.i : start]
    ):
        return None, None
    first = min([child.left_edge.i for child in head.lefts if child.dep_ in LEFT] + [head.i])
    while first < head.i and (
        doc[first].tag_ in ("DT", "PRP$") or doc[first].is_punct or doc[first].is_space
    ):
        first += 1
    words = doc[first : start - 1]
    if len(words) > MOST or any(token.text in ("“", "”", '"', ";", ":") or token.is_space for token in words):
        return head, None
    return head, words
