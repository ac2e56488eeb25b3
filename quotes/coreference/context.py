"""Whom the text around a quotation without a source makes its speaker: the sentence before it, or an interview.

"Mayor Bianchi slammed the door. “I will not be lectured by a bank.”" Whoever a sentence is about that stands before a
quotation, and nobody else, is its speaker; where another person is named there, nobody can tell.
"""

import re

from spacy.tokens import Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.descriptions import is_person_noun
from quotes.coreference.referents import Antecedent, Referent
from quotes.lexicon.roles import PRONOUN_KIND

ENDS = frozenset(".!?…")
OPENING = frozenset("“\"«‘'")
ME = re.compile(r"\b(?:I|I['’]\w+|my|me|myself)\b")
WE = re.compile(r"\b(?:we|we['’]\w+|our|us|ours)\b", re.I)
ANSWER = re.compile(r"A[.:]?")  # the label of an answer
ASKING = frozenset("talk speak interview sit chat meet ask catch join answer tell".split())
SURE, LIKELY = 0.6, 0.5


def beat(content: Span, antecedents: Antecedents) -> Antecedent | None:
    """Who acts in the sentence before a quotation that stands by itself: its subject, if it names nobody else."""
    sentence = before(content, antecedents)
    if sentence is None:
        return None
    subject = next((t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT"), None)
    found = _meant(subject, antecedents) if subject is not None else None
    entities = {antecedents.index.by_token[t.i] for t in sentence if t.i in antecedents.index.by_token}
    people = {entity for entity in entities if entity.is_person}
    if found is not None and found.entity is not None:
        if found.entity.is_person and not people - {found.entity}:
            return Antecedent(found, SURE)
        if found.entity.label == "ORG" and not people and WE.search(content.text):
            return Antecedent(found, LIKELY)
        return None
    if len(people) == 1 and ME.search(content.text) and (subject is None or not _is_somebody(subject)):
        return Antecedent(Referent(people.pop()), LIKELY)
    return None


def before(content: Span, antecedents: Antecedents) -> Span | None:
    """The sentence before a quotation in marks that is a sentence of its own, unless it is quoted itself."""
    doc = content.doc
    at = content.start - 1
    while at >= 0 and doc[at].is_space:
        at -= 1
    closed = [token for token in content if not token.is_space][-2:]
    if (
        at < 0
        or doc[at].text not in ENDS
        or content[0].text not in OPENING
        or not any(token.text in ENDS for token in closed)
    ):
        return None
    start, end = antecedents.sentence_bounds[antecedents.sentence_of[at]]
    if any(voice >= 0 for voice in antecedents.quotation_at[start : at + 1]):
        return None
    return doc[start : min(end, at + 1)]


def names_somebody(sentence: Span, antecedents: Antecedents) -> bool:
    """Whether a sentence has a person in it who may be the one who speaks next."""
    return any(
        (token.i in antecedents.index.by_token and antecedents.index.by_token[token.i].is_person)
        or (token.dep_ in ("nsubj", "nsubjpass") and (is_person_noun(token) or token.lower_ in PRONOUN_KIND))
        for token in sentence
    )


def interviewee(label: Span, antecedents: Antecedents) -> Antecedent | None:
    """Who answers in an interview that is printed as Q and A: the one whom its introduction names."""
    doc = label.doc
    first = next((t.i for t in doc if t.text in ("Q", "Q.") and _opens_line(t)), label.start)
    people = [
        f for f in antecedents.index.entities if f.is_person and f.mention_starts[0] < min(first, label.start)
    ]
    if len(people) > 1:
        asked = [t for t in doc[:first] if t.i in antecedents.index.by_token and _is_asked(t)]
        people = [
            entity for entity in people if any(antecedents.index.by_token[t.i] is entity for t in asked)
        ]
    return Antecedent(Referent(people[0]), SURE + 0.1) if len(people) == 1 else None


def _is_asked(token: Token) -> bool:
    """Whether somebody takes part in a talk: "the Gazette spoke to Ruiz", "Ruiz and her rival Stern talk to us"."""
    while token.dep_ == "conj":
        token = token.head
    verb = token.head.head if token.dep_ == "pobj" else token.head
    return token.dep_ in ("pobj", "dobj", "nsubj") and verb.lemma_.lower() in ASKING


def _opens_line(token: Token) -> bool:
    return token.i == 0 or "\n" in token.doc[token.i - 1].text


def _meant(token: Token, antecedents: Antecedents) -> Referent | None:
    """Whom a subject means, if that is clear."""
    if token.lower_ in PRONOUN_KIND and token.i not in antecedents.index.by_token:
        found = antecedents.pronoun(token)
        return found.referent if found is not None and found.confidence >= LIKELY else None
    return antecedents.referent(token)


def _is_somebody(token: Token) -> bool:
    return token.lower_ in PRONOUN_KIND or token.pos_ == "PRON" or token.ent_type_ in ("PERSON", "NORP")
