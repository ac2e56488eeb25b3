"""Mentions across articles -> speakers: one for each person, organisation or group."""

from collections.abc import Iterable
from dataclasses import dataclass

from quotes.data import Mention, Speaker


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Whom one article names as the source of one quotation."""

    quote: str  # id of the quotation
    article: str  # id of the article
    mention: Mention
    published: str | None = None  # ISO 8601 date of the article


@dataclass(frozen=True, slots=True)
class SpeakerLinks:
    """The speakers found, and which of them each quotation has."""

    speakers: list[Speaker]  # by id
    of_quote: dict[str, str]  # id of a quotation -> id of its speaker


def link_speakers(mentions: Iterable[SpeakerMention]) -> SpeakerLinks:
    """Tell which mentions mean the same speaker. The order of ``mentions`` does not matter."""
    raise NotImplementedError
