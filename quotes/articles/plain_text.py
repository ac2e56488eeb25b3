"""Plain text -> an article: one file is one, published on the day that its name has."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from shlex import quote

from quotes.articles.source import MAX_BYTES, Source
from quotes.articles.text_files import make_title
from quotes.errors import Unreadable
from quotes.text.dates import iso_date
from quotes.types import STDIN, Article, Failure

DAY_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
ADDRESS = re.compile(r"https?://\S+")
MIN_ADDRESSES = 0.8  # share of lines that are addresses, from which a file is a list of them


def read(source: Source) -> Iterator[Article | Failure]:
    """The article of a text file: its text as it stands there, with whatever markup it has (``text.plain_text``)."""
    text = source.text(MAX_BYTES)
    if is_list_of_addresses(text):
        raise Unreadable(
            "is a list of addresses, and nothing is fetched. Save the pages, and read those: "
            f"trafilatura -i {quote(source.unpacked)} -o pages/ --backup-dir html/"
        )
    day = None if source.path == STDIN else day_in_name(source.name)
    yield source.article(text, {"title": make_title(text), "published": day})


def is_list_of_addresses(text: str) -> bool:
    """Whether nearly every line of a text is an address of a page."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return bool(lines) and sum(bool(ADDRESS.fullmatch(line)) for line in lines) >= MIN_ADDRESSES * len(lines)


def day_in_name(name: str) -> str | None:
    """The day in a file's name, such as 2025-06-10-talks.txt, if it has exactly one."""
    days = set(DAY_IN_NAME.findall(PurePosixPath(name).stem))
    try:
        return iso_date(days.pop()) if len(days) == 1 else None
    except Unreadable:  # 2025-13-45
        return None
