"""Names as they are compared."""

from quotes.text.normalise import fold, slug


def comparable_name(name: str) -> str:
    """``name`` folded, without a leading article."""
    text = fold(name)
    head, _, rest = text.partition(" ")
    return rest if head in ("the", "a", "an") and rest else text


def is_proper(name: str) -> bool:
    """Whether ``name`` is written as a proper name, an article aside; scripts without capitals pass."""
    head, _, rest = name.strip().partition(" ")
    return any(
        ch.isupper() or (ch.isalpha() and ch.upper() == ch.lower())
        for ch in (rest if head.casefold() in ("the", "a", "an") else name)
    )


def name_id(name: str) -> str:
    """``name`` as the beginning of a permalink: "howard-lutnick"; never empty."""
    return slug(comparable_name(name)) or "speaker-" + "-".join(f"{ord(ch):x}" for ch in name[:12])
