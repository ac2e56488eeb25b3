"""Near-duplicate articles: copies of one story, as when many papers print what one news agency wrote.

Texts are compared by their shingles, runs of five words (Broder 1997, "On the resemblance and containment of
documents"). Of an article the smallest hashes of its shingles are stored, so that candidates for copies are looked up;
whether they are is decided on all shingles of both. A copy that leaves out paragraphs counts, two stories about one
event do not.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

SHINGLE_WORDS = 5
MIN_RESEMBLANCE = 0.7  # Jaccard index of the shingles of two whole copies
MIN_CONTAINMENT = 0.8  # share of the shingles of a shortened copy that the longer article has
MIN_SHORTENED = 60  # shingles of a shortened copy; shorter articles must be copies as a whole
SHINGLES_PER_HASH = 32  # of so many shingles one hash is stored
MIN_HASHES = 8  # that are stored of a short article
MIN_SHARED_HASHES = 2
# Of the stored hashes of the shorter: less than half of what a copy is expected to share
MIN_SHARED_SHARE = 0.15


def shingles(text: str) -> frozenset[int]:
    """The shingles of a text, as hashes of 63 bits, case and punctuation aside.

    >>> len(shingles("The bridge will open in May, she said."))
    4
    >>> shingles("Too short.") == shingles("too short")
    True
    """
    words = re.findall(r"\w+", text.casefold())
    runs = range(max(1, len(words) - SHINGLE_WORDS + 1))
    return frozenset(_hash(run) for run in {" ".join(words[at : at + SHINGLE_WORDS]) for at in runs} - {""})


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def min_hashes(shingles: frozenset[int]) -> list[int]:
    """The hashes by which an article with these shingles is looked up: the smallest, more of a longer text."""
    return sorted(shingles)[: max(MIN_HASHES, len(shingles) // SHINGLES_PER_HASH)]


def is_candidate(shared: int, own: int, others: int) -> bool:
    """Whether articles that share so many stored hashes, of ``own`` and ``others``, may be copies."""
    return shared >= MIN_SHARED_HASHES and shared >= MIN_SHARED_SHARE * min(own, others)


def is_copy(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether two articles with these shingles are copies of one story."""
    common = len(a & b)
    if not common:
        return False
    shorter = min(len(a), len(b))
    shortened = shorter >= MIN_SHORTENED and common >= MIN_CONTAINMENT * shorter
    return shortened or common >= MIN_RESEMBLANCE * len(a | b)


def assign_originals(
    articles: Mapping[str, str | None], copies: Iterable[tuple[str, str]]
) -> dict[str, str | None]:
    """The original of each article (id -> date of publication), None for an original.

    ``copies``: the pairs that are copies of each other, in any order. The earliest article is the original, and
    every copy is one of the original itself, never of another copy.
    """
    near: dict[str, set[str]] = {ident: set() for ident in articles}
    for a, b in copies:
        near[a].add(b)
        near[b].add(a)
    order = sorted(articles, key=lambda ident: (articles[ident] or "9999", ident))
    originals: dict[str, str | None] = {}
    for ident in order:
        originals[ident] = next(
            (other for other in order if other in near[ident] and originals.get(other, "") is None), None
        )
    return originals
