"""Rules 5, 8 and 9: reporting clauses, free relatives, open complements."""

from convert.tree import PREDICATE, Tree
from convert.words import LINKING, QUOTATION_MARKS, RAISING, SPEECH

FREE_RELATIVES = {"what", "whatever", "whoever", "whichever"}


def reporting_clauses(tree: Tree) -> None:
    """Rule 5: "“X”, he said": a reporting clause at the end governs, what it reports is its ccomp.

    A clause in the middle ("X, he said, Y") stays a parataxis.
    """
    for verb in tree.tokens:
        if tree.relation[verb] != "parataxis" or tree.lemma[verb] not in SPEECH:
            continue
        content = tree.head[verb]
        if verb > content and _reports_all(tree, verb, content):
            end = max(tree.subtree(verb))
            tree.replace(content, verb)
            tree.relation[content] = "ccomp"
            for i in tree.children(content):
                if tree.relation[i] == "punct" and i > end:
                    tree.head[i] = verb


def _reports_all(tree: Tree, verb: int, content: int) -> bool:
    """Whether the reporting clause has a subject, no object, and nothing but punctuation after it."""
    if not tree.with_relation(verb, "nsubj") or tree.with_relation(verb, "ccomp", "obj"):
        return False
    clause = tree.subtree(verb)
    for i in tree.children(content):
        if i > max(clause) and tree.relation[i] != "punct":
            return False
        if content < i < verb and tree.relation[i] == "parataxis":
            return False
    start = min(clause)
    return any(tree.form[i] in QUOTATION_MARKS | {",", "?", "!"} for i in (start, start - 1))


def free_relatives(tree: Tree) -> None:
    """Rule 8: "What he said was": the verb governs *what* and stands where *what* stood (here csubj)."""
    for word in tree.tokens:
        clauses = tree.with_relation(word, "acl:relcl", "advcl:relcl")
        if tree.lower[word] not in FREE_RELATIVES or len(clauses) != 1 or clauses[0] < word:
            continue
        verb = clauses[0]
        others = tree.others(word, verb)
        _take_outer_place(tree, word, verb)
        tree.head[word] = verb
        tree.decide(word, _place_inside(tree, word, verb))
        for i in others:
            tree.head[i] = verb if i > verb or tree.relation[i] == "punct" else word


def _take_outer_place(tree: Tree, word: int, verb: int) -> None:
    """The verb of a free relative stands where the relative word stood, as a clause."""
    relation, label = tree.relation[word], tree.label[word]
    tree.head[verb] = tree.head[word]
    if label in ("pobj", "pcomp"):
        tree.decide(verb, "pcomp")
    elif relation in ("nsubj", "nsubj:outer"):
        tree.decide(verb, "csubj")
    elif relation == "nsubj:pass":
        tree.decide(verb, "csubjpass")
    elif relation in ("obj", PREDICATE, "iobj", "obl", "xcomp", "ccomp"):
        tree.decide(verb, "ccomp")
    else:
        tree.relation[verb], tree.label[verb] = relation, label


def _place_inside(tree: Tree, word: int, verb: int) -> str:
    """The relative word in its own clause: "what he said" dobj, "what it is" attr, "what matters" nsubj."""
    others = tree.others(verb, word)
    subjects = [i for i in others if tree.relation[i].startswith(("nsubj", "csubj", "expl"))]
    if subjects:
        return "attr" if tree.lemma[verb] == "be" else "dobj"
    return "nsubjpass" if tree.with_relation(verb, "aux:pass") else "nsubj"


def open_complements(tree: Tree) -> None:
    """Rule 9: xcomp by the kind of its head: a verb, an adjective, an adverb or a noun."""
    for i in tree.tokens:
        verb = tree.head[i]
        if tree.relation[i] != "xcomp" or verb <= 0:
            continue
        objects = [k for k in tree.with_relation(verb, "obj") if verb < k < i]
        passive = bool(tree.with_relation(verb, "aux:pass"))
        if tree.pos[i] in ("VERB", "AUX"):
            raising = objects and not passive and tree.lemma[verb] in RAISING
            if raising:  # "want him to leave"; but "tell him to leave" keeps its object
                inner = "nsubjpass" if tree.with_relation(i, "aux:pass") else "nsubj"
                _raise_subject(tree, objects[0], i, inner)
            else:
                tree.decide(i, "xcomp")
        elif tree.pos[i] == "ADJ":
            if objects and not passive and tree.lemma[verb] in RAISING | {"render", "call", "drive", "paint"}:
                _raise_subject(tree, objects[0], i, "nsubj")  # "make it clear"
            else:
                tree.decide(i, "oprd" if passive or objects else "acomp")
        elif tree.pos[i] == "ADV":
            tree.decide(i, "advmod")
        elif passive or objects:  # "was named chairman"
            tree.decide(i, "oprd")
        else:  # "became chairman"
            tree.decide(i, "attr" if tree.lemma[verb] in LINKING else "dobj")


def _raise_subject(tree: Tree, subject: int, clause: int, label: str) -> None:
    """The object of the upper verb becomes the subject of ``clause``, which becomes a ccomp."""
    tree.head[subject] = clause
    tree.decide(subject, label)
    tree.decide(clause, "ccomp")
