"""What a speaker is called: by a name, or only by what it is.

A document is a document, not the organisation that it is stored as; "the ministry", "an influencer" and "local media"
are no names, so lists show them after those who have one.
"""

import re

from quotes.lexicon.words import word_set

_PREPOSITIONS = frozenset(
    "about above across after against among as at before behind between by for from in".split()
)
_PREPOSITIONS |= frozenset("into of on over since than through to under until upon with without".split())
# what may follow a noun that is not part of another
_AFTER = frozenset("that which who whose and or is was".split())
_WORD = re.compile(r"[^\s,;:()]+|[,;:()]")
_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_INDEFINITE = frozenset("a an another".split())
# What a name seldom begins with, a description often: "some delegates", "three judges"; but "One Voice Association".
_QUANTIFIERS = frozenset(
    "all any both each every few many more most no none one other others several some various".split()
)
_QUANTIFIERS |= frozenset(
    "two three four five six seven eight nine ten dozens hundreds thousands millions".split()
)
_POSSESSIVES = frozenset("her his its my our their your".split())


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


def is_nameless(type: str, name: str) -> bool:
    """Whether a speaker goes by no name: it is a document, or described by what it is.

    >>> is_nameless("organisation", "An Amiri order"), is_nameless("organisation", "the Bank of England")
    (True, False)
    >>> is_nameless("group", "Local media"), is_nameless("group", "Sri Lankan media"), is_nameless("person", "an")
    (True, False, True)
    """
    bare = _ARTICLE.sub("", name.strip(), count=1)
    if type == "unnamed" or not bare or bare == bare.lower() != bare.upper():
        return True
    if type == "person":
        return False
    words = name.split()
    first = words[0].lower()
    described = words[-1].islower() or "of" in words[1:2]
    if first in _INDEFINITE or (described and first in _QUANTIFIERS | _POSSESSIVES):
        return True
    small = bare[0].islower() and not bare[1:2].isupper()  # iNews has a name
    if type == "group":
        first = bare.split()[0].lower()
        return (
            " " not in bare
            or small
            or not bare[0].isalpha()
            or (described and first in word_set("describing_groups"))
        )
    generic = word_set("generic_organisations") | word_set("generic_groups")
    return small or bare.lower() in generic or kind(type, name) == "document"
