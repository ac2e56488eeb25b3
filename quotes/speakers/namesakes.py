"""Whether two articles that have one name mean two people: a logistic regression over what they say of them.

``training/train_namesakes.py`` fits it on pairs of appearances of one person, and of two under one exchanged name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from quotes.lexicon.titles import titles, titles_in_full
from quotes.speakers.settings import NAMESAKE_WEIGHTS
from quotes.text.normalise import fold

FUNCTION_WORDS = frozenset("a an and at by for former from her his in its of on the their to with".split())
# What courts, parliaments and offices are called in any country.
OFFICE_WORDS = frozenset(
    "supreme high central national constitutional federal state foreign health defence defense interior finance "
    "justice education court parliament senate assembly bank ministry department police army navy government cabinet "
    "party democratic commission council committee of the and".split()
)
YEARS_APART = 8  # from which a role may have passed to another
MOST_ROLE_WORDS = 3  # in common, that count


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one article says of a speaker."""

    article: str
    publication: str | None = None
    year: int | None = None
    description: str | None = None
    pronouns: str | None = None
    company: frozenset[str] = frozenset()  # ids of the others who are quoted there


def facts(one: Appearance, other: Appearance) -> dict[str, int]:
    """What two appearances under one name say for and against one person, by the names of the weights."""
    said, places_of = (roles(one.description), roles(other.description)), (
        places(one.description), places(other.description)
    )  # fmt: skip
    shared = one.company & other.company
    return {
        "bias": 1,
        "he_and_she": int({one.pronouns, other.pronouns} == {"he", "she"}),
        "one_pronoun": int(one.pronouns is not None and one.pronouns == other.pronouns),
        "roles_differ": int(all(said) and not said[0] & said[1]),
        "role_words": min(len(said[0] & said[1]), MOST_ROLE_WORDS),
        "places_differ": int(all(places_of) and not places_of[0] & places_of[1]),
        "one_place": int(bool(places_of[0] & places_of[1])),
        "company_differs": int(bool(one.company and other.company) and not shared),
        "one_company": int(bool(shared)),
        "publications_differ": int(
            None not in (one.publication, other.publication) and one.publication != other.publication
        ),
        "years_apart": int(
            bool(one.year and other.year) and abs((one.year or 0) - (other.year or 0)) >= YEARS_APART
        ),
    }


def apart(one: Appearance, other: Appearance) -> tuple[float, list[str]]:
    """The probability that two appearances under one name are two people, and what speaks for it, in words.

    The probability is that among pairs of which half are two people. 0 where neither pronouns, roles nor places differ.
    """
    found = facts(one, other)
    roles_or_places = f"“{one.description}” and “{other.description}”"
    of_role = found["places_differ"] and found["role_words"]
    words = {
        f"{one.pronouns} and {other.pronouns}": found["he_and_she"],
        roles_or_places: found["roles_differ"] or of_role,
    }
    if not any(words.values()):
        return 0.0, []
    words |= {
        "nobody else is quoted in both": found["company_differs"],
        f"{one.publication} and {other.publication}": found["publications_differ"],
        f"{one.year} and {other.year}": found["years_apart"],
    }
    log_odds = sum(NAMESAKE_WEIGHTS[name] * value for name, value in found.items())
    return 1 / (1 + exp(log_odds / 100)), [text for text, holds in words.items() if holds]


@lru_cache(maxsize=8192)  # each is compared with many others
def roles(description: str | None) -> frozenset[str]:
    """The words of a description that are no names, titles in full: {"foreign", "minister"}."""
    words = re.findall(r"[\w-]+", description or "")
    in_full = titles_in_full()
    found = set()
    for word in words:
        small = fold(word)
        if (word[:1].islower() or small in titles() or small in OFFICE_WORDS) and small not in FUNCTION_WORDS:
            found.add(in_full.get(small, small))
    return frozenset(found)


@lru_cache(maxsize=8192)
def places(description: str | None) -> frozenset[str]:
    """The beginnings of the names in a description, by which "China" and "Chinese" are one."""
    words = re.findall(r"\w+", description or "")
    names = (fold(word) for word in words if word[:1].isupper())
    return frozenset(name[:4] for name in names if name not in titles() and name not in OFFICE_WORDS)
