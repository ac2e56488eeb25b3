"""Whether two full names of one article are one person's, though they differ: a slip, a surname more."""

from quotes.coreference.weights import DISTANCE
from quotes.lexicon.given_names import is_known_given_name
from quotes.names.person import Person, within_one_edit


def has_surname_more(known: Person, other: Person) -> bool:
    """Whether one name goes on where the other ends: "Manuel Torres", "Manuel Torres Velázquez"."""
    shorter, longer = sorted((known, other), key=lambda person: len(person.given))
    return longer.given == (*shorter.given, shorter.surname) and known.suffix == other.suffix


def is_misspelling(known: Person, other: Person) -> bool:
    """Whether a name is another with a letter of the given name wrong, and no name in itself: "Donand"."""
    a, b = known.given[0] if known.given else "", other.given[0] if other.given else ""
    if (
        len(a) != len(b)
        or len(a) < DISTANCE.misspelt_given_letters
        or not within_one_edit(a, b)
        or (known.surname, known.suffix) != (other.surname, other.suffix)
    ):
        return False
    return is_known_given_name(a) and not is_known_given_name(b)
