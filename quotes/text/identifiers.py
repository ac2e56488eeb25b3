"""Slugs, short hashes and numbers that stand for a text."""

import hashlib
import re
import unicodedata


def number(text: str) -> int:
    """A whole number of 63 bits that stands for a text: what SQLite keeps in its smallest form."""
    return int.from_bytes(hashlib.sha1(text.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


def short_hash(text: str) -> str:
    """Six hexadecimal digits that stand for a text in an id."""
    return hashlib.sha1(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def slug(text: str, *, length: int = 60) -> str:
    """A text as lower-case ASCII words joined by hyphens, cut at a word; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9_]+", plain)
    out = "-".join(words)
    if len(out) <= length:
        return out
    cut = out[: length + 1].rpartition("-")[0]
    return cut or out[:length]
