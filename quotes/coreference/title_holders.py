"""Who has a title or is a relative, by what the article says of its people."""

import re
from itertools import pairwise

from spacy.tokens import Token

from quotes.coreference.descriptions import words_in_full
from quotes.coreference.entities import EntityIndex
from quotes.coreference.entity import Entity
from quotes.lexicon.roles import ROLE_SYNONYMS, TITLE_RANKS

FORMER = frozenset({"former", "ex", "late", "then", "retired"})


def described_as(lemma: str, index: EntityIndex) -> list[Entity]:
    """The people described by a noun or, if nobody is, by one that means as much ("judge", "justice")."""
    by_description = index.by_description
    people = by_description.get(lemma) or [
        person for word in sorted(ROLE_SYNONYMS.get(lemma, ())) for person in by_description.get(word, ())
    ]
    return list(dict.fromkeys(people))


def equivalent_titles(lemma: str) -> frozenset[str]:
    """A title and those that mean as much: "judge", "justice", "magistrate"."""
    lemma = lemma.removeprefix("ex-")
    return ROLE_SYNONYMS.get(lemma, frozenset()) | {lemma}


def extra_words(entity: Entity, lemma: str, modifiers: set[str]) -> int | None:
    """The number of words that a description of the entity has besides a noun phrase's; None when it is another."""
    titles = equivalent_titles(lemma)
    # A former minister is not the minister.
    described = [
        words
        for words in map(words_in_full, entity.descriptions)
        if not titles.isdisjoint(words) and not words & FORMER - modifiers
    ]
    counts = [len(words) - len(modifiers) - 1 for words in described if modifiers <= words]
    if described and not counts and modifiers <= entity.description_words:
        counts.append(len(entity.description_words))
    return min(counts, default=None)


def has_same_rank(entity: Entity, head: Token, modifiers: set[str]) -> bool:
    """Whether the article calls an entity so, and not only its deputy: Vice President Ruiz is not "the president"."""
    titles = equivalent_titles(head.lemma_.lower())
    texts = [text.lower() for text in entity.descriptions]
    described = [text for text in texts if not titles.isdisjoint(re.findall(r"[\w-]+", text))]
    if not described:
        return True
    words = {*modifiers, *titles}
    own = _words_after_rank(head.doc[head.left_edge.i : head.i + 1].text.lower(), words)
    return any(_words_after_rank(text, words) == own for text in described)


def holds_another_office(entity: Entity, head: Token, modifiers: set[str]) -> bool:
    """Whether what the article calls a person speaks against a title: a vice president is not "the president".

    Nor is a former mayor "the mayor", nor a chief justice "the former president".
    """
    described = list(map(words_in_full, entity.descriptions))
    titles = equivalent_titles(head.lemma_.lower())
    titled = [words for words in described if not titles.isdisjoint(words)]
    if not titled:
        return bool(described) and bool(modifiers & FORMER)
    is_former = all(words & FORMER for words in titled)
    return not has_same_rank(entity, head, modifiers) or (is_former and not modifiers & FORMER)


def _words_after_rank(text: str, words: set[str]) -> set[str]:
    """Those of some words that "vice", "deputy" and the like stand before in a phrase."""
    return {
        word for rank, word in pairwise(re.findall(r"[\w-]+", text)) if rank in TITLE_RANKS and word in words
    }
