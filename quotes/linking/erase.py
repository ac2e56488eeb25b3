"""Erasing a person from a database: what is theirs, what names them, and every trace of it in the file.

The one change that cannot be undone. What stays is a count.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from quotes.corrections.records import Correction
from quotes.corrections.references import QuoteRef
from quotes.errors import NotFound
from quotes.linking.link import link
from quotes.names.normalise import comparable_name
from quotes.store.connection import WRITE_WAIT
from quotes.store.database import Store
from quotes.store.erasing import Erasing, traces
from quotes.text.normalise import fold
from quotes.text.plain_text import readable

COUNT_KEY = "erased"  # of the table settings: how many people were erased
BETWEEN_WORDS = r"[\s_+.-]+"  # of a name, in texts and in addresses
MIN_NAME_LENGTH = 3  # characters of a single word that stands for a person


@dataclass(slots=True)
class Erasure:
    """Whom it is about and what goes: ``names`` are looked for, ``articles`` and ``quotations`` are ids."""

    speaker: str
    names: tuple[str, ...]
    quotations: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)  # that quote or name the person
    shared: tuple[str, ...] = ()  # words of the name that are other people's as well: not looked for
    left: list[str] = field(default_factory=list)  # names that the file still has, and how often


def plan(store: Store, speaker: str) -> Erasure:
    """What erasing the speaker with this id would take. Raises NotFound when there is none."""
    row = store.lookup.speaker_row(speaker)
    if row is None:
        raise NotFound(f"There is no speaker {speaker!r}.", kind="speaker")
    tables = Erasing(store.db)
    quotations = tables.quotations_of(speaker)
    names = {row["name"], *json.loads(row["aliases"] or "[]"), *tables.names_in_articles(quotations)}
    others = {
        word
        for other in store.lookup.speakers()
        if other["id"] != speaker
        for name in (other["name"], *other["aliases"])
        for word in comparable_name(name).split()
    }
    whole = {name for name in names if " " in name.strip()}
    single = {name.strip() for name in names - whole if len(name.strip()) >= MIN_NAME_LENGTH}
    shared = {name for name in single if comparable_name(name) in others}
    wanted = tuple(sorted(whole | (single - shared), key=lambda name: (-len(name), name)))
    quoting = tables.articles_of(quotations)
    names_them = says(wanted)
    naming = [article for article, text in tables.texts() if names_them(text)]
    articles = list(dict.fromkeys([*quoting, *naming]))
    return Erasure(speaker, wanted, quotations, articles, tuple(sorted(shared)))


def erase(store: Store, erasure: Erasure, *, keep_articles: bool = False) -> Erasure:
    """Take it out of the file; returns what was done, with the names that are still ``left`` in it.

    With ``keep_articles`` the texts stay as they were published, and so do the person's names in them. Raises
    DatabaseError when the database cannot be written.
    """
    tables = Erasing(store.db)
    tables.overwrite_deleted()
    names_them = says(erasure.names)
    with store.transaction():
        for article in () if keep_articles else erasure.articles:
            tables.delete_article(article)
        for article in tables.articles_of(erasure.quotations):
            tables.delete_quotations(article, erasure.quotations)
        for correction, _ in store.corrections():
            pruned = _pruned(correction, erasure)
            if pruned != correction:
                tables.replace_correction(correction.id, pruned)
        tables.delete_speaker(erasure.speaker, names_them)
        tables.count_one(COUNT_KEY)
        tables.forget_linking()
        store.linking.topics.clear()  # whose names are words of statements: quotes topics makes them again
        store.changes.unlinked()
    link(store)
    with store.transaction():
        tables.delete_speaker(erasure.speaker, names_them)
        tables.forget_changes()
    tables.rebuild_search()
    with store.db.waiting(WRITE_WAIT):
        tables.vacuum()
    erasure.left = traces(store.path, erasure.names)
    return erasure


def _pruned(correction: Correction, erasure: Erasure) -> Correction | None:
    """A correction without those of its quotations that name the person; None for one about the person."""
    gone = {erasure.speaker, *erasure.quotations}

    names_them = says(erasure.names)

    def is_theirs(text: str) -> bool:
        return names_them(text) or any(ident in text for ident in gone)

    def kept(refs: tuple[QuoteRef, ...]) -> tuple[QuoteRef, ...]:
        return tuple(ref for ref in refs if not is_theirs(f"{ref.text} {ref.quote}"))

    speakers = tuple(replace(ref, quotes=kept(ref.quotes)) for ref in correction.speakers)
    pruned = replace(correction, speakers=speakers)
    return None if is_theirs(json.dumps(pruned.to_json(), ensure_ascii=False)) else pruned


def says(names: Iterable[str]) -> Callable[[str], bool]:
    """What tells whether a text has one of the names as whole words: in any case, with accents or without.

    White space may differ, hyphens may stand in its place as in addresses, entities may stand for characters, and soft
    hyphens within words.

    >>> says(["Zoë Ibáñez"])("https://example.org/zoe-ibanez-speaks")
    True
    >>> names_ann = says(["Ann Okoro"])
    >>> names_ann("Then Ann\\nOkoro's car left."), names_ann("Annabel Okoros")
    (True, False)
    """
    parts = [BETWEEN_WORDS.join(map(re.escape, _folded(name).split())) for name in names if name.split()]
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})(?![^\W_])") if parts else None
    return lambda text: pattern is not None and pattern.search(_folded(text)) is not None


def _folded(text: str) -> str:
    """A text as names are compared, which is not kept: texts may be long."""
    return fold.__wrapped__(unquote(readable(text)))


def read_names(path: Path) -> Sequence[str]:
    """The names in a file of people to be forgotten, one a line; # begins a remark."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line)
