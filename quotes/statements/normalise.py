"""Words as they are compared: reporting turns "I'm" into "he was", and both must meet in one form.

English only; other languages pass through lower-cased.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from quotes.lexicon.words import word_map, word_set
from quotes.text.quotation_marks import DOUBLE_MARKS

PRONOUN = "_"  # who is meant depends on who reports, so all personal pronouns are one word

_COMPARED_AS = {
    word: form for form, words in word_map("statements/same_words").items() for word in (form, *words)
} | dict.fromkeys(word_set("statements/personal_pronouns"), PRONOUN)
_MULTIPLES = {word: int(figure) for word, (figure,) in word_map("statements/multiples").items()}
_SAME_NAMES = {other: name for name, others in word_map("statements/same_names").items() for other in others}
_NAMES = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_SAME_NAMES, key=len, reverse=True)))})(?!\w)", re.IGNORECASE
)
SHORT_NAME = 3  # letters of a name that is one only in capitals


def _same_name(match: re.Match[str]) -> str:
    """The name that a name is compared as, in its case: "US", not "us"."""
    name = match[0]
    is_name = name.isupper() if len(name) <= SHORT_NAME else name[0].isupper()
    return _SAME_NAMES[name.lower()].capitalize() if is_name else name


_FIGURES = (
    {word: figure for word, (figure,) in word_map("statements/numbers").items()}
    | {word: str(figure) for word, figure in _MULTIPLES.items() if word[-1] != "s"}  # "thousands" is vague
    | {day: day for day in word_set("statements/weekdays")}
)
_FIGURE_FORMS = frozenset(_FIGURES.values())
_TENS = frozenset(word for word, figure in _FIGURES.items() if re.fullmatch("[2-9]0", figure))
_ONES = frozenset(word for word, figure in _FIGURES.items() if re.fullmatch("[1-9]", figure))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A lower-case word without its inflection: cheap, and the same for "expected" and "expects"."""
    known = _COMPARED_AS.get(word)
    if known:
        return known
    if word in _FIGURES:
        return _FIGURES[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed", "ly", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _spans(name: str) -> dict[str, tuple[str, str]]:
    """The spans of time of a list, each with how many of which other it is compared as."""
    rows = ((word, *of.split()) for word, (of,) in word_map(f"statements/{name}").items())
    return {stem(word): (figure, unit) for word, figure, unit in rows}


_DURATIONS, _HALVES = _spans("durations"), _spans("halves")
# The last word of a phrase -> the word before it -> what both are compared as
_PHRASES: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
for _phrase, (_as,) in word_map("statements/same_phrases").items():
    _first, _last = map(stem, _phrase.split())
    _PHRASES[_last][_first] = _as.split()
# A sum of money, its sign before it: "$1.2m" is compared as "1.2 m dollars"
_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
_MONEY = re.compile(
    r"(?:\b[A-Z]{1,2})?([$€£¥]) ?(\d[\d,]*(?:\.\d+)?)(?:[ -]?(k|m|mn|bn|tn|(?:m|b|tr)illion)\b)?"
)
_SHORT_MULTIPLES = {"k": "thousand", "m": "million", "mn": "million", "tn": "trillion"}
_LACKING = re.compile(r"(?<!\w)(\w+)-free(?!\w)", re.IGNORECASE)


def _stems(name: str) -> frozenset[str]:
    """The words of a list as they are compared."""
    return frozenset(stem(word) for word in word_set(f"statements/{name}"))


STOP_WORDS = _stems("stop_words")
NEGATIONS = _stems("negations")
UNITS = _stems("units")
PARTIES = _stems("parties")
DENIALS = NEGATIONS | _stems("denials")
APPROVAL = _stems("approval")
DISAPPROVAL = _stems("disapproval")


def _antonyms() -> dict[str, frozenset[str]]:
    """Each stem with its opposites. Of "accept" and "reject" the second counts as a negation already."""
    opposites: defaultdict[str, set[str]] = defaultdict(set)
    for word, others in word_map("statements/antonyms").items():
        for one, other in ((stem(word), stem(other)) for other in others):
            if NEGATIONS.isdisjoint((one, other)):
                opposites[one].add(other)
                opposites[other].add(one)
    return {word: frozenset(others) for word, others in opposites.items()}


ANTONYMS = _antonyms()
CONTRASTS = {
    stem(word): frozenset(map(stem, words))
    for words in word_map("statements/contrasts").values()
    for word in words
}


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A content as a sequence of comparable words (stems); all tuples run in parallel."""

    words: tuple[str, ...]
    quoted: tuple[bool, ...]  # said to be the speaker's own word
    name: tuple[bool, ...]  # written with a capital within a sentence
    capital: tuple[bool, ...]  # written with a capital anywhere
    sentence: tuple[int, ...]  # number of the sentence
    surface: tuple[str, ...]  # the words in lower case, with their inflection

    content: frozenset[str] = field(init=False, compare=False, repr=False)  # the words that carry meaning
    content_count: int = field(init=False, compare=False, repr=False)  # how many, with repetitions
    numbers: frozenset[str] = field(init=False, compare=False, repr=False)  # figures, weekdays

    def __post_init__(self) -> None:
        object.__setattr__(self, "content", frozenset(self.words) - STOP_WORDS)
        object.__setattr__(self, "content_count", sum(word not in STOP_WORDS for word in self.words))
        object.__setattr__(self, "numbers", frozenset(word for word in self.content if is_number(word)))


def is_number(word: str) -> bool:
    """Whether a stemmed word is a figure, a number word or a weekday."""
    return word[0].isdigit() or word in _FIGURE_FORMS


_TOKEN = re.compile(
    r"\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?|(?:[^\W\d_]\.){2,}|[^\W_]+(?:'[^\W_]+)?|''|[“”\"«»%]|[.!?…]+"
)
_APOSTROPHE = re.compile(r"(\w+?)(n't|'re|'m|'ve|'ll|'d|'s)")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_TIMES = {"twice": ["two", "times"], "thrice": ["three", "times"]}
_CONTRACTIONS = {"n't": "not", "'re": "be", "'m": "be", "'ve": "have", "'ll": "will", "'d": "will"}


def _expand_contraction(lower: str) -> list[str]:
    """The words of a token with an apostrophe."""
    if lower in ("can't", "won't"):
        return ["can" if lower[0] == "c" else "will", "not"]
    parts = _APOSTROPHE.fullmatch(lower)
    if not parts:
        return [lower]
    word, ending = parts.groups()
    if ending != "'s":
        return [word, _CONTRACTIONS[ending]]
    return [word, "is"] if word in ("it", "he", "she", "that", "there", "what", "who") else [word]


def _spell_money(match: re.Match[str]) -> str:
    """A sum of money, its currency behind it."""
    sign, figure, multiple = match.groups()
    return " ".join((figure, _SHORT_MULTIPLES.get(multiple, multiple or ""), _CURRENCIES[sign]))


def _join_number_words(last: str, before: str, lower: str) -> str | None:
    """One figure for two words: "ten" and "thousand", "2.5" and "bn", "twenty" and "five"."""
    if lower in _MULTIPLES and _FIGURE.fullmatch(last):
        return f"{float(last) * _MULTIPLES[lower]:.10g}"
    if before in _TENS and lower in _ONES:
        return str(int(last) + int(_FIGURES[lower]))
    return None


def _in_other_words(before: list[str], word: str) -> tuple[int, list[str]] | None:
    """What "turned down", "two decades" and "half a year" are compared as: how many words before go, and the words."""
    if before and word in _PHRASES and before[-1] in _PHRASES[word]:
        return 1, _PHRASES[word][before[-1]]
    if word in _HALVES and _FIGURES["half"] in before[-2:]:
        return 1 + (before[-1] != _FIGURES["half"]), [*_HALVES[word]]
    if word in _DURATIONS and before and (before[-1] == "a" or _FIGURE.fullmatch(before[-1])):
        figure, smaller = _DURATIONS[word]
        many = 1.0 if before[-1] == "a" else float(before[-1])
        return 1, [f"{many * int(figure):.10g}", smaller]
    return None


def normalise(text: str, *, direct: bool) -> NormalisedText:
    """The comparable words of a content. ``direct``: all of it is the speaker's own words, its marks may have gone.

    >>> normalise("She'll raise twenty thousand “new taxes”", direct=False).words
    ('_', 'will', 'rais', '20000', 'new', 'tax')
    """
    out: list[tuple[str, bool, bool, bool, int, str]] = []
    inside, sentence, fresh, before = False, 0, True, ""
    text = _MONEY.sub(_spell_money, text.replace("’", "'").replace("‘", "'"))
    text = _NAMES.sub(_same_name, text)
    if "-" in text:
        text = _LACKING.sub(r"without \1", text)
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in DOUBLE_MARKS or token == "''":
            inside = {"“": True, "«": True, "”": False, "»": False}.get(token, not inside)
            continue
        if token[0] in ".!?…":
            sentence, fresh = sentence + ("…" not in token and token != "..."), True
            continue
        if fresh and token == "No" and text[match.end() : match.end() + 1] == ",":
            continue  # an answer: it denies what somebody else said
        lower = token.casefold().replace("," if token[0].isdigit() else ".", "")
        pieces = _expand_contraction(lower) if "'" in lower else _TIMES.get(lower) or [lower]
        if out and not fresh and (number := _join_number_words(out[-1][0], before, lower)):
            out[-1] = (number, *out[-1][1:-1], number)
        else:
            capital = token[0].isupper()
            named = capital and (not fresh or token[1:].isupper()) and lower not in _COMPARED_AS
            words = list(map(stem, pieces))
            if other := _in_other_words([row[0] for row in out[-2:]], words[0]):
                gone, pieces = other
                words = list(map(stem, pieces))
                del out[-gone:]
            out += [
                (word, direct or inside, named, capital, sentence, piece)
                for word, piece in zip(words, pieces, strict=True)
            ]
        fresh, before = False, lower
    if out and out[0][0] == "that" and not direct:
        out = out[1:]  # "that" of "said that"
    return NormalisedText(*zip(*out, strict=True)) if out else NormalisedText((), (), (), (), (), ())
