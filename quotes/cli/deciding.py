"""How commands that write decide: they show what they will do, ask on a terminal, and tell what came of it."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from quotes.cli import options
from quotes.corrections.records import Correction, Merge
from quotes.corrections.states import APPLIED
from quotes.store.database import Store
from quotes.text.plural import count
from quotes.text.sanitise import clean_for_terminal

By = Annotated[str | None, typer.Option(help="Who decides.", show_default="your user name")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """Who decides, about what database, and whether to be asked."""

    by: By = None
    yes: Yes = False
    database: Annotated[Path, typer.Option("--database", "-d", help="The database file.")] = options.DEFAULT

    @property
    def who(self) -> str:
        """Who decides."""
        from quotes.linking.decisions import current_user

        return self.by or current_user()

    def decide(self, store: Store, correction: Correction) -> None:
        """Ask, then keep and apply a correction, and tell what came of it."""
        from quotes.linking.decisions import decide

        confirm(what_it_does(store, correction), warnings=warnings_about(store, correction), yes=self.yes)
        tell(decide(store, [correction]), correction.id)


def confirm(lines: Sequence[str], *, warnings: Sequence[str] = (), yes: bool) -> None:
    """Show what will be done, and ask on a terminal; what is doubtful is not done without either an answer or --yes.

    Raises typer.Exit when the answer is no.
    """
    terminal = sys.stdin.isatty()
    if yes or (not terminal and not warnings):
        return
    for line in (*lines, *warnings):
        options.say(clean_for_terminal(line))
    if not terminal:
        options.say("Error: nothing was changed. If that is what you want, add --yes.")
        raise typer.Exit(1)
    if not typer.confirm("Do it?", err=True):
        options.say("Nothing was changed.")
        raise typer.Exit(1)


def what_it_does(store: Store, correction: Correction) -> list[str]:
    """What a correction says, and how much each speaker in it has now."""
    lines = [f"{correction.summary()}."]
    for ref in correction.speakers:
        row = store.lookup.speaker_row(ref.id)
        if row:
            described = f", {row['description']}" if row["description"] else ""
            numbers = f"{count(row['quotes'], 'quotation')} in {count(row['articles'], 'article')}"
            lines.append(f"  {ref}{described}: {numbers}")
        else:
            lines.append(f"  {ref}: new")
    return lines


def warnings_about(store: Store, correction: Correction) -> list[str]:
    """Why a merge looks as if it were of two people, or of a person and something else."""
    if not isinstance(correction, Merge):
        return []
    rows = [row for ref in correction.speakers if (row := store.lookup.speaker_row(ref.id))]
    out = []
    for name, noun in (("type", "kinds of speakers"), ("pronouns", "pronouns")):
        values = sorted({row[name] for row in rows if row[name]})
        if len(values) > 1:
            out.append(f"Look again: they have different {noun}: {', '.join(values)}.")
    words = [_words_of(row) for row in rows if row["type"] == "person"]
    if len(words) > 1 and not all(words[0] & others for others in words[1:]):
        out.append("Look again: no word of their names is the same.")
    return out


def _words_of(speaker: Mapping[str, Any]) -> set[str]:
    """The words of a speaker's names."""
    from quotes.names.normalise import comparable_name

    names = [speaker["name"], *json.loads(speaker["aliases"] or "[]")]
    return {word for name in names for word in re.findall(r"[^\W_]+", comparable_name(name))}


def tell(changes: Iterable[tuple[Correction, str]], mine: str | None) -> None:
    """Say what is new about corrections: of that which was asked for first, then of those that it changed."""
    for one, state in sorted(changes, key=lambda pair: pair[0].id != mine):
        said = clean_for_terminal(one.summary())
        if one.id != mine:
            options.say(f"Correction {one.id} by {one.by}, {one.at[:10]}: {said}: {state}")
        elif one.undone_at:
            options.say(f"Undone: {one.id}: {said}")
        else:
            options.say(f"Noted as {one.id}: {said} (undo it with: quotes undo {one.id})")
            if state != APPLIED:
                options.say(f"It is {state}.")


def tell_lost(store: Store) -> None:
    """Say on stderr how many corrections find nothing to apply to, or are overruled."""
    states = [state for one, state in store.corrections() if not one.undone_at]
    lost = sum(state != APPLIED for state in states)
    if lost:
        options.say(f"{lost:,} of {len(states):,} corrections do not apply. See: quotes corrections")
