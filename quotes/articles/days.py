"""Dates as newsrooms write them -> the day of publication, as far as it is known.

The day is the local one as it is written: an article of 22:47 in New York is of that day, whatever it is in London by
then. A date that may be read in two ways is not read; an option tells which is meant.
"""

import re
from datetime import UTC, date, datetime

from quotes.articles.options import ReadOptions

MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|"
        "oct october|nov november|dec december".split("|"),
        1,
    )
    for name in names.split()
}
YEARS = range(1700, 2200)  # of publication; another number is no year
ISO = re.compile(r"(\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?))?)?(?![\d/.-]).*", re.S)
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?\d{4,6}(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
NUMBERS = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4})(?!\d).*", re.S)
WORDS = re.compile(
    r"(?P<day>\d\d?)(?:st|nd|rd|th)?[\s.,-]+(?:of\s+)?(?P<month>[A-Za-z]{3,9})\.?[\s,-]+(?P<year>\d{4})(?!\d)"
    r"|(?P<month2>[A-Za-z]{3,9})\.?\s+(?P<day2>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4})(?!\d)"
    r"|(?P<month3>[A-Za-z]{3,9})\.?,?\s+(?P<year3>\d{4})(?!\d)"
    r"|[A-Za-z]{3}\s+(?P<month4>[A-Za-z]{3})\s+(?P<day4>\d\d?)\s[\d:]{8}(?:\s\S+)?\s(?P<year4>\d{4})"
)
EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")


def read_day(value: str, options: ReadOptions = ReadOptions()) -> str | None:  # noqa: B008 (it is frozen)
    """A date as YYYY-MM-DD; a year or a month stays one; None for what cannot be read, or in two ways.

    >>> read_day("2025-06-10T22:47:00-05:00"), read_day("Tuesday, June 10th, 2025"), read_day("06/10/2025")
    ('2025-06-10', '2025-06-10', None)
    """
    value = value.strip()
    if options.date_format:
        try:
            return datetime.strptime(value, options.date_format).date().isoformat()
        except ValueError:
            pass  # what is written in the usual form needs no option
    for read in (_iso, _compact, _epoch, _words):
        if day := read(value):
            return day
    return _numbers(value, options)


def likely_format(value: str) -> str:
    """The option by which a date could be read.

    >>> likely_format("06/10/2025")
    '--date-format %m/%d/%Y, or --day-first'
    """
    if match := NUMBERS.fullmatch(value.strip()):
        mark = match[2]
        if int(match[1]) <= 12 and int(match[3]) <= 12:
            return f"--date-format %m{mark}%d{mark}%Y, or --day-first"
    if re.match(r"\d\d?/\d\d?/\d\d(?!\d)", value.strip()):
        return "--date-format %m/%d/%y or %d/%m/%y"
    return "--date-format with its form, such as %d.%m.%y"


def _checked(year: str, month: str | int | None = None, day: str | None = None) -> str | None:
    if int(year) not in YEARS:
        return None
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return None
    if day is None or int(day) == 0:
        return f"{year}-{int(month):02}"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _iso(value: str) -> str | None:
    match = ISO.fullmatch(value)
    return _checked(*match.groups()) if match else None


def _compact(value: str) -> str | None:
    match = COMPACT.fullmatch(value)
    return _checked(*match.groups()) if match else None


def _epoch(value: str) -> str | None:
    if not EPOCH.fullmatch(value):
        return None
    seconds = float(value) if len(value.partition(".")[0]) == 10 else int(value) / 1000
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _words(value: str) -> str | None:
    for match in WORDS.finditer(value):
        parts = {name.rstrip("234"): part for name, part in match.groupdict().items() if part}
        month = MONTHS.get(parts["month"].lower())
        if month and (day := _checked(parts["year"], month, parts.get("day"))):
            return day
    return None


def _numbers(value: str, options: ReadOptions) -> str | None:
    """Two numbers and a year: which is the day is known where one of them is above 12, or between points."""
    match = NUMBERS.fullmatch(value)
    if not match:
        return None
    first, mark, second, year = match.groups()
    if options.day_first or mark == "." or int(first) > 12 or first == second:
        return _checked(year, second, first)
    return _checked(year, first, second) if int(second) > 12 else None
