"""The command that compares two databases of the same articles, such as those of two models."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli import options
from quotes.store.certainty import act_label
from quotes.store.database import Store
from quotes.text.plural import shortened

if TYPE_CHECKING:
    from quotes.store.difference import Difference

CONTENT_LENGTH = 100  # characters of a content that are shown


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The database before.", show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The database after.", show_default=False)],
) -> None:
    """Show what another model found, lost, moved or renamed: two databases of the same articles compared.

    A line begins with + for a quotation that only NEW has, - for one that only OLD has, ~ for one that both have
    with another extent, speaker or act. Corrections of OLD that do not hold in NEW come last.

    \b
    Example:
      quotes diff before.db after.db
    """
    from quotes.store.difference import differences

    with Store(old) as before, Store(new) as after:
        result = differences(before, after)
    for one in result.quotations:
        options.put(_lines(one))
    options.put(f"! {summary}: {state}" for summary, state in result.corrections)
    numbers = Counter(one.kind for one in result.quotations)
    kinds = ", ".join(f"{numbers[kind]} {kind}" for kind in ("found", "lost", "moved", "renamed"))
    options.say(
        f"{kinds}, {numbers['act']} with another act; {len(result.corrections)} corrections do not hold."
    )


def _lines(one: "Difference") -> Iterator[str]:
    """A difference as lines: what it is, where, the words and the speaker."""
    if one.kind in ("found", "lost"):
        record = one.new or one.old or {}
        yield f"{'+' if one.kind == 'found' else '-'} {one.article}: {_words(record)} ({_speaker(record)})"
        return
    old, new = one.old or {}, one.new or {}
    if one.kind == "moved":
        yield f"~ {one.article}: {_words(old)}"
        yield f"    now {_words(new)}"
    elif one.kind == "renamed":
        yield f"~ {one.article}: {_words(new)} {_speaker(old)} -> {_speaker(new)}"
    else:
        yield f"~ {one.article}: {_words(new)} was {act_label(old) or 'said'}"


def _words(record: Mapping[str, Any]) -> str:
    label = act_label(record)
    text = shortened(str(record["content"]), CONTENT_LENGTH)
    return f"{label}: {text}" if label else text


def _speaker(record: Mapping[str, Any]) -> str:
    return str(record["speaker"]["name"]) if record["speaker"] else "open"
