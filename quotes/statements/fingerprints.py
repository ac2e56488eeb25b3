"""Numbers that stand for runs of words: two texts with a long run in common share one, wherever it is in them."""

import hashlib
from collections.abc import Sequence

RUN = 4  # words that a mark stands for
LONG = 8  # words in a row that are sure to share a mark
SHORT = 4  # of fewer words no mark is made


def marks(words: Sequence[str]) -> set[int]:
    """Numbers for some runs of these words, so that two texts with LONG words in a row in common share a mark.

    Of all runs that begin within a window the one with the smallest number is kept, wherever it is found
    (Schleimer, Wilkerson and Aiken 2003, "Winnowing: Local Algorithms for Document Fingerprinting"). Fewer
    words than LONG, but not fewer than SHORT, have one number for all of them.
    """
    if len(words) < LONG:
        return {_number(" ".join(words))} if len(words) >= SHORT else set()
    runs = [_number(" ".join(words[at : at + RUN])) for at in range(len(words) - RUN + 1)]
    window = LONG - RUN + 1
    return {min(runs[at : at + window]) for at in range(len(runs) - window + 1)}


def _number(text: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big"
    )
