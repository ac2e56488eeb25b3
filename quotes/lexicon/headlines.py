"""What an article is called, where what it was given as its title is none.

Texts without a title begin with their first paragraph, a date line, a by-line, the name of a section, or a caption.
"""

import re

from quotes.lexicon.given_names import is_known_given_name
from quotes.lexicon.words import word_set
from quotes.text.plural import shortened

TITLE_LENGTH = 110  # characters of a text that stand for its title
MAX_HEADLINE = 160  # characters of a first line that is a headline
TEXT_LENGTH = 2000  # characters of a text that are looked at
# As SQL: the text is looked at only where the title cannot be one. Needs the function that ``shown_title`` is.
TITLE_SQL = (
    "case when articles.title is null or trim(articles.title) = '' or articles.title like 'by %' "
    "or articles.title = articles.author or articles.title like '% staff' or articles.title like '%…' "
    "or (length(articles.title) <= 90 and articles.title = substr(articles.text, 1, length(articles.title))) "
    f"then quotes_title(articles.title, articles.author, substr(articles.text, 1, {TEXT_LENGTH})) "
    "else articles.title end"
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
MAX_NAME_WORDS = 4
MIN_CUT = 25  # characters of a title without an ellipsis that may be the beginning of a text
_WORD = re.compile(r"\w+")
_CAPTION = re.compile(
    r"\b(?:photo(?:graph)?s?|pictures?|images?|file)\s*(?:by\b|credits?\b|courtesy\b)?\s*[:/|]|©|"
    r"\((?:photos?|file|picture|image)\b",
    re.IGNORECASE,
)
_DATE_WORDS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun am pm a p m gmt utc est edt cst pst ist hrs at on of the st nd rd th published updated posted last "
    "date".split()
)
_JOINING = frozenset("al and da de del do el la of the".split())  # within the name of a place or a paper
# "NORDEN, May 3 (Agency) - ", "Norden: ", "Norden /AGENCY/. ", "Norden News, 3 May - ", "(Agency) - "
_DATE_LINE = re.compile(
    r"(?P<place>[^\n:–—()/|.!?]{0,60}?)(?P<agency>\s*[(/][A-Za-z][\w .&/-]{1,30}[)/])?"
    r"(?P<end>\s*(?:–|—|--)\s*|\s*-\s+|:\s+|(?<=/)\.\s+)(?=[\"“'‘«]?\w)"
)
_SENTENCE = re.compile(r".{25,}?[^\W\d_]{3}[\"”]?(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})[.!?](?=[\"”’]?\s)")


def is_by_line(title: str, author: str | None = None) -> bool:
    """Whether a title tells who wrote the article, and not what it is about.

    >>> is_by_line("By Ann Okoro, Health Correspondent"), is_by_line("By train to the end of the world")
    (True, False)
    """
    title = " ".join(title.split())
    if author and title.casefold() == author.strip().casefold():
        return True
    return len(title.split()) <= MAX_BY_LINE_WORDS and bool(_BY_LINE.fullmatch(title))


def is_label(line: str, author: str | None, rest: str) -> bool:
    """Whether a line above a text is no headline: a by-line, a section, an agency, a date, a caption.

    ``rest``: the text below it. A name alone is the author's where the text never comes back to it.

    >>> is_label("IDA OKORO", None, "The harbour was closed."), is_label("IDA OKORO", None, "Okoro has left.")
    (True, False)
    >>> is_label("Opinion", None, "The harbour was closed."), is_label("Harbour closed", None, "It was on Monday.")
    (True, False)
    """
    if is_by_line(line, author):
        return True
    if not rest.strip():
        return False
    small = line.casefold().replace("’", "'").strip(" :|-–—•*#")
    words = [word.casefold() for word in _WORD.findall(line)]
    if small in word_set("section_labels") or small in word_set("outlets") or _CAPTION.search(line):
        return True
    if words and all(word in _DATE_WORDS or word[0].isdigit() for word in words):
        return any(word[0].isdigit() for word in words)
    return _is_name(line) and not set(words) & {word.casefold() for word in _WORD.findall(rest)}


def _is_name(line: str) -> bool:
    """Whether a line may be nothing but the name of a person."""
    words = line.split()
    capitals = all(re.fullmatch(r"[^\W\d_][\w.’'-]*", word) and word[0].isupper() for word in words)
    if not (2 <= len(words) <= MAX_NAME_WORDS and capitals):
        return False
    return line.isupper() or is_known_given_name(words[0].casefold())


def without_date_line(text: str) -> str:
    """A text without the place, day and agency that it begins with.

    >>> without_date_line("NORDEN, May 3 (Sund Press) - The harbour was closed.")
    'The harbour was closed.'
    >>> without_date_line("Norden – 3 May 2022: No ship left."), without_date_line("The mayor – Ida Okoro – left.")
    ('No ship left.', 'The mayor – Ida Okoro – left.')
    """
    for _ in range(3):
        found = _DATE_LINE.match(text)
        if not found or not _is_place_and_day(found["place"], found["end"], bool(found["agency"])):
            break
        text = text[found.end() :]
    return text


def _is_place_and_day(words: str, end: str, agency: bool) -> bool:
    """Whether words before a dash or colon are a place, a day, or both; ``agency``: with an agency after them."""
    parts = [word.casefold() for word in _WORD.findall(words)]
    day = any(part[0].isdigit() for part in parts)
    names = [
        word
        for word in _WORD.findall(words)
        if word.casefold() not in _DATE_WORDS | _JOINING and not word[0].isdigit()
    ]
    if not parts:
        return agency
    if not day and not all(word[0].isupper() for word in names):
        return False
    most = 6 if day or agency else 1 if ":" in end and not words.isupper() else 3
    return len(names) <= most and parts[0] not in ("the", "a", "an") and (bool(names) or day)


def shown_title(title: str | None, author: str | None, text: str | None) -> str:
    """The title of an article; the beginning of its text where that is empty or no headline.

    A title that was cut out of the text is its first line where that is a headline, else its first sentence.

    >>> shown_title("By Our Reporter", None, "By Our Reporter\\nThe harbour was closed on Monday.\\nMore.")
    'The harbour was closed on Monday'
    >>> shown_title("Harbour Is Closed. LOW…", None, "Harbour Is Closed.\\n\\nLOWTON, May 3 -- No ship left on Monday.")
    'Harbour Is Closed.'
    """
    title, text = (title or "").strip(), (text or "")[:TEXT_LENGTH].lstrip()
    first, _, rest = text.partition("\n")
    own = bool(title) and not (title == first.strip() and is_label(title, author, rest))
    if own and not is_by_line(title, author) and not begins_text(title, text):
        return title
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for number, line in enumerate(lines):
        if line and not is_label(line, author, " ".join(lines[number + 1 :])) and (line != title or own):
            return _beginning(line, last=not any(lines[number + 1 :]))
    return title


def _beginning(line: str, last: bool) -> str:
    """A headline as it is; of a paragraph the first sentence, or as much of it as a title may be long."""
    if len(line) <= MAX_HEADLINE and not last and not _SENTENCE.search(f"{line} ") and "…" not in line:
        return line
    line = without_date_line(line)
    sentence = _SENTENCE.match(f"{line} ")
    if sentence and len(sentence[0]) <= MAX_HEADLINE:
        return sentence[0].removesuffix(".")
    return re.sub(r"[\s,;:–—-]+…$", "…", shortened(line, TITLE_LENGTH))


def begins_text(title: str, text: str) -> bool:
    """Whether a title is only how the text begins: the article had none of its own.

    >>> begins_text("The last ferry left…", "The last ferry left on Tuesday."), begins_text("Ferry", "Ferry\\nIt left.")
    (True, False)
    """
    start = title.rstrip("…").strip()
    if title.endswith("…") and " ".join(text[:TEXT_LENGTH].split()).startswith(start):
        return True
    lines = (" ".join(line.split()) for line in text[:TEXT_LENGTH].splitlines())
    cut = title.endswith("…") or len(start) > MIN_CUT
    return (
        bool(start) and cut and any(start in line[: 3 * len(title) + 80] and start != line for line in lines)
    )
