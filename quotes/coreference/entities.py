"""Who an article names: its people and bodies, each with the fullest name the article has for it.

Named entities come from whatever pipeline annotated the Doc; here they become entities: "Trump", "Mr. Trump"
and "Donald J. Trump" are one, described as the article does ("Republican nominee").
"""

import re
from bisect import insort

from spacy.tokens import Doc, Span

from quotes.coreference.chains.word_lists import word_lists
from quotes.coreference.descriptions import above, after, before, predicate
from quotes.coreference.entity import Entity, name_gender, noun_gender
from quotes.coreference.organisations import OrganisationIndex
from quotes.lexicon.given_names import formal_names
from quotes.lexicon.roles import ORGANISATIONS
from quotes.lexicon.titles import titles, titles_in_full
from quotes.names.person import Person, compatible, one_slip, parse_person, words
from quotes.text.normalise import fold

SHORT, LONG = 5, 7  # letters of a given name and of a surname from which a slip is told from another name
NICKNAME = re.compile(r"[“\"‘'](\w[\w .]*)[”\"’'] (\w.*)")  # within a name
INITIAL = re.compile(r"[A-Z]\w+ (?:[A-Z]\. ?)+[A-Z][\w’'-]+")  # a person's, whatever the recogniser says
NEAR = 60  # tokens within which a short name is more likely whom the article has just named
# What stands between two names of one person: "Lena Ostrowski, formerly Lena Vogelsang".
ALSO = re.compile(
    r"[,(] ?(?:(?:formerly|previously|née|nee|born|aka|a\.k\.a\.?|alias)|(?:[a-z]+ )?known as)(?: known as)?$"
)
BODIES = frozenset({"ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"})


class EntityIndex:
    """The entities of a Doc. ``by_token`` maps a token index to the entity that a mention there names."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.entities: list[Entity] = []
        self.by_token: dict[int, Entity] = {}
        self.by_description: dict[str, list[Entity]] = {}  # persons by the words of their descriptions
        self._surnames: dict[str, list[Entity]] = {}
        self._given: dict[str, list[Entity]] = {}
        self._organisations = OrganisationIndex()
        spans = [span for entity in doc.ents if (span := trimmed(entity)) is not None]
        people = [span for span in spans if span.label_ == "PERSON"]
        shown = {span.start: words(parse_person(span.text).display) for span in people}
        # "Peña Nieto" after "Enrique Peña Nieto" is a surname, not a given name and a surname
        ends = {name[at:] for name in shown.values() for at in range(1, len(name) - 1)}
        for span in people:
            if parse_person(span.text).given and shown[span.start] not in ends:
                self._full(span)
        # Those with a title say more of whom they mean, so they go first.
        for span in sorted(people, key=lambda span: not courtesy(span)):
            if span.start not in self.by_token:
                self._short(span)
        for span in spans:
            if span.label_ in BODIES and span.start not in self.by_token:
                self._body(span)
        self._missed()
        for entity in self.entities:
            self._finish(entity)

    def _add(self, entity: Entity, span: Span) -> None:
        entity.mentions.append(span)
        insort(entity.mention_starts, span.start)
        text = " ".join(span.text.split())
        entity.surface_forms[text] += 1
        if entity.is_person and (nickname := NICKNAME.search(text)):
            entity.surface_forms[f"{nickname[1]} {nickname[2]}"] += 1
        if entity.is_person and (title := courtesy(span)):
            entity.surface_forms[f"{title} {text}"] += 1
        for token in span:
            self.by_token[token.i] = entity

    def _new(self, span: Span) -> Entity:
        person = parse_person(span.text) if span.label_ == "PERSON" else None
        entity = Entity(person.display if person else " ".join(span.text.split()), person, span.label_)
        self.entities.append(entity)
        if person is not None:
            self._surnames.setdefault(person.surname, []).append(entity)
            if person.given:
                self._given.setdefault(person.given[0], []).append(entity)
        return entity

    def _full(self, span: Span) -> None:
        """A name with a given name; compatible ones are one person."""
        person = parse_person(span.text)
        if (known := self._called_before(span)) is not None:
            self._surnames.setdefault(person.surname, []).append(known)
            self._add(known, span)
            return
        for entity in self._surnames.get(person.surname, ()):
            if entity.person and (compatible(entity.person, person) or _misspelt(entity.person, person)):
                if len(person.display) > len(entity.name):
                    entity.name, entity.person = person.display, person
                break
        else:
            entity = self._new(span)
        self._add(entity, span)

    def _called_before(self, span: Span) -> Entity | None:
        """Whose other name a name is: "Lena Ostrowski, formerly Lena Vogelsang", "Ana Ruiz (née Bell)"."""
        found = ALSO.search(self.doc[max(0, span.start - 6) : span.start].text)
        if found is None:
            return None
        mark = next(i for i in range(span.start - 1, -1, -1) if self.doc[i].text in (",", "("))
        last = self.by_token.get(mark - 1)
        return last if last is not None and last.is_person else None

    def _short(self, span: Span) -> None:
        """A surname or a given name alone: whose?"""
        entity = self._called_before(span) or self.whose(span)
        if entity is None:
            entity = self._new(span)
            entity.gender = parse_person(f"{courtesy(span)} x").gender
        self._add(entity, span)

    def whose(self, span: Span) -> Entity | None:
        """The person whom a short name means: by title, by who has just been named or is named most."""
        name = parse_person(span.text).surname
        found = self._surnames.get(name) or [
            f for given in formal_names(name) for f in self._given.get(given, ())
        ]
        if not found:  # the first of two surnames: "Mr. Beltrán", "Ignacio Beltrán Urrutia"
            found = [
                f for f in self.entities if f.person and name in f.person.given[1:] and not _is_given(name)
            ]
        if not found and len(name) >= LONG:
            alike = [entities for surname, entities in self._surnames.items() if one_slip(surname, name)]
            found = alike[0] if len(alike) == 1 else []
        gender = parse_person(f"{courtesy(span)} x").gender
        if gender:
            found = [entity for entity in found if (entity.gender or name_gender(entity)) in (gender, None)]
        title = before(span)
        own = set(words(title.text)) & titles() if title is not None else set()
        if own:  # "President Obama" introduces somebody: not Michelle Obama, who is named later
            found = [entity for entity in found if _named(entity, span.start) or own & _titles(entity)]
        if len(found) < 2:
            return found[0] if found else None
        found = [f for f in found if not f.is_relative] or found
        near = [
            f for f in found if (last := f.last_mention_before(span.start)) >= 0 and span.start - last < NEAR
        ]
        best = max(found, key=lambda entity: len(entity.mentions))
        return best if best in near or len(near) != 1 else near[0]

    def _body(self, span: Span) -> None:
        """An organisation, a place, a people; or a person's surname that was taken for one."""
        surname = fold(span.text).replace(".", "") if len(span) == 1 and span.label_ != "NORP" else ""
        if surname in self._surnames:
            self._short(span)
            return
        entity = self._organisations.find(span)
        if entity is None:
            entity = self._new(span)
        self._organisations.add(entity, span)
        self._add(entity, span)

    def _missed(self) -> None:
        """Surnames that the entity recogniser has overlooked, or that stand in capitals."""
        for token in self.doc:
            if (
                token.pos_ == "PROPN"
                and token.i not in self.by_token
                and not token.ent_type_
                and token.text[0].isupper()
            ):
                surname = fold(token.text).replace(".", "")
                if surname in self._surnames:
                    self._short(self.doc[token.i : token.i + 1])

    def _finish(self, entity: Entity) -> None:
        entity.mentions.sort(key=lambda span: span.start)
        if not entity.is_person:
            return
        genders: list[str | None] = []
        for span in entity.mentions:
            genders.append(parse_person(f"{courtesy(span)} x").gender)
            noun, told = above(span)
            for found in (before(span), after(span), told):
                if found is not None and (text := found.text.strip()) not in entity.descriptions:
                    entity.descriptions.append(text)
                    entity.nested_names += [
                        token.i for token in found if self.by_token.get(token.i, entity) is not entity
                    ]
            if noun is not None:
                entity.appositive_nouns.append(noun)
        words = {word.lower().strip(".,") for text in entity.descriptions for word in text.split()}
        entity.description_words = frozenset(
            words | {titles_in_full()[word] for word in words & titles_in_full().keys()}
        )
        for word in entity.description_words:
            self.by_description.setdefault(word, []).append(entity)
        entity.gender = next(filter(None, genders), None) or name_gender(entity)
        for noun, only_supposed in map(predicate, entity.mentions):
            gender = noun_gender(noun.lemma_.lower()) if noun is not None else None
            if gender and only_supposed:
                entity.hypothetical_gender = gender
            elif gender:
                entity.gender = gender


def _named(entity: Entity, place: int) -> bool:
    """Whether a person's name stands before a token in more than one word."""
    return any(len(mention) > 1 and mention.start < place for mention in entity.mentions)


def _titles(entity: Entity) -> set[str]:
    """The titles that stand before a person's name."""
    told = [title.text for span in entity.mentions if (title := before(span)) is not None]
    return set(words(" ".join(told))) & titles()


def _misspelt(known: Person, other: Person) -> bool:
    """Whether a name is another with a letter of the given name wrong, and no name in itself: "Donand"."""
    a, b = known.given[0] if known.given else "", other.given[0] if other.given else ""
    if len(a) != len(b) or len(a) < SHORT or not one_slip(a, b) or known.suffix != other.suffix:
        return False
    return _is_given(a) and not _is_given(b)


def _is_given(name: str) -> bool:
    """Whether a folded name is a given name."""
    names = word_lists()
    return name.capitalize() in names.male_names or name.capitalize() in names.female_names


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
        comma = end < len(doc) and doc[end].text == ","
        if end + comma < len(doc) and doc[end + comma].text.rstrip(".") in ("Jr", "Sr", "II", "III", "IV"):
            end += comma + 1
        start = _before_nickname(doc, start)
        while end - start > 1 and fold(doc[start].text).replace(".", "") in titles():
            start += 1
        if not any(token.text[:1].isupper() for token in doc[start:end]):
            return None
    if span.label_ == "ORG" and end > start and doc[end - 1].lemma_.lower() in ORGANISATIONS:
        end = _whole(doc, end)
    label = "PERSON" if INITIAL.fullmatch(doc[start:end].text) else span.label_
    return Span(doc, start, end, label=label) if end > start else None


def _before_nickname(doc: Doc, start: int) -> int:
    """Where a name begins of which only what follows a nickname was recognised: "Frank “Buddy” Castellane"."""
    marks = "“”\"‘’'"
    for opening in (start - 3, start - 4):
        if opening > 0 and doc[start - 1].text in marks and doc[opening].text in marks:
            named = doc[opening - 1]
            inside = doc[opening + 1 : start - 1]
            if named.pos_ == "PROPN" and all(token.text[:1].isupper() for token in inside):
                return opening - 1
    return start


def _whole(doc: Doc, end: int) -> int:
    """Where a name like "Committee for a Responsible Budget" ends of which only "Committee" was recognised."""
    at = end
    if at < len(doc) and doc[at].lower_ in ("of", "for", "on"):
        at += 1
    while at < len(doc) and doc[at].lower_ in ("a", "an", "the"):
        at += 1
    if at == end or at == len(doc) or doc[at].ent_type_ in ("PERSON", "DATE", "TIME"):
        return end
    last = at
    while (
        last < len(doc)
        and doc[last].pos_ in ("PROPN", "ADJ", "NOUN", "VERB")
        and doc[last].text[:1].isupper()
    ):
        last += 1
    return last if last > at else end


def courtesy(span: Span) -> str:
    """The word before a name when it is a title ("Mrs."), else nothing."""
    if span.start and span.doc[span.start - 1].text.lower().rstrip(".") in titles():
        return span.doc[span.start - 1].text
    return ""
