"""An article's text as HTML, with the content, source and cue of its quotations marked."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from quotes.datasette import present
from quotes.store.certainty import is_content_doubtful, is_doubtful, is_unsaid
from quotes.text.highlight import Highlight, segments, window
from quotes.text.quotation_marks import overlapping_pairs, pairs

CONTEXT_LENGTH = 300  # characters of context on either side of a quotation, at most


def paragraphs(text: str, spans: Iterable[Highlight], quotes: Mapping[str, dict[str, Any]]) -> Markup:
    """The whole text, one ``<p>`` per line that is not blank.

    text: the article's, cleaned for display (same length as the original). quotes: by id, with "number"
    where the first content of a quotation links to its place in the list; their order does not matter.
    """
    done: list[Markup] = []
    line: list[Markup] = []
    opened: list[Highlight] = []  # marks around what is written next, the outermost first
    seen: set[str] = set()

    def close(keep: int = 0) -> None:
        line.extend([Markup("</mark>")] * (len(opened) - keep))
        del opened[keep:]

    def end_line() -> None:
        close()
        if any(not piece.isspace() for piece in line):
            done.append(Markup("<p>{}</p>\n").format(Markup("").join(line)))
        line.clear()

    for segment in segments(text, spans):
        for n, piece in enumerate(segment.text.split("\n")):
            if n:
                end_line()
            if not piece:
                continue
            shared = [a == b for a, b in zip(opened, segment.highlights, strict=False)]
            close(shared.index(False) if False in shared else len(shared))
            if not piece.isspace():  # a mark begins with a word, so that its anchor is seen
                for mark in segment.highlights[len(opened) :]:
                    line.append(_open(mark, quotes, seen))
                    opened.append(mark)
            line.append(escape(piece))
    end_line()
    return Markup("").join(done)


def context(text: str, spans: list[Highlight], quotes: Mapping[str, dict[str, Any]]) -> Markup:
    """The text around one quotation; an ellipsis where a paragraph is cut.

    spans: those of the quotation, offsets into ``text``. Nothing when it has none.
    """
    if not spans:
        return Markup()
    left, right = window(
        text, min(span.start for span in spans), max(span.end for span in spans), context=CONTEXT_LENGTH
    )
    before = "… " if left and text[left - 1] != "\n" else ""
    after = " …" if right < len(text) and text[right] != "\n" else ""
    shift = left - len(before)
    moved = [Highlight(span.quote, span.role, span.start - shift, span.end - shift) for span in spans]
    return paragraphs(before + text[left:right] + after, moved, quotes)


def _open(mark: Highlight, quotes: Mapping[str, dict[str, Any]], seen: set[str]) -> Markup:
    """The beginning of a mark; a quotation's first content is its anchor.

    A content can be pointed at, tapped and tabbed to: the style sheet then shows its ``data-whose``. A tap needs
    the tabindex; the number is what the keyboard reaches, so that no quotation is reached twice.
    """
    if mark.role != "content":
        return Markup('<mark class="{}">').format(mark.role)
    quote = quotes.get(mark.quote, {})
    number = quote.get("number")
    anchor, whose, link = Markup(), Markup(), Markup()
    if number is not None:
        whose = Markup(' tabindex="-1" data-whose="{}"').format(present.speaker_summary(quote))
    if mark.quote not in seen:
        seen.add(mark.quote)
        anchor = Markup(' id="{}"').format(mark.quote)
        if number is not None:
            link = Markup('<sup><a href="#q{0}" aria-label="quotation {0}: {1}">{0}</a></sup>').format(
                number, present.speaker_summary(quote)
            )
        if sign := present.sign(quote):
            link += Markup('<sup><b class="sign">{}</b></sup>').format(sign)
    looks = (
        (" doubtful", is_doubtful(quote)),
        (" unsure", is_content_doubtful(quote)),
        (" unsaid", is_unsaid(quote)),
        (" denied", present.sign(quote) == "denied"),
    )
    doubt = "".join(name for name, so in looks if so)
    return Markup('<mark class="content {}{}"{}{}>{}').format(
        quote.get("type", ""), doubt, anchor, whose, link
    )


def verbatim(
    source: str, spans: Iterable[Highlight], quotes: Mapping[str, dict[str, Any]]
) -> list[Highlight]:
    """What stands between quotation marks within the content of mixed quotations: the speaker's own words.

    source: the article's text; spans: all of its marks.
    """
    mixed = [s for s in spans if s.role == "content" and quotes.get(s.quote, {}).get("type") == "mixed"]
    if not mixed:
        return []
    outer = [pair for pair in pairs(source) if pair.depth == 0]
    verbatim_marks = []
    for span in mixed:
        for pair in overlapping_pairs(outer, span.start, span.end):
            start, end = max(span.start, pair.start), min(span.end, pair.end)
            verbatim_marks.append(Highlight(span.quote, "verbatim", start, end))
    return verbatim_marks
