"""Words as they are compared: reporting turns "I'm" into "he was", and both must meet in one form.

English only; other languages pass through lower-cased.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from quotes.lexicon.words import _set


def _words(text: str) -> list[str]:
    return text.split()


def _map(text: str) -> dict[str, str]:
    """Lines of "form: words that take it"."""
    pairs = (line.split(":") for line in text.strip().splitlines())
    return {word: form.strip() for form, words in pairs for word in (form.strip(), *words.split())}


PRONOUN = "_"  # who is meant depends on who reports, so all personal pronouns are one word

# Tense and person shift in reported speech; "will" and "would" report the same.
_FORMS = _map("""
be: is are was were am been being be
have: has had having have
do: did does doing done
will: would shall should
can: could
may: might
not: cannot nobody none nothing neither nor
note: note notes noted noting
that: this these those
go: went gone goes going
say: said says saying
make: made makes making
get: got gotten gets getting
take: took taken takes taking
come: came comes coming
see: saw seen sees seeing
know: knew known knows knowing
think: thought thinks thinking
tell: told tells telling
leave: left leaves leaving
meet: met meets meeting
lose: lost loses losing
win: won wins winning
rise: rose risen rises rising
fall: fell fallen falls falling
grow: grew grown grows growing
begin: began begun begins
keep: kept keeps
hold: held holds
bring: brought brings
build: built builds
send: sent sends
spend: spent spends
find: found finds
give: gave given gives giving
feel: felt feels
pay: paid pays
become: became becomes becoming
break: broke broken breaks
buy: bought buys
catch: caught catches
choose: chose chosen chooses choosing
deal: dealt deals
draw: drew drawn draws
drive: drove driven drives driving
fight: fought fights
fly: flew flown flies
forget: forgot forgotten forgets forgetting
hear: heard hears
hide: hid hidden hides hiding
lead: led leads
lend: lent lends
lie: lied lies lying
mean: meant means
ride: rode ridden rides riding
run: ran runs running
seek: sought seeks
sell: sold sells
shake: shook shaken shakes shaking
shoot: shot shoots
shrink: shrank shrunk shrinks
sink: sank sunk sinks
speak: spoke spoken speaks
stand: stood stands
steal: stole stolen steals
strike: struck strikes striking
swear: swore sworn swears
teach: taught teaches
understand: understood understands
wear: wore worn wears
withdraw: withdrew withdrawn withdraws
write: wrote written writes writing
man: men
woman: women
child: children
people: person
us: american america americans
%: percent
""")
_FORMS |= dict.fromkeys(
    _set(
        """i me my mine we our ours he him his she her hers they them their theirs you your yours it its
        myself himself herself ourselves themselves itself"""
    ),
    PRONOUN,
)

_UNITS = _words(
    """zero - two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_MULTIPLES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MULTIPLES |= {"hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9, "bn": 10**9}
_WEEK = _set("monday tuesday wednesday thursday friday saturday sunday")
_NUMBERS = (
    {word: str(value) for value, word in enumerate(_UNITS) if word != "-"}
    | {word: str(20 + 10 * at) for at, word in enumerate(_TENS)}
    | {word: str(value) for word, value in _MULTIPLES.items()}
    | {"half": "0.5", "dozen": "12", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}
    | {"fifth": "5th"}
    | {day: day for day in sorted(_WEEK)}
)
_NUMBER_FORMS = frozenset(_NUMBERS.values())


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A lower-case word without its inflection: cheap, and the same for "expected" and "expects"."""
    known = _FORMS.get(word)
    if known:
        return known
    if word in _NUMBERS:
        return _NUMBERS[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed", "ly", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


STOP = _stems(
    """the a an of to in on at for and or but that with by from as if so than then there here be have do
    will can may not i who which what when where how why also just very about into over out up down all any
    some no such more most much many own other too only still now well get go say make like one us it's am
    really lot thing though although because while since until unless whether yes yeah look ok okay folks"""
)
NEGATIONS = _stems(
    "not never no without refuse refusal deny denied denial reject rejection decline unlikely doubt"
)
# What a number counts: "six weeks" is another number than "six months".
UNITS = _stems(
    """second minute hour day week month year decade century inch foot feet yard mile meter metre kilometer kilometre
    acre hectare gram kilogram kilo pound ton tonne liter litre gallon barrel cent dollar euro yen percent degree"""
)
# In a cue: what follows is not claimed, or the speaker would not say whether it is so.
DENIALS = NEGATIONS | _stems("dismiss dispute refute dodge duck evade sidestep skirt demur waver")
# In cues that carry the claim themselves: "praised the deal", "came out against the deal".
APPROVAL = _stems("praise support back endorse favor favour welcome defend champion applaud embrace tout")
DISAPPROVAL = _stems(
    """criticize criticise oppose against condemn attack denounce decry slam blast withdraw abandon blame
    deride ridicule mock"""
)

# A claim that has one of a pair where the other has its partner is turned round.
ANTONYMS = frozenset(
    pair
    for words in _set(
        """increase/decrease increase/reduce raise/cut raise/lower raise/reduce rise/fall grow/shrink
        more/less more/fewer higher/lower high/low up/down gain/lose add/cut climb/drop surge/plunge
        expand/shrink faster/slower support/oppose support/reject back/oppose favor/oppose favour/oppose
        accept/reject approve/reject agree/disagree good/bad better/worse best/worst safe/unsafe
        safe/dangerous strong/weak right/wrong true/false win/lose easy/hard easier/harder easy/difficult
        stronger/weaker richer/poorer honest/dishonest legal/illegal guilty/innocent success/failure
        succeed/fail help/hurt help/harm protect/harm allow/ban allow/forbid permit/ban open/close
        create/destroy begin/end start/stop start/end join/leave enter/leave stay/leave remain/leave
        buy/sell hire/fire early/late earlier/later before/after always/never praise/condemn
        praise/criticize reward/punish love/hate friend/enemy ally/enemy keep/abandon winner/loser
        lift/impose ease/tighten confirm/deny admit/deny possible/impossible likely/unlikely
        necessary/unnecessary major/minor fair/unfair happy/unhappy public/private rich/poor war/peace
        above/below innocent/convicted hopeful/hopeless optimistic/pessimistic improve/worsen
        strengthen/weaken include/exclude"""
    )
    # of "accept/reject" the second counts as a negation already
    if not NEGATIONS & (pair := frozenset(stem(word) for word in words.split("/")))
)


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
        object.__setattr__(self, "content", frozenset(self.words) - STOP)
        object.__setattr__(self, "content_count", sum(word not in STOP for word in self.words))
        object.__setattr__(self, "numbers", frozenset(word for word in self.content if is_number(word)))


def is_number(word: str) -> bool:
    """Whether a stemmed word is a figure, a number word or a weekday."""
    return word[0].isdigit() or word in _NUMBER_FORMS


_TOKEN = re.compile(
    r"\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?|(?:[^\W\d_]\.){2,}|[^\W_]+(?:'[^\W_]+)?|''|[“”\"«»%]|[.!?…]+"
)
_APOSTROPHE = re.compile(r"(\w+?)(n't|'re|'m|'ve|'ll|'d|'s)")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
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


def _join_number_words(last: str, before: str, lower: str) -> str | None:
    """One figure for two words: "ten" and "thousand", "2.5" and "bn", "twenty" and "five"."""
    if lower in _MULTIPLES and _FIGURE.fullmatch(last):
        return f"{float(last) * _MULTIPLES[lower]:.10g}"
    if before in _TENS and lower in _UNITS[1:10]:
        return str(int(last) + _UNITS.index(lower))
    return None


def normalise(text: str, *, direct: bool) -> NormalisedText:
    """The comparable words of a content. ``direct``: all of it is the speaker's own words, its marks may have gone.

    >>> normalise("She'll raise twenty thousand “new taxes”", direct=False).words
    ('_', 'will', 'rais', '20000', 'new', 'tax')
    """
    out: list[tuple[str, bool, bool, bool, int, str]] = []
    inside, sentence, fresh, before = False, 0, True, ""
    for match in _TOKEN.finditer(text.replace("’", "'").replace("‘", "'")):
        token = match[0]
        if token in "“”\"«»''":
            inside = {"“": True, "«": True, "”": False, "»": False}.get(token, not inside)
            continue
        if token[0] in ".!?…":
            sentence, fresh = sentence + ("…" not in token and token != "..."), True
            continue
        lower = token.casefold().replace("," if token[0].isdigit() else ".", "")
        pieces = _expand_contraction(lower) if "'" in lower else [lower]
        if out and not fresh and (number := _join_number_words(out[-1][0], before, lower)):
            out[-1] = (number, *out[-1][1:-1], number)
        else:
            capital = token[0].isupper()
            named = capital and (not fresh or token[1:].isupper()) and lower not in _FORMS
            out += [(stem(piece), direct or inside, named, capital, sentence, piece) for piece in pieces]
        fresh, before = False, lower
    if out and out[0][0] == "that" and not direct:
        out = out[1:]  # "that" of "said that"
    return NormalisedText(*zip(*out, strict=True)) if out else NormalisedText((), (), (), (), (), ())
