"""Names that differ and are one person's all the same, where the articles give a reason to think so.

"Jörg" is spelt out as "Joerg"; an article says "Lena Ostrowski, formerly Lena Vogelsang"; or two articles give the
same role to people of the same given name whose surnames sound alike, or one of whom has a surname more.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from quotes.names.person import Person, compatible, one_slip, parse_person, words
from quotes.speakers.records import Unit
from quotes.text.normalise import fold

Form = tuple[tuple[str, ...], str, str]  # see Person.form
LONG = 6  # letters of a surname from which a slip is told from another name
_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
                      "Ø": "Oe", "Å": "Aa"})  # fmt: skip
_ENDS = frozenset(
    "of for in at from with who and to on by".split()
)  # what follows a role and tells more of it


def spelt_out(person: Person) -> Person | None:
    """The name without umlauts, as those write it who have none: "Joerg Brueckenhaus"; None when it has none.

    >>> spelt_out(parse_person("Jörg Brückenhaus")).form
    (('joerg',), 'brueckenhaus', '')
    """
    text = person.display.translate(_OUT)
    return replace(parse_person(text), suffix=person.suffix) if text != person.display else None


def sound(name: str) -> str:
    """A name as far as a slip of the pen mostly leaves it: without vowels, "h" and doubled letters.

    >>> sound("kowalczuk") == sound("kowalczyk")
    True
    """
    return re.sub(r"(.)\1+", r"\1", name[:1] + re.sub(r"[aeiouyh'-]", "", name[1:]))


def variant_keys(unit: Unit) -> set[str]:
    """The neighbourhoods of all with whom ``variants`` may join somebody with a full name."""
    keys = {f"surname {other.surname}" for other in _also_called(unit)}
    if (out := spelt_out(unit.person)) is not None:
        keys.add(f"surname {out.surname}")
    return keys | _shared(unit)


def variants(units: list[Unit]) -> Iterator[tuple[Form, Form]]:
    """Pairs of forms of full names that are one person's. ``units`` all have full names.

    Where two people could be meant, neither is joined to anybody.
    """
    forms = {unit.person.form for unit in units}
    groups: dict[str, dict[Form, Unit]] = defaultdict(dict)
    together: dict[str, set[Form]] = defaultdict(set)
    for unit in units:
        together[unit.article].add(unit.person.form)
        out = spelt_out(unit.person)
        for named in (*_also_called(unit), *([out] if out else [])):
            if named.form in forms:
                yield unit.person.form, named.form
        for key in _shared(unit):
            groups[key].setdefault(unit.person.form, unit)
    apart = {frozenset(pair) for some in together.values() for pair in combinations(sorted(some), 2)}
    near: dict[Form, dict[Form, Person]] = defaultdict(dict)
    for some in groups.values():
        for one, other in combinations(sorted(some), 2):
            mine, theirs = some[one].person, some[other].person
            if frozenset((one, other)) not in apart and _alike(mine, theirs):
                near[one][other], near[other][one] = theirs, mine
    unsure = {
        form
        for form, others in near.items()
        if any(not _alike(a, b) and not compatible(a, b) for a, b in combinations(others.values(), 2))
    }
    for form, others in near.items():
        yield from ((form, other) for other in others if not {form, other} & unsure)


def _also_called(unit: Unit) -> list[Person]:
    """Other full names that the article itself has for a person."""
    mine, found = unit.person, []
    for alias in unit.aliases:
        other = parse_person(alias)
        shares = bool(other.given) and (other.surname == mine.surname or other.given[0] == mine.given[0])
        if shares and other.suffix == mine.suffix and not compatible(mine, other):
            found.append(other)
    return found


def _shared(unit: Unit) -> set[str]:
    """What is equal for two articles' names that may be one person's: given name, role, and a part or the sound
    of the surname."""
    person = unit.person
    if len(person.given[0]) < 2:
        return set()
    parts = {*_parts(person), *(name for name in person.given[1:] if len(name) > 1)}
    sounds = {sound(person.surname)} if len(person.surname) >= LONG else set()
    heads = {head for row in unit.rows if (head := _role(row.mention.description or ""))}
    return {
        f"{kind} {person.given[0]} {part} {person.suffix} {head}"
        for kind, some in (("part", parts), ("sound", sounds))
        for part in some
        for head in heads
    }


def _parts(person: Person) -> set[str]:
    """The surname, and its parts where it has a hyphen."""
    last = (person.surname, *words(person.display))[-1]
    return {person.surname, *(part for part in last.split("-") if len(part) > 2)}


@lru_cache(maxsize=65536)
def _role(description: str) -> str | None:
    """The word for what somebody is: "beekeeper" in "beekeeper in Dorn"."""
    head = None
    for word in re.findall(r"[\w'-]+", fold(description.partition(",")[0])):
        if word in _ENDS:
            break
        head = word
    return head if head is not None and len(head) > 2 else None


def _alike(a: Person, b: Person) -> bool:
    """Whether surnames are one with a slip, or one person has a surname more than the other."""
    if a.given[0] != b.given[0] or a.suffix != b.suffix or a.surname == b.surname:
        return False
    middle_a, middle_b = a.given[1:], b.given[1:]
    if min(len(a.surname), len(b.surname)) >= LONG and sound(a.surname) == sound(b.surname):
        initials = zip(middle_a, middle_b, strict=False)
        return one_slip(a.surname, b.surname) and all(x[0] == y[0] for x, y in initials)
    return (
        a.surname in middle_b
        or b.surname in middle_a
        or a.surname in _parts(b) - {b.surname}
        or b.surname in _parts(a) - {a.surname}
    )
