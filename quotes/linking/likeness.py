"""Quotations that are near in meaning to a text or to a quotation: by the cosine of their embeddings."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.linking.embeddings import fill_embeddings
from quotes.linking.link import meaning
from quotes.store.database import Store
from quotes.store.search_sql import NEAR_COSINE, SearchQuery

if TYPE_CHECKING:
    import numpy as np

ROWS_AT_ONCE = 20_000  # embeddings that are compared at once

Report = Callable[[int, int], None]  # how many have been embedded, of how many


def embed_missing(store: Store, report: Report = lambda done, total: None) -> int:
    """Give every quotation that has none its embedding; returns how many had none.

    Raises DatabaseError when the database cannot be written.
    """
    return fill_embeddings(store, meaning, report)


def like(store: Store, typed: str, search: SearchQuery) -> list[tuple[str, float]]:
    """Ids of the quotations that a search finds and that are near in meaning to a text, or to the quotation with this
    id; the nearest first, each with its cosine.
    """
    import numpy as np

    wanted, own = _vector(store, typed)
    found: list[tuple[str, float]] = []
    for idents, vectors in _batches(store, search):
        cosines = vectors.astype(np.float32) @ wanted.astype(np.float32)
        found += [
            (ident, round(float(cosine), 4))
            for ident, cosine in zip(idents, cosines, strict=True)
            if cosine >= NEAR_COSINE and ident != own
        ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _vector(store: Store, typed: str) -> tuple["np.ndarray", str | None]:
    """The embedding of a text, or that of the quotation with this id, and then the id."""
    import numpy as np

    row = store.db.execute("select vector from embeddings where quote = ?", (typed,)).fetchone()
    if row is not None:
        return np.frombuffer(row[0], np.float16), typed
    from quotes.nlp.encoder import encoder

    return encoder().embed([typed])[0], None


def _batches(store: Store, search: SearchQuery) -> Iterator[tuple[list[str], "np.ndarray"]]:
    import numpy as np

    rows: Iterator[sqlite3.Row] = store.db.execute(
        f"select hit.id, vector from ({search.hits(every=True)}) as hit join embeddings on quote = hit.id",
        search.values,
    )
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        size = max(len(row["vector"]) for row in batch)
        whole: list[Any] = [row for row in batch if len(row["vector"]) == size]
        yield (
            [row["id"] for row in whole],
            np.frombuffer(b"".join(row["vector"] for row in whole), np.float16).reshape(len(whole), -1),
        )
