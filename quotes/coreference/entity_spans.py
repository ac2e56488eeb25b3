"""Named entities as the recogniser marks them -> the spans that are their names."""

import re

from spacy.tokens import Doc, Span, Token

from quotes.lexicon.given_names import is_known_given_name
from quotes.lexicon.roles import ORGANISATIONS
from quotes.lexicon.titles import courtesy_titles, titles
from quotes.lexicon.words import word_set
from quotes.text.normalise import fold
from quotes.text.quotation_marks import CLOSING, OPENING

# A person's name with an initial, whatever label the recogniser gives it.
NAME_WITH_INITIAL = re.compile(r"[A-Z]\w+ (?:[A-Z]\. ?)+[A-Z][\w’'-]+")
PARTICLES_BETWEEN = frozenset({"der", "den", "la", "bin"})  # of several: "van der Meer"
NAME_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
NICKNAME_MARKS = frozenset(OPENING + CLOSING)


def trim_entity(span: Span) -> Span | None:
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
    has_title = end - start > 1 and fold(doc[start].text).replace(".", "") in courtesy_titles()
    is_person = span.label_ == "PERSON" or (has_title and span.label_ in ("ORG", "GPE", "FAC"))
    if is_person:
        start, end = _trim_person(doc, start, end)
        if not any(token.text[:1].isupper() for token in doc[start:end]):
            return None
    if span.label_ == "ORG" and end > start and doc[end - 1].lemma_.lower() in ORGANISATIONS:
        end = _end_of_organisation(doc, end)
    label = "PERSON" if is_person or NAME_WITH_INITIAL.fullmatch(doc[start:end].text) else span.label_
    return Span(doc, start, end, label=label) if end > start else None


def _trim_person(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The bounds of a person's name: with its suffix and what stands before a nickname, without titles."""
    comma = end < len(doc) and doc[end].text == ","
    if end + comma < len(doc) and doc[end + comma].text.rstrip(".") in NAME_SUFFIXES:
        end += comma + 1
    start = _start_with_particles(doc, _start_before_nickname(doc, start))
    end = _end_of_person(doc, start, end)
    while end - start > 1 and fold(doc[start].text).replace(".", "") in titles():
        start += 1
    return start, end


def is_post_nominal(token: Token) -> bool:
    """Whether a word is letters after a name: "MP", "M.D."."""
    return fold(token.text).replace(".", "") in word_set("degrees") and token.text[:1].isupper()


def _start_with_particles(doc: Doc, start: int) -> int:
    """The start of a name of which only what follows its particles was recognised: "Ludo van der Meer"."""
    first = start
    while first > 1 and doc[first - 1].text in word_set("particles_only") | PARTICLES_BETWEEN:
        first -= 1
    has_particle = first < start or doc[start].text in word_set("particles_only")
    if not has_particle or first == 0:
        return start
    before = doc[first - 1]
    is_given = before.text[:1].isupper() and before.text.isalpha() and before.pos_ == "PROPN"
    return first - 1 if is_given and fold(before.text) not in titles() else first


def _end_of_person(doc: Doc, start: int, end: int) -> int:
    """The end of a name: before another sentence and letters after it, behind a surname that was overlooked."""
    for i in range(start + 1, end - 1):
        is_end = doc[i].text == "." and len(doc[i - 1].text) > 2
        if is_end or (doc[i].text.rstrip(".") in NAME_SUFFIXES and doc[i + 1].text[:1].isupper()):
            end = i if is_end else i + 1
            break
    while end - start > 1 and is_post_nominal(doc[end - 1]):
        end -= 1
    if end - start == 1 and end < len(doc) and is_known_given_name(fold(doc[start].text)):
        after = doc[end]
        is_surname = after.pos_ == "PROPN" and after.text[:1].isupper() and after.text.isalpha()
        if is_surname and not after.ent_type_ and not after.is_sent_start and not is_post_nominal(after):
            end += 1
    return end


def _start_before_nickname(doc: Doc, start: int) -> int:
    """The start of a name of which only what follows a nickname was recognised: "Frank “Buddy” Castellane"."""
    for opening in (start - 3, start - 4):
        if opening > 0 and doc[start - 1].text in NICKNAME_MARKS and doc[opening].text in NICKNAME_MARKS:
            named = doc[opening - 1]
            inside = doc[opening + 1 : start - 1]
            if named.pos_ == "PROPN" and all(token.text[:1].isupper() for token in inside):
                return opening - 1
    return start


def _end_of_organisation(doc: Doc, end: int) -> int:
    """The end of "Committee for a Responsible Budget" of which only "Committee" was recognised."""
    start = end
    if start < len(doc) and doc[start].lower_ in ("of", "for", "on"):
        start += 1
    while start < len(doc) and doc[start].lower_ in ("a", "an", "the"):
        start += 1
    if start == end or start == len(doc) or doc[start].ent_type_ in ("PERSON", "DATE", "TIME"):
        return end
    last = start
    while (
        last < len(doc)
        and doc[last].pos_ in ("PROPN", "ADJ", "NOUN", "VERB")
        and doc[last].text[:1].isupper()
    ):
        last += 1
    return last if last > start else end


def courtesy_title(span: Span) -> str:
    """The word before a name when it is a title ("Mrs."), else nothing."""
    if span.start and span.doc[span.start - 1].text.lower().rstrip(".") in titles():
        return span.doc[span.start - 1].text
    return ""
