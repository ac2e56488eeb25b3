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


def hex_digits(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for some texts in an order: the ids of articles.

    >>> hex_digits("key", "stories", "17")
    '5e823ceab7dfa2f0'
    """
    data = "\n".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha1(data).hexdigest()[:16]


def text_id(text: str, publication: str | None = None) -> str:
    """The id of an article that has nothing but its text, and its publication: the same text of two is two copies.

    Spaces and line breaks aside, so that a file whose lines end otherwise is the same.

    >>> text_id("One\\r\\ntext.") == text_id("One text."), text_id("One text.") == text_id("One text.", "Courier")
    (True, False)
    """
    return hex_digits("text", (publication or "").strip(), " ".join(text.split()))


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
