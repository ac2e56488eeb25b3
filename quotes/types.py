"""The data of the package, from article to statement.

Plain and frozen: these travel between processes and into the database.

All offsets count characters (code points) of the article's text as it was read, so that
``text[span.start:span.end] == span.text`` always holds.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

OPENING_EDGES = ("“", "‘", "(", "[")  # after them, and before these, no space
CLOSING_EDGES = (",", ".", ";", ":", "!", "?", "…", "”", ")", "]")
STDIN = "-"
PLACE = re.compile(r":\d+$")  # in Article.path: which line or item of a file


QuoteType = Literal["direct", "mixed", "indirect"]
# what was said; beliefs and wishes too; refusals and topics as well
Keep = Literal["said", "thoughts", "all"]
Act = Literal["asserts", "denies", "asks", "requests", "promises", "thinks", "declines"]
SpeakerType = Literal["person", "organisation", "group", "unnamed"]
LinkKind = Literal["perhaps", "again", "contradicts"]  # of two statements
AttributionMethod = Literal["name", "coreference", "discourse", "statement", "correction", "none"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text.

    >>> Span(3, 6, "Ann").text
    'Ann'
    """

    start: int
    end: int  # behind the last character
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One text to read."""

    id: str  # A permalink: the same article keeps it over runs and databases
    text: str  # as it was read; all offsets count its characters
    path: str  # where it was read from, as the user gave it; "FILE:3" for the third of a file, "FILE::NAME" inside
    title: str = ""
    publication: str | None = None
    author: str | None = None
    published: str | None = None  # ISO 8601: year, month or day
    url: str | None = None
    source_id: str | None = None  # its id where it was read: of a row, an entry or a message
    # Its publisher took it back: what is stored of it is marked, its text is not read
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that was not read: failures are values, so that one never stops the rest.

    >>> print(Failure("notes.txt", "is empty"))
    notes.txt: is empty
    """

    path: str
    reason: str  # in words that follow "PATH: "

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Mention:
    """The speaker of a quotation as one article has it: the fullest wording of the source's referent."""

    name: str  # "Howard Lutnick"; of an unnamed source what it is called: "A White House official"
    type: SpeakerType
    description: str | None = None  # as the article has it: "U.S. Commerce Secretary"
    aliases: tuple[str, ...] = ()  # other names that the article uses for the same referent: "Lutnick"
    pronouns: str | None = None  # "he", "she" or "they", when the article itself says so


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom the source of a quotation could mean as well, if not its speaker."""

    name: str
    type: SpeakerType
    probability: float  # that it is the speaker


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: one act of quoting in one article."""

    spans: tuple[Span, ...]  # the content, in text order
    type: QuoteType  # direct: all in quotation marks; mixed: part of it; indirect: nothing
    source: Span | None = None  # whom the text attributes it to: "she", "the mayor"
    cue: Span | None = None  # what introduces it: "said", "according to", a colon
    speaker: Mention | None = None  # the referent of the source
    via: str | None = None  # the relay: "Bloomberg" in "Sources told Bloomberg"
    attribution: AttributionMethod = "none"  # how the speaker was found
    confidence: float = 0.0  # probability that content and source are right
    speaker_confidence: float | None = None  # probability that the speaker is; None where that is open
    act: Act = "asserts"  # what the speaker did with the words
    asserted: bool = True  # false where the text says that they were not said, or only might be: "never said"
    addressee: Span | None = None  # whom they were said to: "reporters" in "told reporters"
    said_on: str | None = None  # ISO 8601: when the text says that it was said, year, month or day
    # The words for that, which need the article's date to mean a day: "on Monday"
    said_when: str | None = None
    occasion: str | None = None  # where it was said, in the text's words: "in an interview with CNN"
    embedding: bytes | None = field(default=None, repr=False)  # float16 unit vector of the content
    candidates: tuple[Candidate, ...] = ()  # the next ones for the speaker, the likeliest first

    @property
    def thought(self) -> bool:
        """Whether it is a belief, a wish or an intention rather than speech."""
        return self.act == "thinks"

    @property
    def text(self) -> str:
        """The content: its spans, joined by a space; by nothing where markup stood before a comma or behind a mark."""
        return join_fragments(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person, organisation or group across all articles: a cluster of mentions."""

    id: str
    name: str  # the canonical name
    type: SpeakerType
    description: str | None = None  # what most articles call it: "U.S. Commerce Secretary"
    aliases: tuple[str, ...] = ()  # other names of the same
    pronouns: str | None = None  # as articles use them


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said, across articles: one or more quotations, its variants."""

    id: str  # that of one of its quotations
    speaker: str | None  # the id
    text: str  # the wording that stands for all
    quotes: tuple[str, ...]  # ids of its quotations
    inferred: tuple[str, ...] = ()  # those of them that had no speaker and get this one
    confidences: tuple[
        float | None, ...
    ] = ()  # of each quotation, that it belongs here; None when it is alone

    @property
    def lent(self) -> tuple[str, ...]:
        """The old name of ``inferred``, until version 0.2."""
        import warnings

        warnings.warn("Statement.lent is now Statement.inferred", DeprecationWarning, stacklevel=2)
        return self.inferred


def join_fragments(fragments: Iterable[str]) -> str:
    """Fragments joined by a space, and by nothing before a comma or behind an opening mark.

    Fragments end like that only where markup stands: "We will <b>not</b>, ever".

    >>> join_fragments(["“We will", "not", ", ever,”"])
    '“We will not, ever,”'
    """
    text = ""
    for fragment in fragments:
        is_close = not text or text.endswith(OPENING_EDGES) or fragment.startswith(CLOSING_EDGES)
        text += fragment if is_close else f" {fragment}"
    return text


def kept(keep: Keep, *, thoughts: bool) -> Keep:
    """What is kept where ``thoughts`` says the same as ``keep="thoughts"``.

    >>> kept("said", thoughts=True), kept("all", thoughts=True)
    ('thoughts', 'all')
    """
    return "thoughts" if thoughts and keep == "said" else keep


def public_name(article: str, path: str, source_id: str | None = None) -> str:
    """What an export calls an article: the path of its own file, or its id where it was read, else its id."""
    return (source_id or article) if path == STDIN or PLACE.search(path) else path


def file_of(path: str) -> str:
    """The file in which an article stands: its path without the place in a table, an archive or a database.

    >>> file_of("news/all.jsonl:3"), file_of("old.zip::news/a.html"), file_of("news/a.txt")
    ('news/all.jsonl', 'old.zip', 'news/a.txt')
    """
    return PLACE.sub("", path.partition("::")[0])
