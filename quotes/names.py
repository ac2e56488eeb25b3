"""Names of people and organisations: their parts, and which of them can mean the same one.

Nothing here decides that two names *do* mean the same: that needs the articles (see ``speakers``).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from quotes.givennames import formal_names

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
                          "’": "'", "‘": "'", "´": "'", "‐": "-", "‑": "-", "–": "-"})  # fmt: skip


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


COURTESY = {"mr": "he", "mister": "he", "sir": "he", "lord": "he", "mrs": "she", "ms": "she", "miss": "she",
            "madam": "she", "madame": "she", "lady": "she", "dame": "she", "baroness": "she", "mme": "she",
            "mlle": "she", "monsieur": "he", "herr": "he", "frau": "she", "senor": "he", "senora": "she"}  # fmt: skip

_SAME_TITLE = {
    "sen": "senator", "rep": "representative", "gov": "governor", "pres": "president", "dr": "doctor",
    "prof": "professor", "gen": "general", "col": "colonel", "capt": "captain", "lt": "lieutenant",
    "sgt": "sergeant", "cmdr": "commander", "adm": "admiral", "maj": "major", "rev": "reverend",
    "hon": "honorable", "sec": "secretary", "atty": "attorney", "supt": "superintendent", "del": "delegate",
    "congressman": "representative", "congresswoman": "representative", "det": "detective", "cllr": "councillor",
    "ald": "alderman", "insp": "inspector", "fr": "father", "pc": "constable", "wpc": "constable",
    "asst": "assistant", "assemblymember": "assemblyman", "assemblywoman": "assemblyman",
    "congressmember": "representative",
}  # fmt: skip

TITLES = (
    _set(
        """senator representative governor president doctor professor general colonel captain lieutenant
        sergeant commander admiral reverend honorable secretary minister chancellor premier mayor judge
        justice ambassador senators representatives attorney congressman congresswoman lawmaker commissioner
        chairman chairwoman chairperson chair director spokesman spokeswoman spokesperson speaker councillor
        councilman councilwoman officer detective sheriff superintendent delegate chief executive ceo
        treasurer inspector corporal private archbishop cardinal bishop rabbi imam father sister coach
        economist analyst adviser advisor nominee candidate leader strategist pollster lawyer marshal envoy
        deputy vice prime undersecretary constable brigadier alderman alderwoman assemblyman comptroller mp dci dsi"""
    )
    | frozenset(_SAME_TITLE)
    | frozenset(COURTESY)
)

# Titles that are common given names as well: they count as titles only before two names or more.
_ALSO_GIVEN = frozenset(["dean", "major", "del", "marshal", "earl", "rabbi", "sister", "father", "private"])

_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_DEGREES = frozenset(["phd", "md", "esq", "obe", "mp", "mep", "qc", "kc"])

_PARTICLES = _set(
    "van von der den de del della di da das dos du la le bin ibn al el abu ter ten st san santa mac 't t in"
)
_ALWAYS_PARTICLES = _set("von der de di da das dos du le bin ibn ter st")  # the others are given names, too

# Family names that come first. Only those that are no given name in English.
_FAMILY_FIRST = _set(
    """xi li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng
    xie tang feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei lu ding ren shen yao
    nguyen tran pham hoang phan moon yoon choi hwang kwon"""
)
_FAMILY_FIRST_OF_THREE = frozenset(["kim", "lee", "park", "ban", "han", "jung", "shin", "roh"])


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """``text`` as names are compared: no case, accents, doubled spaces or closing possessive.

    >>> fold("  François  Hollande’s ")
    'francois hollande'
    """
    text = text.strip().casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(ch for ch in text if not unicodedata.combining(ch))
    return re.sub(r"'s?$", "", " ".join(text.split()))


def slug(text: str) -> str:
    """``text`` as part of a permalink: folded, words tied by hyphens; "" when it has no letter or digit."""
    return "-".join(re.findall(r"[^\W_]+", fold(text).replace("'", "").replace(".", "")))


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
        """What tells this name from another."""
        return self.given, self.surname, self.suffix


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a name; initials written together ("J.D.") come apart, other full stops go."""
    out: list[str] = []
    for word in re.split(r"[\s,]+", fold(text)):
        if re.fullmatch(r"(?:[a-z]\.){2,}[a-z]?", word):
            out += [ch for ch in word if ch != "."]
        else:
            out.append(word.replace(".", "").strip("'\"“”()[];:"))
    return tuple(word for word in out if word)


@lru_cache(maxsize=65536)
def parse_person(text: str) -> Person:
    """Take a person's name apart. Never raises; what is no name at all comes back as a surname.

    >>> parse_person("Sen. Robert C. “Bobby” Scott Jr. (D-Va.)").form
    (('robert', 'c'), 'scott', 'jr')
    """
    text = re.sub(r"\([^)]*\)?", " ", text)
    # a nickname within the name
    text = re.sub(r"[“\"][^”\"]*[”\"]|(?<= )[‘'][A-Z][^’']*[’'](?= [A-Z])", " ", text)
    shown = [word for word in re.split(r"[\s,]+", text.strip(" ,.;:'’")) if word.strip(".'’")]
    bare = [fold(word).replace(".", "") for word in shown]
    titles: set[str] = set()
    gender: str | None = None
    last_title = -1
    for at, word in enumerate(bare[:-1]):
        if word in TITLES and not (word in _ALSO_GIVEN and len(bare) - at < 3):
            last_title = at
            titles.add(_SAME_TITLE.get(word, word))
            gender = COURTESY.get(word, gender)
    shown, bare = shown[last_title + 1 :], bare[last_title + 1 :]
    suffix = ""
    while len(bare) > 1 and (bare[-1] in _SUFFIXES or bare[-1] in _DEGREES):
        suffix = _SUFFIXES.get(bare[-1], suffix)
        shown, bare = (shown, bare[:-1]) if bare[-1] in _SUFFIXES else (shown[:-1], bare[:-1])
    if suffix in ("jr", "sr") and len(shown[-1]) < 4:
        shown[-1] = shown[-1].rstrip(".") + "."
    display = re.sub(r"['’][sS]?$", "", " ".join(shown)).strip(",")
    if display.isupper() and len(display) > 3:
        display = display.title()
    spread = [re.sub(r"^([A-Z])([A-Z])$", r"\1.\2.", word) for word in shown]  # "JD" as "J.D."
    parts = list(words(" ".join(spread[: len(bare)])))
    if not parts:
        return Person((), fold(text) or text, suffix, frozenset(titles), gender, display or text)
    surname = re.sub(r"^(?:al|el)-", "", parts[-1]).replace("-", "")
    given = parts[:-1]
    # "Chris Van Hollen", "de Blasio"; but "Van Jones" and "Al Green" have a given name.
    while (
        given
        and given[-1] in _PARTICLES
        and (len(given) > 1 or shown[0].islower() or given[0] in _ALWAYS_PARTICLES or _opens(parts))
    ):
        given.pop()
    first = parts[0]
    if (len(parts) in (2, 3) and first in _FAMILY_FIRST and parts[-1] not in _FAMILY_FIRST) or (
        first in _FAMILY_FIRST_OF_THREE and (len(parts) == 3 or "-" in parts[-1])
    ):
        surname, given = first, ["".join(parts[1:]).replace("-", "")]
    return Person(tuple(given), surname, suffix, frozenset(titles - set(COURTESY)), gender, display)


def _opens(parts: list[str]) -> bool:
    """Whether a name begins with two particles of a surname: "Van der Meulen"."""
    return len(parts) > 2 and parts[0] == "van" and parts[1] in ("den", "der", "de")


def _same_given(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return a == b or not formal_names(a).isdisjoint(formal_names(b))


def compatible(a: Person, b: Person) -> bool:
    """Whether two names with given names could be one person's: one surname and suffix, no given name
    against it.

    "J. Smith", "John Smith" and "John A. Smith" go together; "John A. Smith" and "John B. Smith" do not.
    """
    if a.surname != b.surname or a.suffix != b.suffix or not a.given or not b.given:
        return False
    if not _same_given(a.given[0], b.given[0]):
        # People are known by their middle name as well: "J. Edgar Hoover", "Edgar Hoover".
        return (len(a.given[0]) == 1 and a.given[1:] == b.given) or (
            len(b.given[0]) == 1 and b.given[1:] == a.given
        )
    return all(_same_given(x, y) for x, y in zip(a.given[1:], b.given[1:], strict=False))


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


def one_slip(a: str, b: str) -> bool:
    """Whether one letter is wrong, missing, too many or changed places with the next."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    swapped = a[at + 1 : at + 2] + a[at : at + 1] + a[at + 2 :]
    return a[at + 1 :] == b[at + 1 :] or a[at:] == b[at + 1 :] or a[at + 1 :] == b[at:] or swapped == b[at:]
