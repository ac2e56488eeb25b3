"""Fingerprints of texts: numbers for runs of words, one of which two texts with a long run in common share."""

import hashlib
from collections.abc import Sequence

from quotes.statements.settings import FINGERPRINTS


def winnow(words: Sequence[str]) -> set[int]:
    """The fingerprints of a text: numbers for some of its n-grams, wherever in the text they are.

    Of all n-grams that begin within a window the one with the smallest number is kept, so two texts with
    ``FINGERPRINTS.guarantee`` words in a row in common share a fingerprint (Schleimer, Wilkerson and Aiken 2003,
    "Winnowing: Local Algorithms for Document Fingerprinting"). Fewer words than that, but not fewer than
    ``FINGERPRINTS.min_words``, have one number for all of them.
    """
    ngram, guarantee = FINGERPRINTS.ngram, FINGERPRINTS.guarantee
    if len(words) < guarantee:
        return {_hash(" ".join(words))} if len(words) >= FINGERPRINTS.min_words else set()
    hashes = [_hash(" ".join(words[at : at + ngram])) for at in range(len(words) - ngram + 1)]
    window = guarantee - ngram + 1
    return {min(hashes[at : at + window]) for at in range(len(hashes) - window + 1)}


def _hash(text: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest(), "big"
    )
