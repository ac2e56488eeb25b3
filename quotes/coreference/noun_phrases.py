"""Noun phrases in a parse: their heads, subjects, appositions and coordinations."""

from collections.abc import Iterator

from spacy.tokens import Token

from quotes.coreference.descriptions import is_person_noun, is_role
from quotes.coreference.entities import EntityIndex
from quotes.coreference.entity import Entity
from quotes.coreference.noun_kinds import noun_kind
from quotes.lexicon.roles import PRONOUN_KIND
from quotes.nlp.dependents import dependent, dependents, preposition

MODIFIER_DEPS = frozenset({"amod", "compound", "nmod", "poss", "nummod"})
SUBJECT_OR_AGENT_DEPS = frozenset({"nsubj", "nsubjpass", "csubj", "expl", "agent"})


def is_phrase_head(token: Token, index: EntityIndex) -> bool:
    """Whether a token heads a noun phrase that something can refer back to."""
    entity = index.by_token.get(token.i)
    if entity is not None:
        outer = token.head
        return (outer is token or index.by_token.get(outer.i) is not entity) and not (
            token.dep_ in ("compound", "amod", "nmod")
            and outer.pos_ in ("NOUN", "PROPN")
            and outer.i > token.i
        )
    if token.text.lower() in PRONOUN_KIND or token.text.lower() == "who":
        return True
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "npadvmod", "amod", "nmod")


def subjects_above(token: Token) -> Iterator[Token]:
    """The subjects of the clauses around a token that stand before it, the nearest first."""
    verb = token
    while verb.head != verb:
        below, verb = verb, verb.head
        for child in verb.children:
            if (
                child.dep_ in SUBJECT_OR_AGENT_DEPS
                and child.i < token.i
                and child != below
                and child != token
            ):
                yield child


def predicated_subject(token: Token) -> Token | None:
    """The subject of "to be" that a noun is said of: "Kaine" for "lawyer" in "Kaine is a lawyer"."""
    if token.dep_ != "attr":
        return None
    return next((child for child in dependents(token.head, "nsubj") if child.i < token.i), None)


def relative_antecedent(token: Token, index: EntityIndex) -> Token | None:
    """The noun that a relative pronoun stands for; for "who", a person where the parse has found a thing."""
    doc = token.doc
    last = token.i - 1
    while last > 0 and (doc[last].is_punct or doc[last].tag_ == "IN"):
        last -= 1
    is_human = token.text.lower() in ("who", "whom")
    if is_human and index.person_at(last) is not None:
        return doc[last]
    head = _modified_noun(token)
    if head is None:
        nouns = [other for other in doc[max(0, last - 2) : last + 1] if other.pos_ in ("NOUN", "PROPN")]
        head = nouns[-1] if nouns else None
    return _person_around(head, index) if is_human and head is not None else head


def _modified_noun(token: Token) -> Token | None:
    """The noun before a token that the relative clause around it modifies."""
    verb = token
    while verb.head != verb and verb.dep_ != "relcl":
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" and verb.head.i < token.i else None


def _person_around(head: Token, index: EntityIndex) -> Token:
    """The noun that an organisation's or place's name is "of": "governor" for "who" in "the governor of Ohio, who"."""
    while (entity := index.by_token.get(head.i)) is not None and not entity.is_person:
        outer = head.head.head
        if entity.label == "NORP" or head.dep_ != "pobj" or outer.pos_ not in ("NOUN", "PROPN"):
            break
        head = outer
    return head


def appositive_entity(token: Token, index: EntityIndex) -> Entity | None:
    """The person whose name stands in apposition to a noun or closes its phrase; the body for "a charity"."""
    kind = noun_kind(token)
    is_person = kind == "person" or is_person_noun(token) or token.lower_ == "one"  # "one of them, Ana Ruiz,"
    is_indefinite = any(child.lower_ in ("a", "an") for child in token.children)
    is_body = token.tag_ == "NN" and (kind == "body" or (kind is None and is_indefinite))
    if is_person or is_body:
        apposed = list(dependents(token, "appos"))
        apposed += [token.head] if token.dep_ == "appos" else []
        for other in apposed:
            entity = index.by_token.get(other.i)
            if entity is not None and (entity.is_person if is_person else entity.label == "ORG"):
                return entity
    # "Ana Ruiz and his brother Jim"
    if token.dep_ == "conj" and is_person_noun(token) and token.i + 1 < len(token.doc):
        return index.person_at(token.i + 1)
    if not is_role(token):
        return None
    if token.dep_ == "nsubj":  # "Now the country's first judge, Ana Ruiz ruled"
        for other in token.head.children:
            person = index.person_at(other.i) if other.dep_ == "nsubj" and other.i > token.i else None
            if person is not None:
                before = min(mention.start for mention in person.mentions if mention.end > other.i) - 1
                return person if before == token.i or token.doc[before].text == "," else None
    return index.person_at(token.i + 1) if token.dep_ in ("compound", "nmod") else None


def coordinated_heads(head: Token) -> list[Token]:
    """A noun and those coordinated with it by "and"; none for a noun alone."""
    heads, token, has_and = [head], head, False
    while True:
        ands = [c.i for c in token.children if c.dep_ == "cc" and c.lower_ in ("and", "&")]
        has_and = has_and or bool(ands)
        following = [
            c
            for c in token.children
            if c.dep_ == "conj" or (c.dep_ == "appos" and (_is_listed(c) or (ands and c.i > ands[0])))
        ]
        if not following:
            return heads if has_and and len(heads) > 1 else []
        token = following[0]
        if token.pos_ not in ("NOUN", "PROPN", "PRON"):
            return []
        heads.append(token)


def _is_listed(token: Token) -> bool:
    """Whether a noun parsed as an apposition is the next of a list: "the mayor, [the bishop] and the teacher said".

    An apposition ends with a comma; and a name with "the mayor and a lawyer" behind it is one person.
    """
    last = token.right_edge
    if dependent(token, "cc") is None or dependent(token, "conj") is None or last.i + 1 == len(token.doc):
        return False
    return last.nbor(1).text != "," and (token.pos_ == "PROPN") == (token.head.pos_ == "PROPN")


def is_one_person(heads: list[Token]) -> bool:
    """Whether coordinated titles are one person's: "the former first lady and senator"."""
    determined = any(dependent(token, "det", "poss", "nummod") is not None for token in heads[1:])
    return not determined and all(is_role(t) and t.tag_ in ("NN", "NNP") for t in heads)


def modifiers(token: Token) -> frozenset[str]:
    """The words that modify a noun, in lower case: "former", "police" for "the former police chief"."""
    return frozenset(child.lower_ for child in token.children if child.dep_ in MODIFIER_DEPS)


def complements(token: Token) -> frozenset[str]:
    """What a noun is "of" or "for": "bank" for "a spokesperson for the bank"."""
    return frozenset(word.lower_ for prep in dependents(token, "prep") for word in dependents(prep, "pobj"))


def owner_of(token: Token) -> Token | None:
    """Whose a noun says it is: "Bell" for "Bell's answer", "the reaction of Bell", "a lawyer for Bell"."""
    return dependent(token, "poss") or dependent(preposition(token, "of", "by", "from", "for"), "pobj")
