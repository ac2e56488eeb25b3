"""Quotations over time, as a small SVG chart made of what the page has: no script, nothing from elsewhere."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from quotes.text.dates import date_in_words, first_day, parse_date
from quotes.text.plural import count

# Longest stretch that is shown day by day, week by week, month by month.
MAX_DAYS, MAX_WEEKS, MAX_MONTHS = 62, 53, 60
HEIGHT = 40
Period = tuple[int, ...]  # a day, the Monday of a week, a month or a year
Counts = Counter[Period]


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time in days, weeks, months or years, for one chart or for several that are compared.

    top: the number that is as high as the chart; None for the largest of each.
    """

    unit: str
    first: Period
    last: Period
    top: int | None = None

    @property
    def width(self) -> int:
        """How many periods there are."""
        return self.place(self.last) + 1

    def period(self, when: Period) -> Period:
        """The period that a day, month or year is in."""
        if self.unit == "week":
            day = first_day(when)
            monday = day - timedelta(day.weekday())
            return monday.year, monday.month, monday.day
        return when[: {"day": 3, "month": 2, "year": 1}[self.unit]]

    def place(self, period: Period) -> int:
        """How many periods of the stretch lie before this one."""
        return self._number(period) - self._number(self.first)

    def name(self, period: Period) -> str:
        """The period for readers."""
        return f"week of {date_in_words(period)}" if self.unit == "week" else date_in_words(period)

    def _number(self, period: Period) -> int:
        if self.unit in ("day", "week"):
            return (first_day(period) - date.min).days // (7 if self.unit == "week" else 1)
        return period[0] * 12 + period[1] if self.unit == "month" else period[0]


def axis(dates: Iterable[str]) -> Axis | None:
    """The stretch of these dates in the finest unit that suits it; None when none can be read."""
    parsed = [when for text in dates if (when := parse_date(text))]
    if not parsed:
        return None
    finest = min(len(when) for when in parsed)  # 1: only a year is known of some
    days = [first_day(when) for when in parsed]
    first, last = min(days), max(days)
    apart = (last - first).days
    if finest == 3 and apart <= MAX_DAYS:
        unit = "day"
    elif finest == 3 and apart <= 7 * MAX_WEEKS:
        unit = "week"
    elif finest >= 2 and (last.year - first.year) * 12 + last.month - first.month <= MAX_MONTHS:
        unit = "month"
    else:
        unit = "year"
    made = Axis(unit, (), ())
    ends = [made.period((day.year, day.month, day.day)) for day in (first, last)]
    return Axis(unit, ends[0], ends[1])


def chart(dates: Iterable[tuple[str, int]], along: Axis | None = None) -> Markup:
    """Bars of quotations per day, week, month or year, whichever suits the stretch of time.

    dates: pairs of an ISO 8601 date (a month or a year will do) and a number of quotations. Dates that
    cannot be read are left out. Empty when fewer than two periods have quotations: that is no timeline; along an
    axis that is given, one is enough.
    """
    some = [(text, n) for text, n in dates if parse_date(text)]
    own = along or axis(text for text, _ in some)
    if own is None or not some:
        return Markup()
    bars = periods(some, own)
    return _draw(bars, own) if along or len(bars) > 1 else Markup()


def periods(dates: Iterable[tuple[str, int]], along: Axis) -> Counts:
    """Period -> number of quotations."""
    bars: Counts = Counter()
    for text, n in dates:
        if when := parse_date(text):
            bars[along.period(when)] += n
    return bars


def _draw(bars: Counts, along: Axis) -> Markup:
    most = max(bars, key=lambda when: (bars[when], when))
    top = along.top or bars[most]
    thick = round(min(0.8, max(0.12, along.width / 30)), 3)  # a few bars are not made as broad as the page
    shapes = Markup("").join(
        Markup('<rect x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>').format(
            round(along.place(when) + (1 - thick) / 2, 3),
            round(HEIGHT - HEIGHT * bars[when] / top, 2),
            thick,
            round(HEIGHT * bars[when] / top, 2),
            along.name(when),
            count(bars[when], "quotation"),
        )
        for when in sorted(bars)
    )
    first, last = along.name(along.first), along.name(along.last)
    label = f"Quotations per {along.unit}, {first} to {last}; at most {bars[most]}, {along.name(most)}"
    return Markup(
        '<figure class="timeline"><svg role="img" aria-label="{0}" viewBox="0 0 {1} {2}" '
        'preserveAspectRatio="none">{3}</svg><figcaption><span>{4}</span>'
        "<span>per {5}, at most {6}</span><span>{7}</span></figcaption></figure>"
    ).format(label, along.width, HEIGHT, shapes, first, along.unit, bars[most], last)
