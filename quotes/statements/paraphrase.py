"""Whether one wording says in other words what another says: the whole is close in meaning, and word by word.

Words that mean nearly the same count in part. This is BERTScore's greedy matching (Zhang et al. 2020) with one
vector per word type instead of per token, so that nothing has to be stored: each word is embedded once.
"""

from collections.abc import Callable, Sequence
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

Embed = Callable[[list[str]], "np.ndarray"]  # texts -> their embeddings, unit rows


class WordSimilarity:
    """How near two words are in meaning, 0 to 1, by their embeddings. Each word is embedded once.

    ``embed`` comes from above, so that nothing here needs the model; without it only words of one stem are similar.
    """

    def __init__(self, embed: Embed | None = None) -> None:
        self._vector = lru_cache(maxsize=_WORDS)(lambda word: embed([word])[0]) if embed else None
        self._of_pair = lru_cache(maxsize=_WORDS)(self._measure)

    def __call__(self, a: str, b: str) -> float:
        """The similarity of two lower-case words. Numbers are the same or have nothing in common."""
        return self._of_pair(a, b)

    def _measure(self, a: str, b: str) -> float:
        if stem(a) == stem(b):
            return 1.0
        if self._vector is None or is_number(a) or is_number(b):
            return 0.0
        cosine = float(self._vector(a) @ self._vector(b))
        return (cosine - _STRANGER) / (1 - _STRANGER) if cosine > _KIN else 0.0


def coverage(some: Sequence[str], others: Sequence[str], similarity: WordSimilarity) -> float:
    """The share of the words ``some`` that ``others`` has, by the most similar word. 1 when there is none."""
    if not some:
        return 1.0
    known = {stem(word) for word in others}
    return sum(
        1.0 if stem(word) in known else max((similarity(word, other) for other in others), default=0.0)
        for word in some
    ) / len(some)


def is_paraphrase(short: Wording, long: Wording, cosine: float, similarity: WordSimilarity) -> bool:
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
    return _closeness(cosine, coverage(mine, theirs, similarity), coverage(theirs, mine, similarity)) >= least


def _closeness(cosine: float, mine: float, theirs: float) -> float:
    """``mine``: the share of the shorter one that the longer has; ``theirs``: the other way round."""
    return cosine + 0.5 * mine + 0.25 * theirs


def _plain(read: Wording) -> list[str]:
    """The words with meaning as they stand, each once."""
    words = {w: p for w, p in zip(read.words, read.plain, strict=True) if w in read.content}
    return list(words.values())
