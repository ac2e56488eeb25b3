"""Is a text in English? By its commonest words, for quotations are found in English only.

In running English text about two words of five are among the commonest function words; texts in other languages of
the Latin alphabet share a few of them ("in", "a", "die", "no"). How well it tells them apart is measured by
``benchmarks/language.py``.
"""

import re

COMMON_WORDS = frozenset(
    "the of and to in that is was for it with as his he on be at by i this had not are but from or have an they "
    "which you were her she there been one all their has would when who will if out so said what up its about "
    "into than them can only other time new some could these two may first then do any my now such like our over "
    "even most me after also did many before must through back where much your way well down should because each "
    "just those people how too him we more no us".split()
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SAMPLE_CHARACTERS = 6000  # of a text that are looked at
MIN_WORDS = 25  # below which no text is left out: a caption, a table, a list of names
MIN_SHARE = 0.15  # of words that are among the commonest, in English text


def is_english(text: str) -> bool:
    """Whether a text is in English, or too short to tell.

    >>> is_english("Der Minister sagte am Montag, dass die Brücke im Mai wieder öffnen werde. " * 4)
    False
    """
    middle = max(0, (len(text) - SAMPLE_CHARACTERS) // 2)
    words = WORD.findall(text[middle : middle + SAMPLE_CHARACTERS].casefold())
    if len(words) < MIN_WORDS:
        letters = [char for char in text[:SAMPLE_CHARACTERS] if char.isalpha()]
        return sum(char.isascii() for char in letters) >= len(letters) / 2  # else in another script
    return sum(word in COMMON_WORDS for word in words) >= MIN_SHARE * len(words)
