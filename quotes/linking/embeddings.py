"""The embeddings of contents in the database: made where linking or a search by meaning asks for them."""

from collections.abc import Callable

from quotes.integrity import known_hash
from quotes.statements.meaning import Keep, Meaning
from quotes.store.database import Store

TEXTS_PER_BATCH = 256  # that are embedded together, and stored in one transaction


def encoder_version() -> str:
    """What tells encoders apart, whose embeddings cannot be compared: the beginning of the hash of the weights."""
    return known_hash("model/encoder.onnx")[:12]


def forget_other_embeddings(store: Store) -> None:
    """Drop the embeddings that another encoder made. The caller opens the transaction."""
    store.linking.statements.keep_embeddings_of(encoder_version())


def fill_embeddings(
    store: Store,
    meaning: Callable[[Keep], Meaning],
    report: Callable[[int, int], None] = lambda done, of: None,
) -> int:
    """Embed the quotations that have no embedding yet, several at once; returns how many there were.

    Most have none, for linking compares by meaning only what it has to. ``meaning`` is ``link.meaning``. ``report`` is
    called with how many are done and how many there are. What was made before an interruption is kept.
    """
    tables = store.linking.statements
    with store.transaction():
        forget_other_embeddings(store)
    missing = tables.without_embedding()
    for first in range(0, len(missing), TEXTS_PER_BATCH):
        some = missing[first : first + TEXTS_PER_BATCH]
        made: dict[str, bytes] = {}
        meaning(made.update).embed(tables.contents_of(some))
        with store.transaction():
            tables.save_embeddings(made)
        report(first + len(some), len(missing))
    return len(missing)
