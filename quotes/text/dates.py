"""Dates of publication, as far as they are known: typed -> ISO 8601 -> as readers know them."""

import re
from datetime import date, datetime, timedelta

from quotes.errors import Unreadable

AGO = re.compile(r"(\d{1,4})\s*(d|day|days|w|week|weeks|m|month|months|y|year|years)(?: ago)?", re.I)
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


def typed_date(value: str, today: date | None = None) -> str:
    """A date that somebody typed, as ``iso_date`` has it; or one that is counted from today.

    "today", "yesterday", "7d", "2 weeks", "3m", "1y": so long ago. Raises Unreadable for anything else.

    >>> typed_date("7d", date(2026, 3, 3)), typed_date("1m", date(2026, 3, 31))
    ('2026-02-24', '2026-02-28')
    """
    words, today = value.strip().lower(), today or date.today()
    if words in ("today", "yesterday"):
        return (today - timedelta(words == "yesterday")).isoformat()
    ago = AGO.fullmatch(words)
    if not ago:
        return iso_date(value)
    number, unit = int(ago[1]), ago[2][0]
    try:
        if unit in "dw":
            return (today - timedelta(number * (7 if unit == "w" else 1))).isoformat()
        months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
        first = date(months // 12, months % 12 + 1, 1)
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return min(first + timedelta(today.day - 1), after - timedelta(1)).isoformat()
    except (ValueError, OverflowError):
        raise Unreadable(f"{value!r} is before the first year of the calendar") from None


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
