"""Courtesy titles and offices that stand before names."""

from functools import cache

from quotes.lexicon.words import word_map


@cache
def courtesy_titles() -> dict[str, str]:
    """Courtesy titles -> "he" or "she"."""
    return {title: pronoun for title, (pronoun,) in word_map("courtesy_titles").items()}


@cache
def titles() -> frozenset[str]:
    """All words, short forms among them, that may stand before a name as a title; folded, without full stop."""
    return frozenset(word_map("titles")) | frozenset(courtesy_titles())


@cache
def titles_in_full() -> dict[str, str]:
    """Short forms and variants of titles -> the title in full.

    >>> titles_in_full()["sen"], titles_in_full()["congresswoman"]
    ('senator', 'representative')
    """
    return {title: full[0] for title, full in word_map("titles").items() if full}
