"""The kind of a cue: words, a document's finding, a thought or a perception.

A cue is the text between a source and what it says ("has repeatedly said", "declined to comment", "according to"); its
kind is that of its first telling word. The words are in ``en/cues/``, verbs and nouns as lemmas; their inflected forms
are generated (``training/lexicon.py``).
"""

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from quotes.lexicon.words import word_map, word_set

CueKind = Literal["speech", "document", "thought", "perception"]

# Of a form in two lists ("found": find, a document's verb; "thought": a verb and a noun) the earlier one holds.
LISTS: tuple[tuple[str, CueKind], ...] = (
    ("speech_verbs", "speech"),
    ("document_verbs", "document"),
    ("thought_verbs", "thought"),
    ("thought_adjectives", "thought"),
    ("perception_verbs", "perception"),
    ("speech_nouns", "speech"),
    ("speech_words", "speech"),
    ("thought_nouns", "thought"),
)
UNINFLECTED = frozenset(["thought_adjectives", "speech_words"])
# Phrases whose words alone tell nothing or mislead.
SPEECH_PHRASES = re.compile(
    r"\b(?:(?:went|goes|going|gone) on|ma(?:de|kes?|king) (?:it )?(?:\w+ )?(?:clear|plain|known)"
    r"|(?:laid|lay|lays|laying|set|sets|setting) (?:it |this )?out|(?:put|puts|putting) (?:it|forth|forward)"
    r"|weigh(?:s|ed|ing)? in|(?:speaks?|spoke|speaking|lash(?:es|ed|ing)?) out|sounded off|chim(?:es|ed) in"
    r"|follow(?:s|ed) suit|no secret of)\b",
    re.I,
)
SPEECH_PUNCTUATION = frozenset(":-–—―")
HEARSAY = re.compile(
    r"\b(?:is|are|was|were|be|been|being|['’]s|['’]re)\b(?: \w+){0,2} (?:believed|thought|understood|said|reported"
    r"|alleged|rumou?red|claimed|feared|suspected|reputed)\b",
    re.I,
)


class CueWord(NamedTuple):
    """What the lists say of a word form."""

    kind: CueKind
    lemma: str


@cache
def cue_words() -> dict[str, CueWord]:
    """Word form -> its kind and its lemma.

    >>> cue_words()["concurred"]
    CueWord(kind='speech', lemma='concur')
    """
    inflected = word_map("cues/forms")
    known: dict[str, CueWord] = {}
    for name, kind_of_list in LISTS:
        for lemma in sorted(word_set(f"cues/{name}")):
            forms = () if name in UNINFLECTED else inflected.get(lemma, ())
            for form in (lemma, *forms):
                known.setdefault(form, CueWord(kind_of_list, lemma))
    return known


def words(cue: str) -> list[str]:
    """The words of a cue in lower case, "n't" as "not"."""
    text = re.sub(r"\bcan[’']t\b", "can not", cue.lower())
    text = re.sub(r"\bwon[’']t\b", "will not", text)
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.sub(r"n[’']t\b", " not", text))


@lru_cache(maxsize=20_000)
def kind(cue: str) -> CueKind | None:
    """The kind of a cue: that of its first word which is listed; None where none is.

    A colon or a dash alone is speech, and so is a wish or an attempt to say something.

    >>> kind("has repeatedly said"), kind("sought to explain"), kind("hoped"), kind("and")
    ('speech', 'speech', 'thought', None)
    """
    if SPEECH_PHRASES.search(cue) or (cue.strip() and set(cue.strip()) <= SPEECH_PUNCTUATION):
        return "speech"
    known, auxiliaries = cue_words(), word_set("cues/auxiliaries")
    listed = [known[word] for word in words(cue) if word in known and word not in auxiliaries]
    if not listed:
        return None
    if listed[0].kind == "thought" and listed[0].lemma in word_set("cues/trying_words"):
        return next((word.kind for word in listed if word.kind != "thought"), "thought")
    return listed[0].kind


def is_speech(cue: str) -> bool:
    """Whether the cue reports words, spoken or written, by a person or a document."""
    return kind(cue) in ("speech", "document")


def is_reporting(word: str) -> bool:
    """Whether a word is the past or the third person of a verb of speech: "added", "writes"; not "read", "share"."""
    form = word.lower()
    lemma = cue_words()[form].lemma if form in cue_words() else form
    return lemma != form and lemma in word_set("cues/speech_verbs") | word_set("cues/document_verbs")


def is_hearsay(cue: str) -> bool:
    """Whether the cue is a passive by which news passes on what it has from somebody: "is understood"."""
    return HEARSAY.search(cue) is not None
