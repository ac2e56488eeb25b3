"""Names of organisations: their parts, acronyms, short forms."""

import re
from dataclasses import dataclass
from functools import lru_cache

from quotes.lexicon.words import _set
from quotes.text.normalise import fold

_US = frozenset(["us", "usa", "american", "federal"])
_UK = frozenset(["uk", "british", "britain"])
_FIRM = _set("inc corp co ltd llc plc ag sa nv lp llp company corporation incorporated limited")
_COUNTRIES = {
    "us": "united states", "usa": "united states", "united states of america": "united states",
    "uk": "united kingdom", "britain": "united kingdom", "great britain": "united kingdom",
}  # fmt: skip
_OFFICE = frozenset(["department", "dept", "ministry"])
_MINOR = frozenset(["of", "the", "and", "for", "in", "on", "&", "to"])


@dataclass(frozen=True, slots=True)
class Organisation:
    """The parts of an organisation's name, folded."""

    core: str
    office: bool = False  # a department or ministry: "Department of the Treasury" is office "treasury"
    country: str | None = None  # "us" or "uk", where the name says so and it is no part of the name


@lru_cache(maxsize=65536)
def parse_organisation(text: str) -> Organisation:
    """Take an organisation's name apart. Never raises.

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
    if len(parts) > 1 and (_OFFICE & set(parts) or parts[-1] == "treasury"):
        country = "us" if parts[0] in _US else "uk" if parts[0] in _UK else None
        parts = parts[1:] if country else parts
    if _OFFICE & set(parts) and len(parts) > 1:
        rest = [word for word in parts if word not in _OFFICE and word not in _MINOR]
        if rest:
            return Organisation(" ".join(sorted(rest)), True, country)
    while len(parts) > 1 and parts[-1] in _FIRM:
        parts = parts[:-1]
    if " ".join(parts) in _COUNTRIES:
        return Organisation(_COUNTRIES[" ".join(parts)])
    return Organisation(" ".join(parts).replace("&", "and") or text.strip(), False, country)


def is_acronym(short: str, full: str) -> bool:
    """Whether ``short`` is the first letters of ``full``: "IMF", "International Monetary Fund"."""
    letters = re.sub(r"[^\w]", "", re.sub(r"^the\s+", "", short.strip(), flags=re.I))
    if not 2 <= len(letters) <= 8 or not letters.isupper():
        return False
    parts = [word for word in re.split(r"[\s-]+", fold(full)) if word]
    if parts[:1] == ["the"]:
        parts = parts[1:]
    some = "".join(word[0] for word in parts if word not in _MINOR)
    return letters.casefold() in (some, "".join(word[0] for word in parts))


def is_distinctive(short: str, full: str) -> bool:
    """Whether ``short`` closes ``full`` and says enough to be known by: "Tax Policy Center", not "the Times"."""
    some, every = plain_words(short), plain_words(full)
    return len(some) > 2 and len(some) < len(every) and every[-len(some) :] == some


def plain_words(name: str) -> list[str]:
    """The folded words of an organisation's name without small words."""
    return [word for word in re.split(r"[^\w&']+", fold(name)) if word and word not in _MINOR]
