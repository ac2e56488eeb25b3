"""The errors of this package: each says what happened and, where there is one, what to try next.

A program tells them apart by class, and may show ``error.message`` and ``error.hint`` apart. The hints of the
library speak of Python and of files; the command line puts its own, with its options, in their place.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

DatabaseProblem = Literal["missing", "folder", "foreign", "newer", "locked", "full", "unwritable", "unusable"]
Thing = Literal["speaker", "quotation", "statement", "article", "publication", "correction"]


class QuotesError(Exception):
    """Something that whoever called can act on; the base of all errors here.

    >>> error = QuotesError("There is no database quotes.db.", "Make it with quotes.extract().")
    >>> error.message
    'There is no database quotes.db.'
    >>> print(error)
    There is no database quotes.db. Make it with quotes.extract().
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class DatabaseError(QuotesError):
    """A database that is missing, is not one of this package, or cannot be written now: see ``problem``."""

    def __init__(
        self, message: str, hint: str = "", *, problem: DatabaseProblem = "unusable", path: str = ""
    ) -> None:
        super().__init__(message, hint)
        self.problem = problem
        self.path = path


class NotFound(QuotesError):
    """No speaker, quotation, statement and so on (``kind``) has this id or name."""

    def __init__(self, message: str, hint: str = "", *, kind: Thing | None = None) -> None:
        super().__init__(message, hint)
        self.kind = kind


class Choice(NamedTuple):
    """One of several things that a name may mean: the id to give instead, and a line about it."""

    id: str
    label: str = ""


class Ambiguous(QuotesError):
    """A name that several speakers have, or the beginning of several ids: ``choices`` lists them.

    >>> error = Ambiguous("“Bush” may be two speakers.", choices=[Choice("george-bush"), Choice("jeb-bush")])
    >>> [choice.id for choice in error.choices]
    ['george-bush', 'jeb-bush']
    """

    def __init__(
        self, message: str, hint: str = "", *, name: str = "", choices: Iterable[Choice] = ()
    ) -> None:
        super().__init__(message, hint)
        self.name = name
        self.choices = tuple(choices)


class Unreadable(QuotesError, ValueError):
    """A file, text or field that is not what it should be. Of an article the message completes "PATH: "."""


class PipelineError(QuotesError):
    """A spaCy pipeline or a model that is missing, or that does not set what finding quotations needs."""


class InvalidCorrection(QuotesError):
    """A correction that contradicts itself or what is stored, such as a merge of one speaker with itself.

    ``about`` is the id of the speaker or statement whose quotations it misjudges, where that is the mistake.
    """

    def __init__(self, message: str, hint: str = "", *, about: str = "") -> None:
        super().__init__(message, hint)
        self.about = about


class CorpusError(QuotesError):
    """A corpus that is missing, is not complete, or cannot be made of what was asked for."""


class MissingExtra(QuotesError):
    """A package that is not installed, because it comes with an extra of this one: ``extra``."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs packages that are not installed.",
            f'Install them: pip install "quote-tracker[{extra}]"',
        )
        self.extra = extra
