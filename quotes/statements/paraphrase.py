"""Whether one wording says in other words what another says: the whole is close in meaning, and word by word.

Words that mean nearly the same count in part. This is BERTScore's greedy matching (Zhang et al. 2020) with one
vector per word type instead of per token, so that nothing has to be stored: each word is embedded once.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.statements.normalise import NormalisedText, is_number, stem
from quotes.statements.settings import PARAPHRASE

if TYPE_CHECKING:
    import numpy as np

CACHED_WORDS = 50_000  # vectors, and similarities of pairs

Embed = Callable[[list[str]], "np.ndarray"]  # texts -> their embeddings, unit rows


class WordSimilarity:
    """How near two words are in meaning, 0 to 1, by their embeddings. Each word is embedded once.

    ``embed`` comes from above, so that nothing here needs the model; without it only words of one stem are similar.
    """

    def __init__(self, embed: Embed | None = None) -> None:
        self._vector = lru_cache(maxsize=CACHED_WORDS)(lambda word: embed([word])[0]) if embed else None
        self._of_pair = lru_cache(maxsize=CACHED_WORDS)(self._measure)

    def __call__(self, a: str, b: str) -> float:
        """The similarity of two lower-case words. Numbers are the same or have nothing in common."""
        return self._of_pair(a, b)

    def _measure(self, a: str, b: str) -> float:
        if stem(a) == stem(b):
            return 1.0
        if self._vector is None or is_number(a) or is_number(b):
            return 0.0
        cosine = float(self._vector(a) @ self._vector(b))
        if cosine <= PARAPHRASE.min_word_similarity:
            return 0.0
        return (cosine - PARAPHRASE.random_similarity) / (1 - PARAPHRASE.random_similarity)


BY_STEM = WordSimilarity()


def coverage(words: Sequence[str], others: Sequence[str], similarity: WordSimilarity) -> float:
    """The share of the words that ``others`` has, by the most similar word. 1 when there is none."""
    if not words:
        return 1.0
    stems = {stem(word) for word in others}
    return sum(
        1.0 if stem(word) in stems else max((similarity(word, other) for other in others), default=0.0)
        for word in words
    ) / len(words)


def is_paraphrase(
    short: NormalisedText, long: NormalisedText, cosine: float, similarity: WordSimilarity
) -> bool:
    """Whether they say the same in other words. ``cosine``: of their embeddings."""
    size = len(short.content)
    shared = len(short.content & long.content)
    if (
        size < PARAPHRASE.min_content
        or cosine < PARAPHRASE.min_cosine
        or shared < PARAPHRASE.min_shared * size
    ):
        return False
    long_enough = size >= PARAPHRASE.long_content
    least = PARAPHRASE.min_closeness_long if long_enough else PARAPHRASE.min_closeness
    if _closeness(cosine, shared / size, shared / len(long.content)) >= least:
        return True
    if _closeness(cosine, 1, 1) < least:
        return False
    mine, theirs = _content_surface(short), _content_surface(long)
    return _closeness(cosine, coverage(mine, theirs, similarity), coverage(theirs, mine, similarity)) >= least


def _closeness(cosine: float, mine: float, theirs: float) -> float:
    """``mine``: the share of the shorter one that the longer has; ``theirs``: the other way round."""
    return cosine + 0.5 * mine + 0.25 * theirs


def _content_surface(text: NormalisedText) -> list[str]:
    """The content words as they stand, each stem once."""
    return list(content_surface(text).values())


def content_surface(text: NormalisedText) -> dict[str, str]:
    """The stems of the content words, each with the word as it stands."""
    return {w: s for w, s in zip(text.words, text.surface, strict=True) if w in text.content}
