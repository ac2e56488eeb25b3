"""What a noun can mean that is quoted: a person, people, a body or a document."""

from typing import Literal

from spacy.tokens import Token

from quotes.coreference.chains.word_lists import word_lists
from quotes.coreference.descriptions import is_nationality_noun, is_person_noun
from quotes.lexicon.roles import (
    COLLECTIVE_NOUNS,
    DOCUMENTS,
    NO_SPEAKERS,
    ORGANISATIONS,
    PLACES,
    TEAMS,
    UNNAMED,
)

PARTICLES_OF_VERBS = frozenset({"by", "up", "on", "in", "out", "off"})
PERSON_ENDINGS = ("er", "or", "man", "mate", "friend", "parent", "child")
MIN_FIRST_PART, MIN_LAST_PART = 3, 5  # letters of the parts of a compound in one word
NounKind = Literal["person", "people", "body", "document"]
KIND_NUMBERS: dict[NounKind | None, int] = {None: 0, "person": 1, "people": 2, "body": 3, "document": 4}


def noun_kind(token: Token) -> NounKind | None:
    """What kind of speaker a noun means, if it can mean one: "guard", "guards", "committee", "report"."""
    lemma = token.lemma_.lower()
    if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY"):
        return None
    if lemma in DOCUMENTS:
        return "document"
    if is_nationality_noun(token):
        return "person"
    lists = word_lists()
    is_person = is_person_noun(token) or lemma in UNNAMED or lemma in lists.exclusively_person_words
    if not is_person and (lemma in ORGANISATIONS or lemma in TEAMS or lemma in PLACES):
        return "body"
    if lemma in COLLECTIVE_NOUNS:
        return "people"
    is_listed = lemma in lists.person_words and lemma not in NO_SPEAKERS
    if is_person or is_listed or _is_compound_for_person(token):
        return "people" if token.tag_ in ("NNS", "NNPS") else "person"
    return None


def _is_compound_for_person(token: Token) -> bool:
    """Whether a word means a person by its last part: "stallholder", "well-wisher", "passer-by", "ten-year-old"."""
    lemma = token.lemma_.lower()
    persons = word_lists().exclusively_person_words
    at, parts = token.i, [lemma]
    while at > 1 and token.doc[at - 1].text == "-":
        parts.insert(0, token.doc[at - 2].lower_)
        at -= 2
    if len(parts) > 1:
        is_aged = lemma in ("old", "olds") and parts[-2] in ("year", "month", "week", "day")
        is_verbal = lemma in PARTICLES_OF_VERBS and (parts[0] in persons or parts[0].endswith("er"))
        return is_aged or is_verbal or "-".join(parts) in persons or lemma in persons
    endings = (lemma[at:] for at in range(MIN_FIRST_PART, len(lemma) - MIN_LAST_PART + 1))
    return lemma.endswith(PERSON_ENDINGS) and any(
        ending in persons and ending not in ORGANISATIONS for ending in endings
    )
