"""Word lists."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())
