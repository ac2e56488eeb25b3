"""The words above a verb of saying in the parse that tell whether it was done: "is expected to say", "no proof that he
said"; and where they end, at what is so whatever becomes of the rest: "did not go, while others said".
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from quotes.lexicon.words import word_set
from quotes.nlp.dependents import FINITE_TAGS, dependent, word_offsets
from quotes.nlp.dependents import NOMINAL_SUBJECT_DEPS as SUBJECTS
from quotes.text.spans import Offsets, overlaps_any

CONDITIONS = frozenset(["if", "unless", "whether", "lest", "supposing", "though", "until", "till"])
INFINITIVE_LINKS = frozenset(["xcomp", "pcomp", "prep", "acl"])
CLAUSE_LINKS = frozenset(["ccomp", "csubj", "acl", "relcl"])
NOUN_LINKS = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "attr"])
LINKS = INFINITIVE_LINKS | CLAUSE_LINKS | NOUN_LINKS | {"advcl", "conj", "acomp"}
WHOLE_CLAUSE_LINKS = CLAUSE_LINKS | {"advcl"}
FACTIVE_CONJUNCTIONS = frozenset("after although as because since though whereas while".split())
QUOTED_THINGS = frozenset("comment post quotation quote remark statement tweet video".split())
FORGED_THINGS = word_set("quotations/forged_things")


def words_about(verb: Token, content: Sequence[Offsets]) -> Iterator[tuple[Token, Token | None]]:
    """A word and the words that it depends on, each with the one below it, as long as they tell about its saying.

    Above an aside ("saw no need to go, saying", "offended them by saying") these are only whole clauses: "it is not
    true that she left, saying".
    """
    below, word, is_aside = None, verb, False
    while True:
        yield word, below
        head = word.head
        is_quoted = overlaps_any(word_offsets(head), content) and head.lemma_ not in QUOTED_THINGS
        links = WHOLE_CLAUSE_LINKS if is_aside else LINKS
        if head == word or is_quoted or word.dep_ not in links or (is_aside and word.tag_ == "VB"):
            return
        if _is_remark(word) or _is_told_anyway(word) or _is_somebodys(word):
            return
        is_aside = is_aside or _is_aside(word)
        below, word = word, head


def _is_aside(word: Token) -> bool:
    """Whether a word begins a clause, no infinitive, that only goes with what its head tells."""
    of_means = word.dep_ == "prep" and word.lower_ == "by"
    return of_means or (word.dep_ == "advcl" and word.tag_ != "VB") or is_participle_clause(word)


def _is_told_anyway(word: Token) -> bool:
    """Whether a word begins a clause that is so whatever becomes of its head: "while some said", "with many saying"."""
    if word.dep_ == "pcomp":
        return word.head.lower_ == "with" and dependent(word, *SUBJECTS) is not None
    if word.dep_ != "advcl" or word.tag_ not in FINITE_TAGS or dependent(word, *SUBJECTS) is None:
        return False
    marks = [child.lower_ for child in word.lefts if child.dep_ in ("mark", "advmod", "prep")]
    return bool(FACTIVE_CONJUNCTIONS & set(marks)) and not ("as" in marks and CONDITIONS & set(marks))


def _is_somebodys(word: Token) -> bool:
    """Whether a noun for words tells whose they are, not that there are none: "no proof of [her claim that]"."""
    if word.pos_ != "NOUN" or word.dep_ not in ("dobj", "pobj"):
        return False
    return any(
        child.dep_ == "poss" or (child.dep_ == "prep" and child.lower_ == "by") for child in word.children
    )


def _is_remark(word: Token) -> bool:
    """Whether a word begins a relative clause behind a comma, which is said whatever becomes of the rest: "did not go
    to Marr, who said". What is told of a thing with words in it is told of these: "the tweet, in which she wrote".
    """
    start = word.left_edge.i
    of_words = word.head.lemma_.lower() in FORGED_THINGS
    return word.dep_ == "relcl" and not of_words and start > 0 and word.doc[start - 1].text == ","


def is_participle_clause(word: Token) -> bool:
    """Whether a word begins a clause of its own behind a comma: "did not resign, saying"."""
    return word.tag_ == "VBG" and word.dep_ == "xcomp" and word.i > 0 and word.nbor(-1).text == ","
