"""Tag and dependency label -> part of speech, morphology and lemma, as spaCy's English pipelines have them.

spaCy's own English pipelines do this with ``attribute_ruler`` and a rule ``lemmatizer``. Both depend on a
token's word, tag and dependency label only (plus what follows "'s"), so one table with a cache gives the same
answers many times faster. The features of pronouns are what coreferee's rules read.
"""

import gzip
import json
from functools import lru_cache
from typing import Any, NamedTuple

from spacy.symbols import aux
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from quotes.integrity import PACKAGE, verified
from quotes.nlp import tag_map as tags

CACHE_SIZE = 200_000  # entries; a long run over many articles must not grow without end


class Analysis(NamedTuple):
    """The analysis of a token: universal part of speech, features in FEATS notation ("" for none), lemma."""

    pos: str
    morph: str
    lemma: str


class LemmaTables(NamedTuple):
    """Suffix rules, exceptions and known base forms, each by lower-case part of speech."""

    rules: dict[str, list[list[str]]]
    exceptions: dict[str, dict[str, list[str]]]
    known: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def lemma_tables() -> LemmaTables:
    """The lemma tables that the package ships (``quotes/model/lemmas``)."""
    data = json.loads(gzip.decompress(verified(PACKAGE / "model" / "lemmas" / "english.json.gz")))
    known = {pos: frozenset(words) for pos, words in data["index"].items()}
    return LemmaTables(data["rules"], data["exceptions"], known)


def rule_lemma(word: str, pos: str) -> str:
    """The lemma of an inflected ``word`` by suffix rules and exceptions, as spaCy's rule lemmatizer has it.

    ``pos`` is a lower-case universal part of speech ("noun", "verb", "adj", "adv", "punct").
    """
    tables = lemma_tables()
    lower, base_forms = word.lower(), tables.known.get(pos, frozenset())
    known: list[str] = []
    other: list[str] = []  # with a hyphen or digit: not expected among the known ones
    unknown: list[str] = []
    for old, new in tables.rules.get(pos, ()):
        form = lower[: len(lower) - len(old)] + new
        if not form or not lower.endswith(old):
            continue
        if form in base_forms:
            known.insert(0, form)
        elif not form.isalpha():
            other.append(form)
        else:
            unknown.append(form)
    forms = list(dict.fromkeys(known + other))
    for form in tables.exceptions.get(pos, {}).get(lower, ()):
        if form not in forms:
            forms.insert(0, form)
    return (forms or unknown or [word])[0]


def analyse(word: str, tag: str, dep: str = "") -> Analysis:
    """Part of speech, features and lemma of ``word`` with Penn tag ``tag`` and dependency label ``dep``.

    >>> analyse("said", "VBD", "ROOT")
    Analysis(pos='VERB', morph='Tense=Past|VerbForm=Fin', lemma='say')
    """
    if word.isspace():
        return Analysis("SPACE", "", word)
    lower = word.lower()
    pos, morph = _part_of_speech(lower, tag, dep)
    return Analysis(pos, morph, _lemma(word, lower, tag, pos))


def _part_of_speech(lower: str, tag: str, dep: str) -> tuple[str, str]:
    """Universal part of speech and features; first what single words demand, then what the label demands."""
    pos, morph = tags.TAGS.get(tag, ("X", ""))
    if lower in tags.NOT:
        return "PART", "Polarity=Neg"
    if tag == "PRP" and lower in tags.PERSONAL:
        return pos, _features(tags.PERSONAL[lower], "PronType=Prs")
    if tag == "PRP$" and lower in tags.POSSESSIVE:
        return pos, _features(tags.POSSESSIVE[lower], "Poss=Yes", "PronType=Prs")
    if tag in tags.VERB_TAGS:
        be = lower in tags.BE or (lower in tags.CLITIC_S and tag == "VBZ")
        if be and tag in ("VBD", "VBP", "VBZ"):
            morph = tags.BE_FORMS.get(lower, morph)
        return ("AUX" if be or dep in ("aux", "auxpass") else pos), morph
    if tag == "DT":
        return ("PRON" if dep in tags.PRONOUN_DEPS else pos), tags.DETERMINERS.get(lower, morph)
    if tag == "NN" and lower in tags.INDEFINITE:
        return "PRON", morph
    if tag == "IN" and dep == "mark":
        return "SCONJ", morph
    if tag == "TO" and dep in ("prep", "dative", "pcomp"):
        return "ADP", morph
    return pos, morph


def _features(*features: str) -> str:
    """Features joined in alphabetical order: spaCy looks up a string in any other order far more slowly."""
    return "|".join(sorted("|".join(features).split("|")))


def _lemma(word: str, lower: str, tag: str, pos: str) -> str:
    """The base form. Proper nouns and unknown words keep their case, everything else is lower case."""
    if lower in tags.NOT:
        return "not"
    kind = "verb" if tag in tags.VERB_TAGS else tag
    if fixed := tags.LEMMAS.get(kind, {}).get(lower):
        return fixed
    if pos == "PROPN":
        return word
    if tag in ("NN", "VB", "VBP", "JJ", "AFX") or pos == "PRON":  # base forms already
        return lower
    if kind == "verb":
        return rule_lemma(word, "verb")
    part = pos.lower()
    return rule_lemma(word, part) if part in lemma_tables().rules else lower


class Morphology:
    """spaCy component: sets ``pos_``, ``morph`` and ``lemma_`` of every token from its tag and label.

    Stateless apart from a cache of answers, so it has nothing to save and may be pickled, copied to other
    processes and shared by threads.
    """

    def __init__(self, vocab: Vocab, name: str = "quotes_morphology") -> None:
        self.vocab = vocab
        self.name = name
        self._cache: dict[tuple[int, int, int], Analysis] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place. Tags, and labels where the pipeline has them, must be set before."""
        cache = self._cache
        if len(cache) > CACHE_SIZE:
            cache = self._cache = {}
        for token in doc:
            # The keys are hashes of strings, the answers strings: both hold beyond a memory zone.
            key = (token.orth, token.tag, token.dep)
            answer = cache.get(key)
            if answer is None:
                answer = cache[key] = analyse(token.text, token.tag_, token.dep_)
            token.pos_, morph, token.lemma_ = answer
            token.set_morph(morph)  # type: ignore[attr-defined]
            if token.dep == aux and token.text in tags.CLITIC_S and _before_participle(token):
                token.lemma_ = "have"
        return doc

    def __getstate__(self) -> dict[str, Any]:
        return {"vocab": self.vocab, "name": self.name}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _cache={})


def _before_participle(clitic: Token) -> bool:
    """Whether "'s" is "has": "he's gone", "it's not rained"; but "he's being told" is "is"."""
    following = clitic.doc[clitic.i + 1 : clitic.i + 3]
    after = [token.tag_ for token in following]
    return after[:1] == ["VBN"] or (after[1:] == ["VBN"] and after[0] not in tags.VERB_TAGS)
