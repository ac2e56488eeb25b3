"""What goes into topics and what comes out, as plain data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopicStatement:
    """A statement as far as its topic depends on it: the words, whose they are, and the embedding of one quotation."""

    id: str
    story: str  # the article that has it first, or of which that is a copy
    published: str  # ISO 8601; "" where it is unknown
    speaker: str | None
    text: str
    embedding: bytes


@dataclass(frozen=True, slots=True)
class Headline:
    """What an article is called, with its embedding: it says what the statements in it seldom do."""

    story: str
    text: str
    embedding: bytes


@dataclass(frozen=True, slots=True)
class Topic:
    """Statements about one thing. ``words``: what tells it from other topics, the most telling first."""

    id: str
    label: str
    words: tuple[str, ...]
    statements: tuple[str, ...]
    stories: int
    speakers: int
