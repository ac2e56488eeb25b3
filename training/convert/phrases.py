"""Rules 1-3: fixed expressions, names, sums of money, dates."""

from convert.tree import Tree
from convert.words import MONTH

AS_PREPOSITION = {"due to", "prior to", "instead of", "such as", "as to", "rather than", "in addition to"}
RIGHT_HEADED = {"such as", "instead of", "rather than", "as opposed to", "rather then"}
ABOUT_NUMBERS = {"more than", "less than", "fewer than", "up to"}


def fixed_expressions(tree: Tree) -> None:
    """Rule 1: take apart what UD joins by ``fixed``, each kind of expression in its own way."""
    for first in tree.tokens:
        parts = tree.with_relation(first, "fixed")
        if not parts:
            continue
        words = [first, *parts]
        text = " ".join(tree.lower[i] for i in words)
        relation, head = tree.relation[first], tree.head[first]
        if relation == "case" or (relation == "mark" and text in AS_PREPOSITION):
            _fixed_preposition(tree, words, text)
        elif relation == "cc":
            _fixed_conjunction(tree, words, text)
        elif relation == "mark":
            _fixed_subordinator(tree, words, text)
        elif (relation == "advmod" and tree.pos[head] == "NUM") or text in ABOUT_NUMBERS:
            for i in parts:
                tree.attach(i, head, "quantmod")
            tree.attach(first, head, "amod" if tree.tag[first] in ("JJR", "RBR") else "quantmod")
        else:
            _fixed_adverb(tree, words)


def _fixed_preposition(tree: Tree, words: list[int], text: str) -> None:
    """In "because of" of is pcomp, in "such as" as governs, in "according to" to is prep of according."""
    first, *parts = words
    last = words[-1]
    if text.startswith("because") or text == "becuse of":
        for i in parts:
            tree.attach(i, first, "pcomp")
    elif text in RIGHT_HEADED or (len(words) > 2 and text != "in case of"):
        others = [i for i in tree.children(first) if i not in parts]
        tree.replace(first, last)
        for i in words[:-1]:
            tree.attach(i, last, "amod" if tree.lower[i] == "such" else "advmod")
        for i in others:
            tree.head[i] = last
    else:
        for left, right in zip(words, parts, strict=False):
            tree.attach(right, left, "prep")
        tree.last_preposition[first] = last


def _fixed_conjunction(tree: Tree, words: list[int], text: str) -> None:
    """In "cats as well as dogs" the last word is the cc, the others its adverbs."""
    first, *parts = words
    last = words[-1]
    if text not in ("as well as", "rather than", "rather then", "as well"):
        for i in parts:
            tree.attach(i, first, "advmod" if tree.tag[i].startswith("RB") else "dep")
        return
    tree.replace(first, last)
    if len(words) == 3:
        tree.attach(words[1], last, "advmod")
        tree.attach(first, words[1], "advmod")
    else:
        tree.attach(first, last, "advmod")


def _fixed_subordinator(tree: Tree, words: list[int], text: str) -> None:
    """In "so that", "in order to" every word is a mark; in "whether or not" or is cc and not is conj."""
    first, *parts = words
    if text == "whether or not":
        tree.attach(words[1], first, "cc")
        tree.attach(words[2], first, "conj")
        return
    for i in parts:
        tree.head[i], tree.relation[i] = tree.head[first], "mark"


def _fixed_adverb(tree: Tree, words: list[int]) -> None:
    """In "of course", "kind of", "each other" the last word governs."""
    first, last = words[0], words[-1]
    others = [i for i in tree.children(first) if i not in words]
    tree.replace(first, last)
    for i in words[:-1]:
        determiner = tree.tag[i] in ("DT", "CD") and tree.tag[last] == "JJ"
        tree.attach(i, last, "det" if determiner else "advmod")
    for i in others:
        tree.head[i] = last


def flat_names(tree: Tree) -> None:
    """Rule 2: "Howard Lutnick": the last word governs, the others are its compounds."""
    for first in tree.tokens:
        parts = [i for i in tree.with_relation(first, "flat", "flat:foreign", "flat:name") if i > first]
        if not parts:
            continue
        last = parts[-1]
        name_like = tree.pos[first] in ("PROPN", "NOUN", "X", "ADJ", "INTJ")
        if not (name_like and tree.tag[last] in ("NNP", "NNPS", "NN", "NNS", "FW", "GW", "XX")):
            for i in parts:
                tree.attach(i, first, "nummod" if tree.tag[i] == "CD" else "compound")
            continue
        others = tree.others(first, last)
        tree.replace(first, last)
        for i in others:
            if i in parts:
                tree.attach(i, last, "compound")
            else:
                tree.head[i] = last
        tree.attach(first, last, "compound")


def money(tree: Tree) -> None:
    """Rule 3: "$ 5 million": the number governs; $ is its quantmod, or its nmod beside a single number."""
    for sign in tree.tokens:
        numbers = [i for i in tree.with_relation(sign, "nummod") if i > sign]
        if tree.tag[sign] != "$" or not numbers:
            continue
        number = numbers[0]
        others = tree.others(sign, number)
        tree.replace(sign, number)
        compound = tree.with_relation(number, "compound")
        tree.attach(sign, number, "quantmod" if compound else "nmod")
        for i in others:
            tree.head[i] = number


def dates(tree: Tree) -> None:
    """Rule 3: "Dec. 15": the month governs, the day is its nummod."""
    for month in tree.tokens[:-1]:
        day = month + 1
        if (
            MONTH.fullmatch(tree.form[month])
            and (tree.tag[month], tree.tag[day], tree.head[month]) == ("NNP", "CD", day)
            and tree.relation[month] in ("compound", "nmod:unmarked", "flat", "nmod")
        ):
            others = tree.others(day, month)
            tree.replace(day, month)
            tree.attach(day, month, "nummod")
            for i in others:
                tree.head[i] = month
