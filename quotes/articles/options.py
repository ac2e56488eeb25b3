"""What a user says about what is read: over everything that it says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

FIELDS = (
    "text",
    "title",
    "published",
    "url",
    "publication",
    "author",
    "id",
)  # of an article, as users name them


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read; what is not given is found out."""

    format: str | None = None  # the name of a reader, over what content and name tell
    columns: Mapping[str, str] = field(default_factory=dict)  # field of an article -> what a table calls it
    publication: str | None = None  # of every article
    date_format: str | None = None  # of dates, as ``datetime.strptime`` has it
    day_first: bool = False  # 06/10/2025 is in October
    encoding: str | None = None  # of texts and tables
    delimiter: str | None = None  # of the columns of a table
    language: str = "en"  # "any": articles in other languages are read as well


class Said(TypedDict, total=False):
    """The fields of ``ReadOptions``, as ``read_articles`` takes them by name."""

    format: str | None
    columns: Mapping[str, str]
    publication: str | None
    date_format: str | None
    day_first: bool
    encoding: str | None
    delimiter: str | None
    language: str
