"""The speaker of a quotation without a source, by the text around it: the sentence before, or an interview.

"Mayor Bianchi slammed the door. “I will not be lectured by a bank.”" The subject of the sentence before a quotation is
its speaker; where another person is named there, nobody can tell.
"""

import re

from spacy.tokens import Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.descriptions import is_person_noun
from quotes.coreference.entity import Entity
from quotes.coreference.referents import Referent
from quotes.lexicon.roles import PRONOUN_KIND
from quotes.lexicon.words import word_set
from quotes.text.quotation_marks import OPENING

SENTENCE_ENDS = frozenset(".!?…")
OPENING_MARKS = frozenset(OPENING + "«")
FIRST_SINGULAR = re.compile(r"\b(?:I|I['’]\w+|my|me|myself)\b")
FIRST_PLURAL = re.compile(r"\b(?:we|we['’]\w+|our|us|ours)\b", re.I)
ANSWER_LABEL = re.compile(r"A[.:]?")
QUESTION_LABELS = frozenset({"Q", "Q."})
INTERVIEW_VERBS = word_set("quotations/interview_verbs")


def speaker_of_preceding_sentence(content: Span, antecedents: Antecedents) -> Referent | None:
    """The subject of the sentence before a stand-alone quotation, if no other person is mentioned there.

    An organisation only where the quotation says "we"; who is not the subject, only where it says "I".
    """
    sentence = preceding_sentence(content, antecedents)
    if sentence is None:
        return None
    subject = next((t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT"), None)
    referent = antecedents.referent(subject) if subject is not None else None
    people = {entity for entity in _entities(sentence, antecedents) if entity.is_person}
    if referent is not None and referent.entity is not None:
        if referent.entity.is_person and not people - {referent.entity}:
            return referent
        if referent.entity.label == "ORG" and not people and FIRST_PLURAL.search(content.text):
            return referent
        return None
    if (
        len(people) == 1
        and FIRST_SINGULAR.search(content.text)
        and (subject is None or not _is_personal(subject))
    ):
        return Referent(people.pop())
    return None


def preceding_sentence(content: Span, antecedents: Antecedents) -> Span | None:
    """The sentence before a quotation in marks that is a sentence of its own, unless it is quoted itself."""
    doc = content.doc
    last = content.start - 1
    while last >= 0 and doc[last].is_space:
        last -= 1
    ending = [token for token in content if not token.is_space][-2:]
    if (
        last < 0
        or doc[last].text not in SENTENCE_ENDS
        or content[0].text not in OPENING_MARKS
        or not any(token.text in SENTENCE_ENDS for token in ending)
    ):
        return None
    start, end = antecedents.sentence_bounds[antecedents.sentence_of[last]]
    if any(quotation >= 0 for quotation in antecedents.quotation_at[start : last + 1]):
        return None
    return doc[start : min(end, last + 1)]


def mentions_person(sentence: Span, antecedents: Antecedents) -> bool:
    """Whether a sentence mentions a person, by name or as its subject, who may be the one who speaks next."""
    return any(entity.is_person for entity in _entities(sentence, antecedents)) or any(
        token.dep_ in ("nsubj", "nsubjpass") and (is_person_noun(token) or token.lower_ in PRONOUN_KIND)
        for token in sentence
    )


def interviewee(label: Span, antecedents: Antecedents) -> Referent | None:
    """The person who answers in an interview that is printed as Q and A: the one whom its introduction names."""
    doc, by_token = label.doc, antecedents.index.by_token
    first = next((t.i for t in doc if t.text in QUESTION_LABELS and _opens_line(t)), label.start)
    people = [
        e for e in antecedents.index.entities if e.is_person and e.mention_starts[0] < min(first, label.start)
    ]
    if len(people) > 1:
        interviewed = {by_token[t.i] for t in doc[:first] if t.i in by_token and _is_interviewed(t)}
        people = [person for person in people if person in interviewed]
    return Referent(people[0]) if len(people) == 1 else None


def _is_interviewed(token: Token) -> bool:
    """Whether somebody takes part in a talk: "the Gazette spoke to Ruiz", "Ruiz and her rival Stern talk to us"."""
    while token.dep_ == "conj":
        token = token.head
    verb = token.head.head if token.dep_ == "pobj" else token.head
    return token.dep_ in ("pobj", "dobj", "nsubj") and verb.lemma_.lower() in INTERVIEW_VERBS


def _opens_line(token: Token) -> bool:
    return token.i == 0 or "\n" in token.doc[token.i - 1].text


def _entities(sentence: Span, antecedents: Antecedents) -> set[Entity]:
    """The entities named in a sentence."""
    by_token = antecedents.index.by_token
    return {by_token[token.i] for token in sentence if token.i in by_token}


def _is_personal(token: Token) -> bool:
    return token.lower_ in PRONOUN_KIND or token.pos_ == "PRON" or token.ent_type_ in ("PERSON", "NORP")
