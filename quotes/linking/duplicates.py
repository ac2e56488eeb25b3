"""Near-duplicate articles in the database: which of the stored articles are copies of one story."""

from quotes.articles.near_duplicates import is_copy, originals, runs, worth_a_look
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
    shingles: dict[str, frozenset[int]] = {}

    def shingles_of(article: str) -> frozenset[int]:
        if article not in shingles:
            text = tables.text(article)
            shingles[article] = frozenset() if text is None else runs(text)
        return shingles[article]

    connected, waiting = {start}, [start]
    pairs: set[tuple[str, str]] = set()
    while waiting:
        article = waiting.pop()
        copies = [
            other.article
            for other in tables.sharing_hashes(article)
            if worth_a_look(other.shared, other.own, other.others)
            and is_copy(shingles_of(article), shingles_of(other.article))
        ]
        pairs.update((article, other) if article < other else (other, article) for other in copies)
        for other in (*copies, *tables.known_copies(article)):
            if other not in connected:
                connected.add(other)
                waiting.append(other)
    for article, original in originals(tables.dates(connected), pairs).items():
        tables.save_original(article, original)
    return connected
