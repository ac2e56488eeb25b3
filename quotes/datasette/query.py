"""What a reader types into a search box, as a query that FTS5 always accepts."""

import re

NOTHING = '""'  # a valid query that no row matches

_BIT = re.compile(r'"([^"]*)"?|(\S+)')


def fts_query(words: str | None) -> str:
    """``words`` as an FTS5 query in which nothing is syntax but quoted phrases and a final ``*``.

    Every word must occur; ``"rare earths"`` is a phrase; ``tarif*`` also finds words that go on.
    Operators (AND, NEAR, parentheses, column filters, a lone mark) are looked for as words or, when they
    have no letter or digit, ignored. Never raises, never gives a query that SQLite refuses.
    """
    text = (words or "").replace("\0", " ").replace("“", '"').replace("”", '"')
    bits = []
    for phrase, word in _BIT.findall(text):
        bit = phrase or word
        if any(character.isalnum() for character in bit):
            prefix = "*" if word.endswith("*") else ""
            bits.append('"' + bit.replace('"', " ") + '"' + prefix)
    return " ".join(bits) or NOTHING
