"""How much of one wording another says in its own words: words that mean nearly the same count in part.

BERTScore's greedy matching (Zhang et al. 2020) with one vector per word type instead of per token, so that
nothing has to be stored: the encoder reads each word once per process.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.wordforms import is_number, stem

if TYPE_CHECKING:
    import numpy as np

_STRANGER, _KIN = 0.3, 0.45  # similarity of words picked at random; below _KIN nothing counts
_WORDS = 50_000  # vectors kept


@lru_cache(maxsize=_WORDS)
def _vector(word: str) -> "np.ndarray":
    from quotes.encoder import encoder

    return encoder().embed([word])[0]


@lru_cache(maxsize=_WORDS)
def alike(a: str, b: str) -> float:
    """0 to 1: how near two words are in meaning. Numbers are the same or have nothing in common."""
    if stem(a) == stem(b):
        return 1.0
    if is_number(a) or is_number(b):
        return 0.0
    similarity = float(_vector(a) @ _vector(b))
    return (similarity - _STRANGER) / (1 - _STRANGER) if similarity > _KIN else 0.0


def coverage(some: Sequence[str], others: Sequence[str]) -> float:
    """The share of the words ``some`` that ``others`` has, by the word most alike. 1 when there is none."""
    if not some:
        return 1.0
    known = {stem(word) for word in others}
    return sum(
        1.0 if stem(word) in known else max((alike(word, other) for other in others), default=0.0)
        for word in some
    ) / len(some)
