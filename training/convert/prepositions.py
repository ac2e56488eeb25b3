"""Rules 6 and 7: markers and prepositions."""

from convert.tree import PREDICATE, Tree
from convert.words import GIVING, NOMINAL, QUESTION_PREPOSITIONS, SUBORDINATORS

CLITICS = {"'s", "’s", "'", "’"}
# Relations that become ``prep`` once a preposition takes the place of its object; others are kept.
PHRASES = {
    "obl", "nmod", "xcomp", "ccomp", "acl", "advcl", "advmod", "amod", PREDICATE, "orphan", "obj", "iobj",
}  # fmt: skip


def markers(tree: Tree) -> None:
    """Rule 6: infinitival *to* is aux, *when* advmod; "in acquiring", "about whether" have a preposition."""
    for i in tree.tokens:
        if tree.relation[i] != "mark":
            continue
        verb = tree.head[i]
        if tree.tag[i] == "TO":
            tree.attach(i, verb, "aux")
        elif tree.tag[i] == "WRB":
            tree.attach(i, verb, "advmod")
        elif _before_question(tree, i) or _before_gerund(tree, i, verb):
            tree.relation[i] = "case"


def _before_question(tree: Tree, i: int) -> bool:
    """As in "about whether he left", "of what it costs"."""
    if tree.tag[i] != "IN" or i == tree.size or tree.lower[i] not in QUESTION_PREPOSITIONS:
        return False
    return tree.tag[i + 1] in ("WP", "WRB", "WDT") or tree.lower[i + 1] in ("whether", "if")


def _before_gerund(tree: Tree, i: int, verb: int) -> bool:
    """As in "in acquiring it"; but not "for it to be", "while acquiring it", "despite prices being low"."""
    if tree.tag[i] not in ("IN", "RB", "JJ", "VBG") or tree.lower[i] in SUBORDINATORS:
        return False
    children = tree.children(verb)
    if tree.tag[i] == "IN" and tree.lower[i] == "for" and any(tree.tag[k] == "TO" for k in children):
        return False
    gerund = tree.tag[verb] == "VBG" or any(
        tree.tag[k] == "VBG" for k in tree.with_relation(verb, "aux", "aux:pass")
    )
    own_subject = tree.lower[i] not in ("of", "with", "without") and any(
        tree.relation[k].startswith("nsubj") and k < verb and tree.tag[k] in ("NN", "NNS", "NNP", "PRP")
        for k in children
    )
    return gerund and len(tree.with_relation(verb, "mark")) == 1 and not own_subject


def prepositions(tree: Tree) -> None:
    """Rule 7: "talks with China": with=prep of talks, China=pobj of with."""
    for noun in sorted({tree.head[i] for i in tree.tokens if tree.relation[i] == "case"}):
        cases = _place_clitics(tree, noun, tree.with_relation(noun, "case"))
        if not cases:
            continue
        if len(cases) == 1 and _superlative_adverb(tree, cases[0], noun):
            tree.attach(cases[0], noun, "advmod")
            tree.decide(noun, "advmod")
        else:
            _govern(tree, noun, cases)
    _lift_conjuncts(tree)


def _place_clitics(tree: Tree, noun: int, cases: list[int]) -> list[int]:
    """Label possessive 's, postpositions ("years ago") and signs; what is left are true prepositions."""
    left = []
    for i in cases:
        if tree.tag[i] == "POS" or (i > noun and tree.lower[i] in CLITICS):
            tree.attach(i, noun, "case")
        elif i > noun:
            tree.attach(i, noun, "prep")
        elif tree.pos[i] in ("SYM", "PUNCT"):
            tree.attach(i, noun, "punct")
        else:
            left.append(i)
    return left


def _superlative_adverb(tree: Tree, preposition: int, noun: int) -> bool:
    """In "at least", "at all" the preposition is an adverb of the word after it."""
    return (
        tree.lower[preposition] == "at"
        and tree.lower[noun] in ("least", "most", "best", "worst", "all")
        and noun == preposition + 1
        and tree.relation[noun] in ("obl", "nmod", "advmod")
    )


def _govern(tree: Tree, noun: int, cases: list[int]) -> None:
    """The first preposition takes the noun's place, more nest ("out of reach"), the last governs the noun."""
    first = cases[0]
    relation, head = tree.relation[noun], tree.head[noun]
    tree.replace(noun, first)
    inner = tree.last_preposition.get(first, first)
    for i in cases[1:]:
        if tree.head[inner] != i:
            tree.head[i] = inner
            tree.decide(i, "prep")
            inner = tree.last_preposition.get(i, i)
    tree.head[noun] = inner
    tree.decide(noun, _object_label(tree, noun))
    if relation == "obl:agent" and tree.lower[first] == "by":  # "said by him"
        tree.decide(first, "agent")
    elif relation.split(":")[0] in PHRASES:
        given = relation == "obl" and tree.lower[first] == "to" and 0 < head < first
        dative = given and tree.lemma[head] in GIVING and tree.label[noun] == "pobj"
        tree.decide(first, "dative" if dative else "prep")
    _move_dependents(tree, noun, first, is_root=head == 0)


def _object_label(tree: Tree, noun: int) -> str:
    """pobj for nominals, pcomp for clauses and other words."""
    pos = tree.pos[noun]
    if pos == "NOUN":
        return "pobj"
    nominal = pos in NOMINAL or pos in ("ADJ", "PUNCT")
    return "pobj" if nominal and tree.tag[noun] != "VBG" else "pcomp"


def _move_dependents(tree: Tree, noun: int, first: int, *, is_root: bool) -> None:
    """In "only in Rome and in Oslo" *only* and the second phrase hang on the first preposition."""
    for i in tree.children(noun):
        relation = tree.relation[i]
        if i < first:
            tree.head[i] = first
        elif relation == "conj":
            own = any(tree.tag[k] != "POS" for k in tree.with_relation(i, "case"))
            if own or tree.pos[i] == "ADP":
                tree.head[i] = first
        elif is_root and (
            (relation == "punct" and tree.tag[i] == ".") or relation in ("parataxis", "advcl", "list")
        ):
            tree.head[i] = first


def _lift_conjuncts(tree: Tree) -> None:
    """A conjunct that became a preposition phrase belongs to the preposition, not to its object."""
    objects = ("pobj", "pcomp")
    for i in tree.tokens:
        head = tree.head[i]
        if (
            tree.relation[i] == "conj"
            and head > 0
            and tree.label[head] in objects
            and tree.pos[i] == "ADP"
            and any(tree.label[k] in objects for k in tree.children(i))
        ):
            tree.head[i] = tree.head[head]
