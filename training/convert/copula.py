"""Rule 4: in "She is optimistic" *be* governs; the predicate becomes attr, acomp, prep, ccomp or xcomp."""

from dataclasses import dataclass

from convert.tree import PREDICATE, Tree
from convert.words import APPROXIMATE, DEGREE, NEGATIONS, TIME_NAME, TIME_NOUNS, TIME_PREPOSITIONS

ALWAYS = {"nsubj", "csubj", "expl", "aux", "mark", "discourse", "vocative", "parataxis", "dislocated", "list"}
NEVER = {"det", "case", "amod", "compound", "nummod", "nmod"}
FINITE = {"VBD", "VBZ", "VBP", "VB"}


@dataclass(frozen=True)
class Clause:
    """A copula, its predicate, and what decides about the predicate's dependents."""

    be: int
    predicate: int
    outer: bool  # the predicate is a clause: "The problem is that he left"
    it: bool  # "It is clear that"
    adjectival: bool


def copulas(tree: Tree) -> None:
    """Put each *be* in the place of its predicate, and move up what belongs to the clause."""
    for be in tree.tokens:
        if tree.relation[be] != "cop":
            continue
        predicate = tree.head[be]
        dependents = tree.others(predicate, be)
        clause = Clause(
            be,
            predicate,
            outer=any(tree.relation[i].endswith(":outer") for i in dependents),
            it=any(tree.relation[i] in ("expl", "nsubj") and tree.lower[i] == "it" for i in dependents),
            adjectival=tree.pos[predicate] in ("ADJ", "ADV") or tree.tag[predicate] in ("VBN", "VBG"),
        )
        tree.replace(predicate, be)
        tree.relation[predicate] = PREDICATE
        tree.pos[be] = "AUX"
        for i in dependents:
            if _rises(tree, i, clause):
                tree.head[i] = be


def _rises(tree: Tree, i: int, clause: Clause) -> bool:
    """Whether dependent ``i`` of the predicate belongs to *be*."""
    be, predicate, base = clause.be, clause.predicate, tree.base(i)
    if predicate < be < i:  # "How old are you now": nothing right of be stays on a fronted predicate
        return True
    if clause.outer:
        full_stop = i > predicate and base == "punct" and tree.tag[i] == "."
        return i < be or full_stop or tree.relation[i].endswith(":outer")
    if base in ALWAYS:
        return True
    if base == "punct":
        return not be < i < predicate
    if base == "advmod":
        return _adverb_rises(tree, i, clause)
    if base == "obl":
        return _oblique_rises(tree, i, clause)
    if base in ("xcomp", "ccomp"):  # "It is vital to agree"
        return clause.it or i < be
    if base == "advcl":  # "taller than I am" stays
        marks = tree.with_relation(i, "mark")
        return i < be or not (marks and tree.lower[marks[0]] in ("than", "as"))
    if base == "conj":
        return _conjunct_rises(tree, i, clause)
    return i < be and base not in NEVER


def _adverb_rises(tree: Tree, i: int, clause: Clause) -> bool:
    """In "He is not now very optimistic" degree adverbs stay; *not* and adverbs of time or sentence move."""
    if i < clause.be:
        return True
    if i > clause.predicate:
        return tree.lower[i] != "enough"
    staying = DEGREE if clause.adjectival else APPROXIMATE
    return tree.lower[i] in NEGATIONS or tree.lower[i] not in staying


def _oblique_rises(tree: Tree, i: int, clause: Clause) -> bool:
    """In "She was chairwoman in 2019" it moves; in "He was angry at her" it stays on the adjective."""
    if i < clause.be:
        return True
    if tree.relation[i] in ("obl:unmarked", "obl:tmod", "obl:npmod"):
        return not clause.be < i < clause.predicate
    if not clause.adjectival:
        return True
    cases = tree.with_relation(i, "case")
    temporal = tree.lower[i] in TIME_NOUNS or TIME_NAME.fullmatch(tree.lower[i])
    return bool(cases and tree.lower[cases[0]] in TIME_PREPOSITIONS and temporal)


def _conjunct_rises(tree: Tree, i: int, clause: Clause) -> bool:
    """In "He is tired and wants to go" the conjunct is a clause of its own and moves."""
    clausal = ("cop", "nsubj", "nsubj:pass", "aux", "aux:pass", "expl")
    if tree.with_relation(i, *clausal):
        return True
    finite = tree.pos[i] in ("VERB", "AUX") and tree.tag[i] in FINITE
    return finite and tree.pos[clause.predicate] != "VERB"
