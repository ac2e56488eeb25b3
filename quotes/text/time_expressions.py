"""Days, months and years in a text: where they stand, and which they are against the day of publication.

For "on Monday", "last week", "on March 3" or "in 2014" in news: what has happened is meant unless the text says "next".
"""

import re
from datetime import date, timedelta

from quotes.text.dates import parse_date

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
NUMBERS = {
    word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "several": 0, "a few": 0}
NUMBERS |= {
    word: number
    for number, word in enumerate(
        "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), 11
    )
}
TENS = {word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty".split(), 2)}

_MONTH = r"""(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?\.?|July?\.?|Aug(?:ust|\.)?
    |Sept(?:ember|\.)?|Sep\.|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"""
_MONTHS = "|".join(month.title() for month in MONTHS)
_DAYS = "|".join(day.title() for day in WEEKDAYS)
_YEAR = r"(?:19|20)\d\d"
_COUNT = "|".join(word.replace(" ", r"\s") for word in sorted(NUMBERS, key=len, reverse=True))
_COUNT += rf"|(?:{'|'.join(TENS)})(?:-(?:{'|'.join(list(NUMBERS)[:9])}))?"
EXPRESSION = re.compile(
    rf"""\b(?:
    {_MONTH}\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:,\s(?P<year>{_YEAR}))?
  | (?P<day_first>[0-3]?\d)(?:st|nd|rd|th)?\s(?P<month_second>{_MONTHS})(?:,?\s(?P<year_third>{_YEAR}))?
  | (?:(?P<which>last|this|next|this\spast)\s)?(?P<weekday>{_DAYS})\b
  | (?P<named>yesterday|today|tonight|last\snight|this\s(?:morning|afternoon|evening))
  | (?P<turn>earlier\sthis|later\sthis|last|this|next|the\sprevious)\s
    (?P<unit>week|weekend|month|year|spring|summer|fall|autumn|winter)\b
  | (?<!-)(?P<count>\d+|(?i:{_COUNT}))\s(?P<units>day|week|month|year)s?\s(?:ago|earlier)
  | (?:in|In|last|Last)\s(?:(?:early|late|mid)[\s-])?(?P<bare_month>{_MONTHS})(?!\s[0-3]?\d\b)
    (?:(?:,|\sof)?\s(?P<bare_year>{_YEAR}))?
  | (?P<month_alone>{_MONTHS})\s(?P<its_year>{_YEAR})
  | (?:in|In|during|back\sin)\s(?P<only_year>{_YEAR})(?!\d)
    )""",
    re.VERBOSE,
)
NOT_THE_DAY = re.compile(
    r"\b(?:since|until|till|by|before|after|for|through|from|ahead\sof|between|following|of)\s(?:the\s|early\s|late\s)?$",
    re.IGNORECASE,
)
SOON = 14  # days before which a date without a year is this year's although it is not yet over


def time_expressions(text: str) -> list[tuple[int, int]]:
    """Where days, months and years stand that may tell when something happened, not since or until when.

    >>> text = "He said on Monday that it would end by March 3."
    >>> [text[start:end] for start, end in time_expressions(text)]
    ['Monday']
    """
    return [
        match.span() for match in EXPRESSION.finditer(text) if not NOT_THE_DAY.search(text[: match.start()])
    ]


def resolve_time(words: str, published: str | None, *, ahead: bool = False) -> str | None:
    """The day, month or year that an expression means, in ISO 8601 as far as it is known; None where it is not.

    ``published``: the day against which it is meant. A week is told by its month, if it lies in one. ``ahead``: what is
    still to come is meant.

    >>> resolve_time("Monday", "2016-03-09"), resolve_time("last month", "2016-03-09"), resolve_time("in 2014", None)
    ('2016-03-07', '2016-02', '2014')
    """
    match = EXPRESSION.search(words)
    if not match:
        return None
    parts = {name: value for name, value in match.groupdict().items() if value}
    when = parse_date(published or "")
    today = date(*when) if when and len(when) == 3 else None
    try:
        absolute = _absolute(parts, when[0] if when else None, today, ahead=ahead)
    except ValueError:  # February 30
        return None
    return absolute or (_relative(parts, today, ahead=ahead) if today else None)


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def _absolute(parts: dict[str, str], this_year: int | None, today: date | None, *, ahead: bool) -> str | None:
    """What has a number or the name of a month."""
    day = parts.get("day") or parts.get("day_first")
    name = next(
        (parts[k] for k in ("month", "month_second", "bare_month", "month_alone") if k in parts), None
    )
    year = next(
        (int(parts[k]) for k in ("year", "year_third", "bare_year", "its_year", "only_year") if k in parts),
        None,
    )
    if name is None:
        return str(year) if year else None
    month = _month_number(name)
    if year is None:
        if this_year is None:
            return None
        year = this_year
        first = date(year, month, int(day) if day else 1)
        if today and not ahead and first > today + timedelta(SOON if day else 0):
            year -= 1
    if not day:
        return f"{year:04}-{month:02}"
    return date(year, month, int(day)).isoformat()


def _relative(parts: dict[str, str], today: date, *, ahead: bool) -> str | None:
    """What is meant against the day of publication."""
    if "weekday" in parts:
        return _weekday(parts, today, ahead=ahead).isoformat()
    if named := parts.get("named"):
        return (today - timedelta(named in ("yesterday", "last night"))).isoformat()
    if "count" in parts:
        return _ago(_count(parts["count"]), parts["units"], today)
    if "unit" in parts:
        steps = {"last": -1, "the previous": -1, "next": 1}.get(" ".join(parts["turn"].split()), 0)
        return _turn(parts["unit"], steps, today)
    return None


def _weekday(parts: dict[str, str], today: date, *, ahead: bool) -> date:
    back = (today.weekday() - WEEKDAYS.index(parts["weekday"].lower())) % 7
    if parts.get("which") == "next" or (ahead and back):
        return today + timedelta(7 - back)
    if parts.get("which") in ("last", "this past") and back == 0:
        back = 7
    return today - timedelta(back)


def _count(words: str) -> int:
    """The number that figures or words mean: "2", "Twenty-two"."""
    if words.isdigit():
        return int(words)
    words = " ".join(words.lower().split())
    tens, _, ones = words.partition("-")
    return TENS[tens] + NUMBERS.get(ones, 0) if tens in TENS else NUMBERS[words]


def _ago(number: int, unit: str, today: date) -> str | None:
    if not number:
        return None
    if unit == "day":
        return (today - timedelta(number)).isoformat()
    if unit == "week":
        return f"{today - timedelta(7 * number):%Y-%m}"
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    return f"{months // 12:04}" if unit == "year" else f"{months // 12:04}-{months % 12 + 1:02}"


def _turn(unit: str, steps: int, today: date) -> str:
    """This, the last or the next week, month, season or year."""
    if unit in ("week", "weekend"):
        monday = today + timedelta(7 * steps - today.weekday())
        if unit == "weekend":
            monday = today - timedelta((today.weekday() - 5) % 7 - 7 * max(steps, 0))
        sunday = monday + timedelta(6 if unit == "week" else 1)
        return f"{monday:%Y-%m}" if monday.month == sunday.month else f"{sunday:%Y}"
    if unit == "month":
        months = today.year * 12 + today.month - 1 + steps
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if unit == "year":
        return f"{today.year + steps:04}"
    spring = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}[unit]
    year = today.year + steps if steps else today.year
    if steps < 0 and date(today.year, spring, 1) < today and today.month >= spring + 3:
        year = today.year
    return f"{year:04}"
