"""Names of people: their parts, and which of them can mean the same one.

Nothing here decides that two names *do* mean the same: that needs the articles (see ``speakers``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from quotes.lexicon.given_names import formal_names
from quotes.lexicon.titles import courtesy_titles, titles, titles_in_full
from quotes.lexicon.words import word_map, word_set
from quotes.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Person:
    """The parts of a person's name, folded."""

    given: tuple[str, ...]  # first and middle names, initials as one letter; () for a surname alone
    surname: str  # without particles
    suffix: str = ""  # "jr", "sr", "ii", "iii", "iv"
    titles: frozenset[str] = frozenset()
    gender: str | None = None  # "he" or "she", as far as a courtesy title tells
    display: str = ""  # the name as written, without titles

    @property
    def form(self) -> tuple[tuple[str, ...], str, str]:
        """The parts by which names are compared: given names, surname, suffix."""
        return self.given, self.surname, self.suffix


@lru_cache(maxsize=8192)
def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name; initials written together come apart, other full stops go.

    >>> name_words("Sen. J.D. Núñez")
    ('sen', 'j', 'd', 'nunez')
    """
    parts: list[str] = []
    for word in re.split(r"[\s,]+", fold(text)):
        if re.fullmatch(r"(?:[a-z]\.){2,}[a-z]?", word):
            parts += [ch for ch in word if ch != "."]
        else:
            parts.append(word.replace(".", "").strip("'\"“”()[];:"))
    return tuple(word for word in parts if word)


def initials(words: Sequence[str]) -> frozenset[str]:
    """The letters that can stand for a name of some words: of the last ones, two or more, or of the first and the last.

    >>> sorted(initials("Potter Rita Ana Okonjo".split()))
    ['ao', 'po', 'prao', 'rao']
    """
    letters = "".join(word[0] for word in words).casefold()
    endings = {letters[at:] for at in range(len(letters) - 1)}
    return frozenset(endings | {letters[0] + letters[-1]} if endings else ())


@lru_cache(maxsize=8192)
def parse_person(text: str) -> Person:
    """The parts of a person's name. Never raises; what is no name at all comes back as a surname.

    >>> parse_person("Sen. Robert C. “Bobby” Scott Jr. (D-Va.)").form
    (('robert', 'c'), 'scott', 'jr')
    """
    text = re.sub(r"\([^)]*\)?", " ", text)
    text = re.sub(r"\b((?:[A-Z]\.)+)(?=[A-Z][a-z])", r"\1 ", text)  # "M.K.Nair"
    # a nickname within the name
    text = re.sub(r"[“\"][^”\"]*[”\"]|(?<= )[‘'][A-Z][^’']*[’'](?= [A-Z])", " ", text)
    shown = [word for word in re.split(r"[\s,]+", text.strip(" ,.;:'’")) if word.strip(".'’")]
    bare = [fold(word).replace(".", "").strip("'") for word in shown]
    before = _titles_before(bare)
    name_start = before[-1] + 1 if before else 0
    offices = frozenset(titles_in_full().get(bare[at], bare[at]) for at in before) - frozenset(
        courtesy_titles()
    )
    gender = next(
        (courtesy_titles()[bare[at]] for at in reversed(before) if bare[at] in courtesy_titles()), None
    )
    shown, bare = shown[name_start:], bare[name_start:]
    suffix = ""
    suffixes, degrees = word_map("name_suffixes"), word_set("degrees")
    while len(bare) > 1 and (
        bare[-1] in suffixes or bare[-1] in degrees or are_letters_behind(shown[:-1], shown[-1])
    ):
        (suffix,) = suffixes.get(bare[-1], (suffix,))
        shown, bare = (shown, bare[:-1]) if bare[-1] in suffixes else (shown[:-1], bare[:-1])
    if suffix in ("jr", "sr") and len(shown[-1]) < 4:
        shown[-1] = shown[-1].rstrip(".") + "."
    display = re.sub(r"['’][sS]?$", "", " ".join(shown)).strip(",")
    if display.isupper():
        display = display.title() if len(display) > 3 else display
    else:  # "MICHELLE McLean", "Emmanuel MACRON"; "KT McFarland" has initials
        display = re.sub(r"\b[A-ZÀ-Þ]{4,}\b", lambda word: word[0].title(), display)
    spread = [re.sub(r"^([A-Z])([A-Z])$", r"\1.\2.", word) for word in shown]  # "JD" as "J.D."
    parts = list(name_words(" ".join(spread[: len(bare)])))
    if not parts:
        return Person((), fold(text) or text, suffix, offices, gender, display or text)
    surname = re.sub(r"^(?:al|el)-", "", parts[-1]).replace("-", "")
    given = parts[:-1]
    # "Chris Van Hollen", "de Blasio"; but "Van Jones" and "Al Green" have a given name.
    particles, never_given = word_set("particles"), word_set("particles_only")
    while (
        given
        and given[-1] in particles
        and (len(given) > 1 or shown[0].islower() or given[0] in never_given or _begins_with_particles(parts))
    ):
        given.pop()
    if _is_family_first(parts):
        surname, given = parts[0], ["".join(parts[1:]).replace("-", "")]
    return Person(tuple(given), surname, suffix, offices, gender, display)


def is_letters(word: str) -> bool:
    """Whether a word can only be letters after a name: capitals without a vowel, "FRCP"."""
    return re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{3,6}", word.replace(".", "")) is not None


def are_letters_behind(words: Sequence[str], last: str) -> bool:
    """Whether a word behind the names of a person, none of them in capitals, is letters: "Ada Eze SAN", "Pugh MS".

    Two or three capitals are, behind two names; no numeral is, nor initials with full stops.
    """
    if len(words) < 2 or any(word.isupper() for word in words):
        return False
    return is_letters(last) or re.fullmatch(r"(?![IVX]+$)[A-Z]{2,3}", last) is not None


def _titles_before(parts: list[str]) -> list[int]:
    """The positions of the titles before a name; "Sister" is one before two names or more, "Tan Sri" as a pair."""
    pairs = word_set("title_pairs")
    at_pair = {
        at + k for at, pair in enumerate(pairwise(parts[:-1])) if " ".join(pair) in pairs for k in (0, 1)
    }
    return [
        at
        for at, word in enumerate(parts[:-1])
        if at in at_pair
        or (word in titles() and not (word in word_set("titles_also_names") and len(parts) - at < 3))
    ]


def _is_family_first(parts: list[str]) -> bool:
    """Whether the first word is the surname: "Xi Jinping", "Kim Jong Un", "Lee Jae-myung"; but not "Kim Novak"."""
    families = word_set("family_first")
    if len(parts) in (2, 3) and parts[0] in families and parts[-1] not in families:
        return True
    return parts[0] in word_set("family_first_of_three") and (len(parts) == 3 or "-" in parts[-1])


def _begins_with_particles(parts: list[str]) -> bool:
    """Whether a name begins with two particles of a surname: "Van der Meulen"."""
    return len(parts) > 2 and parts[0] == "van" and parts[1] in ("den", "der", "de")


def _same_given(a: str, b: str) -> bool:
    """Whether two given names can be one person's: the same, an initial of the other, or a nickname ("Bill")."""
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return a == b or not formal_names(a).isdisjoint(formal_names(b))


def compatible(a: Person, b: Person) -> bool:
    """Whether two names with given names could be one person's: one surname and suffix, no given name against it.

    >>> compatible(parse_person("J. Smith"), parse_person("John A. Smith"))
    True
    >>> compatible(parse_person("John A. Smith"), parse_person("John B. Smith"))
    False
    """
    if a.surname != b.surname or a.suffix != b.suffix or not a.given or not b.given:
        return False
    if not _same_given(a.given[0], b.given[0]):
        # People are known by their middle name as well: "J. Edgar Hoover", "Edgar Hoover".
        return (len(a.given[0]) == 1 and a.given[1:] == b.given) or (
            len(b.given[0]) == 1 and b.given[1:] == a.given
        )
    return all(_same_given(x, y) for x, y in zip(a.given[1:], b.given[1:], strict=False))


def has_surname_more(known: Person, other: Person) -> bool:
    """Whether one name goes on where the other ends: "Manuel Torres", "Manuel Torres Velázquez"."""
    shorter, longer = sorted((known, other), key=lambda person: len(person.given))
    return longer.given == (*shorter.given, shorter.surname) and known.suffix == other.suffix


def within_one_edit(a: str, b: str) -> bool:
    """Whether two words are one edit apart: a letter wrong, missing, too many or swapped with the next.

    The optimal string alignment distance (restricted Damerau-Levenshtein) is then 1.

    >>> within_one_edit("merkel", "merkle"), within_one_edit("merkel", "merkel"), within_one_edit("merkel", "meckle")
    (True, False, False)
    """
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    swapped = a[at + 1 : at + 2] + a[at : at + 1] + a[at + 2 :]
    return a[at + 1 :] == b[at + 1 :] or a[at:] == b[at + 1 :] or a[at + 1 :] == b[at:] or swapped == b[at:]
