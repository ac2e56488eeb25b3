"""The tables of the first two migrations, as they were then: later ones change them. Frozen with those."""

from typing import Any

TOKENIZE = "porter unicode61"
SEARCHED_COLUMNS = {
    "articles": ["title", "text"],
    "quotes": ["content"],
    "speakers": ["name", "description", "aliases"],
    "statements": ["text"],
}
INDEXED_COLUMNS = {
    "articles": ["publication", "published"],
    "quotes": ["article", "speaker", "statement", "type", "published", "attribution", "via"],
    "speakers": ["type", "quotes"],
    "statements": ["speaker", "variants", "last_published"],
}

# The tables of the first migration, their keys, and what is never null
FIRST_TABLES: dict[str, dict[str, Any]] = {
    "articles": {
        "id": str,
        "title": str,
        "publication": str,
        "author": str,
        "published": str,
        "url": str,
        "text": str,
        "path": str,
        "words": int,
        "sha": str,
        "version": str,
    },
    "speakers": {
        "id": str,
        "name": str,
        "type": str,
        "description": str,
        "aliases": str,
        "pronouns": str,
        "quotes": int,
        "articles": int,
    },
    "statements": {
        "id": str,
        "speaker": str,
        "text": str,
        "variants": int,
        "articles": int,
        "first_published": str,
        "last_published": str,
    },
    "quotes": {
        "id": str,
        "content": str,
        "speaker": str,
        "type": str,
        "published": str,
        "article": str,
        "source": str,
        "cue": str,
        "via": str,
        "statement": str,
        "attribution": str,
        "confidence": float,
        "thought": int,
        "position": int,
    },
    "spans": {"quote": str, "role": str, "start": int, "end": int},
    "mentions": {"quote": str, "name": str, "type": str, "description": str, "aliases": str, "pronouns": str},
    "embeddings": {"quote": str, "vector": bytes},
    "settings": {"key": str, "value": str},
}
FIRST_KEYS: dict[str, Any] = {
    "spans": ("quote", "role", "start"),
    "mentions": "quote",
    "embeddings": "quote",
    "settings": "key",
}
FIRST_REQUIRED = {
    "articles": {"title", "text", "words", "sha", "version"},
    "speakers": {"name", "type"},
    "statements": {"text"},
    "quotes": {"content", "type", "article", "attribution", "position"},
    "spans": {"end"},
    "mentions": {"name", "type"},
    "embeddings": {"vector"},
}
POINTS_TO = {"speaker": "speakers", "article": "articles", "statement": "statements", "quote": "quotes"}
