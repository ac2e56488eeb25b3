"""What is needed of a quotation to tell which others report the same utterance."""

from dataclasses import dataclass

from quotes.types import LinkKind, QuoteType


@dataclass(frozen=True, slots=True)
class StatementQuote:
    """What is needed of a stored quotation to tell which others report the same utterance."""

    id: str
    article: str  # or the one that it is a copy of
    speaker: str | None  # id of the speaker, None when open
    text: str  # the content, its fragments joined by a space or " … "
    type: QuoteType
    published: str | None = None  # ISO 8601 date
    embedding: bytes | None = None  # float16 unit vector
    cue: str | None = None  # "denied" turns a claim round; None when unknown
    doubtful: bool = False  # the speaker is a guess, or nobody in particular ("an official")
    act: str | None = None  # what the speaker did with the words: "asks"; None when unknown
    asserted: bool = True  # False: the article says that this was not said, or only might be
    extent: tuple[int, int] | None = None  # first and last character in its article


@dataclass(frozen=True, slots=True)
class ClaimQuote:
    """What is needed of a stored quotation to tell whether it denies another speaker's, or is denied by it."""

    id: str
    article: str
    speaker: str
    names: str  # what the article calls the speaker
    text: str
    type: QuoteType
    cue: str
    published: str | None  # ISO 8601 date
    denies: bool  # that is what the speaker does with the words; else asserts them
    before: str  # the text before the content, as far as it is needed
    start: int  # of the content, in characters of the article
    end: int


@dataclass(frozen=True, slots=True, order=True)
class QuotationLink:
    """That two quotations, which are not in one statement, have to do with each other."""

    quote: str
    other: str
    kind: LinkKind
    probability: float  # that it is so
