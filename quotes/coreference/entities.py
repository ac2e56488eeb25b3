"""The entities of an article, each with all its mentions and the fullest name the article has for it.

Named entities come from whatever pipeline annotated the Doc; here "Trump", "Mr. Trump" and "Donald J. Trump" become
one entity, described as the article does ("Republican nominee").
"""

import re
from bisect import insort
from collections.abc import Collection

import numpy as np
from spacy.attrs import DEP, POS
from spacy.symbols import ADJ, PROPN, VERB, nsubj, nsubjpass
from spacy.tokens import Doc, Span, Token

from quotes.coreference.cast_names import with_cast
from quotes.coreference.descriptions import (
    apposed_noun,
    apposition_after,
    predicate_noun,
    role_initials,
    title_before,
    words_in_full,
)
from quotes.coreference.entity import Entity, described_gender, name_gender, noun_gender
from quotes.coreference.entity_spans import (
    courtesy_title,
    entity_parts,
    is_acronym_like_pronoun,
    is_post_nominal,
    mark_before_other_name,
    trim_entity,
)
from quotes.coreference.labels import has_initials, initials_labels, label_names, without_labels
from quotes.coreference.name_corrections import corrected_names
from quotes.coreference.name_pronouns import NamePronouns, known_gender, title_gender
from quotes.coreference.organisations import OrganisationIndex
from quotes.coreference.settings import DISTANCE
from quotes.lexicon.given_names import formal_names, is_known_given_name
from quotes.lexicon.titles import titles
from quotes.names.cast import Cast, CastMember
from quotes.names.person import compatible, has_surname_more, name_words, parse_person, within_one_edit
from quotes.text.normalise import fold
from quotes.text.quotation_marks import CLOSING, OPENING
from quotes.text.spans import SpanIndex, contains

NICKNAME = re.compile(rf"[{OPENING}](\w[\w .]*)[{CLOSING}] (\w.*)")  # within a name
# The pronouns that somebody is said to use: "Kim Reuter (they/them)", "who uses she and her".
DECLARED_PRONOUN = re.compile(
    r"\b(they|she|he)/(?:them|theirs?|hers?|him|his)\b|\((they|she|he)/(?:they|she|he)\)"
    r"|\b(?:uses?|go(?:es)? by)(?: the)?(?: pronouns)? (they|she|he) and (?:them|her|him)\b|\b(non-?binary)\b",
    re.I,
)
ORGANISATION_LABELS = frozenset(
    {"ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"}
)


class EntityIndex:
    """The entities of a Doc: in text order, by the tokens of their mentions, by the words of their descriptions.

    ``cast``: people whom the user knows, recognised by their names and known by these. ``cues``: the tokens where the
    cues of quotations begin, at which a name ends.
    """

    def __init__(self, doc: Doc, cast: Cast | None = None, cues: Collection[int] = ()) -> None:
        self.doc, self.text = doc, doc.text  # which a Doc puts together anew each time it is asked for
        self.entities, self.by_token = list[Entity](), dict[int, Entity]()
        self.by_description: dict[str, list[Entity]] = {}  # persons only
        self.role_initials: set[str] = set()  # of their offices
        self._by_surname: dict[str, list[Entity]] = {}
        self._by_given_name: dict[str, list[Entity]] = {}
        self._by_other_name: dict[str, Entity] = {}  # persons whose other name looks like an organisation's
        self._organisations = OrganisationIndex()
        parts = (part for entity in doc.ents for part in entity_parts(entity))
        spans = [span for part in parts if (span := trim_entity(part)) is not None]
        spans = list(corrected_names(doc, self.text, spans, cues))
        spans += label_names(doc, self.text)
        spans, members = with_cast(doc, spans, cast)
        by_place = SpanIndex((span, (span.start, span.end)) for span in spans)
        whole = [span for span in spans if not _is_part_of_another(span, by_place)]
        spans = without_labels(doc, self.text, whole)
        people = [span for span in spans if span.label_ == "PERSON"]
        shown = {span.start: name_words(parse_person(span.text).display) for span in people}
        # "Peña Nieto" after "Enrique Peña Nieto" is a surname, not a given name and a surname
        ends = {name[at:] for name in shown.values() for at in range(1, len(name) - 1)}
        for span in people:
            if span.start in members:
                self._add_member(members[span.start], span)
        at_end = {span.end: span for span in people}
        for span in people:
            if (
                span.start not in self.by_token
                and parse_person(span.text).given
                and shown[span.start] not in ends
            ):
                mark = mark_before_other_name(span)
                # "Kash, real name Owen Tate"
                if mark is not None and mark not in self.by_token and mark in at_end:
                    self._add_short_name(at_end[mark])
                self._add_full_name(span)
        alone = [span for span in people if span.start not in self.by_token]
        self._pronouns = NamePronouns(doc, self.text, alone, self._bearers)
        # Those with a title say more of whom they mean, so they go first.
        for span in sorted(alone, key=lambda span: not courtesy_title(span)):
            if span.start not in self.by_token:
                self._add_short_name(span)
        self._add_initials()
        for span in spans:
            if span.label_ in ORGANISATION_LABELS and span.start not in self.by_token:
                self._add_organisation(span)
        self._add_missed_surnames()
        self._add_missed_acronyms()
        for entity in self.entities:
            self._describe(entity)
        for declared in DECLARED_PRONOUN.finditer(self.text):
            self._declare(declared)

    def person_at(self, token: int) -> Entity | None:
        """The person whose name a token belongs to."""
        entity = self.by_token.get(token)
        return entity if entity is not None and entity.is_person else None

    def _add_mention(self, entity: Entity, span: Span) -> None:
        entity.mentions.append(span)
        insort(entity.mention_starts, span.start)
        text = " ".join(span.text.split())
        entity.surface_forms[text] += 1
        if entity.is_person and (nickname := NICKNAME.search(text)):
            entity.surface_forms[f"{nickname[1]} {nickname[2]}"] += 1
        if entity.is_person and (title := courtesy_title(span)):
            entity.surface_forms[f"{title} {text}"] += 1
        for token in span:
            self.by_token[token.i] = entity

    def _new_entity(self, span: Span) -> Entity:
        person = parse_person(span.text) if span.label_ == "PERSON" else None
        entity = Entity(person.display if person else " ".join(span.text.split()), person, span.label_)
        self.entities.append(entity)
        if person is not None:
            self._by_surname.setdefault(person.surname, []).append(entity)
            if person.given:
                self._by_given_name.setdefault(person.given[0], []).append(entity)
        return entity

    def _add_member(self, member: CastMember, span: Span) -> None:
        """Add a name of somebody of the cast."""
        known = next((entity for entity in self.entities if entity.member is member), None)
        if known is None:
            known = self._new_entity(span)
            known.member, known.name, known.person = member, member.name, parse_person(member.name)
            for name in map(parse_person, member.names):
                if known not in self._by_surname.setdefault(name.surname, []):
                    self._by_surname[name.surname].append(known)
        self._add_mention(known, span)

    def _add_full_name(self, span: Span) -> None:
        """Add a name with a given name; compatible ones are one person."""
        person = parse_person(span.text)
        name = " ".join(span.text.split())
        if (known := self._renamed_entity(span) or self._by_other_name.get(name)) is not None:
            self._by_other_name[name] = known
            self._by_surname.setdefault(person.surname, []).append(known)
            self._add_mention(known, span)
            return
        namesakes = self._by_surname.get(person.surname, []) + self._by_given_name.get(person.given[0], [])
        for entity in namesakes:
            if entity.person and (
                compatible(entity.person, person) or has_surname_more(entity.person, person)
            ):
                if len(person.display) > len(entity.name) and entity.member is None:
                    entity.name, entity.person = person.display, person
                break
        else:
            entity = self._new_entity(span)
        self._add_mention(entity, span)

    def _renamed_entity(self, span: Span) -> Entity | None:
        """The person whom a name renames: "Lena Ostrowski, formerly Lena Vogelsang", "Ana Ruiz (née Bell)"."""
        mark = mark_before_other_name(span)
        return self.person_at(mark - 1) if mark else None

    def _add_short_name(self, span: Span) -> None:
        """Add a surname or a given name alone to the person it means, else as a new one."""
        name = " ".join(span.text.split())
        renamed = self._renamed_entity(span) or self._by_other_name.get(name)
        if renamed is not None:
            self._by_other_name[name] = renamed
        entity = renamed or self.entity_of_short_name(span)
        if entity is None:
            entity = self._new_entity(span)
            entity.gender = title_gender(span)
        self._add_mention(entity, span)

    def entity_of_short_name(self, span: Span) -> Entity | None:
        """The person that a surname or a given name alone means: by title, by recency, by number of mentions."""
        name = parse_person(span.text).surname
        people = self._people_with_short_name(name)
        if gender := title_gender(span):
            people = [person for person in people if known_gender(person) in (gender, None)]
        title = title_before(span)
        own = set(name_words(title.text)) & titles() if title is not None else set()
        if own:  # "President Obama" introduces somebody: not Michelle Obama, who is named later
            people = [p for p in people if _has_full_mention_before(p, span.start) or own & _titles(p)]
        if len(people) < 2:
            return people[0] if people else None
        gender = gender or self._pronouns.of(span, name)
        if gender is not None:
            people = [person for person in people if known_gender(person) in (gender, None)] or people
        sure = [person for person in people if gender is not None and known_gender(person) == gender]
        people = [p for p in people if not p.is_relative or [p] == sure] or people
        first = max(span.start - DISTANCE.short_name_tokens + 1, 0)
        recent = [person for person in people if person.last_mention_before(span.start) >= first]
        most_mentioned = max(people, key=lambda person: len(person.mentions))
        return most_mentioned if most_mentioned in recent or len(recent) != 1 else recent[0]

    def _bearers(self, token: Token) -> list[Entity]:
        """The people whom a token of a name can mean: whose mention it is, else all with that surname."""
        known = self.by_token.get(token.i)
        return [known] if known is not None else self._with_surname(fold(token.text))

    def _people_with_short_name(self, name: str) -> list[Entity]:
        """The people of the first reading of a name that fits any."""
        by_name = self._with_surname(name) or self._with_given_name(name)
        return by_name or self._with_first_surname(name) or self._with_misspelt_surname(name)

    def _with_surname(self, name: str) -> list[Entity]:
        return self._by_surname.get(name, [])

    def _with_given_name(self, name: str) -> list[Entity]:
        return [person for given in formal_names(name) for person in self._by_given_name.get(given, ())]

    def _with_first_surname(self, name: str) -> list[Entity]:
        """People with two surnames of which a name is the first: "Mr. Beltrán", "Ignacio Beltrán Urrutia"."""
        is_given = is_known_given_name(name)
        return [e for e in self.entities if e.person and name in e.person.given[1:] and not is_given]

    def _with_misspelt_surname(self, name: str) -> list[Entity]:
        """People of the one surname that a name is with one letter wrong."""
        if len(name) < DISTANCE.misspelt_surname_letters:
            return []
        similar = [people for surname, people in self._by_surname.items() if within_one_edit(surname, name)]
        return similar[0] if len(similar) == 1 else []

    def _add_initials(self) -> None:
        """Add the labels of turns that are the initials of one person of the article."""
        people: dict[str, list[Entity]] = {}
        for span in initials_labels(self.doc, self.text):
            letters = span.text
            if letters not in people:
                people[letters] = [e for e in self.entities if e.person and has_initials(e.person, letters)]
            if len(people[letters]) == 1 and span.start not in self.by_token:
                self._add_mention(people[letters][0], span)

    def _add_organisation(self, span: Span) -> None:
        """Add an organisation, a place, a people; or a person's surname that was taken for one."""
        surname = fold(span.text).replace(".", "") if len(span) == 1 and span.label_ != "NORP" else ""
        if surname in self._by_surname:
            self._add_short_name(span)
            return
        name = " ".join(span.text.split())
        if (renamed := self._renamed_entity(span) or self._by_other_name.get(name)) is not None:
            self._by_other_name[name] = renamed  # "Maria Lopez, also known as La Reina"
            self._add_mention(renamed, span)
            return
        entity = self._organisations.find(span)
        if entity is None:
            entity = self._new_entity(span)
        self._organisations.add(entity, span)
        self._add_mention(entity, span)

    def _add_missed_surnames(self) -> None:
        """Add surnames that the entity recogniser has overlooked, or that stand in capitals."""
        pos, dep = self.doc.to_array(POS), self.doc.to_array(DEP)
        # "Born said": no verb is a subject
        is_name = (pos == PROPN) | (np.isin(pos, (VERB, ADJ)) & np.isin(dep, (nsubj, nsubjpass)))
        for i in np.flatnonzero(is_name).tolist():
            token = self.doc[i]
            if i not in self.by_token and token.ent_type_ in ("", "PERSON") and token.text[0].isupper():
                surname = fold(token.text).replace(".", "")
                if surname in self._by_surname:
                    self._add_short_name(self.doc[token.i : token.i + 1])

    def _add_missed_acronyms(self) -> None:
        """Add organisations whose acronym reads like a pronoun, where the words around it are not in capitals, too."""
        for token in self.doc:
            if is_acronym_like_pronoun(token) and token.i not in self.by_token:
                self._add_organisation(Span(self.doc, token.i, token.i + 1, label="ORG"))

    def _describe(self, entity: Entity) -> None:
        """Fill in an entity's descriptions and gender once all its mentions are known."""
        entity.mentions.sort(key=lambda span: span.start)
        entity.mention_heads = [span.root.i for span in entity.mentions]
        if not entity.is_person:
            return
        genders: list[str | None] = []
        for span in entity.mentions:
            genders.append(title_gender(span))
            noun, apposed = apposed_noun(span)
            for description in (title_before(span), apposition_after(span), apposed):
                if description is not None and (text := description.text.strip()) not in entity.descriptions:
                    entity.descriptions.append(text)
            if noun is not None:
                entity.appositive_nouns.append(noun)
        if entity.member is not None and entity.member.role and entity.member.role not in entity.descriptions:
            entity.descriptions.append(entity.member.role)
        initials = frozenset().union(*map(role_initials, entity.descriptions))
        entity.description_words = initials.union(*map(words_in_full, entity.descriptions))
        self.role_initials |= initials
        for word in entity.description_words:
            self.by_description.setdefault(word, []).append(entity)
        entity.said_gender = next(filter(None, genders), None) or described_gender(entity)
        for noun, is_hypothetical in map(predicate_noun, entity.mentions):
            gender = noun_gender(noun.lemma_.lower()) if noun is not None else None
            if gender and is_hypothetical:
                entity.hypothetical_gender = gender
            elif gender:
                entity.said_gender = gender
        entity.gender = entity.said_gender or name_gender(entity)
        if (member := entity.member) is not None and member.pronouns:
            entity.said_gender = entity.gender = member.pronouns if member.pronouns != "they" else None
            entity.pronoun_votes[member.pronouns] += 1
            entity.is_they = member.pronouns == "they"

    def _declare(self, declared: re.Match[str]) -> None:
        """Note the pronoun that is said of the person named before it in the sentence."""
        span = self.doc.char_span(declared.start(), declared.start() + 1, alignment_mode="expand")
        before = reversed(self.doc[span.sent.start : span.start]) if span is not None else ()
        people = filter(None, (self.person_at(token.i) for token in before))
        if (entity := next(people, None)) is not None:
            pronoun = next(filter(None, declared.groups())).lower()
            entity.is_they = "they" in declared[0].lower() or pronoun not in ("he", "she")
            entity.said_gender = entity.gender = pronoun if pronoun in ("he", "she") else "they"


def _is_part_of_another(span: Span, spans: SpanIndex[Span]) -> bool:
    """Whether a span is letters after a name alone, or a part of a longer one: "Ludo" of "Ludo van der Meer"."""
    follows_name = span.start > 0 and span.doc[span.start - 1].ent_type_ == "PERSON"
    if (span.label_ == "PERSON" or follows_name) and all(map(is_post_nominal, span)):
        return True
    place = span.start, span.end
    return any(contains(o, place) and len(other) > len(span) for other, o in spans.overlapping(place))


def _has_full_mention_before(person: Entity, token: int) -> bool:
    """Whether a person's name stands before a token in more than one word."""
    return any(len(mention) > 1 and mention.start < token for mention in person.mentions)


def _titles(person: Entity) -> set[str]:
    """The titles that stand before a person's name."""
    texts = [title.text for span in person.mentions if (title := title_before(span)) is not None]
    return set(name_words(" ".join(texts))) & titles()
