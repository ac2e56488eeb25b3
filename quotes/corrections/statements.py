"""Corrections of statements applied to what linking found: decisions in, changes out."""

from collections.abc import Callable, Iterable, Sequence

from quotes.corrections.records import Correction, MergeStatements, SplitStatement
from quotes.corrections.references import QuoteRef
from quotes.corrections.states import APPLIED, NotApplicable, States
from quotes.statements.group import StatementQuote, make_statement
from quotes.text.quotation_marks import CLOSING, OPENING
from quotes.types import Statement


def correct_statements(
    statements: Sequence[Statement],
    corrections: Iterable[Correction],
    *,
    resolve: Callable[[QuoteRef], str | None],
    rows_of: Callable[[Iterable[str]], Iterable[StatementQuote]],
) -> tuple[list[Statement], dict[str, str], dict[str, str]]:
    """The statements after all corrections of statements that are not undone, the states of these, who decided.

    The last is, for each statement that a correction made what it is, the id of that.

    Corrections are applied in this order. ``resolve``: the id that a quotation has now, ``rows_of``: the quotations
    with these ids. Nothing else of ``statements`` changes than those that a correction is about.
    """
    decided = [
        one for one in corrections if isinstance(one, MergeStatements | SplitStatement) and not one.undone_at
    ]
    if not decided:
        return list(statements), {}, {}
    return _StatementCorrector(statements, resolve, rows_of).run(decided)


class _StatementCorrector:
    """The statements while corrections are applied, one after the other."""

    def __init__(
        self,
        statements: Sequence[Statement],
        resolve: Callable[[QuoteRef], str | None],
        rows_of: Callable[[Iterable[str]], Iterable[StatementQuote]],
    ) -> None:
        self.statements, self.resolve, self.rows_of = statements, resolve, rows_of
        self.members = {statement.id: list(statement.quotes) for statement in statements}
        self.home = {quote: statement.id for statement in statements for quote in statement.quotes}
        self.changed: set[str] = set()
        self.by: dict[str, str] = {}  # a changed statement -> the last correction that is about it
        self.rows: dict[str, StatementQuote] = {}

    def run(
        self, corrections: list[MergeStatements | SplitStatement]
    ) -> tuple[list[Statement], dict[str, str], dict[str, str]]:
        """Apply the corrections; return all statements, the states, and who decided about which statement."""
        states = States()
        for correction in corrections:
            parts = [self._present(refs) for refs in correction.statements]
            try:
                holds = self._apply(correction, parts)
                states.applied(correction.id, holds, (quote for part in parts for quote in part))
                self.by.update((self.home[quote], correction.id) for part in parts for quote in part)
            except NotApplicable as reason:
                states.not_applicable(correction.id, reason)
        kept = [statement for statement in self.statements if statement.id not in self.changed]
        new = {
            home: make_statement(self._rows(self.members[home]))
            for home in self.changed
            if home in self.members
        }
        final = states.by_id()
        ids = {home: statement.id for home, statement in new.items()}
        decided = {ids.get(home, home): by for home, by in self.by.items() if final.get(by) == APPLIED}
        return sorted([*kept, *new.values()], key=lambda statement: statement.id), final, decided

    def _apply(
        self, correction: MergeStatements | SplitStatement, parts: list[list[str]]
    ) -> Callable[[], bool]:
        """Apply a correction; return what tells whether it still holds. Raises NotApplicable."""
        for refs, part in zip(correction.statements, parts, strict=True):
            if not part:
                raise NotApplicable(f"the quotation “{refs[0].text}” is gone")
        return self._merge(parts) if isinstance(correction, MergeStatements) else self._split(*parts)

    def _present(self, refs: Iterable[QuoteRef]) -> list[str]:
        """The ids that quotations have now, each once, those that are gone left out."""
        idents = (self.resolve(ref) for ref in refs)
        return list(dict.fromkeys(quote for quote in idents if quote in self.home))

    def _rows(self, quotes: Iterable[str]) -> list[StatementQuote]:
        missing = [quote for quote in quotes if quote not in self.rows]
        self.rows.update((row.id, row) for row in self.rows_of(missing))
        return [self.rows[quote] for quote in quotes]

    def _merge(self, parts: list[list[str]]) -> Callable[[], bool]:
        quotes = [quote for part in parts for quote in part]
        homes = sorted({self.home[quote] for quote in quotes})
        rows = self._rows([quote for home in homes for quote in self.members[home]])
        speakers = sorted({row.speaker for row in rows if row.speaker is not None and not row.doubtful})
        if len(speakers) > 1:
            raise NotApplicable(f"they have different speakers: {', '.join(speakers)}")
        first, *others = homes
        self.changed.update(homes)
        for other in others:
            for quote in self.members.pop(other):
                self.home[quote] = first
                self.members[first].append(quote)
        return lambda: len({self.home[quote] for quote in quotes}) == 1

    def _split(self, part: list[str], rest: list[str]) -> Callable[[], bool]:
        for home in sorted({self.home[quote] for quote in part} & {self.home[quote] for quote in rest}):
            rows = {row.id: _words(row) for row in self._rows(self.members[home])}
            leave = {rows[quote] for quote in part if quote in rows}
            leave -= {rows[quote] for quote in rest if quote in rows}
            # What came later in the same words goes along.
            moved = [quote for quote in rows if quote in part or rows[quote] in leave]
            stays = [quote for quote in rows if quote not in moved]
            del self.members[home]
            for name, quotes in ((home, stays), (f"{home} without {moved[0]}", moved)):
                self.changed.add(name)
                self.members[name] = quotes
                self.home.update(dict.fromkeys(quotes, name))
        return lambda: {self.home[quote] for quote in part}.isdisjoint(self.home[quote] for quote in rest)


def _words(row: StatementQuote) -> tuple[str, ...]:
    return tuple(word.strip(OPENING + CLOSING + ".,;:!?…").casefold() for word in row.text.split())
