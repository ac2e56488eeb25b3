"""The limits that a reader sets to a page of numbers: a publication, and a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.datasette.fetch import publication_names, whole_name
from quotes.text.dates import parse_date

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

PUBLICATIONS_OFFERED = 300  # in the box


@dataclass(frozen=True, slots=True)
class Limits:
    """What was asked for, as parameters of SQL and of addresses; ``within``: the condition on quotations."""

    asked: dict[str, str]
    within: str
    publications: list[str]  # that can be chosen

    @property
    def narrow(self) -> bool:
        """Whether anything is asked for."""
        return any(self.asked.values())


async def load(db: "Database", publication: str, since: str, until: str) -> Limits:
    """The limits that these boxes set: a publication's whole name, and years, months or days, both included.

    What cannot be read as a date is left out.
    """
    names = await publication_names(db)
    asked = {
        "publication": whole_name(publication, names),
        "since": since if parse_date(since) else "",
        "until": until if parse_date(until) else "",
    }
    conditions = ["quotes.publication = :publication"] if asked["publication"] else []
    conditions += ["quotes.published >= :since"] if asked["since"] else []
    conditions += ["quotes.published < :until || '~'"] if asked["until"] else []
    return Limits(asked, " and ".join(conditions) or "true", names[:PUBLICATIONS_OFFERED])
