"""Quotations that are near in meaning to a text or to a quotation, by the embeddings that are stored.

Needs numpy, and for a text the embedded model: a site that has the pages alone does not offer it. Embeddings are
made by ``quotes search --like`` and ``quotes topics``; here they are only read, once, and kept until there are others.
"""

import asyncio
import sqlite3
import weakref
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.datasette.fetch import fetch_rows
from quotes.store.search_sql import NEAR_COSINE

if TYPE_CHECKING:  # Datasette is still being imported when it loads its plugins
    import numpy as np
    from datasette.database import Database

MIN_EMBEDDED = 0.5  # of all quotations: with fewer, what is near is mostly not seen
MAX_NEAR = 5000  # quotations, the nearest, that other conditions are asked of
MODEL = Path(__file__).parent.parent / "model" / "encoder.onnx"
STAMP = (
    "select count(*) as embedded, max(rowid) as last, (select count(*) from quotes) as quotes from embeddings"
)


@dataclass(frozen=True, slots=True)
class Vectors:
    """The embeddings of a database as unit vectors, one a row."""

    stamp: tuple[int, int]
    idents: list[str]
    matrix: "np.ndarray"


_known: "weakref.WeakKeyDictionary[Database, Vectors]" = weakref.WeakKeyDictionary()


def _is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # of an importer that refuses it
        return False


async def is_offered(db: "Database") -> bool:
    """Whether enough quotations have embeddings, and a text can be given one."""
    if not (MODEL.exists() and all(_is_installed(name) for name in ("numpy", "onnxruntime", "tokenizers"))):
        return False
    [row] = await fetch_rows(db, STAMP)
    return bool(row["embedded"]) and row["embedded"] >= MIN_EMBEDDED * row["quotes"]


async def near(db: "Database", typed: str) -> list[str]:
    """Ids of the quotations nearest in meaning to a text, or to the quotation with this id, the nearest first."""
    vectors = await _vectors(db)
    return await asyncio.to_thread(_near, vectors, typed) if vectors.idents else []


def _near(vectors: Vectors, typed: str) -> list[str]:
    import numpy as np

    own = vectors.idents.index(typed) if typed in vectors.idents else None
    cosines = vectors.matrix @ (_embedded(typed) if own is None else vectors.matrix[own])
    if own is not None:
        cosines[own] = 0
    enough = np.flatnonzero(cosines >= NEAR_COSINE)
    ranked = sorted((-round(float(cosines[n]), 4), vectors.idents[n]) for n in enough)
    return [ident for _, ident in ranked[:MAX_NEAR]]


def _embedded(typed: str) -> "np.ndarray":
    import numpy as np

    from quotes.nlp.encoder import encoder

    embedded: np.ndarray = encoder().embed([typed])[0].astype(np.float32)
    return embedded


async def _vectors(db: "Database") -> Vectors:
    [row] = await fetch_rows(db, STAMP)
    stamp = (row["embedded"], row["last"] or 0)
    if db not in _known or _known[db].stamp != stamp:
        _known[db] = await db.execute_fn(lambda connection: _read(connection, stamp))
    return _known[db]


def _read(connection: sqlite3.Connection, stamp: tuple[int, int]) -> Vectors:
    import numpy as np

    idents: list[str] = []
    blobs: list[Any] = []
    for ident, vector in connection.execute("select quote, vector from embeddings order by quote"):
        if not blobs or len(vector) == len(blobs[0]):
            idents.append(ident)
            blobs.append(vector)
    if not blobs:
        return Vectors(stamp, [], np.zeros((0, 0), np.float32))
    matrix = np.frombuffer(b"".join(blobs), np.float16).reshape(len(blobs), -1).astype(np.float32)
    norms = np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)
    return Vectors(stamp, idents, matrix / norms)
