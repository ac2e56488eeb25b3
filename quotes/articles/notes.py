"""What a run of reading has to tell besides its articles: how fields were understood, and what was left out."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from quotes.log import logger
from quotes.text.plural import count

LOG = logger(__name__)


@dataclass(slots=True)
class Notes:
    """Numbers of what was left out or is not known, and messages that are told once, when they first hold.

    ``tell`` is called with each message; they are logged as well.
    """

    tell: Callable[[str], None] = lambda message: None
    skipped: Counter[str] = field(default_factory=Counter)  # suffix -> files of folders that no reader takes
    repeated: int = 0  # articles that came before in this run, with the same text
    undated: int = 0  # articles without a day of publication
    other_languages: int = 0  # articles that are not in English, and were left out
    unread_dates: Counter[str] = field(default_factory=Counter)  # file -> dates that could not be read
    date_examples: dict[str, str] = field(default_factory=dict)  # file -> one of them
    _told: set[str] = field(default_factory=set)

    def once(self, message: str) -> None:
        """Tell a message, if it was not told before."""
        if message not in self._told:
            self._told.add(message)
            LOG.info("%s", message)
            self.tell(message)

    def unread_date(self, file: str, value: str) -> None:
        """Count a date that could not be read."""
        self.unread_dates[file] += 1
        self.date_examples.setdefault(file, value)

    def lines(self) -> Iterable[str]:
        """What is told when all is read, a line each."""
        for file, number in self.unread_dates.items():
            yield (
                f"{file}: {count(number, 'article')} with a date that cannot be read, such as "
                f"{self.date_examples[file][:40]!r}: read without a day. {date_cure(self.date_examples[file])}"
            )
        if self.repeated:
            yield f"{count(self.repeated, 'article')} came twice and counted once."
        if self.other_languages:
            are = "is" if self.other_languages == 1 else "are"
            yield f"{count(self.other_languages, 'article')} {are} not in English and left out (--language any)."
        if self.skipped:
            kinds = ", ".join(
                f"{count(number, f'{suffix} file' if suffix else 'file')}{'' if suffix else ' without a suffix'}"
                for suffix, number in sorted(self.skipped.items(), key=lambda item: (-item[1], item[0]))
            )
            yield f"Skipped: {kinds}."


def date_cure(value: str) -> str:
    """The option that lets a date be read, for one such as "06/10/2025" or "10 juin 2025"."""
    from quotes.articles.days import likely_format

    return f"Give {likely_format(value)}."
