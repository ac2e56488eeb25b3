"""What somebody does with the words that a cue reports: the act of an attribution.

The seven acts follow the attribution relations of the Penn Discourse TreeBank (Prasad et al. 2008): communication is
divided into ``asserts``, ``denies``, ``asks`` and ``declines``, control into ``requests`` and ``promises``; beliefs,
facts that somebody knows, perceptions and wishes are ``thinks``. The words are in ``en/cues/``, read off training
articles.
"""

import re
from functools import cache

from quotes.lexicon import cues
from quotes.lexicon.words import word_map, word_set
from quotes.types import Act

# Of a word in two lists the earlier one holds.
ACT_LISTS: tuple[tuple[str, Act], ...] = (
    ("denying_words", "denies"),
    ("declining_words", "declines"),
    ("asking_words", "asks"),
    ("requesting_words", "requests"),
    ("promising_words", "promises"),
)
NEGATIONS = frozenset(["not", "never", "no", "without", "cannot", "neither", "nor", "nothing", "yet"])
HEARING_LEMMAS = frozenset(["hear", "overhear", "see", "catch"])
QUESTION_WORDS = frozenset("whether if who whom whose what which when where why how".split())
# Phrases whose act their words do not tell one by one.
PHRASES: tuple[tuple[Act, str], ...] = (
    ("denies", r"rul(?:e[sd]?|ing) out|plead(?:s|ed)? not guilty|push(?:es|ed|ing)? back"),
    ("denies", r"(?:brush|wav)(?:es|ed|ing) (?:off|aside|away)|sh(?:oots?|ot|ooting) down"),
    ("declines", r"no comment|(?:kept|remained|stayed) (?:mum|silent|tight-lipped)"),
    ("declines", r"confirm(?:s|ed|ing)? n?or den(?:y|ies|ied|ying)"),
    ("declines", r"could not be reached|(?:has|have|had) yet to (?:respond|reply|comment|say)"),
    ("requests", r"call(?:s|ed|ing)? (?:\w+ ){0,3}?(?:for|on|upon)|insist(?:s|ed|ing)? (?:up)?on"),
    ("requests", r"ask(?:s|ed|ing)? (?:\w+ ){0,3}?for"),
)
PHRASE_PATTERNS = [(act, re.compile(rf"\b(?:{pattern})\b", re.I)) for act, pattern in PHRASES]
INFINITIVE = re.compile(
    r"[\s“\"'‘]*(?:\S+ ){0,6}?(?:not )?to (?!(?:the|an?|his|her|their|its|this|that)\b)[a-z]+", re.I
)
AT_ONCE_INFINITIVE = re.compile(
    r"[\s“\"'‘]*(?:(?:him|her|them|us|me|you|people|everyone) )?(?:not )?to [a-z]+", re.I
)
FINITE = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|do|does|did|can|could|may|might|must|should|will|would)\b", re.I
)
GERUND = re.compile(r"(?!(?:any|every|no|some)thing\b)\w{2,}ing")
FUTURE = re.compile(r"\b(?:will|would|won[’']t|shall|going to)\b|['’](?:ll|d)\b", re.I)
LEADING_THAT = re.compile(r"[\s“\"'‘]*that\b", re.I)


@cache
def _acts_of_words() -> dict[str, Act]:
    """Word form -> its act, for words that have one of their own."""
    inflected = word_map("cues/forms")
    known: dict[str, Act] = {}
    for name, act in ACT_LISTS:
        for lemma in sorted(word_set(f"cues/{name}")):
            for form in (lemma, *inflected.get(lemma, ())):
                known.setdefault(form, act)
    return known


@cache
def _lemmas(name: str) -> dict[str, str]:
    """Word form -> lemma, of the words of a list."""
    inflected = word_map("cues/forms")
    return {form: lemma for lemma in sorted(word_set(name)) for form in (lemma, *inflected.get(lemma, ()))}


def is_question(content: str) -> bool:
    """Whether a content is a question and nothing else: it ends with a question mark, and each sentence of it."""
    sentences = [
        part for part in re.split(r"(?<=[.?!])[\s”’\"']+", content.strip(" \n“”‘’\"'")) if part.strip()
    ]
    return bool(sentences) and all(sentence.rstrip(" ”’\"')").endswith("?") for sentence in sentences)


def telling_words(cue: str) -> list[tuple[str, Act]]:
    """The words of a cue that tell an act, in its order: their form and the act that each alone would have."""
    own, kinds, auxiliaries = _acts_of_words(), cues.cue_words(), word_set("cues/auxiliaries")
    found: list[tuple[str, Act]] = []
    for word in cues.words(cue):
        if word in auxiliaries:
            continue
        if word in own:
            found.append((word, own[word]))
        elif word in kinds:
            found.append((word, "thinks" if kinds[word].kind in ("thought", "perception") else "asserts"))
        elif word in _lemmas("cues/neutral_words"):
            found.append((word, "asserts"))
    return found


def act_of_cue(cue: str, content: str = "", *, marked: bool = False) -> Act | None:
    """The act that a cue reports of a content (``marked``: it has quotation marks); None where no word of it tells.

    >>> act_of_cue("flatly denied"), act_of_cue("asked", "whether it is safe"), act_of_cue("asked", "them to wait")
    ('denies', 'asks', 'requests')
    >>> act_of_cue("did not say", "when it opens"), act_of_cue("has vowed"), act_of_cue("hopes"), act_of_cue("said")
    ('declines', 'promises', 'thinks', 'asserts')
    """
    words = cues.words(cue)
    if not words and cue.strip():
        return "asks" if is_question(content) else "asserts"
    for act, pattern in PHRASE_PATTERNS:
        if pattern.search(cue):
            return act
    telling = telling_words(cue)
    if not telling:
        return "asserts" if cues.is_speech(cue) else None
    word, act = _decisive(telling)
    return _in_context(word, act, words, cue, content, marked=marked)


def _decisive(telling: list[tuple[str, Act]]) -> tuple[str, Act]:
    """The word of a cue that decides: the first that is no attempt, no appearance and not neutral, if there is one.

    "sought to explain", "seemed to deny", "was heard shouting", "issued a demand": explain, deny, shout, demand.
    "wants to ask" is a wish to ask.
    """
    trying, neutral = word_set("cues/trying_words"), _lemmas("cues/neutral_words")
    for k, (word, act) in enumerate(telling):
        later = telling[k + 1 :]
        lemma = cues.cue_words()[word].lemma if word in cues.cue_words() else word
        is_attempt = act == "thinks" and lemma in trying and any(a != "thinks" for _, a in later)
        specific = [a for _, a in later if a != "asserts"]
        is_appearance = neutral.get(word) in ("appear", "seem") and later
        is_heard = act == "thinks" and lemma in HEARING_LEMMAS and any(a != "thinks" for _, a in later)
        if (
            is_attempt
            or is_heard
            or is_appearance
            or (neutral.get(word) and specific and specific[0] != "thinks")
        ):
            continue
        return word, act
    return telling[-1]


def _in_context(word: str, act: Act, words: list[str], cue: str, content: str, *, marked: bool) -> Act:
    """The act of a cue's decisive word, where the words around it and the content make it another one."""
    lemma = next((table[word] for table in map(_lemmas, LEMMA_LISTS) if word in table), word)
    first = next(iter(cues.words(content)), "")
    ends_with_to = bool(words) and words[-1] == "to"
    to_do = ends_with_to or AT_ONCE_INFINITIVE.match(content) is not None
    if lemma == "ask":
        if marked and not to_do and first != "that":
            return "asks"
        return _asked(words, content, first, to_do=to_do)
    if lemma == "press" and not to_do and first != "for" and words[-1:] != ["for"]:
        return "asks"  # "pressed him on the price"
    if lemma == "call" and first == "for" and not marked:
        return "requests"
    if (
        lemma in ("tell", "warn", "remind", "call", "challenge", "dare")
        and to_do
        and not ends_with_to
        and not marked
    ):
        return "requests"
    if lemma == "warn" and not marked and INFINITIVE.match(content) and not FINITE.search(content):
        return "requests"  # "warned drivers to wait"; not "warned the plan to wait would fail"
    if lemma == "suggest" and GERUND.fullmatch(first) and not marked:
        return "requests"  # "suggested waiting"
    if lemma in ("offer", "agree", "undertake", "consent"):
        return "promises" if to_do else act
    if lemma in ("assure", "assurance", "guarantee"):
        return "promises" if to_do or FUTURE.search(content) else "asserts"
    if lemma == "plead":
        plea = [*words, *cues.words(content)[:3]]
        return act if "guilty" not in plea else "denies" if "not" in plea else "asserts"
    if act == "asserts" and not marked and NEGATIONS & set(words[: _at(words, word)]):
        withheld = lemma in word_set("cues/withheld_words") and not LEADING_THAT.match(content)
        return "declines" if withheld or first in QUESTION_WORDS else "asserts"
    if act == "asserts" and is_question(content):
        return "asks"
    if word in ("wondered", "wonders", "wonder", "wondering") and is_question(content):
        return "asks"
    return act


def _at(words: list[str], word: str) -> int:
    """Where a word stands."""
    return words.index(word) if word in words else len(words)


def _asked(words: list[str], content: str, first: str, *, to_do: bool) -> Act:
    """ "Asked": a request where the content is to be done ("asked them to wait", "asked for help"), else a question."""
    if first in QUESTION_WORDS or "about" in words or is_question(content):
        return "asks"
    if to_do or first == "for" or words[-1:] == ["for"] or first == "that":
        return "requests"
    return "requests" if INFINITIVE.match(content) else "asks"


LEMMA_LISTS = (
    "cues/denying_words",
    "cues/asking_words",
    "cues/requesting_words",
    "cues/promising_words",
    "cues/declining_words",
    "cues/speech_verbs",
    "cues/document_verbs",
    "cues/speech_nouns",
    "cues/neutral_words",
    "cues/withheld_words",
)
