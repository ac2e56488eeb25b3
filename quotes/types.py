"""What flows through the pipeline. Plain and frozen: these travel between processes and into the database.

All offsets count characters (code points) of the article's text as it was read, so that
``text[span.start:span.end] == span.text`` always holds.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

STDIN = "-"
PLACE = re.compile(r":\d+$")  # in Article.path: which line or item of a file


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was not read: where, and why in words that follow "PATH: "."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


def public_name(article: str, path: str) -> str:
    """What an export calls an article: the path of its own file, or its id when it had none to itself."""
    return article if path == STDIN or PLACE.search(path) else path


QuoteType = Literal["direct", "mixed", "indirect"]
SpeakerType = Literal["person", "organisation", "group", "unnamed"]
AttributionMethod = Literal["name", "coreference", "discourse", "statement", "correction", "none"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One text to read. ``id`` is a permalink; ``path`` is where it was read from, as the user gave it."""

    id: str
    text: str
    path: str
    title: str = ""
    publication: str | None = None
    author: str | None = None
    published: str | None = None  # ISO 8601 date
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Whom one article means by the source of a quotation: its fullest wording within that article."""

    name: str  # "Howard Lutnick"; for an unnamed source as it is called: "A White House official"
    type: SpeakerType
    description: str | None = None  # as the article has it: "U.S. Commerce Secretary"
    aliases: tuple[str, ...] = ()  # other names the article uses for the same referent: "Lutnick"
    pronouns: str | None = None  # "he", "she" or "they", when the article itself says so


@dataclass(frozen=True, slots=True)
class Quote:
    """One act of quoting in one article."""

    spans: tuple[Span, ...]  # the content, in text order
    type: QuoteType
    source: Span | None = None
    cue: Span | None = None
    speaker: Mention | None = None
    via: str | None = None  # the relay: "Bloomberg" in "Sources told Bloomberg"
    attribution: AttributionMethod = "none"
    confidence: float = 0.0  # probability that content and source are right
    thought: bool = False  # a belief or an intention rather than speech
    embedding: bytes | None = field(default=None, repr=False)  # float16 unit vector of the content

    @property
    def text(self) -> str:
        """The content's fragments, joined by a space (by " … " is the page's business)."""
        return " ".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person, organisation or group across all articles."""

    id: str
    name: str
    type: SpeakerType
    description: str | None = None
    aliases: tuple[str, ...] = ()
    pronouns: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said, across articles: one or more quotations, its variants."""

    id: str
    speaker: str | None
    text: str
    quotes: tuple[str, ...]  # ids of its quotations
    lent: tuple[str, ...] = ()  # those of them that had no speaker and get this one
