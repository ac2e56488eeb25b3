"""Spans of names that only the whole article shows to be wrong: cut, renamed or left out.

The recogniser reads a sentence at a time. A headline in capitals, the label of a turn and a verb beside a name mislead
it; other sentences know better.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Doc, Span

from quotes.coreference.descriptions import is_role
from quotes.coreference.entity_spans import courtesy_title
from quotes.lexicon.given_names import is_known_given_name
from quotes.lexicon.outlets import is_outlet
from quotes.lexicon.words import word_set
from quotes.text.normalise import fold

TURN_LABEL = re.compile(r"^[“\"']?([A-Z][A-Z’'-]{4,}): ", re.M)
MIN_TURNS = 2  # labels in capitals from which on they are those of people who talk
NO_NAMES = frozenset().union(
    *(word_set(f"quotations/{kind}_labels") for kind in ("furniture", "presiding", "question", "unspoken"))
)
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MIN_CAPITALISED = 0.7  # of the words of a headline


def corrected_names(doc: Doc, text: str, spans: Sequence[Span], cues: Collection[int]) -> Iterator[Span]:
    """The spans of names, some of them shorter or with another label. ``cues``: where the cues of quotations begin."""
    people = [span for span in spans if span.label_ == "PERSON"]
    headline = _headline_end(doc, text)
    in_text = {tuple(t.lower_ for t in span) for span in people if span.start >= headline}
    words = Counter(token.lower_ for span in people if len(span) > 1 for token in span)
    surnames = {span.text.lower() for span in people if len(span) == 1}
    labels = _turn_labels(doc, text)
    named = {span.start for span in spans}
    yield from (Span(doc, i, i + 1, label="PERSON") for i in labels if i not in named)
    for span in spans:
        cut = _before_cue(span, cues)
        if cut.start < headline or len(cut) < len(span):
            cut = _as_in_text(cut, in_text, is_prefix=cut.start < headline and cut.label_ == "PERSON")
        if _is_person_after_all(cut, surnames):
            yield Span(doc, cut.start, cut.end, label="PERSON")
        elif len(cut) > 1 or courtesy_title(cut):
            yield cut
        elif cut.label_ != "PERSON":
            yield Span(doc, cut.start, cut.end, label="PERSON") if cut.start in labels else cut
        elif not words[cut[0].lower_] and is_outlet(cut.text):  # "Fox", where no Fox has a given name
            yield Span(doc, cut.start, cut.end, label="ORG")
        elif words[cut[0].lower_] or not (cut[0].is_sent_start and is_role(cut[0])):  # "Weatherman" says
            yield cut


def _is_person_after_all(span: Span, surnames: Collection[str]) -> bool:
    """Whether a place in several words is a given name and what is a person's name elsewhere: "Georgia Denver"."""
    is_place = span.label_ in PLACE_LABELS and len(span) > 1
    return is_place and span[-1].lower_ in surnames and is_known_given_name(fold(span[0].text))


def _before_cue(span: Span, cues: Collection[int]) -> Span:
    """A span up to the cue of a quotation in it: "Ana Ruiz" of "Ana Ruiz Slams"."""
    at = next((i for i in range(span.start + 1, span.end) if i in cues), span.end)
    return Span(span.doc, span.start, at, label=span.label_)


def _as_in_text(span: Span, people: Collection[tuple[str, ...]], *, is_prefix: bool) -> Span:
    """A span as the person whose name it is in the text, or begins with: "Ana Ruiz Over" of a headline."""
    words = tuple(token.lower_ for token in span)
    for end in range(len(words), 1 if is_prefix and len(words) > 1 else len(words) - 1, -1):
        if words[:end] in people:
            return Span(span.doc, span.start, span.start + end, label="PERSON")
    return span


def _headline_end(doc: Doc, text: str) -> int:
    """The first token behind a headline: a first line most of whose words begin with capitals; 0 without one."""
    line = text.lstrip().partition("\n")[0]
    words = [word for word in line.split() if word[0].isalpha()]
    is_headline = len(line) < len(text.strip()) and sum(word[0].isupper() for word in words) >= (
        MIN_CAPITALISED * len(words)
    )
    end = len(text) - len(text.lstrip()) + len(line) if is_headline else 0
    return next((token.i for token in doc if token.idx >= end), 0)


def _turn_labels(doc: Doc, text: str) -> list[int]:
    """The labels of turns in capitals that are names, if there are several: "TRAN: Well, ...", "LOPEZ: ..."."""
    starts = {label.start(1): label[1].lower() for label in TURN_LABEL.finditer(text)}
    if len(starts) < MIN_TURNS or not _is_transcript(list(starts.values())):
        return []
    words = {token.text for token in doc}
    labels = [token for token in doc if token.idx in starts and token.lower_ not in words]
    return [token.i for token in labels if not is_role(token) and token.lower_ not in NO_NAMES]


def _is_transcript(labels: Sequence[str]) -> bool:
    """Whether one of the labels is there again: somebody talks more than once."""
    return len(set(labels)) < len(labels)
