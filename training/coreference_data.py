"""Corpora with gold coreference as texts with chains: LitBank (brat standoff), OntoGUM (CoNLL columns)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

Chains = list[list[tuple[int, int]]]


def litbank(folder: Path) -> Iterator[tuple[str, Chains]]:
    """Texts of ``NAME.txt`` with the chains of ``NAME.ann``, as character offsets.

    The folder is coref/brat of the public repository dbamman/litbank (Bamman, Lewke and Mansoor 2020, "An
    Annotated Dataset of Coreference in English Literature"). Chains are the labels with a hyphen.
    """
    for path in sorted(folder.glob("*.txt")):
        chains: dict[str, set[tuple[int, int]]] = defaultdict(set)
        span = (0, 0)
        for line in path.with_suffix(".ann").read_text(encoding="utf-8").splitlines():
            words = line.split()
            if words[0].startswith("T"):
                span = (int(words[2]), int(words[3]))
            if "-" in words[1]:
                chains[words[1]].add(span)
        yield path.read_text(encoding="utf-8"), [sorted(chain) for chain in chains.values()]


def ontogum(folder: Path) -> Iterator[tuple[str, Chains]]:
    """Texts of ``NAME.conll`` (index, word, brackets such as ``(3(4)``), their words joined by spaces.

    The folder is coref/ontogum/conll of the public repository amir-zeldes/gum (Zhu, Pradhan and Zeldes 2021,
    "OntoGUM: Evaluating Contextualized SOTA Coreference Resolution on 12 More Genres").
    """
    for path in sorted(folder.glob("*.conll")):
        words: list[str] = []
        length = 0
        chains: dict[str, list[tuple[int, int]]] = defaultdict(list)
        opened: dict[str, list[int]] = defaultdict(list)
        for line in path.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) != 3 or not columns[0].isdigit():
                continue
            word = columns[1].replace(" ", "") or "_"
            for bracket in re.findall(r"\(\d+\)|\(\d+|\d+\)", columns[2]):
                number = bracket.strip("()")
                if bracket.startswith("("):
                    opened[number].append(length)
                if bracket.endswith(")") and opened[number]:
                    chains[number].append((opened[number].pop(), length + len(word)))
            words.append(word)
            length += len(word) + 1
        yield " ".join(words), [sorted(chain) for chain in chains.values()]
