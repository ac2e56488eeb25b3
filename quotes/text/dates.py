"""Dates as they are typed -> ISO 8601."""

from datetime import date, datetime

from quotes.errors import Unreadable


def iso_date(value: str) -> str:
    """A date or time in ISO 8601 or as in mail headers -> YYYY-MM-DD; a year or a month stays one.

    Raises Unreadable for anything else.
    """
    from email.utils import parsedate_to_datetime  # slow to import, and seldom needed

    for size, form in ((4, "%Y"), (7, "%Y-%m")):
        if len(value) == size:
            try:
                datetime.strptime(value, form)
                return value
            except ValueError:
                break
    for parse in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(value)
        except (ValueError, TypeError, IndexError):
            continue
        return (found.date() if isinstance(found, datetime) else found).isoformat()
    raise Unreadable(f'"published" is no date: {value[:40]!r}. Write it as YYYY-MM-DD')
