"""What somebody typed -> an FTS5 query that SQLite always accepts."""

import re

PHRASE_OR_WORD = re.compile(r'["“”]([^"“”]*)["“”]|(\S+)')
MAX_QUERY_WORDS = 60  # that are looked for: many more exceed what FTS5 can nest
MATCHES_NOTHING = '""'  # a valid query


def fts_query(typed: str, *, prefix: bool = False) -> str | None:
    """The FTS5 query for all of the words typed; None when there is no word among them. Never raises.

    Words in double quotation marks are a phrase, a final ``*`` (or ``prefix``) matches beginnings; everything
    else, such as AND, NEAR( or a lone quotation mark, is only text.

    >>> print(fts_query('“rare earths” tariff* OR'))
    "rare earths" AND "tariff*" * AND "OR"
    """
    terms = []
    first = " ".join(typed.replace("\x00", " ").split()[:MAX_QUERY_WORDS])
    for phrase, word in PHRASE_OR_WORD.findall(first):
        term = (phrase or word).replace('"', " ")
        if not re.search(r"[^\W_]", term):
            continue
        star = " *" if prefix or word.endswith("*") else ""
        terms.append(f'"{term}"{star}')
    return " AND ".join(terms) or None


def words_query(typed: str | None) -> str:
    """The FTS5 query for words of quotations; without a word it matches nothing."""
    return fts_query(str(typed or "")) or MATCHES_NOTHING


def name_query(typed: str | None) -> str:
    """The FTS5 query for speakers whose name or aliases have the words typed, or words that begin like them.

    >>> print(name_query("kevin has"))
    {name aliases} : ("kevin" * AND "has" *)
    """
    query = fts_query(str(typed or ""), prefix=True)
    return f"{{name aliases}} : ({query})" if query else MATCHES_NOTHING


def title_query(typed: str | None) -> str:
    """The FTS5 query for articles whose title has the words typed; without a word it matches nothing.

    >>> print(title_query("rare earths"))
    {title} : ("rare" AND "earths")
    """
    query = fts_query(str(typed or ""))
    return f"{{title}} : ({query})" if query else MATCHES_NOTHING
