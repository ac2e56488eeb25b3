"""Names in the labels of turns: "MAYOR TRAN:", and "RO:" for Rita Okonjo."""

import re
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from quotes.coreference.descriptions import is_role
from quotes.lexicon.given_names import is_known_given_name
from quotes.lexicon.titles import courtesy_titles, titles
from quotes.names.person import Person, initials, name_words, parse_person
from quotes.text.normalise import fold
from quotes.text.paragraphs import paragraphs

NAME_LABEL = re.compile(
    r"((?:[A-Z][\w.’'-]* ){0,3})([A-Z][\w’'-]+)(?:, [^:\n]{1,50})?(?: ?\([^()\n]{1,40}\))? ?:"
)
INITIALS_LABEL = re.compile(r"([A-Z]{2,4}) ?:")
QUESTION_LINE = re.compile(r"^Q[.:][ \t]", re.M)
ANSWER_LINE = re.compile(r"(?<![^\n])A[.:][ \t]+(?=\w)")
MIN_LABELS = 2  # paragraphs that begin with initials


def label_names(doc: Doc, text: str) -> Iterator[Span]:
    """The names in labels that the recogniser has not seen, or not whole: "MAYOR TRAN:", "PAM GOLD:", "GOLD:".

    A label is a person's where a title is before the name, where it begins with a given name or "Mr", or where a
    person's label ends with it.
    """
    labels = [label for span in paragraphs(text) if (label := NAME_LABEL.match(text, *span))]
    labelled = Counter(label[1] + label[2] for label in labels)
    surnames = {label[2] for label in labels if is_known_given_name(fold(label[1].split(" ")[0]))}
    for label in labels:
        before = label[1].split()
        is_mr = len(before) > 1 and fold(before[0]).replace(".", "") in courtesy_titles()
        is_theirs = bool(before) and before[0].endswith(("'s", "’s"))  # "India's Ana Ruiz:"
        start = label.start(1) + (len(before[0]) + 1 if is_mr or is_theirs else 0)
        before = before[is_theirs:]
        is_titled = bool(before) and all(fold(word).replace(".", "") in titles() for word in before)
        is_full = bool(before) and (
            is_mr
            or is_known_given_name(fold(before[0]))
            or (labelled[label[1] + label[2]] >= MIN_LABELS and _has_given_name(doc, label))
        )
        is_shouted = label[2].isupper() and label[1].upper() == label[1]
        name = doc.char_span(start if is_full else label.start(2), label.end(2), label="PERSON")
        is_person = (is_titled and is_shouted) or is_full or (not before and label[2] in surnames)
        if name is not None and is_person and not _is_known(name):
            yield name


def _has_given_name(doc: Doc, label: re.Match[str]) -> bool:
    """Whether one word that is no role stands before a surname that was taken for any name: "Per Lund:"."""
    name = doc.char_span(label.start(1), label.end(2))
    if name is None or len(name) != 2 or name[0].ent_type_ or not name[1].ent_type_:
        return False
    return not is_role(name[0]) and fold(name[0].text) not in titles()


def _is_known(name: Span) -> bool:
    """Whether the recogniser has the whole of a name as a person's, or a single word of it as anything."""
    kinds = {token.ent_type_ for token in name}
    return kinds == {"PERSON"} or (len(name) == 1 and kinds != {""})


def initials_labels(doc: Doc, text: str) -> Iterator[Span]:
    """The labels that are initials, where several paragraphs have some: "SB:", "RO:"."""
    labels = [label for span in paragraphs(text) if (label := INITIALS_LABEL.match(text, *span))]
    counts = Counter(label[1] for label in labels)
    for label in labels:
        span = doc.char_span(*label.span(1), label="PERSON")
        if span is not None and (counts[label[1]] >= MIN_LABELS or len(counts) >= MIN_LABELS):
            yield span


def without_labels(doc: Doc, text: str, spans: list[Span]) -> list[Span]:
    """Names without what labels turns and is none: initials of another name, the "A." of an answer."""
    return _without_initials(doc, text, _without_answer_labels(text, spans))


def _without_initials(doc: Doc, text: str, spans: list[Span]) -> list[Span]:
    """Names without labels that the recogniser takes for some, where they are the initials of another name."""
    labels = {label.start: label.text for label in initials_labels(doc, text)}
    taken = {span.start for span in spans if span.text == labels.get(span.start)}
    if not taken:
        return spans
    people = [
        parse_person(span.text) for span in spans if span.label_ == "PERSON" and span.start not in taken
    ]
    known = {letters for letters in labels.values() if any(has_initials(one, letters) for one in people)}
    return [span for span in spans if span.start not in taken or labels[span.start] not in known]


def _without_answer_labels(text: str, spans: list[Span]) -> list[Span]:
    """Names without the label of the answer that they open: "A. Ana Ruiz." in a text with questions."""
    if QUESTION_LINE.search(text) is None:
        return spans
    result = []
    for span in spans:
        label = ANSWER_LINE.match(text, span.start_char)
        start = next((t.i for t in span if label and t.idx >= label.end()), span.start)
        result.append(Span(span.doc, start, span.end, label=span.label_))
    return result


def is_repeated_label(source: Span) -> bool:
    """Whether a source is the label of several turns, which nobody but itself is meant by: "THE WITNESS:"."""
    doc = source.doc
    if not _is_label(source):
        return False
    words = [token.lower_ for token in source]
    starts = (token.i for token in doc if token.lower_ == words[0] and token.i != source.start)
    return any(
        [token.lower_ for token in other] == words and _is_label(other)
        for start in starts
        if (other := doc[start : start + len(words)])
    )


def _is_label(span: Span) -> bool:
    """Whether a span opens a line and a colon follows."""
    doc = span.doc
    opens = span.start == 0 or "\n" in doc[span.start - 1].text
    return opens and span.end < len(doc) and doc[span.end].text == ":"


def has_initials(person: Person, letters: str) -> bool:
    """Whether letters can stand for a person's name.

    >>> has_initials(parse_person("Rita Okonjo"), "RO"), has_initials(parse_person("Sam Bell"), "RO")
    (True, False)
    """
    return letters.casefold() in initials(name_words(person.display))
