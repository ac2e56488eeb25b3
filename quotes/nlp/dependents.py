"""The dependents of words in a parse, and the characters that words and phrases stand at."""

from collections.abc import Iterator

from spacy.tokens import Token

from quotes.text.spans import Offsets

NOMINAL_SUBJECT_DEPS = frozenset(("nsubj", "nsubjpass"))
FINITE_TAGS = frozenset(("VBD", "VBZ", "VBP", "MD"))  # of verbs that can be the verb of a sentence
SUBJECT_DEPS = NOMINAL_SUBJECT_DEPS | {"csubj", "csubjpass", "expl"}


def dependents(token: Token, *relations: str) -> Iterator[Token]:
    """The dependents of a word that are tied to it by one of these relations, in text order."""
    return (child for child in token.children if child.dep_ in relations)


def dependent(token: Token | None, *relations: str) -> Token | None:
    """The first of them; None where a word has none, and for no word."""
    return next(dependents(token, *relations), None) if token is not None else None


def preposition(token: Token, *words: str) -> Token | None:
    """The first of these prepositions, in lower case, that depends on a word."""
    return next((child for child in token.children if child.lower_ in words), None)


def subject(verb: Token) -> Token | None:
    """The first subject of a verb, of whatever kind: a noun, a clause, "there"."""
    return dependent(verb, *SUBJECT_DEPS)


def word_offsets(first: Token, last: Token | None = None) -> Offsets:
    """The offsets of a word, or of the words from one to another."""
    last = first if last is None else last
    return first.idx, last.idx + len(last)


def subtree_offsets(token: Token) -> Offsets:
    """The offsets of a word's subtree, without a possessive "'s" at its end."""
    last = token.right_edge
    if last.tag_ == "POS" and last.i > token.i:
        last = last.nbor(-1)
    return word_offsets(token.left_edge, last)


def agent_offsets(verb: Token) -> Offsets | None:
    """The offsets of whom a passive verb names as its doer: "the operator" for "was denied by the operator"."""
    doer = dependent(dependent(verb, "agent") or preposition(verb, "by"), "pobj")
    return subtree_offsets(doer) if doer is not None else None
