"""Who "I" and "we" are outside of quotation marks: who answers in an interview, who signed a letter, the author.

"We" is a body where a body wrote the text: a by-line, a statement that it issued, a signature.
"""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

import numpy as np
from spacy.attrs import IS_SPACE
from spacy.tokens import Doc, Span, Token

from quotes.coreference.entities import EntityIndex
from quotes.coreference.entity import Entity
from quotes.coreference.referents import Referent
from quotes.lexicon.outlets import is_outlet
from quotes.lexicon.roles import ORGANISATIONS, TEAMS
from quotes.names.person import parse_person
from quotes.types import Mention

AUTHOR = Referent(None, ())  # the author of an article whom no name of the text means
BYLINE = re.compile(r"(?:by|from|opinion by|column by)\b:?\s*(?:the\b\s*)?", re.I)
PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
ANSWER_LABEL = re.compile(r"(?:A|Answer)[.:]", re.I)
QUESTION_LABEL = re.compile(r"Q\b[.:]?|Question[.:]", re.I)
LABEL_TOKENS = 2  # the most of "Answer:"
SPEECH_NOUNS = frozenset({"speech", "remarks", "address", "statement", "transcript", "letter", "testimony"})
# What the last lines say of the author of an article: "Ana Ruiz is a reporter", "Ana Ruiz covers politics".
INTRODUCING_VERBS = frozenset(
    {"be", "write", "cover", "edit", "chair", "serve", "teach", "lead", "report", "host", "direct"}
)
EXAMINERS = frozenset(
    {"attorney", "barrister", "counsel", "interviewer", "judge", "lawyer", "prosecutor", "reporter"}
)
END_LINES = 4  # of an article, at either end, in which its author is named
LINE_WORDS = 12  # of a line that has little beside a by-line, at most
NAME_TOKENS = 6  # of a line that is a signature, at most
ISSUING_VERBS = frozenset({"issue", "publish", "release"})
TITLE_TOKENS = 3  # of a headline, within which it calls itself a statement: "Full statement by ..."


class Authors:
    """Who speaks in the first person in one article. ``given``: the author, as far as known apart from the text."""

    def __init__(self, doc: Doc, index: EntityIndex, given: str | None = None) -> None:
        self.doc, self.index = doc, index
        self.lines = _lines(doc)
        self.given = _mention(given)
        self.signatures = [
            (line.start, entity)
            for number, line in enumerate(self.lines)
            if number > 1 and (entity := self._only_name(line)) is not None
        ]
        first_words = [(line.start, line[:LABEL_TOKENS].text) for line in self.lines]
        self.answers = [start for start, words in first_words if ANSWER_LABEL.match(words)]
        questions = [start for start, words in first_words if QUESTION_LABEL.match(words)]
        self.first_question = min(questions, default=len(doc))
        self.labels = sorted([*self.answers, *questions])
        self.article = self._of_article()
        self.body = self._body()

    def at(self, token: int) -> Referent | None:
        """Who "I" or "we" is at a token; None where nothing says."""
        if self.body is not None and self.doc[token].lower_ in PLURAL:
            return self.body
        before = bisect_right(self.labels, token)
        if before and self.labels[before - 1] in self.answers:
            return self.interviewee()
        if len(self.signatures) > 1:
            return next(
                (Referent(entity) for start, entity in self.signatures if start > token), self.article
            )
        return self.article

    def _of_article(self) -> Referent | None:
        """The author of the whole article: the name given, else who has a by-line or gave the speech that it is."""
        if self.given is not None and self.given.type == "person":
            return self._named(self.given.name)
        for entity in (self._headline(), self._by_line(), self._introduced()):
            if entity is not None:
                return Referent(entity)
        if self.signatures:
            return Referent(self.signatures[-1][1])
        return AUTHOR if self.given is not None else None

    def _named(self, name: str) -> Referent:
        """The entity of the article that a given name means, else ``AUTHOR``."""
        words = set(name.lower().split()) - {"the"}
        return next(
            (Referent(e) for e in self.index.entities if words == set(e.name.lower().split())), AUTHOR
        )

    def _body(self) -> Referent | None:
        """The body that wrote the article, as far as known."""
        if self.given is not None and self.given.type != "person":
            return self._named(self.given.name)
        entity = self._statement() or self._by_line(is_person=False)
        if entity is None and self.article is None and len(self.lines) > 1:
            entity = self._only_name(self.lines[-1], is_person=False)
        return Referent(entity) if entity is not None else None

    def _statement(self) -> Entity | None:
        """The body whose statement it is: "Statement by the Port Board", "The board issued the following statement"."""
        for number, line in enumerate(self.lines[:END_LINES]):
            nouns = [token.i for token in line if token.lower_ in SPEECH_NOUNS]
            follows = any(
                token.lower_ == "following" or (token.i in nouns and _is_issued(token)) for token in line
            )
            is_title = number == 0 and bool(nouns) and nouns[0] < line.start + TITLE_TOKENS
            if nouns and (follows or is_title):
                named = dict.fromkeys(e for t in line if (e := self.index.by_token.get(t.i)) is not None)
                bodies = [entity for entity in named if entity.label == "ORG"]
                return bodies[0] if bodies and not any(entity.is_person for entity in named) else None
        return None

    def interviewee(self) -> Referent | None:
        """The person whom the text before the first question names most: an interview introduces whom it asks.

        Who asks is not meant; where the text names nobody, who answers with nothing but a name is.
        """
        examiners = [line for line in self.lines if line[0].lower_ == "by"]  # "BY MS. RUIZ:"
        people = [
            e
            for e in self.index.entities
            if e.is_person and not any(line.start <= e.mention_starts[0] < line.end for line in examiners)
        ]
        people = [e for e in people if not e.description_words & EXAMINERS] or people
        counts = {e: bisect_left(e.mention_starts, self.first_question) for e in people}
        most = max(counts.values(), default=0)
        named_most = [entity for entity, count in counts.items() if count == most > 0]
        if most == 0:  # "A. Ana Ruiz.": who states a name
            named_most = [
                e for line in self.lines if (e := self._only_name(_behind_label(line))) is not None
            ][:1]
        return Referent(named_most[0]) if len(named_most) == 1 else None

    def _headline(self) -> Entity | None:
        """Whose column or speech it is by the headline: "Ana Ruiz: ...", "The Ruiz speech ..."."""
        if not self.lines:
            return None
        line = self.lines[0]
        people = list(dict.fromkeys(e for t in line if (e := self.index.person_at(t.i)) is not None))
        first = self.index.person_at(line.start)
        if first is not None:
            end = min((m.end for m in first.mentions if m.start >= line.start), default=line.start)
            if end < line.end and self.doc[end].text == ":":
                return first
        is_speech = any(token.lower_ in SPEECH_NOUNS for token in line)
        return people[0] if is_speech and len(people) == 1 else None

    def _by_line(self, *, is_person: bool = True) -> Entity | None:
        for line in self.lines[:END_LINES]:
            for token in line[:LINE_WORDS]:
                entity = self._entity(token.i, is_person=is_person)
                if entity is not None and BYLINE.fullmatch(self.doc[line.start : token.i].text):
                    return entity
        return None

    def _introduced(self) -> Entity | None:
        """Whom one of the last lines introduces: "Ana Ruiz is a reporter for the Courier"."""
        if len(self.lines) <= END_LINES:
            return None
        for line in reversed(self.lines[-END_LINES:]):
            entity = next((e for t in line[:4] if (e := self.index.person_at(t.i)) is not None), None)
            if entity is None:
                continue
            verb = next((t for t in line if t.tag_ in ("VBZ", "VBD", "VBP") and t.dep_ == "ROOT"), None)
            if verb is not None and verb.lemma_.lower() in INTRODUCING_VERBS and _is_subject(entity, verb):
                return entity
        return None

    def _only_name(self, line: Span, *, is_person: bool = True) -> Entity | None:
        """The person, or the body, whose name is all that a line has."""
        words = [token for token in line if not token.is_punct and not token.is_space]
        if not 0 < len(words) <= NAME_TOKENS or line[-1].text == ":":
            return None
        if not is_person and words[0].lower_ == "the":
            words = words[1:]
        entity = self._entity(words[-1].i, is_person=is_person) if words else None
        is_all = all(self.index.by_token.get(t.i) is entity for t in words)
        return entity if entity is not None and is_all else None

    def _entity(self, i: int, *, is_person: bool) -> Entity | None:
        if is_person:
            return self.index.person_at(i)
        entity = self.index.by_token.get(i)
        return entity if entity is not None and entity.label == "ORG" else None


def _behind_label(line: Span) -> Span:
    """The words of an answer behind its label; none of any other line."""
    label = ANSWER_LABEL.match(line.text)
    start = next((t.i for t in line if label and t.idx >= line.start_char + label.end()), line.end)
    return line.doc[start : line.end]


def _mention(given: str | None) -> Mention | None:
    """The author of an article as its metadata name him: a person, or a body ("The Editorial Board")."""
    name = " ".join(BYLINE.sub("", given, count=1).split()) if given else ""
    if not name:
        return None
    words = {word.strip(".,").lower() for word in name.split()}
    if is_outlet(name) or not words.isdisjoint(ORGANISATIONS | TEAMS):
        return Mention(name, "organisation")
    return Mention(parse_person(name).display, "person")


def _is_issued(noun: Token) -> bool:
    """Whether a sentence says that a statement was issued: "The club issued a statement"."""
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in ISSUING_VERBS


def _is_subject(entity: Entity, verb: Token) -> bool:
    """Whether a mention of an entity is the subject of a verb."""
    heads = set(entity.mention_heads)
    return any(child.i in heads for child in verb.children if child.dep_ in ("nsubj", "nsubjpass"))


def _lines(doc: Doc) -> list[Span]:
    """The lines of a text that are not blank."""
    spaces = np.flatnonzero(doc.to_array(IS_SPACE)).tolist()
    starts = [0] + [i + 1 for i in spaces if "\n" in doc[i].text]
    words = np.delete(np.arange(len(doc)), spaces)
    bounds = np.searchsorted(words, [*starts, len(doc)]).tolist()
    return [doc[int(words[a]) : int(words[b - 1]) + 1] for a, b in pairwise(bounds) if a < b]
