"""A speaker's quotations over time, as a small SVG chart."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from markupsafe import Markup

from quotes.text.dates import date_in_words, first_day, parse_date
from quotes.text.plural import count

MAX_DAYS, MAX_MONTHS = 62, 60  # longest stretch shown day by day, month by month
HEIGHT = 40


def chart(dates: Iterable[tuple[str, int]]) -> Markup:
    """Bars of quotations per day, month or year, whichever suits the stretch of time.

    dates: pairs of an ISO 8601 date (a month or a year will do) and a number of quotations. Dates that
    cannot be read are left out. Empty when fewer than two periods have quotations: that is no timeline.
    """
    parsed = [(when, n) for text, n in dates if (when := parse_date(text))]
    if not parsed:
        return Markup()
    finest = min(len(when) for when, _ in parsed)  # 1: only a year is known of some
    days = [first_day(when) for when, _ in parsed]
    first, last = min(days), max(days)
    if finest == 3 and (last - first).days <= MAX_DAYS:
        unit, length = "day", 3
    elif finest >= 2 and (last.year - first.year) * 12 + last.month - first.month <= MAX_MONTHS:
        unit, length = "month", 2
    else:
        unit, length = "year", 1
    bars: Counter[tuple[int, ...]] = Counter()
    for when, n in parsed:
        bars[when[:length]] += n
    return _draw(bars, unit) if len(bars) > 1 else Markup()


def _place(when: tuple[int, ...]) -> int:
    """How many periods of its kind lie before this one."""
    if len(when) == 3:
        return (date(*when) - date.min) // timedelta(days=1)
    return when[0] * 12 + when[1] if len(when) == 2 else when[0]


def _draw(bars: Counter[tuple[int, ...]], unit: str) -> Markup:
    first, last = min(bars), max(bars)
    top, most = max(bars.values()), max(bars, key=lambda when: (bars[when], when))
    width = _place(last) - _place(first) + 1
    thick = round(min(0.8, max(0.12, width / 30)), 3)  # a few bars are not made as broad as the page
    shapes = Markup("").join(
        Markup('<rect x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>').format(
            round(_place(when) - _place(first) + (1 - thick) / 2, 3),
            round(HEIGHT - HEIGHT * bars[when] / top, 2),
            thick,
            round(HEIGHT * bars[when] / top, 2),
            date_in_words(when),
            count(bars[when], "quotation"),
        )
        for when in sorted(bars)
    )
    period = f"{date_in_words(first)} to {date_in_words(last)}"
    label = f"Quotations per {unit}, {period}; at most {top}, {date_in_words(most)}"
    return Markup(
        '<figure class="timeline"><svg role="img" aria-label="{0}" viewBox="0 0 {1} {2}" '
        'preserveAspectRatio="none">{3}</svg><figcaption><span>{4}</span>'
        "<span>per {5}, at most {6}</span><span>{7}</span></figcaption></figure>"
    ).format(label, width, HEIGHT, shapes, date_in_words(first), unit, top, date_in_words(last))
