"""Who answers in an interview that is printed as questions and answers."""

import re

from spacy.tokens import Doc, Span, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.referents import Referent
from quotes.lexicon.words import word_set

ANSWER_LABEL = re.compile(r"A[.:]?")
QUESTION_LABELS = frozenset({"Q", "Q."})
INTERVIEW_VERBS = word_set("quotations/interview_verbs")


def interviewee(label: Span, antecedents: Antecedents) -> Referent | None:
    """The person who answers in an interview that is printed as Q and A: the one whom its introduction names."""
    doc, by_token = label.doc, antecedents.index.by_token
    first = next((t.i for t in doc if t.text in QUESTION_LABELS and _opens_line(t)), label.start)
    people = [
        e
        for e in antecedents.index.entities
        if e.is_person
        and e.mention_starts[0] < min(first, label.start)
        and not _asks(doc, e.mention_starts[0])
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


def _asks(doc: Doc, start: int) -> bool:
    """Whether a name is that of the examiner of a witness: "BY MS. RUIZ:"."""
    return any(token.lower_ == "by" and _opens_line(token) for token in doc[max(0, start - 3) : start])


def _opens_line(token: Token) -> bool:
    return token.i == 0 or "\n" in token.doc[token.i - 1].text
