"""A text as it is read: without markup, footnote marks and invisible characters; and where each character stands.

What is left over of HTML, Markdown and wikis in an article hides names from any tagger ("[Jutta Brandt](/p/7)") and
glues words together. The tagger reads the plain text; offsets go back to the text as it is stored, which never changes.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from quotes.text.spans import Offsets, trim

BLOCK_TAGS = (
    "p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|figure|figcaption|table|tr|td|th|section|article|aside|header|footer|"
    "main|nav|pre|body|html|head|title"
)
INLINE_TAGS = (
    "a|abbr|b|big|cite|code|em|font|i|iframe|img|ins|del|link|mark|meta|q|ref|s|small|span|strike|strong|sub|sup|time|tt|u|"
    "script|style|noscript|svg|video|audio|source|picture|button|input|label|form"
)
PARAGRAPH_BREAK = "\n\n"
NO_BREAK_SPACE = "\u00a0"
HTML_TAG = re.compile(rf"</?(?:({BLOCK_TAGS})|{INLINE_TAGS})\b(?:\s[^<>]*)?/?>", re.I)
HIDDEN_ELEMENT = re.compile(r"<(script|style|ref)\b[^<>]*(?<!/)>.*?</\1>|<!--.*?-->", re.I | re.S)
HIDDEN_END = re.compile(r"-->|</(?:script|style|ref)>", re.I)
NOTE_ELEMENT = re.compile(r"<sup\b[^<>]*>(?:<a\b[^<>]*>)?\s*\[?[\d*†‡]{1,3}\]?\s*(?:</a>)?</sup>", re.I)
CHARACTER_REFERENCE = re.compile(r"&(?:#\d{1,6}|#x[\da-f]{1,5}|[a-z]{2,8}\d?);", re.I)
IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
LINK = re.compile(r"(\[)[^\[\]\n]+(\]\((?:[^()\s]|\([^()\s]*\))+(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\))")
REFERENCE_LINK = re.compile(r"(\[)[^\[\]\n]+(\]\[[\w-]*\])")
WIKI_LINK = re.compile(r"(\[\[(?:[^\[\]|\n]*\|)?)[^\[\]|\n]+(\]\])")
TEMPLATE = re.compile(r"(\{\{(?:[^{}|\n]*\|)+)[^{}|\n]+(\}\})")  # {{lang|fr|liberté}}
AUTOMATIC_LINK = re.compile(r"<https?://[^<>\s]+>")
EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]*[^\s*](\1)(?![\w*])|(?<![\w_])(_{1,3})(?=[^\s_])[^_\n]*[^\s_](\3)(?![\w_])"
)
INNER_EMPHASIS = re.compile(r"(\*\*)(?=[^\s*])[^*\n]*[^\s*](\*\*)")  # un**believ**able, **Ruiz:**We
STRUCK = re.compile(r"(~~)(?=[^\s~])[^~\n]+(~~)")
HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.M)
BLOCK_QUOTATION = re.compile(r"^[ \t]*>(?!>)[ \t]?(?:>[ \t]?)*", re.M)
LIST_ITEM = re.compile(r"^[ \t]*[*•‣▪◦][ \t]+(?=[\"“‘'«])", re.M)
BOARD_TAG = re.compile(r"\[/?(?:b|i|u|quote|url|size|color)(?:=[^\[\]\n]*)?\]", re.I)
NOTE_MARK = re.compile(
    r"\[\^[\w-]{1,20}\]:?|(?<=[\w.,!?;:”’\"')])\[\d{1,3}\]|(?<=[.,!?”’\")])[¹²³⁰⁴-⁹]+|(?<=[\w.,!?”’\"])[†‡]+"
    r"|(?<=[.,!?”’\"])\(\d{1,2}\)(?=[\s.,;]|\Z)"
)
ESCAPE = re.compile(r"\\(?=[*_\[\]()#>~`.!\"'-])")
INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]+")
# No width, and no meaning between the letters of a word: soft hyphen, zero-width space, joiner, byte order mark
WIDTHLESS = re.compile("[\u00ad\u200b\u2060\ufeff]")
RARE_MARK = re.compile("[″‶˝〝〞❝❞「」『』]")
MARK_OF = {
    **dict.fromkeys("″‶˝", '"'),
    **dict.fromkeys("〝❝「", "“"),
    **dict.fromkeys("〞❞」", "”"),
    "『": "‘",
    "』": "’",
}
GLUED = re.compile(
    r"(?<=[,.!?…][”\"])(?=[^\W\d_A-Z]{2})|(?<=[,.!?…]”)(?=[A-Z])|(?<=[,.!?…](?:''))(?=[^\W\d_A-Z]{2})|(?<=[,.!?…]’)(?=[^\W\d_A-Z]{2})|"
    r"(?<=[^\W\d_][.,:;!?])(?=“\w)|(?<=[.,!?][”\"] -)(?=[A-Z])"
)
# What any of them needs: most texts have none of it. A search is fast where the first character is one of a few.
SUSPECT_CHARACTERS = (
    r"<>&\[{\\~*#•‣▪◦\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069"
    r"″‶˝〝〞❝❞「」『』†‡¹²³⁰⁴-⁹"
)
SUSPECT = re.compile(
    rf"[{SUSPECT_CHARACTERS}_,.:;!?…”’\"](?:(?<=[{SUSPECT_CHARACTERS}])|(?<=_)(?<!\w_)|(?<=[.,!?”’\"])\(\d|"
    r"(?<=[,.!?…])(?:(?:[”\"’]|'')[^\W\d_A-Z]{2}|”[A-Z])|(?<=[^\W\d_][.,:;!?])“\w|(?<=[.,!?])[”\"] -[A-Z])"
)
MARKUP_GAP = re.compile(r"(?:\s|<[^<>]*>|\]\([^\n]*\)|\]\[[\w-]*\]|\[\^?[\w-]{1,20}\]|[*_~\[\]¹²³⁰⁴-⁹†‡])+")


class Edit(NamedTuple):
    """A stretch of a text, and what is read in its place. ``is_markup``: it belongs to no name and no content."""

    start: int
    end: int
    read: str = ""
    is_markup: bool = True


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text without markup. ``starts`` and ``ends``: of each character, where it stands in the text as stored."""

    text: str
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)
    cuts: list[int]  # where markup was left out, as offsets into the plain text

    def stored(self, span: Offsets) -> Offsets:
        """The offsets, in the text as stored, of a span of the plain text."""
        start, end = trim(self.text, *span)
        return (self.starts[start], self.ends[end - 1]) if start < end else (self.starts[span[0]],) * 2

    def place(self, stored: int) -> int:
        """Where the first character that is read at or after a place of the stored text is."""
        return bisect_left(self.starts, stored)

    def stored_fragments(self, span: Offsets) -> list[Offsets]:
        """The same, in several fragments where markup stood between words."""
        start, end = span
        inner = self.cuts[bisect_right(self.cuts, start) : bisect_left(self.cuts, end)]
        cuts = [cut for cut in inner if not (self.text[cut - 1].isalnum() and self.text[cut].isalnum())]
        bounds = [start, *cuts, end]
        parts = [trim(self.text, *part) for part in pairwise(bounds)]
        return [self.stored(part) for part in parts if part[0] < part[1]]


def plain_text(text: str) -> PlainText | None:
    """The text as it is read; None where that is the text itself, as nearly always.

    >>> plain = plain_text("“We will **not** sell,” said <b>Ruiz</b>.")
    >>> plain.text
    '“We will not sell,” said Ruiz.'
    >>> plain.stored_fragments((0, 20))
    [(0, 8), (11, 14), (17, 23)]
    """
    edits = list(_apart(_edits(text))) if SUSPECT.search(text) else []
    if not edits:
        return None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    cuts: list[int] = []
    at = 0
    for edit in [*edits, Edit(len(text), len(text))]:
        parts.append(text[at : edit.start])
        starts += range(at, edit.start)
        ends += range(at + 1, edit.start + 1)
        if edit.is_markup and edit.start < edit.end:
            cuts.append(len(starts))
        parts.append(edit.read)
        starts += [edit.start] * len(edit.read)
        ends += [edit.end] * len(edit.read)
        at = edit.end
    return PlainText("".join(parts), starts, ends, cuts)


def readable(fragment: str) -> str:
    """A stretch of a text as it is shown and searched: entities as characters, and nothing invisible within words.

    >>> readable("Ben &amp; Jerry&rsquo;s dis\\u00adgrace")
    'Ben & Jerry’s disgrace'
    """
    if "&" in fragment:
        fragment = CHARACTER_REFERENCE.sub(lambda match: html.unescape(match[0]), fragment)
    return WIDTHLESS.sub("", fragment)


def is_markup(gap: str) -> bool:
    """Whether nothing but markup stands between two fragments of a content, which then are shown as one.

    >>> is_markup("</b> "), is_markup(" he said, ")
    (True, False)
    """
    return bool(gap.strip()) and MARKUP_GAP.fullmatch(gap) is not None


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    """The edits in order, without those that lie in one before."""
    end = -1
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= end:
            yield edit
            end = max(end, edit.end)


def _edits(text: str) -> list[Edit]:
    """All that is not read as it stands, in any order; they may overlap."""
    edits: list[Edit] = []
    hidden_end = max((match.end() for match in HIDDEN_END.finditer(text)), default=0)
    edits += (Edit(*match.span()) for match in HIDDEN_ELEMENT.finditer(text, 0, hidden_end))
    for pattern in (NOTE_ELEMENT, IMAGE, AUTOMATIC_LINK, BOARD_TAG, NOTE_MARK, HEADING, BLOCK_QUOTATION):
        edits += (Edit(*match.span()) for match in pattern.finditer(text))
    # none goes on with the one before
    edits += (Edit(*match.span(), "\n") for match in LIST_ITEM.finditer(text))
    edits += (Edit(*match.span(), PARAGRAPH_BREAK if match[1] else "") for match in HTML_TAG.finditer(text))
    for pattern in (LINK, REFERENCE_LINK, WIKI_LINK, TEMPLATE, EMPHASIS, INNER_EMPHASIS, STRUCK):
        for match in pattern.finditer(text):
            edits += (Edit(*span) for span in match.regs[1:] if span[0] >= 0)
    for match in CHARACTER_REFERENCE.finditer(text):
        character = html.unescape(match[0])
        if character in "†‡":
            edits.append(Edit(*match.span()))
        elif len(character) == 1:
            read = " " if character == NO_BREAK_SPACE else character
            edits.append(Edit(*match.span(), read, is_markup=False))
    edits += (Edit(*match.span(), is_markup=False) for match in ESCAPE.finditer(text))
    edits += (Edit(*match.span(), is_markup=False) for match in INVISIBLE.finditer(text))
    edits += (Edit(match.start(), match.end(), " ", is_markup=False) for match in GLUED.finditer(text))
    for match in RARE_MARK.finditer(text):
        measure = match[0] in "″‶˝" and text[match.start() - 1 : match.start()].isdigit()
        if not measure:
            edits.append(Edit(*match.span(), MARK_OF[match[0]], is_markup=False))
    return edits
