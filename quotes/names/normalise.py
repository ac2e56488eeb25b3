"""Names as they are compared."""

import re

from quotes.text.normalise import fold


def comparable_name(name: str) -> str:
    """``name`` folded, without a leading article."""
    text = fold(name)
    head, _, rest = text.partition(" ")
    return rest if head in ("the", "a", "an") and rest else text


def is_proper(name: str) -> bool:
    """Whether ``name`` is written as a proper name, an article aside; scripts without capitals pass."""
    head, _, rest = name.strip().partition(" ")
    return any(
        ch.isupper() or (ch.isalpha() and ch.upper() == ch.lower())
        for ch in (rest if head.casefold() in ("the", "a", "an") else name)
    )


def name_id(name: str) -> str:
    """The beginning of a speaker's id: the folded words of a name, tied by hyphens; never empty.

    Letters of every script stay, unlike in the ids of articles (``identifiers.slug``), which are file names.

    >>> name_id("Michel Barnier’s"), name_id("the I.M.F."), name_id("習近平")
    ('michel-barnier', 'imf', '習近平')
    """
    slug = "-".join(re.findall(r"[^\W_]+", comparable_name(name).replace("'", "").replace(".", "")))
    return slug or "speaker-" + "-".join(f"{ord(char):x}" for char in name[:12])
