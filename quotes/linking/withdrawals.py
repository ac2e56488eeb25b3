"""Articles that people said are taken back by their publisher, marked before anything is linked."""

from quotes.corrections.records import Withdraw
from quotes.corrections.states import APPLIED
from quotes.store.database import Store


def apply_to_articles(store: Store) -> None:
    """Mark the articles that people have taken back and not put back, and note the states of these corrections."""
    states: dict[str, str] = {}
    decided: dict[str, str] = {}
    active = [one for one in store.correction_tables.applicable() if not one.undone_at]
    for correction in active:
        if isinstance(correction, Withdraw):
            there = [article for article in correction.articles if store.articles.stored(article)]
            states[correction.id] = APPLIED if there else "does not apply: its article is gone"
            decided |= {article: correction.id for article in there if article not in decided}
    store.articles.decide_withdrawn(decided.keys())
    names = [one.id for one in active]
    store.quotation_tables.save_decided("article", decided, anew=names, active=names)
    store.correction_tables.save_states(states)
