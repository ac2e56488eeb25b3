"""What somebody typed -> an FTS5 query that SQLite always accepts."""

import re

PHRASE_OR_WORD = re.compile(r'(-?)["“”]([^"“”]*)["“”]|(\S+)')
MAX_QUERY_WORDS = 60  # that are looked for: many more exceed what FTS5 can nest
MATCHES_NOTHING = '""'  # a valid query


def fts_query(typed: str, *, prefix: bool = False, plain: bool = False) -> str | None:
    """The FTS5 query for all of the words typed; None when there is no word among them. Never raises.

    Words in double quotation marks are a phrase, a final ``*`` (or ``prefix``) matches beginnings. ``OR`` between two
    words asks for one of them, ``-`` before a word or a phrase leaves out what has it, unless there is nothing else.
    Everything else, such as AND, NEAR( or a lone quotation mark, is only text; with ``plain`` these are, too.

    >>> print(fts_query('“rare earths” tariff* OR duties -china OR'))
    "rare earths" AND ("tariff*" * OR "duties") AND "OR" NOT "china"
    """
    groups: list[list[str]] = []
    without: list[str] = []
    first = " ".join(typed.replace("\x00", " ").split()[:MAX_QUERY_WORDS])
    tokens = PHRASE_OR_WORD.findall(first)
    joins = False
    for number, (minus, phrase, word) in enumerate(tokens):
        if not plain and word == "OR" and groups and _is_term(tokens[number + 1 : number + 2]):
            joins = True
            continue
        leave_out = not plain and (bool(minus) or (word.startswith("-") and len(word) > 1))
        term = (phrase or word).replace('"', " ").lstrip("-" if leave_out else "")
        if not re.search(r"[^\W_]", term):
            continue
        made = f'"{term}"{" *" if prefix or word.endswith("*") else ""}'
        if leave_out:
            without.append(made)
        elif joins:
            groups[-1].append(made)
        else:
            groups.append([made])
        joins = False
    parts = [f"({' OR '.join(group)})" if len(group) > 1 else group[0] for group in groups]
    return "".join([" AND ".join(parts), *(f" NOT {term}" for term in without)]) if parts else None


def left_out(typed: str) -> str | None:
    """The FTS5 query for what must not occur, when that is all that was typed; else None.

    >>> print(left_out('-china -"rare earths"'), left_out("tariffs -china"))
    "china" OR "rare earths" None
    """
    if fts_query(typed) is not None:
        return None
    words = " ".join(
        f'"{phrase}"' if minus else word[1:] for minus, phrase, word in PHRASE_OR_WORD.findall(typed)
    )
    query = fts_query(words, plain=True)
    return query.replace(" AND ", " OR ") if query else None


def _is_term(tokens: list[tuple[str, str, str]]) -> bool:
    """Whether something to look for comes next."""
    return any(
        not minus and not word.startswith("-") and re.search(r"[^\W_]", phrase or word)
        for minus, phrase, word in tokens
    )


def words_query(typed: str | None) -> str:
    """The FTS5 query for words of quotations; without a word it matches nothing."""
    return fts_query(str(typed or "")) or MATCHES_NOTHING


def name_query(typed: str | None, *, whole: bool = False) -> str:
    """The FTS5 query for speakers whose name or aliases have the words typed, or words that begin like them.

    ``whole``: only those that have the words.

    >>> print(name_query("kevin has"), name_query("kevin has", whole=True))
    {name aliases} : ("kevin" * AND "has" *) {name aliases} : ("kevin" AND "has")
    """
    query = fts_query(str(typed or ""), prefix=not whole, plain=True)
    return f"{{name aliases}} : ({query})" if query else MATCHES_NOTHING


def title_query(typed: str | None) -> str:
    """The FTS5 query for articles whose title has the words typed; without a word it matches nothing.

    >>> print(title_query("rare earths"))
    {title} : ("rare" AND "earths")
    """
    query = fts_query(str(typed or ""))
    return f"{{title}} : ({query})" if query else MATCHES_NOTHING
