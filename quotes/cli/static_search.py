"""The index by which the site of plain files is searched: small files, of which a search reads the few that it needs.

A browser that opens files from a disk may not fetch them, but may run them as scripts: so each file is a call.
"""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from quotes.store.certainty import act_label, is_doubtful
from quotes.text.dates import readable_date
from quotes.text.plural import shortened
from quotes.text.sanitise import clean
from quotes.text.standing_alone import begin_like_a_sentence, standing_alone

SHOWN_LENGTH = 220  # characters of a quotation in a result
BLOCK_SIZE = 200  # quotations in a file
PREFIX_LENGTH = 2  # characters that the words of one file begin with
_WORD = re.compile(r"\w+")

QUOTATIONS = """
    select quotes.id, content, quotes.type, act, asserted, quotes.attribution, confidence, speaker_confidence,
        quotes.speaker, speakers.name, speakers.aliases, quotes.published, quotes.publication
    from quotes left join speakers on speakers.id = quotes.speaker
    order by quotes.published is null, quotes.published desc, quotes.article, quotes.position, quotes.id"""


def words(text: str) -> set[str]:
    """The words of a text in small letters, as the page that searches takes them apart."""
    return {word.lower() for word in _WORD.findall(text)}


def files(db: sqlite3.Connection, file_of: Any) -> Iterator[tuple[str, str]]:
    """Name and text of each file of the index. file_of: the id of a quotation -> its file."""
    index: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    block: list[list[Any]] = []
    number = 0
    cursor = db.execute(QUOTATIONS)
    columns = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(columns, values, strict=True))
        block.append(_shown(row, file_of(row["id"])))
        named = words(" ".join(filter(None, [row["name"], *_aliases(row["aliases"])])))
        for word in words(row["content"]) | {f"@{word}" for word in named} | {f"={row['speaker']}"}:
            index[_prefix(word)][word].append(number)
        number += 1
        if len(block) == BLOCK_SIZE:
            yield _block(number // BLOCK_SIZE - 1, block)
            block = []
    if block:
        yield _block(number // BLOCK_SIZE, block)
    for prefix, found in sorted(index.items()):
        entries = {word: _gaps(places) for word, places in sorted(found.items())}
        yield f"search/words-{_hex(prefix)}.js", _call("words", prefix, entries)
    about = {"quotations": number, "block": BLOCK_SIZE, "files": sorted(map(_hex, index))}
    yield "search/about.js", _call("about", "", about)


def _shown(row: dict[str, Any], file: str) -> list[Any]:
    """What a result shows: file, words, what was done with them, type, speaker, doubt, day, publication."""
    label = act_label(row)
    content = standing_alone(row["content"], row["type"])
    if row["type"] != "direct" and not label:
        content = begin_like_a_sentence(content)
    return [
        file,
        clean(shortened(content, SHOWN_LENGTH)),
        label,
        row["type"],
        clean(row["name"] or ""),
        int(is_doubtful(row)),
        clean(readable_date(row["published"] or "")),
        clean(row["publication"] or ""),
    ]


def _aliases(value: str | None) -> Iterable[str]:
    try:
        names = json.loads(value or "[]")
    except ValueError:
        return []
    return [str(name) for name in names] if isinstance(names, list) else []


def _prefix(word: str) -> str:
    """The first characters of a word; "@" stands before those of a name, "=" before a speaker's id."""
    return word[: PREFIX_LENGTH + word.startswith(("@", "="))]


def _gaps(places: list[int]) -> list[int]:
    """Rising numbers as the steps between them, which are shorter."""
    return [place - (places[n - 1] if n else 0) for n, place in enumerate(places)]


def _block(number: int, block: list[list[Any]]) -> tuple[str, str]:
    return f"search/quotations-{number}.js", _call("block", str(number), block)


def _call(kind: str, key: str, data: Any) -> str:
    """A script that hands data over, in ASCII alone: no character of it can be taken for another."""
    return (
        f"quotesSearch({json.dumps(kind)}, {json.dumps(key)}, {json.dumps(data, separators=(',', ':'))});\n"
    )


def _hex(prefix: str) -> str:
    """Characters as a file's name."""
    return "-".join(f"{ord(character):x}" for character in prefix)
