"""The speaker or publication that a typed name or id means, or an error that says what to type instead."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quotes.errors import Ambiguous, Choice, NotFound
from quotes.names.normalise import comparable_name
from quotes.names.suggestions import suggest
from quotes.store.database import Store
from quotes.store.search_sql import publications_meant
from quotes.text.plural import count, shortened
from quotes.text.sanitise import clean

MAX_CANDIDATES = 1000  # speakers with the same words in their names that are told apart
PUBLICATIONS_LISTED = 10  # in a message
TITLE_LENGTH = 40  # characters of the headline that stands for what is not known of a speaker


def find_speaker(store: Store, words: str) -> Mapping[str, Any]:
    """The speaker with this id or name. Raises NotFound when there is none, Ambiguous when several have the name.

    A speaker who is called just that comes before those who have more words in the name.
    """
    by_id = store.lookup.speaker_row(words)
    if by_id is not None:
        return by_id
    rows = store.speakers(words, limit=MAX_CANDIDATES) if words.strip() else []
    candidates = [row for row in rows if comparable_name(row["name"]) == comparable_name(words)] or rows
    if not candidates:
        raise no_speaker(store, words)
    if len(candidates) > 1:
        raise _ambiguous(store, words, candidates)
    return candidates[0]


def find_whole_speaker(store: Store, words: str) -> Mapping[str, Any]:
    """The speaker with this id, or with this as a whole name or alias: a part of a name is not enough to change it.

    Raises NotFound when nobody has it, Ambiguous when several have, or only a part of it was given.
    """
    by_id = store.lookup.speaker_row(words)
    if by_id is not None:
        return by_id
    rows = store.speakers(words, limit=MAX_CANDIDATES) if words.strip() else []
    wanted = comparable_name(words)
    whole = [row for row in rows if wanted in map(comparable_name, (row["name"], *row["aliases"]))]
    if not rows:
        raise no_speaker(store, words)
    named = [row for row in whole if comparable_name(row["name"]) == wanted]
    # an alias, often a surname alone, is somebody's only where nobody else has these words in a name
    if len(named) != 1 or len(whole) > 1:
        named = whole if len(rows) == 1 else []
    if len(named) != 1:
        raise _ambiguous(store, words, whole if len(whole) > 1 else rows)
    return named[0]


def check_speaker(store: Store, words: str | None) -> None:
    """Raises NotFound when ``search`` finds no speaker by these words."""
    if words is not None and not store.lookup.is_speaker(words):
        raise no_speaker(store, words)


def check_publication(store: Store, words: str | None) -> None:
    """Raises NotFound when no publication has these words in its name."""
    if words is None:
        return
    names = store.lookup.publications()
    if not publications_meant(words, names):
        hint = _did_you_mean(words, ([name] for name in names))
        known = ", ".join(names[:PUBLICATIONS_LISTED])
        listed = f"There are: {known}" if names else "No article here has a publication."
        raise NotFound(
            f"No publication is called “{clean(words)}”.", hint or clean(listed), kind="publication"
        )


def no_speaker(store: Store, words: str) -> NotFound:
    """The error that nobody has this name; its hint is who has one that is like it."""
    hint = _did_you_mean(words, store.lookup.names())
    return NotFound(f"No speaker is called “{clean(words)}”.", hint, kind="speaker")


def _did_you_mean(words: str, names: Iterable[Sequence[str]]) -> str:
    *first, last = [clean(name) for name in suggest(words, names)] or [""]
    return f"Did you mean {', '.join(first)}{' or ' if first else ''}{last}?" if last else ""


def _ambiguous(store: Store, words: str, rows: Sequence[Mapping[str, Any]]) -> Ambiguous:
    """The error that a name may mean several speakers, each with what distinguishes it."""
    choices = []
    for row in rows:
        headline = shortened(store.lookup.headline(row["id"]) or "", TITLE_LENGTH)
        known = row["description"] or (f"in “{headline}”" if headline else "")
        facts = (row["name"], known, row["type"], count(row["quotes"], "quotation"))
        choices.append(Choice(row["id"], clean(", ".join(filter(None, facts)))))
    shown = clean(words)
    if len(choices) == 1:
        return Ambiguous(
            f"“{shown}” is only a part of the name {clean(rows[0]['name'])}.", name=shown, choices=choices
        )
    return Ambiguous(f"“{shown}” may be any of {len(rows):,} speakers.", name=shown, choices=choices)
