"""Given names: what they are shortened to, and whose they are."""

from functools import cache

from quotes.lexicon.words import word_map


@cache
def _formal_names() -> dict[str, frozenset[str]]:
    """Nickname -> the names that it is short for."""
    formal: dict[str, set[str]] = {}
    for name, nicknames in word_map("nicknames").items():
        for nickname in nicknames:
            formal.setdefault(nickname, set()).add(name)
    return {nickname: frozenset(names) for nickname, names in formal.items()}


def formal_names(name: str) -> frozenset[str]:
    """The given names that a folded name can be short for, itself among them.

    >>> sorted(formal_names("bill")), sorted(formal_names("tilda"))
    (['bill', 'william'], ['tilda'])
    """
    return _formal_names().get(name, frozenset()) | {name}


def is_given_name(name: str) -> bool:
    """Whether a folded word alone reads as a given name rather than a surname: "Bill", not "Graham" or "Grant"."""
    own = word_map("own_given_names")
    return name in own and "surname" not in own[name]


def is_known_given_name(name: str) -> bool:
    """Whether a folded word is somebody's given name at all, rare ones and those that are surnames as well included."""
    return name in word_map("given_names")


def given_gender(name: str) -> str | None:
    """ "he" or "she" for a folded given name, or a short form of one, that is one sex's alone, as far as is known.

    >>> given_gender("bill"), given_gender("liz"), given_gender("pat"), given_gender("zaphod")
    ('he', 'she', None, None)
    """
    sexes = word_map("given_names")
    known = [sexes[name]] if name in sexes else [sexes[full] for full in formal_names(name) if full in sexes]
    return known[0][0] if len(set(known)) == 1 and known[0] != ("either",) else None
