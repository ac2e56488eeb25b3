"""Who denied what another speaker said, in the database: links between statements of two speakers."""

from collections.abc import Iterable, Iterator
from datetime import date

from quotes.statements.denials import Claim, denials, denies, rarest_words
from quotes.statements.exact import day_of
from quotes.statements.records import ClaimQuote, QuotationLink
from quotes.statements.settings import TIME
from quotes.store.database import Store

CLAIMS_HELD = 20_000  # that are kept for the denials that come next


def link_denials(store: Store, *, everything: bool) -> None:
    """Store which statements deny another speaker's, among those that have just been linked, and all that they reach.

    The links of these statements have been dropped with those between statements of one speaker. A denial is looked
    up anew with all that it may deny, so what comes out does not depend on what came first.
    """
    tables = store.linking.denials
    found = tables.denials() if everything else _concerned(store)
    known: dict[str, Claim] = {}
    in_time = sorted(found, key=lambda row: (row.published or "", row.id))
    tables.save_links(link for denial in in_time for link in _denied(store, Claim(denial), known))


def _denied(store: Store, denial: Claim, known: dict[str, Claim]) -> Iterator[QuotationLink]:
    """What a denial denies: in its own article, or said within some weeks in words that few articles have.

    ``known``: claims that other denials have met, with what was computed of them; denials of one time meet the same.
    """
    tables, row = store.linking.denials, denial.row
    others = {other.id: other for other in tables.of_articles([row.article])}
    words = rarest_words(denial)
    if words and (days := _days([row])):
        others |= {other.id: other for other in tables.claims_with(words, *days)}
    if len(known) > CLAIMS_HELD:
        known.clear()
    claims = [known.get(ident) or Claim(other) for ident, other in others.items()]
    known |= {claim.row.id: claim for claim in claims}
    yield from denials(denial, claims)


def _concerned(store: Store) -> Iterator[ClaimQuote]:
    """The denials whose links may be others now: those just linked, and those that deny what was."""
    tables = store.linking.denials
    relinked = tables.relinked()
    claims = [Claim(row) for row in relinked if not row.denies]
    denying = {row.id: row for row in relinked if row.denies}
    yield from denying.values()
    beside = {row.id: row for row in tables.of_articles(row.article for row in relinked) if row.denies}
    yield from (row for ident, row in beside.items() if ident not in denying)
    if days := _days(relinked):
        for row in tables.denials_within(*days):
            if row.id not in denying and row.id not in beside:
                denial = Claim(row)
                others = (claim for claim in claims if claim.row.speaker != row.speaker)
                if rarest_words(denial) and any(denies(denial, claim) for claim in others):
                    yield row


def _days(rows: Iterable[ClaimQuote]) -> tuple[str, str] | None:
    """The first and the last day on which anything can have to do with these; None when none has a date."""
    days = [day for row in rows if (day := day_of(row)) is not None]
    if not days:
        return None
    low = max(min(days) - TIME.paraphrase, date.min.toordinal())
    high = min(max(days) + TIME.paraphrase, date.max.toordinal())
    return date.fromordinal(low).isoformat(), date.fromordinal(high).isoformat()
