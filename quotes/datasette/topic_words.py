"""What somebody spoke about, by words that stand in their quotations more often than in those of others."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.datasette.fetch import fetch_rows, fetch_value
from quotes.lexicon.words import word_set

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    from datasette.database import Database

WORDS_SHOWN = 12
CANDIDATES = 40  # the most frequent words, of which the most telling are shown
MIN_LETTERS = 4
MIN_QUOTATIONS = 2  # in which a word stands
COMMON_SHARE = 0.04  # of all quotations: a word that more of them have tells nothing of any speaker
MIN_COMMON = 4  # quotations, in a small database
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*?(?=(?:[’']s)?(?:[^\w’'-]|[’'-](?!\w)|$))")

# In how many quotations each word stands, at most :most.
FREQUENCIES = """
    select value as word, (
        select count(*) from (
            select 1 from quotes_fts where quotes_fts match '"' || value || '"' limit :most)) as n
    from json_each(:words)"""


def counted(contents: Iterable[str]) -> Counter[str]:
    """Word -> in how many of the contents it stands, in small letters unless it is always a name."""
    forms: dict[str, Counter[str]] = {}
    numbers: Counter[str] = Counter()
    for content in contents:
        words = {word for word in _WORD.findall(content) if len(word) >= MIN_LETTERS and _tells(word)}
        for word in words:
            forms.setdefault(word.lower(), Counter())[word] += 1
        numbers.update({word.lower() for word in words})
    return Counter({forms[word].most_common(1)[0][0]: n for word, n in numbers.items()})


@lru_cache(maxsize=1)
def _empty_words() -> frozenset[str]:
    """Words that tell nothing of what somebody speaks about."""
    return word_set("function_words") | word_set("topic_stop_words")


def _tells(word: str) -> bool:
    return word.lower().replace("’", "'") not in _empty_words()


async def telling(
    db: "Database", numbers: Counter[str], shown: int = WORDS_SHOWN
) -> list[dict[str, str | int]]:
    """The words that tell most, each with its number of quotations: by tf-idf over quotations.

    numbers: of ``counted``. Spärck Jones, "A statistical interpretation of term specificity", 1972.
    """
    some = [word for word, n in numbers.most_common(CANDIDATES) if n >= MIN_QUOTATIONS]
    if not some:
        return []
    total = int(await fetch_value(db, "select count(*) from quotes"))
    most = max(MIN_COMMON, int(total * COMMON_SHARE)) + 1
    rows = await fetch_rows(db, FREQUENCIES, words=json.dumps(some), most=most)
    weights = {
        row["word"]: numbers[row["word"]] * math.log((total + 1) / max(row["n"], 1))
        for row in rows
        if row["n"] < most
    }
    best = sorted(weights, key=lambda word: (-round(weights[word], 6), word))[:shown]
    return [{"word": word, "n": numbers[word]} for word in best]
