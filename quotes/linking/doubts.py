"""What people should look at first: quotations and pairs of statements that are most in doubt."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quotes.corrections.records import SplitStatement
from quotes.linking.decisions import now, quote_refs
from quotes.store.certainty import CONFIDENCE_SQL
from quotes.store.database import Store

MAX_CERTAINTY = 0.75  # from which nothing is doubtful; probabilities are calibrated
STATEMENT_SAMPLE = 20  # quotations by which a statement is found again

UNSURE = f"""
    select id, confidence, coalesce(speaker_confidence, 1.0) as speaker_confidence, {CONFIDENCE_SQL} as certainty
    from quotes where attribution <> 'correction' and {CONFIDENCE_SQL} < {MAX_CERTAINTY}
        and id not in (select id from decided where kind = 'quote')
    order by certainty, id
"""
LINKS = """
    select statement, other, probability from statement_links where kind = 'perhaps'
    order by abs(probability - 0.5), statement, other
"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question: whether this is speech, who said it, or whether two statements are one."""

    kind: Literal["speech", "speaker", "statements"]
    quote: str  # the id of the quotation, or of one of the first statement
    other: str | None = None  # of one of the other statement
    certainty: float = 0.0  # of what is stored now


def doubts(store: Store) -> list[Doubt]:
    """Everything that is in doubt and that nobody has decided, the most doubtful first."""
    return sorted(
        [*_quotations(store), *_statements(store)], key=lambda one: (one.certainty, one.kind, one.quote)
    )


def _quotations(store: Store) -> Iterator[Doubt]:
    for row in store.db.execute(UNSURE).fetchall():
        speech = row["confidence"] < row["speaker_confidence"]
        yield Doubt("speech" if speech else "speaker", row["id"], certainty=row["certainty"])


def _statements(store: Store) -> Iterator[Doubt]:
    decided = {
        frozenset(store.lookup.statement_of(part[0].quote) for part in one.statements)
        for one, _ in store.corrections()
        if isinstance(one, SplitStatement) and not one.undone_at
    }
    for row in store.db.execute(LINKS).fetchall():
        if frozenset((row["statement"], row["other"])) not in decided:
            sure = max(row["probability"], 1 - row["probability"])
            yield Doubt("statements", row["statement"], row["other"], sure)


def keep_apart(store: Store, statement: str, other: str, *, by: str) -> SplitStatement:
    """The correction that two statements are not one."""
    parts = (store.lookup.quote_ids_of_statement(ident)[:STATEMENT_SAMPLE] for ident in (statement, other))
    first, second = (quote_refs(store, part) for part in parts)
    return SplitStatement(at=now(), by=by, statements=(first, second))
