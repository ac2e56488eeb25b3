"""Who an article names: its people and bodies, each with the fullest name the article has for it.

Named entities come from whatever pipeline annotated the Doc; here they become figures: "Trump", "Mr. Trump"
and "Donald J. Trump" are one, described as the article does ("Republican nominee").
"""

import re
from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from quotes.chains import lexicon
from quotes.descriptions import after, before
from quotes.names import (
    TITLES,
    Organisation,
    Person,
    compatible,
    fold,
    formal_names,
    is_acronym,
    parse_organisation,
    parse_person,
)
from quotes.rolewords import TITLES_IN_FULL

NEAR = 60  # tokens within which a short name is more likely whom the article has just named
BODIES = frozenset({"ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"})


@dataclass(eq=False, slots=True)
class Figure:
    """One person or body of an article."""

    name: str
    person: Person | None = None  # None for a body
    label: str = "PERSON"
    mentions: list[Span] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)  # as the article calls it, and how often
    descriptions: list[str] = field(default_factory=list)
    pronouns: Counter[str] = field(default_factory=Counter)  # votes for "he", "she", "they", "it"
    nouns: frozenset[str] = frozenset()  # the words of its descriptions, in lower case, titles in full
    starts: list[int] = field(default_factory=list)  # of the mentions, in order
    gender: str | None = None  # what the name or a title says: "he" or "she"

    @property
    def is_person(self) -> bool:
        """Whether it is a person rather than a body."""
        return self.person is not None

    @property
    def is_group(self) -> bool:
        """Whether it is people of one kind: "Republicans"."""
        plural = len(self.mentions[0]) == 1 and self.mentions[0][0].tag_ in ("NNS", "NNPS")
        return self.person is None and (self.label == "NORP" or plural)

    @property
    def pronoun(self) -> str | None:
        """The pronoun for it, when its name, a title or the article says so."""
        if self.gender is None and self.pronouns:
            (first, most), *others = self.pronouns.most_common(2)
            if not others or most >= 2 * others[0][1]:
                return first
        return self.gender

    @property
    def description(self) -> str | None:
        """The first description of more than one word, else the first."""
        return next((text for text in self.descriptions if " " in text), next(iter(self.descriptions), None))

    def before(self, place: int) -> int:
        """Where the last mention before a token starts; -1 when there is none."""
        at = bisect_left(self.starts, place)
        return self.starts[at - 1] if at else -1


class Cast:
    """The figures of a Doc. ``at`` maps a token index to the figure that a mention there names."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.figures: list[Figure] = []
        self.at: dict[int, Figure] = {}
        self.holders: dict[str, list[Figure]] = {}  # persons by the words of their descriptions
        self._surnames: dict[str, list[Figure]] = {}
        self._given: dict[str, list[Figure]] = {}
        self._bodies = Bodies()
        spans = [span for entity in doc.ents if (span := trimmed(entity)) is not None]
        people = [span for span in spans if span.label_ == "PERSON"]
        for span in people:
            if parse_person(span.text).given:
                self._full(span)
        for span in people:
            if span.start not in self.at:
                self._short(span)
        for span in spans:
            if span.label_ in BODIES and span.start not in self.at:
                self._body(span)
        self._missed()
        for figure in self.figures:
            self._finish(figure)

    def _add(self, figure: Figure, span: Span) -> None:
        figure.mentions.append(span)
        insort(figure.starts, span.start)
        figure.forms[span.text.replace("\n", " ")] += 1
        for token in span:
            self.at[token.i] = figure

    def _new(self, span: Span) -> Figure:
        person = parse_person(span.text) if span.label_ == "PERSON" else None
        figure = Figure(person.display if person else " ".join(span.text.split()), person, span.label_)
        self.figures.append(figure)
        if person is not None:
            self._surnames.setdefault(person.surname, []).append(figure)
            if person.given:
                self._given.setdefault(person.given[0], []).append(figure)
        return figure

    def _full(self, span: Span) -> None:
        """A name with a given name; compatible ones are one person."""
        person = parse_person(span.text)
        for figure in self._surnames.get(person.surname, ()):
            if figure.person and compatible(figure.person, person):
                if len(person.display) > len(figure.name):
                    figure.name, figure.person = person.display, person
                break
        else:
            figure = self._new(span)
        self._add(figure, span)

    def _short(self, span: Span) -> None:
        """A surname or a given name alone: whose?"""
        self._add(self.whose(span) or self._new(span), span)

    def whose(self, span: Span) -> Figure | None:
        """The person whom a short name means: by title, by who has just been named or is named most."""
        name = parse_person(span.text).surname
        found = self._surnames.get(name) or [
            f for given in formal_names(name) for f in self._given.get(given, ())
        ]
        gender = parse_person(f"{courtesy(span)} x").gender
        if gender and len(found) > 1:
            found = [figure for figure in found if name_gender(figure) in (gender, None)] or found
        if len(found) < 2:
            return found[0] if found else None
        near = [f for f in found if (last := f.before(span.start)) >= 0 and span.start - last < NEAR]
        best = max(found, key=lambda figure: len(figure.mentions))
        return best if best in near or len(near) != 1 else near[0]

    def _body(self, span: Span) -> None:
        """An organisation, a place, a people; or a person's surname that was taken for one."""
        surname = fold(span.text).replace(".", "") if len(span) == 1 and span.label_ != "NORP" else ""
        if surname in self._surnames:
            self._short(span)
            return
        figure = self._bodies.find(span)
        if figure is None:
            figure = self._new(span)
        self._bodies.add(figure, span)
        self._add(figure, span)

    def _missed(self) -> None:
        """Surnames that the entity recogniser has overlooked, or that stand in capitals."""
        for token in self.doc:
            if (
                token.pos_ == "PROPN"
                and token.i not in self.at
                and not token.ent_type_
                and token.text[0].isupper()
            ):
                surname = fold(token.text).replace(".", "")
                if surname in self._surnames:
                    self._short(self.doc[token.i : token.i + 1])

    def _finish(self, figure: Figure) -> None:
        figure.mentions.sort(key=lambda span: span.start)
        if not figure.is_person:
            return
        genders: list[str | None] = []
        for span in figure.mentions:
            genders.append(parse_person(f"{courtesy(span)} x").gender)
            for text in (before(span), after(span)):
                if text and text not in figure.descriptions:
                    figure.descriptions.append(text)
        words = {word.lower().strip(".,") for text in figure.descriptions for word in text.split()}
        figure.nouns = frozenset(words | {TITLES_IN_FULL[word] for word in words & TITLES_IN_FULL.keys()})
        for word in figure.nouns:
            self.holders.setdefault(word, []).append(figure)
        figure.gender = next(filter(None, genders), None) or name_gender(figure)


class Bodies:
    """The organisations and places of an article, found by their names, acronyms and short forms."""

    def __init__(self) -> None:
        self._names: dict[Organisation, Figure] = {}
        self._initials: dict[str, Figure] = {}
        self._tails: dict[str, list[Figure]] = {}

    def find(self, span: Span) -> Figure | None:
        """The body that a name means, if it has been named: in full, "IMF", "the Post"."""
        text = span.text
        if (same := self._names.get(parse_organisation(text))) is not None:
            return same
        for key in initials(text):
            other = self._initials.get(key)
            if other is not None and (is_acronym(text, other.name) or is_acronym(other.name, text)):
                if len(text) > len(other.name):
                    other.name = " ".join(text.split())
                return other
        if span.label_ == "ORG":
            words = text.split()
            for figure in reversed(self._tails.get(words[-1], [])):
                if figure.name.split()[-len(words) :] == words:
                    return figure
        return None

    def add(self, figure: Figure, span: Span) -> None:
        """Make a body known by one more name."""
        self._names.setdefault(parse_organisation(span.text), figure)
        for key in initials(span.text):
            self._initials.setdefault(key, figure)
        if figure.label == "ORG" and len(span) > 1:
            figures = self._tails.setdefault(span.text.split()[-1], [])
            if figure not in figures:
                figures.append(figure)


def initials(text: str) -> set[str]:
    """What an acronym of a name, or an acronym itself, is looked up by."""
    words = [word for word in re.split(r"[\s-]+", fold(text)) if word]
    if len(words) < 2:
        return {re.sub(r"\W", "", text).casefold()}
    return {
        "".join(w[0] for w in words),
        "".join(w[0] for w in words if w not in ("of", "the", "and", "for", "in")),
    }


def trimmed(span: Span) -> Span | None:
    """An entity without titles, possessives and what follows a line break; None when nothing is left."""
    doc, start, end = span.doc, span.start, span.end
    for token in doc[start + 1 : end]:
        if token.is_space:
            end = token.i
            break
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].tag_ == "DT"):
        start += 1
    if span.label_ == "PERSON":
        while end - start > 1 and fold(doc[start].text).replace(".", "") in TITLES:
            start += 1
        if not any(token.text[:1].isupper() for token in doc[start:end]):
            return None
    return Span(doc, start, end, label=span.label_) if end > start else None


def courtesy(span: Span) -> str:
    """The word before a name when it is a title ("Mrs."), else nothing."""
    if span.start and span.doc[span.start - 1].text.lower().rstrip(".") in TITLES:
        return span.doc[span.start - 1].text
    return ""


def name_gender(figure: Figure) -> str | None:
    """What the given name says, when it is one sex's only; titles such as "spokeswoman" count as well."""
    names, person = lexicon(), figure.person
    for noun in figure.nouns:
        if noun in names.exclusively_female_words or noun.endswith("woman"):
            return "she"
        if noun in names.exclusively_male_words or noun.endswith("sman"):
            return "he"
    first = figure.name.split()[0] if person and person.given else ""
    if first in names.exclusively_male_names:
        return "he"
    return "she" if first in names.exclusively_female_names else None
