"""Names of organisations: their parts, acronyms, short forms."""

import re
from dataclasses import dataclass
from functools import lru_cache

from quotes.lexicon.words import word_map, word_set
from quotes.text.normalise import fold

_US_WORDS = frozenset(["us", "usa", "american", "federal"])
_UK_WORDS = frozenset(["uk", "british", "britain"])
_OFFICE_WORDS = frozenset(["department", "dept", "ministry"])
_SMALL_WORDS = frozenset(["of", "the", "and", "for", "in", "on", "&", "to"])


@dataclass(frozen=True, slots=True)
class Organisation:
    """The parts of an organisation's name, folded."""

    core: str
    office: bool = False  # a department or ministry: "Department of the Treasury" is office "treasury"
    country: str | None = None  # "us" or "uk", where the name says so and it is no part of the name


@lru_cache(maxsize=8192)
def parse_organisation(text: str) -> Organisation:
    """The parts of an organisation's name. Never raises.

    >>> parse_organisation("the U.S. Treasury Department")
    Organisation(core='treasury', office=True, country='us')
    """
    parts = [re.sub(r"'s?$", "", w) for w in re.sub(r"\bu\.\s?([sk])\.?(?=\W|$)", r"u\1", fold(text)).split()]
    parts = [re.sub(r"[^\w&'-]", "", word) for word in parts]
    parts = [word for word in parts if word]
    while len(parts) > 1 and parts[0] in ("the", "a", "an"):
        parts = parts[1:]
    if parts[:2] == ["united", "states"] and len(parts) > 2:
        parts = ["us", *parts[2:]]
    country = None
    if len(parts) > 1 and (_OFFICE_WORDS & set(parts) or parts[-1] == "treasury"):
        country = "us" if parts[0] in _US_WORDS else "uk" if parts[0] in _UK_WORDS else None
        parts = parts[1:] if country else parts
    if _OFFICE_WORDS & set(parts) and len(parts) > 1:
        rest = [word for word in parts if word not in _OFFICE_WORDS and word not in _SMALL_WORDS]
        if rest:
            return Organisation(" ".join(sorted(rest)), True, country)
    while len(parts) > 1 and parts[-1] in word_set("firm_endings"):
        parts = parts[:-1]
    for country_name in word_map("countries").get(" ".join(parts), ()):
        return Organisation(country_name)
    return Organisation(" ".join(parts).replace("&", "and") or text.strip(), False, country)


@lru_cache(maxsize=8192)
def acronym_keys(name: str) -> tuple[str, ...]:
    """The letters that a name and its acronym have in common: a long name's initials, with and without its small words.

    An acronym's only key is itself, so a long name and its acronym share a key. Look-ups and ``is_acronym`` both
    go by these keys, or one would refuse what the other offers.

    >>> acronym_keys("the Council on Foreign Relations"), acronym_keys("CFR")
    (('cfr', 'cofr'), ('cfr',))
    """
    parts = _initialled_words(name)
    if len(parts) < 2:
        return (re.sub(r"\W", "", "".join(parts)),)
    significant = "".join(word[0] for word in parts if word not in _SMALL_WORDS)
    return tuple(dict.fromkeys((significant, "".join(word[0] for word in parts))))


def is_acronym(short: str, full: str) -> bool:
    """Whether ``short`` is the acronym of ``full``: 2 to 8 capitals that are the initials of its words.

    >>> is_acronym("IMF", "the International Monetary Fund"), is_acronym("IMF", "World Bank")
    (True, False)
    """
    letters = re.sub(r"[^\w]", "", re.sub(r"^the\s+", "", short.strip(), flags=re.I))
    if not 2 <= len(letters) <= 8 or not letters.isupper():
        return False
    return len(_initialled_words(full)) > 1 and letters.casefold() in acronym_keys(full)


def _initialled_words(name: str) -> list[str]:
    """The folded words that give a name its initials: "Asia-Pacific Group" has three, a leading "the" is none."""
    parts = [word for word in re.split(r"[\s-]+", fold(name)) if word]
    return parts[1:] if parts[:1] == ["the"] and len(parts) > 1 else parts


def is_distinctive_ending(short: str, full: str) -> bool:
    """Whether ``short`` ends ``full`` and has words enough to mean it alone: "Tax Policy Center", not "the Times"."""
    ending, every = significant_words(short), significant_words(full)
    return 2 < len(ending) < len(every) and every[-len(ending) :] == ending


def significant_words(name: str) -> list[str]:
    """The folded words of an organisation's name without small words ("of", "the", "and")."""
    return [word for word in re.split(r"[^\w&']+", fold(name)) if word and word not in _SMALL_WORDS]
