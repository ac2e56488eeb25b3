"""What kind of speaker a page calls somebody: a document is a document, not the organisation that it is stored as."""

import re

from quotes.lexicon.words import word_set

_PREPOSITIONS = frozenset(
    "about above across after against among as at before behind between by for from in".split()
)
_PREPOSITIONS |= frozenset("into of on over since than through to under until upon with without".split())
_AFTER = frozenset(
    "that which who whose and or is was".split()
)  # what may follow a noun that is not part of another
_WORD = re.compile(r"[^\s,;:()]+|[,;:()]")


def kind(type: str, name: str) -> str:
    """``type`` for readers: "document" where the noun of the name is one, in small letters or alone.

    A name that only has such a word in it stays what it is.

    >>> kind("organisation", "A new report by the auditors"), kind("organisation", "The Evening Post")
    ('document', 'organisation')
    >>> kind("organisation", "the law firm Dorn"), kind("organisation", "Poll")
    ('organisation', 'document')
    """
    if type not in ("organisation", "unnamed"):
        return type
    words = _WORD.findall(name)
    documents = word_set("documents")
    if len(words) == 1:
        return "document" if words[0].lower() in documents else type
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word.lower() in _PREPOSITIONS or not word[0].isalnum():
            return type
        if word in documents and _ends_there(after):
            return "document"
    return type


def _ends_there(after: str) -> bool:
    """Whether the word before this one is a noun by itself: "poll released Friday", not "film company"."""
    small = after.lower()
    return (
        not after
        or not after[0].isalpha()
        or after[0].isupper()
        or small in _PREPOSITIONS
        or small in _AFTER
        or small.endswith(("ed", "ing"))
    )
