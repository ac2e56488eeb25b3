"""A quotation as a picture to take along: the words, who said them, the paper and the date.

A picture goes where its page does not, so all that a reader must know is in it: that the words are reported and not
the speaker's own, that they were denied or not said, that the speaker is uncertain.
"""

import re
from typing import Any

from markupsafe import Markup

from quotes.datasette import present
from quotes.datasette.text_lines import fitted, lines
from quotes.text.dates import readable_date
from quotes.text.plural import shortened

WIDTH, HEIGHT = 1200, 630  # pixels: what Open Graph recommends, https://ogp.me
LEFT, RIGHT, TOP = 100, 1120, 80
WORD_SIZES = (64, 56, 48, 42, 36, 32, 28)  # pixels of the words' font, the largest that fits
LEADING = 1.28  # of a line of words
FOOT = 440  # where the words end at the latest
# What is drawn on a server has the first of these that is there: no generic name stands for any font in it.
SERIF = "Charter, Georgia, 'DejaVu Serif', 'Liberation Serif', 'Noto Serif', 'Times New Roman', serif"
SANS = "'Helvetica Neue', Arial, 'DejaVu Sans', 'Liberation Sans', 'Noto Sans', sans-serif"
INK, MUTED, PAPER, DOUBT, LINE = "#1b1f27", "#575d69", "#fbfaf7", "#9a3412", "#8a6d1a"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def svg(quote: dict[str, Any], site: str) -> Markup:
    """The card of a quotation as SVG, 1200 by 630. quote: a row of its page, its text cleaned for display."""
    crossed = present.sign(quote)
    parts = [
        Markup('<rect width="{}" height="{}" fill="{}"/>').format(WIDTH, HEIGHT, PAPER),
        Markup('<path d="M50 {} V{}" stroke="{}" stroke-width="10"{}/>').format(
            TOP,
            HEIGHT - 70,
            DOUBT if crossed else LINE,
            Markup(' stroke-dasharray="22 14"') if quote["type"] == "indirect" else "",
        ),
    ]
    y = TOP
    if note := _note(quote):
        parts.append(
            _text(note.upper() if crossed else note, y + 22, 26, DOUBT if crossed else MUTED, bold=True)
        )
        y += 54
    content = present.with_quote_marks(quote["content"], quote["type"])
    size, words = fitted(content, WORD_SIZES, RIGHT - LEFT, FOOT - y, LEADING)
    for number, line in enumerate(words, 1):
        parts.append(
            _text(line, y + round(size * (number * LEADING - 0.28)), size, INK, SERIF, crossed=bool(crossed))
        )
    parts += _byline(quote)
    parts.append(_text(_cut(site, 20, 900), HEIGHT - 34, 20, MUTED))
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" '
        'aria-label="{2}"><title>{2}</title>{3}</svg>'
    ).format(WIDTH, HEIGHT, _xml(alternative(quote)), Markup("").join(parts))


def alternative(quote: dict[str, Any]) -> str:
    """The card in words, for those who do not see it."""
    who = " ".join(filter(None, [present.speaker_summary(quote), quote.get("description")]))
    return " – ".join(filter(None, [present.quotation_text(quote), who, _where(quote)]))


def _byline(quote: dict[str, Any]) -> list[Markup]:
    """Who said it, with any doubt, and where and when it stood."""
    open_ = not quote["speaker"]
    doubtful = present.is_doubtful(quote)
    name = "Speaker not known" if open_ else quote["name"] + ("?" if doubtful else "")
    doubts = [present.doubt(quote)] if doubtful and not open_ else []
    if present.is_content_doubtful(quote):
        doubts.append(f"words uncertain, {present.percent(quote['confidence'])}")
    under = ", ".join(filter(None, [*doubts, present.decision(quote), quote.get("description")]))
    via = f"via {quote['via']}" if quote["via"] else ""
    where = " · ".join(filter(None, [_where(quote), via]))
    return [
        _text(_cut(name, 36, RIGHT - LEFT), 492, 36, DOUBT if doubtful else INK, bold=True),
        _text(_cut(under, 24, RIGHT - LEFT), 528, 24, DOUBT if doubts else MUTED),
        _text(_cut(where, 24, RIGHT - LEFT), 562, 24, MUTED),
    ]


def _note(quote: dict[str, Any]) -> str:
    """What a reader must know before the words."""
    label = present.act_label(quote)
    if present.sign(quote):
        is_denied = present.is_denied(quote)
        return "denied: the speaker says that this is not so" if is_denied else f"not said: {label}"
    reported = "reported, not in the speaker’s own words" if quote["type"] == "indirect" else ""
    return " · ".join(filter(None, [label, reported]))


def _where(quote: dict[str, Any]) -> str:
    return ", ".join(
        filter(None, [quote["publication"] or quote["title"], readable_date(quote["published"])])
    )


def _cut(text: str, size: float, width: float) -> str:
    """The text, or as much of it as has room in one line."""
    found = lines(text, size, width)
    return found[0] + "…" if len(found) > 1 else shortened(text, 200)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _text(
    text: str,
    y: int,
    size: int,
    colour: str,
    family: str = SANS,
    *,
    bold: bool = False,
    crossed: bool = False,
) -> Markup:
    more = Markup(' font-weight="700"') if bold else Markup()
    if crossed:
        more += Markup(' text-decoration="line-through"')
    return Markup('<text x="{}" y="{}" font-family="{}" font-size="{}" fill="{}"{}>{}</text>').format(
        LEFT, y, family, size, colour, more, _xml(text)
    )
