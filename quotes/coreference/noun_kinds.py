"""What a noun can mean that is quoted: a person, people, a body or a document."""

from typing import Literal

from spacy.tokens import Token

from quotes.coreference.chains.word_lists import word_lists
from quotes.coreference.descriptions import is_person_noun
from quotes.lexicon.roles import COLLECTIVE_NOUNS, DOCUMENTS, ORGANISATIONS, PLACES, TEAMS, UNNAMED

NounKind = Literal["person", "people", "body", "document"]


def noun_kind(token: Token) -> NounKind | None:
    """What kind of speaker a noun means, if it can mean one: "guard", "guards", "committee", "report"."""
    lemma = token.lemma_.lower()
    if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY"):
        return None
    if lemma in DOCUMENTS:
        return "document"
    lists = word_lists()
    is_person = is_person_noun(token) or lemma in UNNAMED or lemma in lists.exclusively_person_words
    if not is_person and (lemma in ORGANISATIONS or lemma in TEAMS or lemma in PLACES):
        return "body"
    if lemma in COLLECTIVE_NOUNS:
        return "people"
    if is_person or lemma in lists.person_words:
        return "people" if token.tag_ in ("NNS", "NNPS") else "person"
    return None
