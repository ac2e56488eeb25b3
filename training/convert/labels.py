"""Rule 10: coordination and the labels that are still undecided."""

from collections.abc import Callable

from convert.tree import PREDICATE, Tree
from convert.words import NEGATIONS

# UD relation -> label; a subtype that is not listed counts as its base relation, anything else as "dep".
LABELS = {
    "acl": "acl", "acl:relcl": "relcl", "advcl": "advcl", "advmod": "advmod", "amod": "amod",
    "appos": "appos", "aux": "aux", "aux:pass": "auxpass", "case": "case", "cc": "cc",
    "cc:preconj": "preconj", "ccomp": "ccomp", "compound": "compound", "compound:prt": "prt",
    "conj": "conj", "cop": "aux", "csubj": "csubj", "csubj:pass": "csubjpass", "det": "det",
    "det:predet": "predet", "discourse": "intj", "expl": "expl", "flat": "compound", "iobj": "dative",
    "mark": "mark", "nmod": "nmod", "nmod:desc": "compound", "nmod:npmod": "npadvmod",
    "nmod:poss": "poss", "nmod:tmod": "npadvmod", "nmod:unmarked": "npadvmod", "nsubj": "nsubj",
    "nsubj:pass": "nsubjpass", "nummod": "nummod", "obj": "dobj", "obl": "npadvmod",
    "parataxis": "parataxis", "punct": "punct", "vocative": "npadvmod", "xcomp": "xcomp",
}  # fmt: skip


def coordination(tree: Tree) -> None:
    """In "A, B and C" each conjunct hangs on the one before, with its comma and its conjunction."""
    for first in tree.tokens:
        conjuncts = [i for i in tree.with_relation(first, "conj") if i > first]
        for i in tree.with_relation(first, "cc"):
            earlier = [conjunct for conjunct in conjuncts if conjunct < i]
            if i > first and earlier:
                tree.head[i] = earlier[-1]
        previous = first
        for conjunct in conjuncts:
            for i in tree.children(conjunct):
                if i > conjunct:
                    continue
                comma = tree.relation[i] == "punct" and tree.form[i] in (",", ";")
                if comma or (tree.relation[i] == "cc" and not tree.dominates(i, previous)):
                    tree.head[i] = previous
            tree.head[conjunct] = previous
            previous = conjunct


def decide_labels(tree: Tree) -> None:
    """Give every token its label. Relations are left in place: later decisions look at them."""
    for i in tree.tokens:
        if tree.head[i] == 0:
            tree.label[i] = "ROOT"
        elif tree.label[i]:
            if tree.label[i] == "advmod" and _negation(tree, i):
                tree.label[i] = "neg"
        elif tree.relation[i] == PREDICATE:
            tree.label[i] = _predicate(tree, i)
        else:
            relation = tree.relation[i]
            label = LABELS.get(relation) or LABELS.get(relation.split(":")[0]) or "dep"
            refine = REFINEMENTS.get(label)
            tree.label[i] = refine(tree, i) if refine else label


def _negation(tree: Tree, i: int) -> bool:
    return tree.lower[i] in NEGATIONS or tree.lower[i] == "never"


def _has_expletive(tree: Tree, head: int, *, there: bool) -> bool:
    """Whether ``head`` has an expletive *there*, or another one (*it*)."""
    return any((tree.lower[i] == "there") == there for i in tree.with_relation(head, "expl"))


def _has_subject(tree: Tree, head: int) -> bool:
    return any(tree.relation[i].startswith("nsubj") for i in tree.children(head))


def _has_to(tree: Tree, head: int) -> bool:
    return any(tree.tag[i] == "TO" for i in tree.children(head))


def _predicate(tree: Tree, i: int) -> str:
    """What stands below a copula."""
    children, tag = tree.children(i), tree.tag[i]
    if any(
        tree.relation[k].startswith(("nsubj", "csubj")) or tree.label[k] in ("nsubj", "nsubjpass")
        for k in children
    ):
        return "ccomp"
    if tree.pos[i] in ("VERB", "AUX"):
        if _has_to(tree, i) or tag == "VBG":
            return "xcomp"
        return "acomp" if tag == "VBN" else "ccomp"
    if tree.pos[i] == "ADJ" or tag in ("JJ", "JJR", "JJS"):
        return "acomp"
    return {"ADV": "advmod", "ADP": "prep"}.get(tree.pos[i], "attr")


def _expletive(tree: Tree, i: int) -> str:
    """Expletives: "there is" expl; "it is clear that" nsubj; "make it clear that" dobj."""
    head = tree.head[i]
    if tree.lower[i] == "there":
        return "expl"
    subject = any(tree.label[k] == "nsubj" or tree.relation[k] == "nsubj" for k in tree.children(head))
    return "nsubj" if i < head or (tree.tag[head].startswith("V") and not subject) else "dobj"


def _subject(tree: Tree, i: int) -> str:
    """Subjects: "there is hope" attr, else nsubj."""
    return "attr" if _has_expletive(tree, tree.head[i], there=True) else "nsubj"


def _clausal_subject(tree: Tree, i: int) -> str:
    """Clausal subjects: "it is vital to agree" xcomp; "it is clear that they agreed" ccomp; else csubj."""
    if not _has_expletive(tree, tree.head[i], there=False):
        return "csubj"
    controlled = _has_to(tree, i) and not _has_subject(tree, i)
    return "xcomp" if controlled or tree.tag[i] == "VBG" else "ccomp"


def _adverb(tree: Tree, i: int) -> str:
    """Adverbs: "not" neg; "about 50" quantmod; "went in" prep; else advmod."""
    head = tree.head[i]
    if _negation(tree, i):
        return "neg"
    if tree.tag[i] == "IN" and tree.tag[head] == "CD":
        return "quantmod"
    verbal = tree.tag[head] in ("VB", "VBD", "VBZ", "VBP", "VBG", "VBN")
    return "prep" if tree.tag[i] == "IN" and verbal and not tree.children(i) else "advmod"


def _noun_adverbial(tree: Tree, i: int) -> str:
    """Nouns as adverbials: "cents a share" npadvmod; "May 2015" nummod; "UK president" compound."""
    head = tree.head[i]
    if tree.pos[i] == "ADP":
        return "prep"
    if not tree.relation[i].startswith("nmod"):
        return "npadvmod"
    if tree.tag[i] == "CD":
        return "nummod"
    if tree.relation[i] == "nmod:unmarked" and i < head:
        if tree.tag[head] == "CD":
            return "nmod"
        if tree.tag[i] in ("NN", "NNP") and tree.tag[head] in ("NN", "NNS", "NNP", "NNPS"):
            return "compound"
    return "npadvmod"


def _indirect_object(tree: Tree, i: int) -> str:
    """Indirect objects: "gave her a book" dative; "told reporters that" dobj."""
    siblings = tree.children(tree.head[i])
    return "dative" if any(tree.relation[k] == "obj" or tree.label[k] == "dobj" for k in siblings) else "dobj"


def _adjective(tree: Tree, i: int) -> str:
    """Adjectives: "United States" compound, else amod."""
    name = tree.tag[i] in ("NNP", "NNPS") and tree.tag[tree.head[i]].startswith("NN")
    return "compound" if name else "amod"


def _compound(tree: Tree, i: int) -> str:
    """Compounds: "trade talks" compound; "Obama the president" appos; "oil-rich" npadvmod; else amod."""
    head = tree.head[i]
    if tree.relation[i] == "nmod:desc" and i > head:
        return "appos"
    if tree.tag[head] in ("VBN", "VBG", "JJ") and tree.tag[i] in ("NN", "NNP", "NNS") and head - i <= 2:
        return "npadvmod"
    return "amod" if tree.tag[i] == "JJ" else "compound"


def _determiner(tree: Tree, i: int) -> str:
    """Determiners: "all the" predet; "whose" poss; else det."""
    return {"PDT": "predet", "PRP$": "poss", "WP$": "poss"}.get(tree.tag[i], "det")


REFINEMENTS: dict[str, Callable[[Tree, int], str]] = {
    "expl": _expletive,
    "nsubj": _subject,
    "csubj": _clausal_subject,
    "advmod": _adverb,
    "npadvmod": _noun_adverbial,
    "dative": _indirect_object,
    "amod": _adjective,
    "compound": _compound,
    "det": _determiner,
}
