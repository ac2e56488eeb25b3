"""The rules in their order."""

from collections.abc import Sequence

from convert.clauses import free_relatives, open_complements, reporting_clauses
from convert.copula import copulas
from convert.labels import coordination, decide_labels
from convert.phrases import dates, fixed_expressions, flat_names, money
from convert.prepositions import markers, prepositions
from convert.punctuation import punctuation
from convert.tree import Row, Tree

RULES = (
    fixed_expressions,
    flat_names,
    money,
    dates,
    copulas,
    reporting_clauses,
    markers,
    prepositions,
    free_relatives,
    open_complements,
    coordination,
    decide_labels,
    punctuation,
)


def convert(rows: Sequence[Row]) -> Tree:
    """One sentence from UD v2 to spaCy's scheme: see ``head`` and ``label`` of the tree (numbers from 1).

    Raises ValueError when the result is not a tree with one root; that happens only where the input is none.
    """
    tree = Tree(rows)
    for rule in RULES:
        rule(tree)
    if problem := tree.problem():
        raise ValueError(f"{problem}: {' '.join(tree.form[1:])}")
    return tree
