"""An article's text as HTML, with the content, source and cue of its quotations marked."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from quotes.datasette import show
from quotes.highlight import Mark, Segment, segments, window

REACH = 300  # characters of context on either side of a quotation, at most


def paragraphs(text: str, spans: Iterable[Mark], quotes: Mapping[str, dict[str, Any]]) -> Markup:
    """The whole text, one ``<p>`` per line that is not blank.

    text: the article's, cleaned for display (same length as the original). quotes: by id, with "number"
    where the first content of a quotation links to its place in the list; their order does not matter.
    """
    seen: set[str] = set()
    lines: list[list[Markup]] = [[]]
    blank = [True]
    for segment in segments(text, spans):
        for n, piece in enumerate(segment.text.split("\n")):
            if n:
                lines.append([])
                blank.append(True)
            if piece:
                lines[-1].append(_mark(Segment(piece, segment.marks), quotes, seen))
                blank[-1] = blank[-1] and piece.isspace()
    written = (line for line, nothing in zip(lines, blank, strict=True) if not nothing)
    return Markup("").join(Markup("<p>{}</p>\n").format(Markup("").join(line)) for line in written)


def context(text: str, spans: list[Mark], quotes: Mapping[str, dict[str, Any]]) -> Markup:
    """The text around one quotation; an ellipsis where a paragraph is cut.

    spans: those of the quotation, offsets into ``text``. Nothing when it has none.
    """
    if not spans:
        return Markup()
    left, right = window(
        text, min(span.start for span in spans), max(span.end for span in spans), context=REACH
    )
    before = "… " if left and text[left - 1] != "\n" else ""
    after = " …" if right < len(text) and text[right] != "\n" else ""
    shift = left - len(before)
    moved = [Mark(span.quote, span.role, span.start - shift, span.end - shift) for span in spans]
    return paragraphs(before + text[left:right] + after, moved, quotes)


def _mark(segment: Segment, quotes: Mapping[str, dict[str, Any]], seen: set[str]) -> Markup:
    """One segment: marks nest with the longest span outside; a quotation's first content is its anchor."""
    html = escape(segment.text)
    for span in reversed(segment.marks):
        quote = quotes.get(span.quote, {})
        classes, anchor = span.role, Markup()
        if span.role == "content":
            classes = f"content {quote.get('type', '')}{' doubtful' if show.doubtful(quote) else ''}"
            if span.quote not in seen:
                seen.add(span.quote)
                anchor = Markup(' id="{}"').format(span.quote)
                if "number" in quote:
                    html = Markup('<sup><a href="#q{0}" aria-label="quotation {0}">{0}</a></sup>{1}').format(
                        quote["number"], html
                    )
        html = Markup('<mark class="{}"{}>{}</mark>').format(classes, anchor, html)
    return html
