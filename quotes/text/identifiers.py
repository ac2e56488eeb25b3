"""Slugs, short hashes and numbers that stand for a text."""

import hashlib
import re
import unicodedata


def number(text: str) -> int:
    """A whole number of 63 bits that stands for a text: what SQLite keeps in its smallest form.

    >>> number("wire copy") == number("wire copy"), number("wire copy").bit_length() <= 63
    (True, True)
    """
    return int.from_bytes(hashlib.sha1(text.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


def short_hash(text: str) -> str:
    """Six hexadecimal digits that stand for a text in an id.

    >>> short_hash("wire copy")
    '0577ab'
    """
    return hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def slug(text: str, *, length: int = 60) -> str:
    """A text as lower-case ASCII words joined by hyphens, cut at a word; empty when nothing is left.

    >>> slug("L’Été, à Paris.txt"), slug("one two three", length=9), slug("東京")
    ('lete-a-paris-txt', 'one-two', '')
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9_]+", plain)
    joined = "-".join(words)
    if len(joined) <= length:
        return joined
    cut = joined[: length + 1].rpartition("-")[0]
    return cut or joined[:length]
