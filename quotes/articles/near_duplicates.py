"""Which articles are copies of one story, as when many papers print what one news agency wrote.

Texts are compared by their runs of five words (Broder 1997). Of an article the smallest hashes of its runs are
stored, so that those that may be copies are looked up; whether they are is decided on all runs of both. A copy
that leaves out paragraphs counts, two stories about one event do not.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

RUN = 5  # words
JACCARD = 0.7  # runs that two whole copies have in common
CONTAINED = 0.8  # share of the runs of the shorter that the longer has
LEAST = 60  # runs of an article that may be a shortened copy; shorter ones must be copies as a whole
_SKETCH = 32  # one hash of so many is stored
_SKETCH_LEAST = 8  # hashes that are stored of a short article
_SHARED = (
    0.15  # share of the stored hashes of the shorter that a copy has: less than half of what is expected
)


def runs(text: str) -> frozenset[int]:
    """The runs of five words of a text, as numbers of 63 bits."""
    words = re.findall(r"\w+", text.casefold())
    spans = {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))} - {""}
    return frozenset(_number(span) for span in spans)


def _number(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def sketch(found: frozenset[int]) -> list[int]:
    """The hashes by which an article with these runs is looked up: the smallest, more of a longer text."""
    return sorted(found)[: max(_SKETCH_LEAST, len(found) // _SKETCH)]


def worth_a_look(shared: int, some: int, others: int) -> bool:
    """Whether articles that share so many stored hashes, of ``some`` and ``others``, may be copies."""
    return shared >= 2 and shared >= _SHARED * min(some, others)


def is_copy(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether two articles with these runs are copies of one story."""
    common = len(a & b)
    if not common:
        return False
    shorter = min(len(a), len(b))
    return common >= JACCARD * len(a | b) or (shorter >= LEAST and common >= CONTAINED * shorter)


def originals(articles: Mapping[str, str | None], copies: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """For each article (id -> date of publication) the one that it is a copy of, None when it is an original.

    ``copies``: the pairs that are copies of each other, in any order. The earliest article is the original, and
    every copy is one of the original itself, never of another copy.
    """
    near: dict[str, set[str]] = {ident: set() for ident in articles}
    for a, b in copies:
        near[a].add(b)
        near[b].add(a)
    order = sorted(articles, key=lambda ident: (articles[ident] or "9999", ident))
    found: dict[str, str | None] = {}
    for ident in order:
        found[ident] = next(
            (other for other in order if other in near[ident] and found.get(other, "") is None), None
        )
    return found
