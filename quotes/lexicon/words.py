"""Word lists: files in ``en/``, one entry a line, read when they are first asked for.

``#`` begins a comment: the head of each file says what its words have in common, and where they are from. Entries are
sorted and in lower case, so that a new one has one place and a double shows. After a change run `make lexicon`: a list
is read only if it is the one that SHA256SUMS knows.
"""

from functools import cache
from pathlib import Path

from quotes.integrity import verified

FOLDER = Path(__file__).parent / "en"


def entries(name: str) -> list[str]:
    """The lines of a list that hold an entry, in the order of the file, without comments."""
    text = verified(FOLDER / f"{name}.txt").decode("utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


@cache
def word_set(name: str) -> frozenset[str]:
    """The entries of a list.

    >>> "reuters" in word_set("outlets")
    True
    """
    return frozenset(entries(name))


@cache
def word_map(name: str) -> dict[str, tuple[str, ...]]:
    """The entries of a list whose lines are ``entry: value, value``, with their values; some may have none.

    >>> word_map("cues/forms")["extol"]
    ('extolled', 'extolling', 'extols')
    """
    pairs = (line.partition(": ") for line in entries(name))
    return {entry: tuple(values.split(", ")) if values else () for entry, _, values in pairs}
