"""The command that asks about what is most in doubt, one key each."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli import options
from quotes.cli.deciding import Deciding
from quotes.cli.keys import END, read_key, read_line, single_keys
from quotes.cli.render_quotations import render_quotation
from quotes.cli.terminal import terminal, wrap
from quotes.corrections.records import Correction
from quotes.errors import QuotesError
from quotes.store.database import Store
from quotes.text.highlight import Highlight
from quotes.text.plural import count
from quotes.text.sanitise import clean_for_terminal

if TYPE_CHECKING:
    from quotes.linking.doubts import Doubt

QUESTIONS = {
    "speech": "Is this a quotation, by this speaker?",
    "speaker": "Who said it?",
    "statements": "Do these say the same, on the same occasion?",
}
READABLE_WIDTH = 88  # the longest line of text that is read with ease
KEYS = {"s": "skip", "u": "undo the last", "q": "quit"}


def review(
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="The most questions.")] = None,
    *,
    how: Deciding,
) -> None:
    """Decide about what is most in doubt, one key each: who spoke, whether it is a quotation, what is one statement.

    Every answer is kept at once; all are applied at the end. They are corrections like any others.

    \b
    Example:
      quotes review --limit 20
    """
    from quotes.linking.doubts import doubts
    from quotes.linking.link import link

    with Store(how.database) as store:
        waiting = doubts(store)
        options.say(f"{count(len(waiting), 'thing')} in doubt.")
        session = _Session(store, how.who)
        try:
            with single_keys():
                session.run(waiting[: limit or len(waiting)])
        except KeyboardInterrupt:
            options.say("")
        finally:
            if session.made:
                options.say(f"{count(len(session.made), 'decision')} kept; applying them.")
            link(store)
    if session.made:
        options.say("Take back the last with: quotes undo --last")


class _Session:
    """Questions and answers, one after another."""

    def __init__(self, store: Store, by: str) -> None:
        self.store, self.by, self.made = store, by, list[Correction]()

    def run(self, waiting: "list[Doubt]") -> None:
        """Ask until everything is answered, or enough."""
        place = 0
        while place < len(waiting):
            if not (shown := self._shown(waiting[place])):
                place += 1  # gone since
                continue
            options.say(f"\n{place + 1:,}/{len(waiting):,} {QUESTIONS[waiting[place].kind]}")
            options.put(shown)
            step = self._answer(waiting[place])
            if step is None:
                return
            place = max(0, place + step)

    def _answer(self, doubt: "Doubt") -> int | None:
        """Wait for a key that means something; how many questions to go on, None to end."""
        choices = self._choices(doubt)
        others = [f"{key} {meaning}" for key, (meaning, _) in choices.items()]
        options.say(
            clean_for_terminal("  ".join([*others, *(f"{key} {name}" for key, name in KEYS.items())]))
        )
        from quotes.linking import decisions

        while True:
            key = read_key()
            if key in ("q", END):
                return None
            if key == "s":
                return 1
            if key == "u":
                return self._undo()
            if key in choices:
                try:
                    correction = choices[key][1]()
                except QuotesError as error:
                    options.say(f"Error: {error}")
                    continue
                if correction is not None:
                    decisions.keep(self.store, correction)
                    self.made.append(correction)
                    options.say(clean_for_terminal(correction.summary()))
                return 1

    def _undo(self) -> int:
        from quotes.linking.decisions import keep, now

        if not self.made:
            options.say("Nothing was decided here yet.")
            return 0
        last = self.made.pop()
        keep(self.store, replace(last, undone_at=now(), undone_by=self.by))
        options.say(clean_for_terminal(f"Undone: {last.summary()}"))
        return -1

    def _choices(self, doubt: "Doubt") -> dict[str, tuple[str, Callable[[], Correction | None]]]:
        """Key -> what it means, and what makes the correction."""
        from quotes.linking import decisions, quotation_decisions
        from quotes.linking.doubts import keep_apart

        store, by, quote = self.store, self.by, doubt.quote
        if doubt.kind == "statements":
            other = doubt.other or ""
            return {
                "y": ("the same", lambda: decisions.merge_statements(store, [quote, other], by=by)),
                "n": ("not the same", lambda: keep_apart(store, quote, other, by=by)),
            }
        choices: dict[str, tuple[str, Callable[[], Correction | None]]] = {
            "y": (
                "right as it is",
                lambda: decisions.assign(store, quote, store.lookup.speaker_of_quote(quote), by=by),
            ),
            "n": ("no quotation", lambda: quotation_decisions.reject(store, [quote], by=by)),
            "o": ("not known who", lambda: decisions.assign(store, quote, None, by=by)),
            "w": ("somebody else", self._somebody(quote)),
        }
        for number, row in enumerate(_candidates(store, quote), 1):
            choices[str(number)] = (row["name"], self._candidate(quote, row))
        return choices

    def _candidate(self, quote: str, row: dict[str, Any]) -> Callable[[], Correction]:
        from quotes.linking import decisions

        def make() -> Correction:
            try:
                return decisions.assign(self.store, quote, row["name"], by=self.by)
            except QuotesError:  # nobody of just that name is quoted
                return decisions.assign(self.store, quote, row["name"], new=row["type"], by=self.by)

        return make

    def _somebody(self, quote: str) -> Callable[[], Correction | None]:
        from quotes.linking import decisions

        def make() -> Correction | None:
            options.say("Who? An id or a whole name; nothing to skip.")
            name = read_line()
            return decisions.assign(self.store, quote, name, by=self.by) if name.strip() else None

        return make

    def _shown(self, doubt: "Doubt") -> list[str]:
        """Lines that show what is asked about; nothing when it is not there any more."""
        return list(line for ident in (doubt.quote, doubt.other) if ident for line in self._quotation(ident))

    def _quotation(self, ident: str) -> Iterator[str]:
        shown = self.store.quotation(ident)
        if shown is None:
            return
        screen = terminal()
        context = shown["context"]
        marks = [
            Highlight("", span["role"], span["start"] - context["start"], span["end"] - context["start"])
            for span in shown["spans"]
        ]
        yield from wrap(context["text"], min(screen["width"], READABLE_WIDTH), screen["paint"], marks)
        yield from render_quotation(shown, **screen)


def _candidates(store: Store, quote: str) -> list[dict[str, Any]]:
    shown = store.quotation(quote)
    return shown.get("candidates", []) if shown else []
