"""Who an article names: its people and bodies, each with the fullest name the article has for it.

Named entities come from whatever pipeline annotated the Doc; here they become figures: "Trump", "Mr. Trump"
and "Donald J. Trump" are one, described as the article does ("Republican nominee").
"""

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from quotes.chains import lexicon
from quotes.descriptions import after, before
from quotes.names import (
    TITLES,
    Person,
    compatible,
    fold,
    formal_names,
    is_acronym,
    parse_organisation,
    parse_person,
)
from quotes.rolewords import TITLES_IN_FULL

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

    @property
    def nouns(self) -> frozenset[str]:
        """Every word of its descriptions, in lower case and with titles in full."""
        words = {word.lower().strip(".,") for text in self.descriptions for word in text.split()}
        return frozenset(words | {TITLES_IN_FULL[word] for word in words & TITLES_IN_FULL.keys()})


class Cast:
    """The figures of a Doc. ``at`` maps a token index to the figure that a mention there names."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.figures: list[Figure] = []
        self.at: dict[int, Figure] = {}
        spans = [span for entity in doc.ents if (span := trimmed(entity)) is not None]
        people = [span for span in spans if span.label_ == "PERSON"]
        self._full(people)
        self._surnames: dict[str, list[Figure]] = {}
        for figure in self.figures:
            for form in figure.person.form[1:2] if figure.person else ():
                self._surnames.setdefault(form, []).append(figure)
        for span in people:
            if span.start not in self.at:
                self._short(span)
        for span in spans:
            if span.label_ in BODIES and span.start not in self.at:
                self._body(span)
        self._missed()
        for figure in self.figures:
            self._finish(figure)

    def people(self) -> list[Figure]:
        """The persons, in the order of their first full mention."""
        return [figure for figure in self.figures if figure.is_person]

    def _add(self, figure: Figure, span: Span) -> None:
        figure.mentions.append(span)
        figure.forms[span.text.replace("\n", " ")] += 1
        for token in span:
            self.at[token.i] = figure

    def _full(self, spans: list[Span]) -> None:
        """Names with a given name; compatible ones are one person."""
        for span in spans:
            person = parse_person(span.text)
            if not person.given:
                continue
            for figure in self.figures:
                if figure.person and compatible(figure.person, person):
                    if len(person.display) > len(figure.name):
                        figure.name, figure.person = person.display, person
                    break
            else:
                figure = Figure(person.display, person)
                self.figures.append(figure)
            self._add(figure, span)

    def _short(self, span: Span) -> None:
        """A surname or a given name alone: whose?"""
        figure = self.named(span)
        if figure is None:
            person = parse_person(span.text)
            figure = Figure(person.display, person)
            self.figures.append(figure)
            self._surnames.setdefault(person.surname, []).append(figure)
        self._add(figure, span)

    def named(self, span: Span) -> Figure | None:
        """The person whom a short name means: by title, by who has just been named or is named most."""
        person = parse_person(span.text)
        found = self._surnames.get(person.surname, [])
        if not found:
            given = formal_names(person.surname)
            found = [f for f in self.figures if f.person and f.person.given and f.person.given[0] in given]
        gender = parse_person(f"{courtesy(span)} x").gender
        if gender and len(found) > 1:
            found = [f for f in found if name_gender(f) in (gender, None)] or found
        if len(found) < 2:
            return found[0] if found else None
        near = [f for f in found if any(0 < span.start - m.end < 60 for m in f.mentions)]
        best = max(found, key=lambda f: len(f.mentions))
        return best if best in near or len(near) != 1 else near[0]

    def _body(self, span: Span) -> None:
        """An organisation, a place, a people; or a person's surname that was taken for one."""
        text = span.text
        if (
            len(span) == 1
            and (found := self._surnames.get(fold(text).replace(".", "")))
            and span.label_ != "NORP"
        ):
            self._add(found[0] if len(found) == 1 else self.named(span) or found[0], span)
            return
        core = parse_organisation(text)
        for figure in self.figures:
            if figure.is_person:
                continue
            if core == parse_organisation(figure.name) or is_acronym(text, figure.name):
                break
            if is_acronym(figure.name, text):
                figure.name = text
                break
            words = figure.name.split()
            if (
                len(words) > len(span)
                and figure.label == span.label_ == "ORG"
                and text.split() == words[-len(span) :]
            ):
                break
        else:
            figure = Figure(text.replace("\n", " "), None, span.label_)
            self.figures.append(figure)
        self._add(figure, span)

    def _missed(self) -> None:
        """Surnames that the entity recogniser has overlooked, or that stand in capitals."""
        for token in self.doc:
            if token.i not in self.at and token.pos_ == "PROPN" and token.text[:1].isupper():
                found = self._surnames.get(fold(token.text).replace(".", ""))
                if found and not token.ent_type_:
                    span = self.doc[token.i : token.i + 1]
                    self._add(found[0] if len(found) == 1 else self.named(span) or found[0], span)

    def _finish(self, figure: Figure) -> None:
        for span in figure.mentions:
            for text in (before(span), after(span)):
                if text and text not in figure.descriptions and figure.is_person:
                    figure.descriptions.append(text)
        if figure.is_person:
            genders = Counter(parse_person(f"{courtesy(span)} x").gender for span in figure.mentions)
            del genders[None]
            figure.gender = next(iter(genders), None) or name_gender(figure)


def trimmed(span: Span) -> Span | None:
    """An entity without titles, possessives and what follows a line break; None when nothing is left."""
    doc, start, end = span.doc, span.start, span.end
    for token in doc[start + 1 : end]:
        if token.is_space:
            end = token.i
            break
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
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
