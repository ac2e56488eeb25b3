"""How near words are in meaning, with one vector per word type, so that nothing has to be stored."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.statements.normalise import NormalisedText, is_number, stem
from quotes.statements.settings import WORDS

if TYPE_CHECKING:
    import numpy as np

CACHED_WORDS = 50_000  # vectors, and similarities of pairs

Embed = Callable[[list[str]], "np.ndarray"]  # texts -> their embeddings, unit rows


class WordSimilarity:
    """How near two words are in meaning, 0 to 1, by their embeddings. Each word is embedded once.

    ``embed`` comes from above, so that nothing here needs the model; without it only words of one stem are similar.
    """

    def __init__(self, embed: Embed | None = None) -> None:
        self.embed = embed
        self._vectors: dict[str, np.ndarray] = {}
        self._of_pair = lru_cache(maxsize=CACHED_WORDS)(self._measure)

    def load(self, words: Iterable[str]) -> None:
        """Embed those of the words that have no vector yet, all at once."""
        missing = sorted({word for word in words if word not in self._vectors}) if self.embed else []
        if missing and self.embed:
            if len(self._vectors) + len(missing) > CACHED_WORDS:
                self._vectors.clear()
            self._vectors.update(zip(missing, self.embed(missing), strict=True))

    def __call__(self, a: str, b: str) -> float:
        """The similarity of two lower-case words. Numbers are the same or have nothing in common."""
        return self._of_pair(a, b) if a <= b else self._of_pair(b, a)

    def _measure(self, a: str, b: str) -> float:
        if stem(a) == stem(b):
            return 1.0
        if not self.embed or is_number(a) or is_number(b):
            return 0.0
        if a not in self._vectors or b not in self._vectors:
            self.load((a, b))
        cosine = float(self._vectors[a] @ self._vectors[b])
        if cosine <= WORDS.min_similarity:
            return 0.0
        return (cosine - WORDS.random_similarity) / (1 - WORDS.random_similarity)


BY_STEM = WordSimilarity()


def content_surface(text: NormalisedText) -> dict[str, str]:
    """The stems of the content words, each with the word as it stands."""
    return {w: s for w, s in zip(text.words, text.surface, strict=True) if w in text.content}
