"""Plain text: one file is one article. And what every text is asked for: that it is one, and its title."""

import re
import unicodedata

from quotes.errors import Unreadable
from quotes.text.encoding import check_characters

MAX_LENGTH = 1_000_000  # characters; spaCy refuses longer texts
TITLE_LENGTH = 80  # characters of a title taken from running text
HEADLINE_LENGTH = 140  # characters of the longest headline
NO_HEADLINE_END = re.compile(r"[.…!:;,][\"'”’»)\]]*$")


def check_text(text: str) -> None:
    """Raises Unreadable when a text is empty, too long, or has characters that no article has."""
    if not text.strip():
        raise Unreadable("is empty")
    if len(text) > MAX_LENGTH:
        raise Unreadable(
            f"has {len(text):,} characters, and {MAX_LENGTH:,} is the most for one article. "
            "Split it into its articles."
        )
    check_characters(text)


def make_title(text: str) -> str:
    """The first line when it is a headline: short, no sentence, and more follows. Else the start of the text.

    The start is cut between words, with an ellipsis.
    """
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return ""
    first = re.sub(r"\s+", " ", _visible(lines[0]).lstrip("# ")) or _visible(lines[0])
    if len(lines) > 1 and len(first) <= HEADLINE_LENGTH and not NO_HEADLINE_END.search(first):
        return first
    start = re.sub(r"\s+", " ", _visible(" ".join(lines)[: TITLE_LENGTH * 4])).strip()
    if len(start) <= TITLE_LENGTH:
        return start
    cut = start[: TITLE_LENGTH + 1].rpartition(" ")[0].rstrip(" ,;:–—-") or start[:TITLE_LENGTH]
    return f"{cut}…"


def _visible(text: str) -> str:
    return "".join(char for char in text if char == "\t" or unicodedata.category(char) not in ("Cc", "Cf"))
