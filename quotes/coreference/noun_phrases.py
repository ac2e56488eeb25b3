"""Noun phrases in a parse: their heads, and which of them say of whom the text speaks."""

from collections.abc import Iterator

from spacy.tokens import Token

from quotes.coreference.descriptions import is_person_noun, is_role
from quotes.coreference.entities import EntityIndex
from quotes.coreference.entity import Entity
from quotes.lexicon.roles import PRONOUN_KIND

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl", "agent"})


def is_phrase_head(token: Token, index: EntityIndex) -> bool:
    """Whether a token heads a noun phrase that something can refer back to."""
    if token.i in index.by_token:
        inside = index.by_token[token.i]
        outer = token.head
        return (outer is token or index.by_token.get(outer.i) is not inside) and not (
            token.dep_ in ("compound", "amod", "nmod")
            and outer.pos_ in ("NOUN", "PROPN")
            and outer.i > token.i
        )
    if token.text.lower() in PRONOUN_KIND or token.text.lower() in ("who",):
        return True
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "npadvmod", "amod", "nmod")


def subjects_above(token: Token) -> Iterator[Token]:
    """Subjects of the clauses around a token that stand before it, the nearest first."""
    verb = token
    while verb.head is not verb and verb.head != verb:
        came, verb = verb, verb.head
        for child in verb.children:
            if child.dep_ in SUBJECTS and child.i < token.i and child != came and child != token:
                yield child


def predicated_subject(token: Token) -> Token | None:
    """The subject of "to be" that a noun is said of: "Kaine" for "lawyer" in "Kaine is a lawyer"."""
    if token.dep_ != "attr":
        return None
    return next((child for child in token.head.children if child.dep_ == "nsubj" and child.i < token.i), None)


def relative_antecedent(token: Token, index: EntityIndex) -> Token | None:
    """The noun that a relative pronoun stands for; for "who", a person where the parse has found a thing."""
    doc = token.doc
    last = token.i - 1
    while last > 0 and (doc[last].is_punct or doc[last].tag_ == "IN"):
        last -= 1
    human = token.text.lower() in ("who", "whom")
    if human and last in index.by_token and index.by_token[last].is_person:
        return doc[last]
    verb = token
    while verb.head != verb and verb.dep_ != "relcl":
        verb = verb.head
    head = verb.head if verb.dep_ == "relcl" and verb.head.i < token.i else None
    if head is None:
        nouns = [other for other in doc[max(0, last - 2) : last + 1] if other.pos_ in ("NOUN", "PROPN")]
        head = nouns[-1] if nouns else None
    while human and head is not None and head.i in index.by_token and not index.by_token[head.i].is_person:
        if (
            index.by_token[head.i].label == "NORP"
            or head.dep_ != "pobj"
            or head.head.head.pos_ not in ("NOUN", "PROPN")
        ):
            break
        head = head.head.head
    return head


def appositive_entity(token: Token, index: EntityIndex) -> Entity | None:
    """The person whose name stands in apposition to a common noun, or closes its noun phrase."""
    for child in token.children:
        if (
            child.dep_ == "appos"
            and child.i in index.by_token
            and index.by_token[child.i].is_person
            and is_person_noun(token)
        ):
            return index.by_token[child.i]
    if (
        token.dep_ == "appos"
        and token.head.i in index.by_token
        and index.by_token[token.head.i].is_person
        and is_person_noun(token)
    ):
        return index.by_token[token.head.i]
    if token.dep_ == "nsubj" and is_role(token):  # "Now the country's first judge, Ana Ruiz ruled"
        for other in token.head.children:
            entity = index.by_token.get(other.i)
            if entity is not None and entity.is_person and other.dep_ == "nsubj" and other.i > token.i:
                comma = min(mention.start for mention in entity.mentions if mention.end > other.i) - 1
                return entity if token.doc[comma].text == "," else None
    after = token.i + 1
    if (
        is_role(token)
        and after in index.by_token
        and index.by_token[after].is_person
        and token.dep_ in ("compound", "nmod")
    ):
        return index.by_token[after]
    return None


def coordinated_heads(head: Token) -> list[Token]:
    """A noun and those coordinated with it by "and", or nothing."""
    found, token, joined = [head], head, False
    while True:
        ands = [c.i for c in token.children if c.dep_ == "cc" and c.lower_ in ("and", "&")]
        joined = joined or bool(ands)
        following = [
            c for c in token.children if c.dep_ == "conj" or (c.dep_ == "appos" and ands and c.i > ands[0])
        ]
        if not following:
            return found if joined and len(found) > 1 else []
        token = following[0]
        if token.pos_ not in ("NOUN", "PROPN", "PRON"):
            return []
        found.append(token)


def is_one_person(several: list[Token]) -> bool:
    """Whether coordinated titles are one person's: "the former first lady and senator"."""
    later = [
        any(child.dep_ in ("det", "poss", "nummod") for child in token.children) for token in several[1:]
    ]
    return not any(later) and all(is_role(t) and t.tag_ in ("NN", "NNP") for t in several)
