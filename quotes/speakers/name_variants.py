"""Names that differ and are one person's all the same, where the articles give a reason to think so.

"Jörg" is transliterated as "Joerg"; an article says "Lena Ostrowski, formerly Lena Vogelsang"; or two articles give the
same role to people of the same given name whose surnames sound alike, or one of whom has a surname more.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from quotes.names.person import Person, compatible, name_words, parse_person, within_one_edit
from quotes.speakers.records import NameRecord
from quotes.speakers.settings import SETTINGS
from quotes.text.normalise import fold

Form = tuple[tuple[str, ...], str, str]  # see Person.form
_TRANSLITERATION = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe",
                                  "Ü": "Ue", "Ø": "Oe", "Å": "Aa"})  # fmt: skip
# What follows the head noun of a role and tells more of it.
_ROLE_COMPLEMENTS = frozenset("of for in at from with who and to on by".split())


def transliterated(person: Person) -> Person | None:
    """The name without umlauts, as those write it who have none: "Joerg Brueckenhaus"; None when it has none.

    >>> transliterated(parse_person("Jörg Brückenhaus")).form
    (('joerg',), 'brueckenhaus', '')
    """
    text = person.display.translate(_TRANSLITERATION)
    return replace(parse_person(text), suffix=person.suffix) if text != person.display else None


def phonetic_key(name: str) -> str:
    """A name as far as a slip of the pen mostly leaves it: without vowels, "h" and doubled letters.

    >>> phonetic_key("kowalczuk") == phonetic_key("kowalczyk")
    True
    """
    return re.sub(r"(.)\1+", r"\1", name[:1] + re.sub(r"[aeiouyh'-]", "", name[1:]))


def variant_keys(record: NameRecord) -> set[str]:
    """The blocking keys of all whom ``variant_pairs`` may link with somebody who has a full name."""
    keys = {f"surname {other.surname}" for other in _other_full_names(record)}
    if (plain := transliterated(record.person)) is not None:
        keys.add(f"surname {plain.surname}")
    return keys | _role_keys(record)


def variant_pairs(records: list[NameRecord]) -> Iterator[tuple[Form, Form]]:
    """Pairs of forms of full names that are one person's. ``records`` all have full names.

    Where two people could be meant, neither is linked with anybody.
    """
    forms = {record.person.form for record in records}
    by_role: dict[str, dict[Form, NameRecord]] = defaultdict(dict)
    in_article: dict[str, set[Form]] = defaultdict(set)
    for record in records:
        in_article[record.article].add(record.person.form)
        plain = transliterated(record.person)
        for named in (*_other_full_names(record), *([plain] if plain else [])):
            if named.form in forms:
                yield record.person.form, named.form
        for key in _role_keys(record):
            by_role[key].setdefault(record.person.form, record)
    told_apart = {frozenset(pair) for named in in_article.values() for pair in combinations(sorted(named), 2)}
    similar: dict[Form, dict[Form, Person]] = defaultdict(dict)
    for named_alike in by_role.values():
        for form, other in combinations(sorted(named_alike), 2):
            mine, theirs = named_alike[form].person, named_alike[other].person
            if frozenset((form, other)) not in told_apart and _is_surname_variant(mine, theirs):
                similar[form][other], similar[other][form] = theirs, mine
    ambiguous = {
        form
        for form, others in similar.items()
        if any(
            not _is_surname_variant(a, b) and not compatible(a, b)
            for a, b in combinations(others.values(), 2)
        )
    }
    for form, others in similar.items():
        yield from ((form, other) for other in others if not {form, other} & ambiguous)


def _other_full_names(record: NameRecord) -> list[Person]:
    """The other full names that the article itself has for a person."""
    mine, names = record.person, []
    for alias in record.aliases:
        other = parse_person(alias)
        shares = bool(other.given) and (other.surname == mine.surname or other.given[0] == mine.given[0])
        if shares and other.suffix == mine.suffix and not compatible(mine, other):
            names.append(other)
    return names


def _role_keys(record: NameRecord) -> set[str]:
    """Blocking keys of a full name: given name, role, and a part or the sound of the surname.

    Two articles' names that may be one person's, though their surnames differ, share one.
    """
    person = record.person
    if len(person.given[0]) < 2:
        return set()
    parts = {*_surname_parts(person), *(name for name in person.given[1:] if len(name) > 1)}
    sounds = {phonetic_key(person.surname)} if len(person.surname) >= SETTINGS.min_phonetic_surname else set()
    roles = {role for mention in record.mentions if (role := _role_noun(mention.description or ""))}
    return {
        f"{kind} {person.given[0]} {part} {person.suffix} {role}"
        for kind, shared in (("part", parts), ("sound", sounds))
        for part in shared
        for role in roles
    }


def _surname_parts(person: Person) -> set[str]:
    """The surname, and its parts where it has a hyphen."""
    last = (person.surname, *name_words(person.display))[-1]
    return {person.surname, *(part for part in last.split("-") if len(part) >= SETTINGS.min_hyphenated_part)}


@lru_cache(maxsize=8192)
def _role_noun(description: str) -> str | None:
    """The head noun of a description: "beekeeper" in "beekeeper in Dorn"."""
    head = None
    for word in re.findall(r"[\w'-]+", fold(description.partition(",")[0])):
        if word in _ROLE_COMPLEMENTS:
            break
        head = word
    return head if head is not None and len(head) >= SETTINGS.min_role_noun else None


def _is_surname_variant(a: Person, b: Person) -> bool:
    """Whether surnames are one with a slip, or one person has a surname more than the other."""
    if a.given[0] != b.given[0] or a.suffix != b.suffix or a.surname == b.surname:
        return False
    middle_a, middle_b = a.given[1:], b.given[1:]
    long = min(len(a.surname), len(b.surname)) >= SETTINGS.min_phonetic_surname
    if long and phonetic_key(a.surname) == phonetic_key(b.surname):
        initials = zip(middle_a, middle_b, strict=False)
        return within_one_edit(a.surname, b.surname) and all(x[0] == y[0] for x, y in initials)
    return (
        a.surname in middle_b
        or b.surname in middle_a
        or a.surname in _surname_parts(b) - {b.surname}
        or b.surname in _surname_parts(a) - {a.surname}
    )
