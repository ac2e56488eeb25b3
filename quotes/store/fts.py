"""What a user typed -> an FTS5 query that never raises."""

import re

PHRASE = re.compile(r'["“”]([^"“”]*)["“”]|(\S+)')


def fts_query(words: str, *, prefix: bool = False) -> str | None:
    """What a user typed -> an FTS5 expression that never raises; None when there is no word in it.

    Every word must occur. Words in double quotation marks are a phrase, a final ``*`` (or ``prefix``) matches
    beginnings; everything else, such as AND, NEAR( or a lone quotation mark, is only text.
    """
    terms = []
    for phrase, word in PHRASE.findall(words.replace("\x00", " ")):
        term = (phrase or word).replace('"', " ")
        if not re.search(r"[^\W_]", term):
            continue
        star = " *" if prefix or word.endswith("*") else ""
        terms.append(f'"{term}"{star}')
    return " AND ".join(terms) or None


def name_query(words: str) -> str:
    """Words of a name, or their beginnings, as an FTS5 expression for the speakers; no word matches nothing."""
    found = fts_query(words, prefix=True)
    return f"{{name aliases}} : ({found})" if found else '""'
