"""Dates of publication, as far as they are known: typed -> ISO 8601 -> as readers know them."""

import re
from datetime import date, datetime

from quotes.errors import Unreadable

ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def iso_date(value: str) -> str:
    """A date or time in ISO 8601 or as in mail headers as YYYY-MM-DD; a year or a month stays one.

    Raises Unreadable for anything else.

    >>> iso_date("2025-11"), iso_date("Mon, 03 Nov 2025 09:30:00 GMT")
    ('2025-11', '2025-11-03')
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
            when = parse(value)
        except (ValueError, TypeError, IndexError):
            continue
        return (when.date() if isinstance(when, datetime) else when).isoformat()
    raise Unreadable(f'"published" is no date: {value[:40]!r}. Write it as YYYY-MM-DD')


def readable_date(text: str | None) -> str:
    """A date for readers; anything else as it is.

    >>> readable_date("2026-03-02"), readable_date("2026-03"), readable_date("spring")
    ('2 March 2026', 'March 2026', 'spring')
    """
    when = parse_date(text or "")
    return date_in_words(when) if when else (text or "")


def parse_date(text: str) -> tuple[int, ...] | None:
    """Year, month and day at the start of an ISO 8601 date, as many as it has; None when it is no date."""
    match = ISO_DATE.match(text)
    if not match:
        return None
    when = tuple(int(part) for part in match.groups() if part)
    try:
        first_day(when)
    except ValueError:
        return None
    return when


def first_day(when: tuple[int, ...]) -> date:
    """The first day of a day, month or year."""
    year, month, day = (*when, 1, 1)[:3]
    return date(year, month, day)


def date_in_words(when: tuple[int, ...]) -> str:
    """A day, month or year for readers."""
    if len(when) == 1:
        return str(when[0])
    month = date(2000, when[1], 1).strftime("%B")
    return f"{month} {when[0]}" if len(when) == 2 else f"{when[2]} {month} {when[0]}"
