"""Tokens -> running text: where blanks go, and curly marks."""

import random
import re

CLOSING = frozenset(".,;:?!)]}%”") | {
    *(mark + ending for mark in "'’" for ending in ("s", "re", "ve", "ll", "d", "m")),
    "n't",
    "n’t",
}
OPENING = frozenset("([{$£€“‘#")
INITIAL = re.compile("[A-Z]")


def spacing(tokens: list[str], rng: random.Random) -> list[bool]:
    """Whether a blank follows each token, as in print. Hyphens between capitals are undecided: drawn."""
    spaces = [True] * len(tokens)
    double = single = False  # inside "..." and '...'
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else ""
        after = tokens[i + 1] if i + 1 < len(tokens) else ""
        if token in CLOSING and i:
            spaces[i - 1] = False
        if token in OPENING:
            spaces[i] = False
        if token == '"':
            if not double:
                spaces[i] = False
            elif i:
                spaces[i - 1] = False
            double = not double
        elif token in ("'", "’", "`"):
            if before.endswith("s") and not single:  # a plural's possessive
                spaces[i - 1] = False
            else:
                spaces[i - 1 if single else i] = False
                single = not single
        slash = token == "/" and i > 0
        if slash or (token in ("-", "–") and before and after and _joins(before, after, rng)):
            spaces[i - 1] = spaces[i] = False
    _join_initials(tokens, spaces)
    return spaces


def _joins(before: str, after: str, rng: random.Random) -> bool:
    """Whether a hyphen joins: "re-elected", "16-year-old"; "Paris - Roubaix" in two cases of five."""
    sure = after[0].islower() or after[0].isdigit() or (before[0].islower() and after[0].isalnum())
    drawn = sure or rng.random() < 0.4
    return drawn and before[-1].isalnum() and after[0].isalnum()


def _join_initials(tokens: list[str], spaces: list[bool]) -> None:
    """Write initials without blanks: "U . S ." as "U.S."."""
    i = 0
    while i + 2 < len(tokens):
        j = i
        while (
            j + 2 < len(tokens)
            and INITIAL.fullmatch(tokens[j])
            and tokens[j + 1] == "."
            and INITIAL.fullmatch(tokens[j + 2])
        ):
            spaces[j] = spaces[j + 1] = False
            j += 2
        if j > i and j + 1 < len(tokens) and tokens[j + 1] == ".":
            spaces[j] = False
        i = j + 1


def with_curly_marks(text: str, rng: random.Random) -> str:
    """The text with curly double quotation marks, and with curly apostrophes, each in one case of two."""
    if '"' in text and rng.random() < 0.5:
        pieces = text.split('"')
        marks = [*("“" if i % 2 == 0 else "”" for i in range(len(pieces) - 1)), ""]
        text = "".join(piece + mark for piece, mark in zip(pieces, marks, strict=True))
    return text.replace("'", "’") if "'" in text and rng.random() < 0.5 else text
