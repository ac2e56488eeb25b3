"""What the store answers: the keys of its rows and their types. Rows are plain dicts, ready for JSON.

Keys that only some questions fill are not required: ``store.speaker(id)`` has ``quotations``, ``store.speakers()``
has none.
"""

from typing import Any, Literal, NotRequired, TypedDict

from quotes.types import Act, AttributionMethod, QuoteType, SpeakerType


class QuotationRow(TypedDict):
    """A quotation with its speaker and its article, as the store finds it."""

    id: str
    content: str  # as it is shown: a direct quotation with its marks
    type: QuoteType
    published: str | None  # of the article: ISO 8601
    source: str | None
    cue: str | None
    via: str | None
    statement: str | None  # the id; None until it is linked
    attribution: AttributionMethod
    confidence: float
    speaker_confidence: float | None
    thought: int  # 1 for a belief or an intention
    act: Act  # what the speaker did with the words
    asserted: int  # 0 where the text says that they were not said, or only might be
    addressee: str | None  # whom they were said to
    position: int  # of the content in the article's text
    said_on: str | None  # ISO 8601, where the text says when
    occasion: str | None  # where it was said, in the text's words
    withdrawn: int | None  # that of its article
    statement_confidence: float | None  # probability that it belongs to its statement; None when it is alone
    speaker: str | None  # the id
    speaker_name: str | None
    speaker_type: SpeakerType | None
    speaker_outside_id: str | None
    speaker_description: str | None
    article: str  # the id
    article_title: str
    publication: str | None
    author: str | None  # of the article
    url: str | None
    path: str
    copy_of: str | None  # the article of which its article is a near-duplicate
    corrected_by: str | None  # who decided whose it is, which words, or who its speaker is
    corrected_at: str | None
    matches: NotRequired[list[list[int]]]  # of search: where the words are in the content
    kind: NotRequired[Literal["quotation"]]  # here and below: of show() and its like
    spans: NotRequired[list[dict[str, Any]]]
    context: NotRequired[dict[str, Any]]  # the text around it
    candidates: NotRequired[list[dict[str, Any]]]  # who else it could be: name, type, probability
    difference: NotRequired[dict[str, Any] | None]  # to the statement's text, word by word
    wordings: NotRequired[list["QuotationRow"]]  # the other quotations of its statement
    reported: NotRequired["StatementRow | None"]
    correction: NotRequired[str | None]  # the kind of what was decided


class StatementRow(TypedDict):
    """A statement: of one that is not linked yet only the id, and what was found of it."""

    id: str
    speaker: NotRequired[str | None]  # the id
    text: NotRequired[str]  # the wording that stands for all
    variants: NotRequired[int]  # quotations
    wordings: NotRequired[int]  # different ones
    articles: NotRequired[int]
    publications: NotRequired[int | None]
    first_published: NotRequired[str | None]
    last_published: NotRequired[str | None]
    corrected_by: NotRequired[str | None]  # who made it one, or more than one
    corrected_at: NotRequired[str | None]
    kind: NotRequired[Literal["statement"]]
    quotations: NotRequired[list[QuotationRow]]
    links: NotRequired[list[dict[str, Any]]]  # other statements: perhaps the same, again, or contradicting


class SpeakerRow(TypedDict):
    """A speaker across all articles."""

    id: str
    name: str
    type: SpeakerType
    description: str | None
    aliases: list[str]
    pronouns: str | None
    outside_id: str | None  # of the cast that the user gave: an item of Wikidata
    quotes: int  # quotations
    articles: int
    corrected_by: NotRequired[str | None]  # who merged, split or renamed it
    corrected_at: NotRequired[str | None]
    kind: NotRequired[Literal["speaker"]]
    descriptions: NotRequired[list[dict[str, Any]]]  # what articles call the speaker, the most frequent first
    quotations: NotRequired[list[QuotationRow]]


class ArticleRow(TypedDict):
    """An article with its text and its quotations."""

    kind: Literal["article"]
    id: str
    title: str
    publication: str | None
    author: str | None
    published: str | None
    url: str | None
    text: str
    path: str
    words: int
    sha: str  # of all that was read
    version: str  # what read it
    copy_of: str | None
    source_id: str | None  # its id where it was read
    text_id: str | None  # the id that its text alone would give
    withdrawn: int | None  # 1: its publisher took it back; 2: a person said so
    former: list[dict[str, Any]]  # what only earlier versions of it said
    copies: list[str]  # ids of its near-duplicates
    quotations: list[QuotationRow]
