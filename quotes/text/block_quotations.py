"""Where markup shows block quotations, by lines behind ">" or the element blockquote, and lines that are emphasised."""

import re

from quotes.text.plain_text import PlainText
from quotes.text.spans import Offsets

QUOTED_LINES = re.compile(r"(?:^[ \t]*>(?!>)[^\n]*(?:\n|\Z))+", re.M)
QUOTED_ELEMENT = re.compile(r"<blockquote\b[^<>]*>(?:(?!</?blockquote\b).)*</blockquote>", re.I | re.S)
EMPHASISED_LINE = re.compile(r"^[ \t]*(?:#{2,6}[ \t]+[^\n]+|(\*{1,3}|_{1,3})(?=\S)[^*_\n]+\1)[ \t]*$", re.M)
EMPHASISED_ELEMENT = re.compile(r"<(strong|b|em|i|h[2-6])\b[^<>]*>[^<>]+</\1>", re.I)


def emphasised_lines(text: str, plain: PlainText) -> list[Offsets]:
    """What markup shows as emphasised in a line of its own, as offsets into the plain text: questions of an interview.

    >>> from quotes.text.plain_text import plain_text
    >>> text = "**Why fish?**\\n\\nMy father fished."
    >>> plain = plain_text(text)
    >>> [plain.text[slice(*line)] for line in emphasised_lines(text, plain)]
    ['Why fish?']
    """
    return _places(text, plain, EMPHASISED_LINE, EMPHASISED_ELEMENT)


def block_quotations(text: str, plain: PlainText) -> list[Offsets]:
    """The block quotations of a text with markup, as offsets into its plain text.

    >>> from quotes.text.plain_text import plain_text
    >>> text = "Ruiz wrote:\\n\\n> We go.\\n> Soon.\\n\\nShe left."
    >>> plain = plain_text(text)
    >>> [plain.text[slice(*block)] for block in block_quotations(text, plain)]
    ['We go.\\nSoon.\\n']
    """
    return _places(text, plain, QUOTED_LINES, QUOTED_ELEMENT)


def _places(text: str, plain: PlainText, *patterns: re.Pattern[str]) -> list[Offsets]:
    """Where the plain text has what some patterns match in the text with markup, in text order."""
    stored = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    return sorted((plain.place(start), plain.place(end)) for start, end in stored)
