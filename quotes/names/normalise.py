"""Names as they are compared."""

import re

from quotes.lexicon.words import word_map, word_set
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


def is_generic(name: str) -> bool:
    """Whether a name is a common noun, capital or not: "police", "Prosecutors", "the court", "Police officials".

    At the beginning of a sentence a capital says nothing, so there a noun is known by word lists.

    >>> is_generic("Police"), is_generic("Israeli police"), is_generic("Democrats"), is_generic("The court")
    (True, False, False, True)
    """
    words = re.findall(r"[^\W\d_][\w'-]*", comparable_name(name))
    if len(words) == 1 and {words[0], words[0].removesuffix("s")} & word_map("parties").keys():
        return False
    if not is_proper(name):
        return True
    written = re.findall(r"[^\W\d_][\w'-]*", name)[-len(words) :] if words else []
    if not words or any(word[:1].isupper() for word in written[1:]) or written[0].isupper():
        return False
    return _is_common_noun(words[0])


def _is_common_noun(word: str) -> bool:
    """Whether a word is a noun for people or a body without a name: one of the list, or the plural of a role."""
    plural_of = {
        word.removesuffix("s"),
        word.removesuffix("es"),
        re.sub("ies$", "y", word),
        re.sub("men$", "man", word),
    }
    groups = word_set("generic_groups")
    if word in groups or not plural_of.isdisjoint(groups):
        return True
    roles = (word_set("roles"), word_set("unnamed"), word_set("kin"), word_map("titles"))
    return any(form in words for form in plural_of - {word} for words in roles)


def name_id(name: str) -> str:
    """The beginning of a speaker's id: the folded words of a name, tied by hyphens; never empty.

    Letters of every script stay, unlike in the ids of articles (``identifiers.slug``), which are file names.

    >>> name_id("Michel Barnier’s"), name_id("the I.M.F."), name_id("習近平")
    ('michel-barnier', 'imf', '習近平')
    """
    slug = "-".join(re.findall(r"[^\W_]+", comparable_name(name).replace("'", "").replace(".", "")))
    return slug or "speaker-" + "-".join(f"{ord(char):x}" for char in name[:12])
