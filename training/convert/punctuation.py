"""Rule 11: where punctuation hangs."""

from convert.tree import Tree
from convert.words import QUOTATION_MARKS

CLIMBING_TAGS = {",", ":", "``", "''", "."}
CLIMBING = QUOTATION_MARKS | {",", "—", "–", "--", "-", ";", ":"}


def punctuation(tree: Tree) -> None:
    """Commas and quotation marks climb to the highest head whose words they border.

    In "“Talks went on,” he said" the marks and the comma so come to hang on *said*.
    """
    for i in tree.tokens:
        movable = tree.tag[i] in CLIMBING_TAGS or (tree.form[i] in CLIMBING and tree.tag[i] != "HYPH")
        if tree.label[i] == "punct" and tree.head[i] != 0 and movable and not tree.children(i):
            _climb(tree, i)


def _climb(tree: Tree, i: int) -> None:
    while tree.head[tree.head[i]] != 0:
        head = tree.head[i]
        words = [k for k in tree.subtree(head) if tree.label[k] != "punct"]
        if not words or min(words) <= i <= max(words):
            return
        tree.head[i] = tree.head[head]
        if tree.label[head] in ("appos", "relcl", "acl"):  # the comma before or after one is its noun's
            return
