"""Whom a pronoun or a noun phrase means: subjects first, then coreferee's chains, then the nearest.

News speaks of its people in an order that a reader expects: "he" in a reported clause is the one who reports, "He
said" after a sentence is its subject. That order (Hobbs 1978, "Resolving pronoun references"; Grosz, Joshi and
Weinstein 1995 on centering) is more reliable for reporting verbs than the chains are; the chains have a vote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from quotes.cast import Cast, Figure
from quotes.chains import lexicon
from quotes.descriptions import is_role

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl", "agent"})
KIND = {"he": "he", "his": "he", "him": "he", "himself": "he", "she": "she", "her": "she", "hers": "she",
        "herself": "she", "they": "they", "their": "they", "them": "they", "theirs": "they", "themselves": "they",
        "it": "it", "its": "it", "itself": "it"}  # fmt: skip
RELATIVE = frozenset({"who", "that", "which", "whom", "whose"})
TEAMS = frozenset(
    """team campaign couple staff family group committee party police government company band crew audience crowd
    public board council side delegation administration office department agency firm union network press media
    congress senate house majority generation coalition pair duo trio half number""".split()
)
FAR = 5  # sentences to look back
GOVERNS, SPOKE, SUBJECT, OTHER_SUBJECT, WITHIN, OTHER, CHAIN = 3.0, 2.2, 2.0, 1.0, 0.8, 0.6, 1.5


@dataclass(frozen=True, slots=True)
class Referent:
    """What a phrase means: a figure of the article, or the heads of a noun phrase (more than one: coordinated)."""

    figure: Figure | None
    heads: tuple[int, ...] = ()


class Found(NamedTuple):
    """An antecedent and how sure it is, from 0 to 1."""

    referent: Referent
    confidence: float


class Antecedents:
    """Antecedents within one article.

    ``quoted`` has, per token, the number of the quotation whose marks hold it, or -1. ``spoke`` is filled by the
    caller as it goes through the article: per sentence, the referents of its sources so far.
    """

    def __init__(self, doc: Doc, cast: Cast, quoted: list[int]) -> None:
        self.doc, self.cast, self.quoted = doc, cast, quoted
        self.spoke: dict[int, list[Referent]] = {}
        self.speaker: dict[int, Referent] = {}  # per quotation
        self._found: dict[int, Found | None] = {}
        starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
        self.bounds = list(pairwise([*starts, len(doc)]))
        self.sentence = [n for n, (start, end) in enumerate(self.bounds) for _ in range(start, end)]
        self._ordered: dict[int, list[tuple[Token, float]]] = {}

    def referent(self, token: Token) -> Referent | None:
        """What the noun phrase headed by a token means."""
        word = token.text.lower()
        if token.i in self.cast.at:
            return Referent(self.cast.at[token.i])
        if word in KIND:
            found = self.of(token)
            return found.referent if found else None
        if word in RELATIVE:
            head = relative_head(token)
            return self.referent(head) if head is not None else None
        if token.pos_ in ("NOUN", "PROPN", "NUM", "DET", "PRON", "ADJ") and word not in (
            "i",
            "you",
            "we",
            "there",
        ):
            named = name_beside(token, self.cast)
            return Referent(named) if named else Referent(None, (token.i,))
        return None

    def of(self, token: Token) -> Found | None:
        """The antecedent of a third-person pronoun; None where nothing fits."""
        if token.i not in self._found:
            self._found[token.i] = None  # a pronoun that is asked about itself has no answer
            self._found[token.i] = self._best(token, KIND[token.text.lower()])
        return self._found[token.i]

    def salient(self, token: Token, kind: str) -> Found | None:
        """The antecedent of a noun phrase that names nobody ("the billionaire"), as if it were a pronoun."""
        return self._best(token, kind)

    def _best(self, token: Token, kind: str) -> Found | None:
        scores: dict[Referent, float] = {}
        voice = self.quoted[token.i]
        for head, score in self._candidates(token):
            if head.i == token.i:
                continue
            for referent in self._readings(head, kind):
                fit = fits(referent, kind, self.doc)
                if voice >= 0 and self.quoted[head.i] != voice and self.speaker.get(voice) == referent:
                    continue
                if fit:
                    scores[referent] = max(scores.get(referent, 0), score * fit)
        number = self.sentence[token.i]
        for back in range(1, 4):
            for referent in self.spoke.get(number - back, ()):
                if (fit := fits(referent, kind, self.doc)) and self.speaker.get(voice) != referent:
                    scores[referent] = max(scores.get(referent, 0), SPOKE * 0.8 ** (back - 1) * fit)
        for referent in self._chain(token):
            if fits(referent, kind, self.doc):
                scores[referent] = scores.get(referent, 0) + CHAIN
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        best, most = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        return Found(best, min(0.95, max(0.2, 0.4 + 0.25 * (most - second) + 0.05 * most)))

    def _readings(self, head: Token, kind: str) -> Iterator[Referent]:
        """What a candidate can mean: itself and, for "they", it with what is coordinated to it."""
        if kind == "they" and (several := coordinated(head)):
            yield Referent(None, tuple(token.i for token in several))
            return
        referent = self.referent(head)
        if referent is not None:
            yield referent

    def _candidates(self, token: Token) -> Iterator[tuple[Token, float]]:
        """Heads of noun phrases before a token, each with how likely its place makes it."""
        number, voice = self.sentence[token.i], self.quoted[token.i]
        score = GOVERNS
        governing = set()
        for subject in subjects_above(token):
            governing.add(subject.i)
            if voice >= 0 or self.quoted[subject.i] < 0:
                yield subject, score
                score -= 1.0
        for head, weight in self._sentence(number):
            if head.i < token.i and head.i not in governing and (voice >= 0 or self.quoted[head.i] < 0):
                yield head, WITHIN + 0.2 * (weight > 1)
        decay = 1.0
        for back in range(number - 1, max(-1, number - 1 - FAR), -1):
            for head, weight in self._sentence(back):
                if self.quoted[head.i] < 0 or self.quoted[head.i] == voice:
                    yield head, weight * decay
            decay *= 0.8

    def _sentence(self, number: int) -> list[tuple[Token, float]]:
        """The noun phrases of a sentence, its main subject first."""
        if number not in self._ordered:
            start, end = self.bounds[number]
            found = []
            main = True
            for token in self.doc[start:end]:
                if not is_head(token, self.cast):
                    continue
                subject = token.dep_ in SUBJECTS
                weight = OTHER
                if (
                    subject
                    and main
                    and (token.head.dep_ in ("ROOT", "conj") or token.head.head is token.head)
                ):
                    weight, main = SUBJECT, False
                elif subject:
                    weight = OTHER_SUBJECT
                found.append((token, weight))
            self._ordered[number] = sorted(found, key=lambda item: -item[1])
        return self._ordered[number]

    def _chain(self, token: Token) -> list[Referent]:
        """What coreferee's chains say, nouns and names only."""
        chains = token._.coref_chains
        found: list[Referent] = []
        for chain in chains.chains if chains is not None else ():
            for mention in chain.mentions:
                head = self.doc[mention.token_indexes[0]]
                if len(mention.token_indexes) > 1:
                    found.append(Referent(None, tuple(mention.token_indexes)))
                elif head.i != token.i and head.text.lower() not in KIND:
                    referent = self.referent(head)
                    if referent is not None and (referent.figure is not None or head.i < token.i):
                        found.append(referent)
        named = [referent for referent in found if referent.figure]
        return list(dict.fromkeys(named or found))


def is_head(token: Token, cast: Cast) -> bool:
    """Whether a token heads a noun phrase that something can refer back to."""
    if token.i in cast.at:
        inside = cast.at[token.i]
        outer = token.head
        return (outer is token or cast.at.get(outer.i) is not inside) and not (
            token.dep_ in ("compound", "amod", "nmod")
            and outer.pos_ in ("NOUN", "PROPN")
            and outer.i > token.i
        )
    if token.text.lower() in KIND or token.text.lower() in ("who",):
        return True
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "npadvmod", "amod", "nmod")


def subjects_above(token: Token) -> Iterator[Token]:
    """Subjects of the clauses around a token that stand before it, the nearest first."""
    verb = token
    while verb.head is not verb and verb.head != verb:
        came, verb = verb, verb.head
        for child in verb.children:
            if child.dep_ in SUBJECTS and child.i < token.i and child != came and child != token:
                yield child


def relative_head(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    verb = token
    while verb.head != verb and verb.dep_ != "relcl":
        verb = verb.head
    if verb.dep_ == "relcl" and verb.head.i < token.i:
        return verb.head
    for other in reversed(token.doc[max(0, token.i - 3) : token.i]):
        if other.pos_ in ("NOUN", "PROPN"):
            return other
    return None


def name_beside(token: Token, cast: Cast) -> Figure | None:
    """The person whose name stands in apposition to a common noun, or closes its noun phrase."""
    for child in token.children:
        if child.dep_ == "appos" and child.i in cast.at and cast.at[child.i].is_person and is_role(token):
            return cast.at[child.i]
    if (
        token.dep_ == "appos"
        and token.head.i in cast.at
        and cast.at[token.head.i].is_person
        and is_role(token)
    ):
        return cast.at[token.head.i]
    after = token.i + 1
    if (
        is_role(token)
        and after in cast.at
        and cast.at[after].is_person
        and token.dep_ in ("compound", "nmod")
    ):
        return cast.at[after]
    return None


def coordinated(head: Token) -> list[Token]:
    """A noun and those coordinated with it by "and", or nothing."""
    found, token, joined = [head], head, False
    while True:
        following = [child for child in token.children if child.dep_ == "conj"]
        joined = joined or any(c.dep_ == "cc" and c.lower_ in ("and", "&") for c in token.children)
        if not following:
            return found if joined and len(found) > 1 else []
        token = following[0]
        if token.pos_ not in ("NOUN", "PROPN", "PRON"):
            return []
        found.append(token)


def fits(referent: Referent, kind: str, doc: Doc) -> float:
    """Whether a referent can be "he", "she", "they" or "it": 0 no, 1 yes, less when the article does not say."""
    figure = referent.figure
    if figure is not None:
        if figure.is_person:
            if kind in ("he", "she"):
                return {kind: 1.0, None: 0.75}.get(figure.pronoun, 0.0)
            return 0.9 if kind == "they" and figure.pronoun == "they" else 0.0
        if kind == "they":
            return 0.9 if figure.label == "NORP" else 0.5 if figure.label in ("ORG", "GPE") else 0.0
        return 1.0 if kind == "it" and figure.label != "NORP" else 0.0
    if len(referent.heads) > 1:
        return 1.0 if kind == "they" else 0.0
    token = doc[referent.heads[0]]
    lemma = token.lemma_.lower()
    if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return 0.0
    plural = token.tag_ in ("NNS", "NNPS") or lemma in ("people", "police")
    if kind == "they":
        return 1.0 if plural else 0.5 if lemma in TEAMS else 0.0
    if plural:
        return 0.0
    words = lexicon()
    person = lemma in words.exclusively_person_words or is_role(token)
    if kind == "it":
        return 0.0 if person or token.pos_ not in ("NOUN", "PROPN") else 0.8
    if not person:
        return 0.0
    if lemma in (words.exclusively_female_words if kind == "he" else words.exclusively_male_words):
        return 0.0
    return 0.8
