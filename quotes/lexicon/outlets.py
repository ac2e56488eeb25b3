"""Whether a name is a news agency's, a paper's or a broadcaster's: they pass on what others said."""

import re
from functools import lru_cache

from quotes.lexicon.words import word_set

# What a name may end in that says what it is: "the Xinhua news agency".
DESCRIPTION = re.compile(r"\s+(?:(?:news\s+)?agency|newspaper|magazine|website|channel|network)$")


@lru_cache(maxsize=8192)
def is_outlet(name: str) -> bool:
    """Whether a name is a news outlet's, known or by its last word.

    >>> is_outlet("the Wall Street Journal’s"), is_outlet("Port Ellery Courier"), is_outlet("Port Ellery")
    (True, True, False)
    """
    plain = re.sub(r"(?:’s|'s)$", "", name.strip())
    lower = DESCRIPTION.sub("", re.sub(r"^the\s+", "", plain.lower()))
    outlets = word_set("outlets")
    if lower in outlets or plain.lower() in outlets:
        return True
    words = lower.split()
    return len(words) > 1 and plain[:1].isupper() and words[-1] in word_set("outlet_endings")
