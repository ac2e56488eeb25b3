"""Quotations across articles -> statements: every wording of one utterance together."""

from collections.abc import Iterable
from dataclasses import dataclass

from quotes.data import QuoteType, Statement


@dataclass(frozen=True, slots=True)
class StatementQuote:
    """What is needed of a stored quotation to tell which others report the same utterance."""

    id: str
    article: str
    speaker: str | None  # id of the speaker, None when open
    text: str  # the content, its fragments joined by a space or " … "
    spans: int  # number of fragments
    type: QuoteType
    published: str | None = None  # ISO 8601 date
    position: int = 0  # offset of the first fragment in its article
    embedding: bytes | None = None  # float16 unit vector
    cue: str | None = None  # "denied" turns a claim round; None when unknown


def link_statements(quotes: Iterable[StatementQuote]) -> list[Statement]:
    """Put the wordings of one utterance together; every quotation is in exactly one statement.

    The order of ``quotes`` does not matter. A statement's id is the smallest id of its quotations.
    """
    raise NotImplementedError
