"""Whether a found speaker is a known one, by their names: fixed here, apart from how names are linked."""

import re
from collections.abc import Iterable

# a yardstick must not move with the titles that the linker knows
TITLES = re.compile(r"\b(the|a|an|mr|mrs|ms|dr|u\.?s\.?|sen|rep|president|secretary)\b\.?")


def is_same_name(name: str | None, known: Iterable[str]) -> bool:
    """Whether a name is one of the known ones, or a part of one that has its longest word, titles aside.

    >>> is_same_name("Okoro", ["Mayor Ann Okoro"]), is_same_name("Ann", ["Ann Okoro"])
    (True, False)
    """
    words = comparable_words(name)
    for other in map(comparable_words, known):
        longest = {word for word in other if len(word) == max(map(len, other))}
        if words and other and (words == other or other <= words or (words <= other and words & longest)):
            return True
    return False


def comparable_words(name: str | None) -> set[str]:
    """The words of a name in small letters, without titles."""
    return set(re.findall(r"\w+", TITLES.sub(" ", (name or "").lower())))
