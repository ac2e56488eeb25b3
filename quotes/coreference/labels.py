"""Names in the labels of turns: "MAYOR TRAN:", and "RO:" for Rita Okonjo."""

import re
from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from quotes.lexicon.titles import titles
from quotes.names.person import Person, name_words, parse_person
from quotes.text.normalise import fold
from quotes.text.paragraphs import paragraphs

TITLED_LABEL = re.compile(r"((?:[A-Z][\w.-]* ){1,3})([A-Z][\w’'-]+) ?:")
INITIALS_LABEL = re.compile(r"([A-Z]{2,4}) ?:")
MIN_LABELS = 2  # paragraphs that begin with initials


def titled_names(doc: Doc, text: str) -> Iterator[Span]:
    """The names behind titles in labels, all in capitals, that the recogniser has not seen: "MAYOR TRAN:"."""
    for start, end in paragraphs(text):
        label = TITLED_LABEL.match(text, start, end)
        if label is None or not label[2].isupper() or not label[1].isupper():
            continue
        name = doc.char_span(*label.span(2), label="PERSON")
        is_titled = all(fold(word).replace(".", "") in titles() for word in label[1].split())
        if name is not None and is_titled and not any(token.ent_type_ for token in name):
            yield name


def initials_labels(doc: Doc, text: str) -> Iterator[Span]:
    """The labels that are initials, where several paragraphs have some: "SB:", "RO:"."""
    labels = [label for span in paragraphs(text) if (label := INITIALS_LABEL.match(text, *span))]
    counts = Counter(label[1] for label in labels)
    for label in labels:
        span = doc.char_span(*label.span(1), label="PERSON")
        if span is not None and (counts[label[1]] >= MIN_LABELS or len(counts) >= MIN_LABELS):
            yield span


def without_initials(doc: Doc, text: str, spans: list[Span]) -> list[Span]:
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
    """Whether letters are a person's initials: of all names, or of the first and the last.

    >>> from quotes.names.person import parse_person
    >>> has_initials(parse_person("Rita Okonjo"), "RO"), has_initials(parse_person("Sam Bell"), "RO")
    (True, False)
    """
    words = name_words(person.display)
    initials = [word[0] for word in words]
    known = ("".join(initials), initials[0] + initials[-1], "".join(initials[1:]))  # "Potter Rita Okonjo"
    return len(words) > 1 and len(letters) > 1 and letters.casefold() in known
