"""Tie the stored quotations together: one speaker per person, one statement per utterance.

What is linked depends on what is stored and on the corrections only, never on the order in which it arrived. Only
what has changed is looked at again: the mention groups of the articles that are new or different with all that
blocking keys connect them with, the quotations that these reach, and the corrections that concern them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.corrections.records import Correction, SplitStatement
from quotes.corrections.statements import correct_statements
from quotes.corrections.states import APPLIED
from quotes.linking.denials import link_denials
from quotes.linking.duplicates import link_copies
from quotes.linking.embeddings import forget_other_embeddings
from quotes.linking.index import rebuild
from quotes.linking.quotations import apply_to_quotations
from quotes.linking.speakers import link_speakers
from quotes.linking.withdrawals import apply_to_articles
from quotes.log import logger
from quotes.provenance import linking_version
from quotes.statements.affected import affected_quotations
from quotes.statements.group import link_statements, statements_by_speaker, stray_shingles
from quotes.statements.meaning import Keep, Meaning
from quotes.statements.paraphrase import WordSimilarity
from quotes.statements.records import QuotationLink
from quotes.store.changes import Change
from quotes.store.database import Store
from quotes.types import Statement

if TYPE_CHECKING:
    import numpy as np

LOG = logger(__name__)


def link(store: Store) -> bool:
    """Link what has changed since the last time; everything when another version did that. Tells whether it had to.

    Raises DatabaseError when the database cannot be written.
    """
    version = linking_version()
    if store.changes.linked_by() == version:
        return False
    with store.transaction():
        everything = store.changes.indexed_by() != version
        LOG.info("linking %s with version %s", "everything" if everything else "what has changed", version)
        apply_to_articles(store)
        states = apply_to_quotations(store, everything=everything)
        store.articles.mark_quotations(everything=everything)
        is_computed = store.changes.computed_by() == version and not store.correction_tables.all()
        if everything and not is_computed:
            rebuild(store)
        forget_other_embeddings(store)
        link_speakers(store, everything=everything)
        store.correction_tables.save_states(_of_quotations(store, states))
        link_copies(store)
        _link_statements(store, everything)
        store.linking.cast.assign()
        store.changes.all_linked(version)
    return True


def _link_statements(store: Store, everything: bool) -> None:
    """Link the statements that what has changed can reach, and correct them."""
    tables, stored = store.linking.statements, store.correction_tables
    decisions = corrections = stored.applicable()
    links: set[QuotationLink] = set()
    known = meaning(tables.save_embeddings)
    if everything:
        strays = stray_shingles(tables.statement_quotes())
        linked = statements_by_speaker(tables.by_speaker(), strays, known, links.add)
    else:
        tied = {
            correction.id: set(stored.resolve_all(correction))
            for correction in corrections
            if correction.about_statements
        }
        changed = _changed_quotations(store, corrections)
        rows, concerned, links = affected_quotations(tables, changed, tied, known)
        corrections = [correction for correction in corrections if correction.id in concerned]
        linked = iter(link_statements(rows, known))
    tables.save(_corrected(store, linked, corrections))
    tables.save_links(links, everything=everything)
    link_denials(store, everything=everything)
    tables.drop_decided_links(_apart(store, decisions))
    store.linking.speakers.count()


def _apart(store: Store, corrections: Iterable[Correction]) -> Iterator[tuple[list[str], list[str]]]:
    """The quotations that people said are not one statement: of each decision the part, and the rest."""
    for correction in corrections:
        if isinstance(correction, SplitStatement) and not correction.undone_at:
            resolved = (
                [store.correction_tables.resolve(ref) for ref in part] for part in correction.statements
            )
            part, rest = ([quote for quote in quotes if quote] for quotes in resolved)
            yield part, rest


def _corrected(
    store: Store, linked: Iterable[Statement], corrections: Sequence[Correction]
) -> Iterator[Statement]:
    """The statements with corrections applied; the states of these are stored. Only what they name is held."""
    stored = store.correction_tables
    named = {
        quote
        for correction in corrections
        if correction.about_statements
        for quote in stored.resolve_all(correction)
    }
    concerned = []
    for statement in linked:
        if named.isdisjoint(statement.quotes):
            yield statement
        else:
            concerned.append(statement)
    corrected, states, decided = correct_statements(
        concerned, corrections, resolve=stored.resolve, rows_of=store.linking.statements.statement_quotes
    )
    yield from corrected
    stored.save_states(states)
    active = [correction.id for correction, _ in stored.all() if not correction.undone_at]
    again = [correction.id for correction in corrections]
    store.quotation_tables.save_decided("statement", decided, anew=again, active=active)


def _of_quotations(store: Store, states: Mapping[str, str]) -> dict[str, str]:
    """The states of corrections of quotations; whether an added one still has its speaker is known elsewhere."""
    with_speaker = {one.id for one, _ in store.corrections() if one.about_speakers and one.about_quotations}
    return {ident: state for ident, state in states.items() if state != APPLIED or ident not in with_speaker}


def _changed_quotations(store: Store, corrections: Iterable[Correction]) -> list[str]:
    """The ids of all quotations that are new, or of which anything that tells statements apart has changed."""
    changes, lookup = store.changes, store.lookup
    quotes: list[str] = []
    for article in changes.ids(Change.ARTICLE):
        quotes += lookup.quote_ids_of_article(article)
    quotes += changes.ids(Change.QUOTATION)
    for statement in changes.ids(Change.STATEMENT):
        quotes += lookup.quote_ids_of_statement(statement)
    decided = set(changes.ids(Change.CORRECTION))
    for correction in corrections:
        if correction.id in decided:
            quotes += store.correction_tables.resolve_all(correction)
    return quotes


def meaning(keep: Keep = lambda made: None) -> Meaning:
    """The meaning of contents and words by the package's model; ``keep`` is told which embeddings were made."""
    return Meaning(word_similarity(), keep)


@lru_cache(maxsize=1)
def word_similarity() -> WordSimilarity:
    """The similarity of words by the model's embeddings; each word is embedded once per process."""

    def embed(words: list[str]) -> "np.ndarray":
        from quotes.nlp.encoder import encoder  # the model is loaded for the first possible paraphrase only

        return encoder().embed(words)

    return WordSimilarity(embed)
