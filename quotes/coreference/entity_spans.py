"""Named entities as the recogniser marks them -> the spans that are their names."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from quotes.coreference.descriptions import is_nationality_noun, is_role
from quotes.lexicon.cues import is_reporting
from quotes.lexicon.given_names import is_known_given_name
from quotes.lexicon.outlets import is_outlet
from quotes.lexicon.roles import ORGANISATIONS
from quotes.lexicon.titles import courtesy_titles, titles
from quotes.lexicon.words import word_set
from quotes.names.person import are_letters_behind, is_letters
from quotes.text.normalise import fold
from quotes.text.quotation_marks import CLOSING, OPENING

# A person's name with an initial, whatever label the recogniser gives it.
NAME_WITH_INITIAL = re.compile(r"[A-Z]\w+ (?:[A-Z]\. ?)+[A-Z][\w’'-]+")
NAME_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
DETERMINERS = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "some", "any", "all", "each", "every"}
)
STYLES = frozenset(
    {"beatitude", "eminence", "excellency", "grace", "highness", "holiness", "honor", "honour", "lordship"}
    | {"ladyship", "majesty", "worship"}
)  # after "His", "Her" or "Your": no name
INITIAL = re.compile(r"(?:[A-Z]\.)+")  # "H.", "H.R."
# What stands between two names of one person: "Lena Ostrowski, formerly Lena Vogelsang".
OTHER_NAME = re.compile(
    r"[,(] ?(?:(?:formerly|previously|née|nee|né|born|aka|a\.k\.a\.?|alias)|(?:[a-z]+ )?known as)(?: known as)?$"
    r"|[,(] ?(?:(?:whose|his|her|their) )?(?:real|birth|given|stage|full|legal|pen) name(?: is| was| being)?$"
    r"|[,(] ?who (?:performs|records|raps|sings|writes|goes) (?:as|by|under)(?: the name)?(?: of)?$"
)
# Words that are names where they stand in capitals, and pronouns elsewhere: the World Health Organization.
ACRONYMS_LIKE_PRONOUNS = frozenset({"WHO", "IT", "US", "HE", "SHE", "THEY", "WE", "ME", "HIM", "THAT"})
LONGEST_SHORTENED = 2  # letters before a full stop that ends no sentence: "St."
NICKNAME_MARKS = frozenset(OPENING + CLOSING)
ARTICLES = frozenset({"a", "an", "the"})
ORGANISATION_PREPOSITIONS = frozenset({"of", "for", "on"})


def entity_parts(entity: Span) -> Iterator[Span]:
    """An entity; one with the end of a sentence or a verb of speech in it as two: "Tran" and "Stein" in "Tran. Stein".

    "Ana Ruiz Says Stein" of a headline names two.
    """
    doc = entity.doc
    for i in range(entity.start + 1, entity.end - 1):
        ends = _ends_sentence(doc, i)
        if entity.label_ == "PERSON" and (ends or is_reporting(doc[i].text)):
            yield Span(doc, entity.start, i, label="PERSON")
            yield from entity_parts(Span(doc, i + 1, entity.end, label="PERSON"))
            return
    yield entity


def trim_entity(span: Span) -> Span | None:
    """An entity without titles, possessives and what follows a line break; None when nothing is left."""
    doc, start, end = span.doc, span.start, span.end
    for token in doc[start + 1 : end]:
        if token.is_space:
            end = token.i
            break
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    is_styled = end - start > 1 and doc[start + 1].lower_ in STYLES and doc[start].tag_ == "PRP$"
    start += 2 * is_styled
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ in DETERMINERS):
        start += 1
    if start == end or (is_styled and all(map(is_role, doc[start:end]))):  # "His Highness the Crown Prince"
        return None
    has_title = end - start > 1 and fold(doc[start].text).replace(".", "") in courtesy_titles()
    has_letters = end < len(doc) and end - start > 1 and is_post_nominal(doc[end])  # "Nia Price OBE"
    is_person = span.label_ == "PERSON" or (
        span.label_ in ("ORG", "GPE", "FAC")
        and (has_title or has_letters or _is_surname_of_person(doc, start))
    )
    if is_person:
        start, end = _trim_person(doc, start, end)
        is_title = end - start == 1 and fold(doc[start].text).replace(".", "") in courtesy_titles()
        if is_title or not any(token.text[:1].isupper() for token in doc[start:end]):
            return None  # "Mr" is nobody
    if span.label_ == "ORG":
        end = _end_of_organisation(doc, start, end)
    if is_person and end - start == 1 and is_nationality_noun(doc[start]):
        return Span(doc, start, end, label="NORP")
    if is_person and _is_body(doc[start:end]):
        return Span(doc, start, end, label="ORG")
    label = "PERSON" if is_person or NAME_WITH_INITIAL.fullmatch(doc[start:end].text) else span.label_
    return Span(doc, start, end, label=label) if end > start else None


def _is_body(name: Span) -> bool:
    """Whether a name that was taken for a person's is a body's: "Xinhua", "the Anna Hall Foundation"."""
    has_title = bool(courtesy_title(name))
    if len(name) == 1:
        return not has_title and is_outlet(name.text) and not is_known_given_name(fold(name.text))
    is_surname = len(name) == 2 and is_known_given_name(fold(name[0].text))  # "Charlotte Church"
    is_called_so = name[-1].text[:1].isupper() and name[-1].lemma_.lower() in ORGANISATIONS
    return is_called_so and not is_surname and not has_title


def _trim_person(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The bounds of a person's name: with its suffix and what stands before a nickname, without titles.

    Nor with whose they are: "India's Ana Ruiz".
    """
    start = max([start, *(token.i + 1 for token in doc[start : end - 1] if token.tag_ == "POS")])
    comma = end < len(doc) and doc[end].text == ","
    if end + comma < len(doc) and doc[end + comma].text.rstrip(".") in NAME_SUFFIXES:
        end += comma + 1
    start = _start_of_person(doc, _start_before_nickname(doc, start))
    end = _end_of_person(doc, start, end)
    while end - start > 1 and (words := _titles_at(doc, start, end)):
        start += words
    return start, end


def _titles_at(doc: Doc, start: int, end: int) -> int:
    """How many words of a name are a title at its beginning: two of "Tan Sri Azmi Karim", one of "Weaver Ana Ruiz"."""
    first, is_long = fold(doc[start].text).replace(".", ""), end - start > 2
    if is_long and f"{first} {fold(doc[start + 1].text)}" in word_set("title_pairs"):
        return 2
    is_profession = (
        is_long and doc[start].is_sent_start and is_role(doc[start]) and not is_known_given_name(first)
    )
    return int(first in titles() or bool(is_profession))


def is_post_nominal(token: Token) -> bool:
    """Whether a word is letters after a name: "MP", "M.D."."""
    if not token.text[:1].isupper():
        return False
    is_shouted = token.i > 0 and token.nbor(-1).is_upper
    return fold(token.text).replace(".", "") in word_set("degrees") or (
        is_letters(token.text) and not is_shouted
    )


def _is_particle(token: Token) -> bool:
    """Whether a token is (part of) a particle of a surname, in small letters: "van", "'t"; "in" only before "'t"."""
    text = token.text.replace("’", "'")
    after = token.nbor().text.replace("’", "'") if token.i + 1 < len(token.doc) else ""
    if text == "in":
        return after == "'t" or (after == "'" and token.i + 2 < len(token.doc) and token.nbor(2).text == "t")
    return after == "t" if text == "'" else text in word_set("particles")


def _given_name_before(doc: Doc, start: int) -> int | None:
    """The given name before the particles that stand before a name: "Joost" before "Brink" in "Joost ten Brink"."""
    first = start
    while first > 0 and _is_particle(doc[first - 1]):
        first -= 1
    if first == 0 or (first == start and not _is_particle(doc[start])):
        return None
    before = doc[first - 1]
    if before.ent_type_ == "PERSON":
        return first - 1
    is_given = before.pos_ == "PROPN" or is_known_given_name(fold(before.text))
    is_given = is_given and before.text[:1].isupper() and before.text.isalpha()
    return first - 1 if is_given and not before.ent_type_ and fold(before.text) not in titles() else None


def _is_surname_of_person(doc: Doc, start: int) -> bool:
    """Whether a name that was taken for another thing follows a person's given name and particles."""
    given = _given_name_before(doc, start)
    return given is not None and doc[given].ent_type_ == "PERSON"


def _start_of_person(doc: Doc, start: int) -> int:
    """The start of a name of which only the end was recognised: "Ludo van der Meer", "A. P. J. Raman"."""
    if (given := _given_name_before(doc, start)) is not None:
        return _start_of_person(doc, given)
    while start and _is_first_name_of(doc[start - 1], doc[start]):
        start -= 1
    while start and INITIAL.fullmatch(doc[start - 1].text) and not doc[start - 1].is_sent_end:
        if doc[start - 1].ent_type_ not in ("", "PERSON"):
            break  # "U.S."
        start -= 1
    first = start
    while first and _is_particle(doc[first - 1]) and doc[first - 1].text in word_set("particles_only"):
        first -= 1
    return first


def _is_first_name_of(before: Token, name: Token) -> bool:
    """Whether a word is the first part of a name that was taken for one of its own: "Dev" before "Mehta".

    So are what joins it with a hyphen, as in "Per-Åke", and a given name, taken for none or for the end of a body's
    name, beside a surname alone: "Blessing Udo", "the Alpine Dairy Board Reto Kunz".
    """
    head = before.head
    if before.text == "-":
        return before.ent_type_ == "PERSON" and not before.whitespace_
    if not before.text.isalpha() or before.whitespace_ != " " * (name.text != "-"):
        return False
    if before.ent_type_ == head.ent_type_ == "PERSON":
        return before.dep_ == "compound" and (head == name or name.head == head)
    after = before.doc[name.i + 1 : name.i + 2]
    is_alone = before.ent_type_ in ("", "ORG") and (name.ent_type_, name.ent_iob_) == ("PERSON", "B")
    is_alone = is_alone and not any(token.ent_iob_ == "I" for token in after)
    is_name = before.tag_ == "NNP" or (before.text[0].isupper() and not before.is_sent_start)
    return is_alone and is_name and is_known_given_name(fold(before.text)) and not is_role(before)


def _end_of_person(doc: Doc, start: int, end: int) -> int:
    """The end of a name: before another sentence and letters after it, behind a surname that was overlooked."""
    for i in range(start + 1, end - 1):
        is_end = _ends_sentence(doc, i) or _opens_what_is_no_nickname(doc, i, end)
        if is_end or (doc[i].text.rstrip(".") in NAME_SUFFIXES and doc[i + 1].text[:1].isupper()):
            end = i if is_end else i + 1
            break
    while end - start > 1 and (is_post_nominal(doc[end - 1]) or _has_letters(doc[start:end])):
        end -= 1
    surname = end
    while surname < len(doc) and _is_particle(doc[surname]):
        surname += 1
    if surname < len(doc) and _is_overlooked_surname(doc[start], doc[surname], has_particle=surname > end):
        return surname + 1 if end - start == 1 or surname > end else end
    return end


def _ends_sentence(doc: Doc, i: int) -> bool:
    """Whether a full stop within a name ends a sentence: not that of "St.", but that of "Sr." before a name."""
    before = doc[i - 1].text
    return doc[i].text == "." and (len(before) > LONGEST_SHORTENED or before in NAME_SUFFIXES)


def _has_letters(name: Span) -> bool:
    """Whether a name ends in letters that follow a given name and a surname: "Ada Eze SAN"."""
    return are_letters_behind([token.text for token in name[:-1]], name[-1].text)


def _opens_what_is_no_nickname(doc: Doc, i: int, end: int) -> bool:
    """Whether a mark within a name opens what a headline says of them: "Ana Ruiz ‘A Disgrace’ Over Bridge"."""
    if doc[i].text not in NICKNAME_MARKS or not doc[i - 1].whitespace_:
        return False
    closing = next((j for j in range(i + 1, end - 1) if doc[j].text in NICKNAME_MARKS), None)
    return closing is None or doc[closing + 1].pos_ == "ADP"


def _is_overlooked_surname(given: Token, after: Token, *, has_particle: bool) -> bool:
    """Whether a word behind a given name, or behind particles, is a surname that the recogniser has not seen.

    A word with letters that English has not is one in any case: the tagger cannot know it ("Håkon Ås").
    """
    if not (after.text[:1].isupper() and after.text.isalpha()) or after.is_sent_start:
        return False
    if after.ent_type_ not in ("", "PERSON") or is_post_nominal(after):
        return False
    is_foreign = not after.text.isascii()
    if has_particle:
        return after.pos_ == "PROPN" or is_foreign
    is_given = is_foreign or is_known_given_name(fold(given.text))
    return is_given and not after.ent_type_ and (after.pos_ == "PROPN" or is_foreign)


def _start_before_nickname(doc: Doc, start: int) -> int:
    """The start of a name of which only what follows a nickname was recognised: "Frank “Buddy” Castellane"."""
    for opening in (start - 3, start - 4):
        if opening > 0 and doc[start - 1].text in NICKNAME_MARKS and doc[opening].text in NICKNAME_MARKS:
            named = doc[opening - 1]
            inside = doc[opening + 1 : start - 1]
            if named.pos_ == "PROPN" and all(token.text[:1].isupper() for token in inside):
                return opening - 1
    return start


def _end_of_organisation(doc: Doc, begin: int, end: int) -> int:
    """The end of "Committee for a Responsible Budget" of which only "Committee" or "Committee for" was recognised."""
    recognised = end
    while end - begin > 1 and doc[end - 1].lower_ in ORGANISATION_PREPOSITIONS | ARTICLES:
        end -= 1
    goes_on = end > begin and (doc[end - 1].lemma_.lower() in ORGANISATIONS or is_role(doc[end - 1]))
    if end == recognised and not goes_on:
        return end
    start = end
    if start < len(doc) and doc[start].lower_ in ORGANISATION_PREPOSITIONS:
        start += 1
    while start < len(doc) and doc[start].lower_ in ARTICLES:
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


def mark_before_other_name(name: Span) -> int | None:
    """The comma or bracket behind the name that this one renames: "Lena Ostrowski, formerly Lena Vogelsang"."""
    before = name.doc[max(0, name.start - 7) : name.start]
    if OTHER_NAME.search(before.text) is None:
        return None
    return next(
        (i for i in range(name.start - 1, before.start - 1, -1) if name.doc[i].text in (",", "(")), None
    )


def is_acronym_like_pronoun(token: Token) -> bool:
    """Whether a word in capitals reads like a pronoun and is a name: "WHO" where the words beside are not shouted."""
    if token.text not in ACRONYMS_LIKE_PRONOUNS:
        return False
    near = token.doc[max(0, token.i - 2) : token.i + 3]
    beside = [other for other in near if other.i != token.i and other.is_alpha and len(other) > 1]
    return bool(beside) and not all(other.is_upper for other in beside)
