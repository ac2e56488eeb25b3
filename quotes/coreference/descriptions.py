"""How an article describes a person: the title before the name, the apposition after it."""

import re

from spacy.tokens import Doc, Span, Token

from quotes.coreference.chains.word_lists import word_lists
from quotes.coreference.settings import DISTANCE
from quotes.lexicon.roles import KIN, ROLES
from quotes.lexicon.titles import titles, titles_in_full
from quotes.nlp.dependents import FINITE_TAGS, dependents

DEMONYM = re.compile(r"[A-Z]\w+(?:sh|ch|ts|ian|ese)?(?:man|woman)")
PREMODIFIER_DEPS = frozenset({"amod", "compound", "nmod", "poss", "det", "nummod"})
RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$"})
# In a title before a name: what may join its words, and what it cannot contain.
JOINERS = frozenset({"-", "–", "&", "/", "’s", "'s"})
OUTSIDE_TITLE_TAGS = frozenset({"DT", "PRP$", "CC", "IN"})
TEAM_LABELS = frozenset({"ORG", "GPE"})
TITLES_WITHOUT_OFFICE = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir"})
APPOSITION_TAGS = frozenset({"DT", "NN", "JJ", "NNP", "PRP$"})  # an apposition begins with one of these
APPOSITION_ENDS = frozenset({",", ".", ";", ":", "(", "—", "–", "“", '"'})
COPULAS = frozenset({"is", "was", "were", "be", "been", "became", "becomes", "become"})
COPULA_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "like"})
HYPOTHETICALS = frozenset({"if", "would", "could", "might", "may", "should", "whether"})


def words_in_full(description: str) -> set[str]:
    """The words of a description in lower case, its titles in full as well.

    >>> sorted(words_in_full("Sen."))
    ['sen', 'senator']
    """
    words = {word.lower().strip(".,") for word in description.split()}
    in_full = titles_in_full()
    return words | {in_full[word] for word in words & in_full.keys()}


def role_initials(description: str) -> set[str]:
    """What an office may be called by its initials, in lower case: of words in capitals, the role among them.

    >>> sorted(role_initials("Chief Justice of India")), role_initials("President of the European Union") >= {"eu"}
    (['cj', 'cji', 'ji'], False)
    """
    words = [word.strip(".,()") for word in description.split()]
    words = [word for word in words if word[:1].isupper()]
    runs = [words[at:end] for at in range(len(words)) for end in range(at + 2, len(words) + 1)]
    roles = titles() | ROLES
    return {"".join(w[0] for w in run).lower() for run in runs if any(w.lower() in roles for w in run)}


def is_role(token: Token) -> bool:
    """Whether a word is a role that somebody has: "adviser", "President"."""
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
    is_listed = word[:1].isupper() and word in word_lists().person_words and not is_role(token)
    demonym = token.ent_type_ == "NORP" or DEMONYM.fullmatch(word) is not None or is_listed
    singular = token.tag_ in ("NN", "NNP", "JJ") and not word.endswith(("s", "sh", "ch", "ese"))
    return demonym and singular and any(child.lower_ == "the" for child in token.children)


def predicate_noun(name: Span) -> tuple[Token | None, bool]:
    """The noun that "to be" says of a name, and whether that is only hypothetical.

    "Kim Day was the first woman to ..." gives "woman", "if Mr. Lee were a woman" gives it as hypothetical.
    """
    subject, verb = name.root, name.root.head
    if subject.dep_ != "nsubj" or verb.lower_ not in COPULAS:
        return None, False
    children = {child.lower_ for child in verb.children}
    noun = next((child for child in dependents(verb, "attr") if child.tag_ == "NN"), None)
    if noun is None or children & COPULA_NEGATIONS:
        return None, False
    return noun, verb.lower_ == "were" or bool(children & HYPOTHETICALS)


def title_before(name: Span) -> Span | None:
    """The title before a name: "White House economic adviser" before "Kevin Hassett"; a courtesy title is none."""
    doc, start = name.doc, name.start
    start -= start > 0 and doc[start - 1].lower_.rstrip(".") in TITLES_WITHOUT_OFFICE
    is_bracketed = start > 3 and doc[start - 1].text == ")" and doc[start - 3].text == "("
    if is_bracketed and doc[start - 2].is_upper and is_role(doc[start - 4]):
        start -= 3  # "Deputy Commissioner (DC) Sunil Rao"
    first = start if start and _is_role_before(doc[start - 1], name) else _office_of(name)
    if first is None:
        return None
    while first and start - first < DISTANCE.description_tokens and _belongs_to_title(doc[first - 1], name):
        first -= 1
    while first < start and (doc[first].text in JOINERS or doc[first].tag_ in ("POS", "CD")):
        first += 1
    title = doc[first:start]
    return title if first < start else None


def _is_role_before(token: Token, name: Span) -> bool:
    """Whether the word before a name is a role, or a noun that can mean a person and belongs to the name."""
    if is_role(token):
        return True
    is_part = token.dep_ in ("compound", "nmod") and name.start <= token.head.i < name.end
    is_common = token.tag_ == "NN" and token.is_lower
    return is_part and is_common and token.lemma_.lower() in word_lists().person_words


def _belongs_to_title(token: Token, name: Span) -> bool:
    """Whether a word before a title is part of it: a noun, an adjective, or any word of a name ("Bank of England")."""
    if token.is_space or token.ent_type_ in ("DATE", "TIME"):
        return False
    if token.i + 1 < name.start and token.nbor().ent_iob_ == "I":
        return True
    if token.tag_ == "CC":  # "Chelsea and England striker"
        before, after = token.doc[token.i - 1], token.nbor()
        return token.lower_ in ("and", "&") and {before.ent_type_, after.ent_type_} <= TEAM_LABELS
    return token.tag_ not in OUTSIDE_TITLE_TAGS and (
        token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or token.text in JOINERS
    )


def _office_of(name: Span) -> int | None:
    """The "of" of an office before a name: "Secretary of State Ana Ruiz", "Chancellor of the Exchequer Ana Ruiz"."""
    doc, at = name.doc, name.start - 1
    first = max(0, name.start - DISTANCE.description_tokens)
    while at > first and doc[at].ent_type_ != "PERSON" and doc[at].lower_ != "of":
        is_name = doc[at].text[:1].isupper() or doc[at].lower_ in ("the", "and", "-", "(", ")")
        if not is_name and (doc[at].pos_ not in ("NOUN", "ADJ") or is_person_noun(doc[at])):
            return None
        at -= 1
    of = at if 0 < at < name.start - 1 and doc[at].lower_ == "of" else None
    if of is None or not is_role(doc[of - 1]):
        return None
    last = name.start - 2 if doc[name.start - 1].text == ")" else name.start - 1
    # "the manager of Premier Holding (PH) Arthur Moyo"
    if len(name) > 1 and doc[last].ent_type_ in TEAM_LABELS:
        return of
    return of if doc[of - 1].text[:1].isupper() or doc[of - 1].is_sent_start else None


def apposition_after(name: Span) -> Span | None:
    """The apposition after a name: "nominee" in "Donald Trump, the nominee, said"."""
    doc, start = name.doc, name.end
    if start + 1 >= len(doc) or doc[start].text != ",":
        return None
    start += 1
    if doc[start].like_num and start + 2 < len(doc) and doc[start + 1].text == ",":  # an age
        start += 2
    if doc[start].tag_ not in APPOSITION_TAGS or doc[start].text[:1] in "“\"'":
        return None
    end = _apposition_end(doc, start)
    role = next((token for token in doc[start : end or start] if _is_last_role(token)), None)
    if role is None or any(token.tag_ == "IN" for token in doc[start : role.i]):
        return None
    if doc[start].tag_ == "DT":
        start += 1
    return doc[start:end] if end is not None and start < end else None


def _apposition_end(doc: Doc, start: int) -> int | None:
    """Where an apposition ends; None for a clause, and for one that is too long."""
    stop = min(len(doc), start + DISTANCE.description_tokens + 1)
    for token in doc[start:stop]:
        if token.text in APPOSITION_ENDS or token.is_space or token.is_sent_start:
            return token.i
        if token.tag_ in FINITE_TAGS or token.tag_ in RELATIVE_TAGS:
            return None
    return stop if stop - start <= DISTANCE.description_tokens else None


def _is_last_role(token: Token) -> bool:
    """Whether a word is a role that no name follows: in "the nominee", not in "President Obama"."""
    doc = token.doc
    return is_role(token) and (token.i + 1 >= len(doc) or doc[token.i + 1].pos_ != "PROPN")


def _outer_person_noun(noun: Token) -> Token:
    """The noun that a name is in apposition to, where the parse has seen the noun of its complement.

    "The mother of the victim, Ana Ruiz," means the mother.
    """
    outer = noun
    while outer.dep_ == "pobj" and outer.head.dep_ == "prep" and outer.head.head.i < outer.i:
        outer = outer.head.head
        is_role_of = is_person_noun(outer) or outer.lemma_.lower() in word_lists().exclusively_person_words
        if is_role_of and outer.tag_ not in ("NNS", "NNPS"):
            return outer
    return noun


def apposed_noun(name: Span) -> tuple[Token | None, Span | None]:
    """The noun that a name stands in apposition to, and the description that it makes.

    "The group's director, Mia Sol," gives "director" and "group's director"; "his wife, Heidi," and "wife
    Heidi" give "wife".
    """
    doc, start = name.doc, name.start
    if start and doc[start - 1].lemma_.lower() in KIN:
        return doc[start - 1], None
    if start < 2 or doc[start - 1].text != ",":
        return None, None
    head = _outer_person_noun(name.root.head if name.root.dep_ == "appos" else doc[start - 2])
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
    first = min([child.left_edge.i for child in head.lefts if child.dep_ in PREMODIFIER_DEPS] + [head.i])
    while first < head.i and (
        doc[first].tag_ in ("DT", "PRP$") or doc[first].is_punct or doc[first].is_space
    ):
        first += 1
    words = doc[first : start - 1]
    if len(words) > DISTANCE.description_tokens or any(
        token.text in ("“", "”", '"', ";", ":") or token.is_space for token in words
    ):
        return head, None
    return head, words
