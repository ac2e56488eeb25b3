"""Near-duplicate articles in the database: which of the stored articles are copies of one story."""

from quotes.articles.near_duplicates import assign_originals, is_candidate, is_copy, shingles
from quotes.store.changes import Change
from quotes.store.database import Store


def link_copies(store: Store) -> None:
    """Find the copies among the articles that have changed and all that have to do with them.

    Statements of articles that become or cease to be copies are noted as out of date.
    """
    done: set[str] = set()
    for article in store.changes.ids(Change.ARTICLE):
        if article not in done:
            done |= _link_around(store, article)


def _link_around(store: Store, start: str) -> set[str]:
    """Settle the articles that are connected to one by being copies; return them."""
    tables = store.linking.copies
    known: dict[str, frozenset[int]] = {}

    def shingles_of(article: str) -> frozenset[int]:
        if article not in known:
            text = tables.text(article)
            known[article] = frozenset() if text is None else shingles(text)
        return known[article]

    connected, waiting = {start}, [start]
    pairs: set[tuple[str, str]] = set()
    while waiting:
        article = waiting.pop()
        copies = [
            other.article
            for other in tables.sharing_hashes(article)
            if is_candidate(other.shared, other.own, other.others)
            and is_copy(shingles_of(article), shingles_of(other.article))
        ]
        pairs.update((article, other) if article < other else (other, article) for other in copies)
        for other in (*copies, *tables.known_copies(article)):
            if other not in connected:
                connected.add(other)
                waiting.append(other)
    for article, original in assign_originals(tables.dates(connected), pairs).items():
        tables.save_original(article, original)
    return connected
