"""Dates of publication: days, months or years, as far as they are known."""

import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def day(text: str | None) -> str:
    """A date for readers: "2 March 2026", "March 2026", "2026"; anything else as it is."""
    when = parse(text or "")
    return name(when) if when else (text or "")


def parse(text: str) -> tuple[int, ...] | None:
    """Year, month and day at the start of an ISO 8601 date, as many as it has; None when it is no date."""
    match = _DATE.match(text)
    if not match:
        return None
    when = tuple(int(part) for part in match.groups() if part)
    try:
        start(when)
    except ValueError:
        return None
    return when


def start(when: tuple[int, ...]) -> date:
    """The first day of a day, month or year."""
    year, month, day_ = (*when, 1, 1)[:3]
    return date(year, month, day_)


def name(when: tuple[int, ...]) -> str:
    """A day, month or year for readers."""
    if len(when) == 1:
        return str(when[0])
    month = date(2000, when[1], 1).strftime("%B")
    return f"{month} {when[0]}" if len(when) == 2 else f"{when[2]} {month} {when[0]}"
