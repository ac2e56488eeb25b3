"""Whether one wording says in other words what another says: the whole is close in meaning, and word by word.

Words that mean nearly the same count in part. This is BERTScore's greedy matching (Zhang et al. 2020) with one
vector per word type instead of per token, so that nothing has to be stored: the encoder reads each word once
per process.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.statements.normalise import Wording, is_number, stem

if TYPE_CHECKING:
    import numpy as np

_STRANGER, _KIN = 0.3, 0.45  # similarity of words picked at random; below _KIN nothing counts
_WORDS = 50_000  # vectors kept
# ``_closeness`` from which a paraphrase counts; long ones have less in common by chance
PARAPHRASE = 1.24
PARAPHRASE_LONG = 1.16  # of eight words with meaning or more
SHARED = 0.3  # share of the words with meaning that both must have as they are


@lru_cache(maxsize=_WORDS)
def _vector(word: str) -> "np.ndarray":
    from quotes.nlp.encoder import encoder

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


def is_paraphrase(short: Wording, long: Wording, cosine: float) -> bool:
    """Whether they say the same in other words. ``cosine``: of their embeddings."""
    size = len(short.content)
    shared = len(short.content & long.content)
    if size < 4 or cosine < 0.55 or shared < SHARED * size:
        return False
    least = PARAPHRASE if size < 8 else PARAPHRASE_LONG
    if _closeness(cosine, shared / size, shared / len(long.content)) >= least:
        return True
    if _closeness(cosine, 1, 1) < least:
        return False
    mine, theirs = _plain(short), _plain(long)
    return _closeness(cosine, coverage(mine, theirs), coverage(theirs, mine)) >= least


def _closeness(cosine: float, mine: float, theirs: float) -> float:
    """``mine``: the share of the shorter one that the longer has; ``theirs``: the other way round."""
    return cosine + 0.5 * mine + 0.25 * theirs


def _plain(read: Wording) -> list[str]:
    """The words with meaning as they stand, each once."""
    words = {w: p for w, p in zip(read.words, read.plain, strict=True) if w in read.content}
    return list(words.values())
