"""What an article is called on the pages, where what it was given as its title is none."""

import re

from quotes.text.plural import shortened

TITLE_LENGTH = 90  # characters of a text that stand for its title
MAX_HEADLINE = 160  # characters of a first line that is a headline
# As SQL: the text is looked at only where the title cannot be one. Needs the function that ``shown_title`` is.
TITLE_SQL = (
    "case when articles.title is null or trim(articles.title) = '' or articles.title like 'by %' "
    "or articles.title = articles.author or articles.title like '% staff' or articles.title like '%…' "
    "then quotes_title(articles.title, articles.author, substr(articles.text, 1, 2000)) else articles.title end"
)
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:(?:al|bin|da|de|del|der|di|van|von)\s+)*[A-Z][\w.'’-]*){1,3}"
_JOB = (
    r"[^,|/]*\b(?:agenc(?:y|ies)|analyst|bureau|columnist|correspondents?|desk|editors?|journalist|news|"
    r"press|reporters?|staff|writers?|afp|ap|pa|reuters|\d{4})\b[^,|/]*"
)
# "By Ann Okoro and Joe Ng", "BY OUR REPORTER", "By Ann Okoro, Health Editor | 3 May 2021", "Reuters Staff"; not
# "By the numbers: how we live", "By Election Day, Everything Changed": after a comma the last name needs an "and"
_BY_LINE = re.compile(
    rf"[Bb][Yy]:?\s+(?:{_NAME}|(?i:(?:our|a|the)\s{_JOB}|{_JOB}))(?:\s*(?:,\s*{_NAME}(?=\s*(?:,|&|and\b|AND\b|\|))|(?:&|\band\b|\bAND\b|[|/–-])\s*{_NAME}(?=\s*$|\s*(?:,|&|and\b|AND\b|\|))|"
    rf"(?:,|&|\band\b|\bAND\b|[|/–-])\s*(?i:{_JOB})))*"
    rf"(?:\s+in\s+[A-Z]\w+)?\.?|(?:AP|AFP|Reuters|Agence France-Presse|Associated Press) [Ss]taff"
)
MAX_BY_LINE_WORDS = 14


def is_by_line(title: str, author: str | None = None) -> bool:
    """Whether a title tells who wrote the article, and not what it is about.

    >>> is_by_line("By Ann Okoro, Health Correspondent"), is_by_line("By train to the end of the world")
    (True, False)
    """
    title = " ".join(title.split())
    if author and title.casefold() == author.strip().casefold():
        return True
    return len(title.split()) <= MAX_BY_LINE_WORDS and bool(_BY_LINE.fullmatch(title))


def shown_title(title: str | None, author: str | None, text: str | None) -> str:
    """The title of an article; the beginning of its text where that is empty or a by-line.

    A title that was cut out of the text is its first line, as far as that goes.

    >>> shown_title("By Our Reporter", None, "By Our Reporter\\nThe harbour was closed on Monday.\\nMore.")
    'The harbour was closed on Monday.'
    >>> shown_title("Harbour Is Closed. LOW…", None, "Harbour Is Closed.\\n\\nLOWTON, May 3 -- No ship left on Monday.")
    'Harbour Is Closed.'
    """
    title = (title or "").strip()
    if title and not is_by_line(title, author):
        first = (text or "").lstrip().partition("\n")[0].strip()
        own = len(first) <= MAX_HEADLINE and begins_text(title, text or "") and len(first) < len(text or "")
        return first if own else title
    for line in (text or "").splitlines():
        line = " ".join(line.split())
        if line and not is_by_line(line, author) and line != title:
            return shortened(line, TITLE_LENGTH)
    return title


def begins_text(title: str, text: str) -> bool:
    """Whether a title is only how the text begins: the article had none of its own.

    >>> begins_text("The last ferry left…", "The last ferry left on Tuesday."), begins_text("Ferry", "Ferry\\nIt left.")
    (True, False)
    """
    start = title.rstrip("…").strip()
    return title.endswith("…") and " ".join(text[: 4 * len(title) + 40].split()).startswith(start)
