"""Text as it is compared: case, accents and spaces folded."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
                          "’": "'", "‘": "'", "´": "'", "‐": "-", "‑": "-", "–": "-"})  # fmt: skip


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """``text`` as names are compared: no case, accents, doubled spaces or closing possessive.

    >>> fold("  François  Hollande’s ")
    'francois hollande'
    """
    text = text.strip().casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(ch for ch in text if not unicodedata.combining(ch))
    return re.sub(r"'s?$", "", " ".join(text.split()))
