"""What somebody may have meant who made a slip in a name."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from quotes.names.person import words

EDGE = ".,;:'\"()[]"
CLOSE = 0.75  # share of letters in common (Ratcliff and Obershelp's measure) from which a word may be meant
LENGTHS = 3  # by which two such words may differ
MOST = 3  # names that are suggested
WORSE = 0.02  # than the best one, and still suggested
MORE = 2  # words that a name may have besides those typed


def nearest(typed: str, names: Iterable[Sequence[str]]) -> list[str]:
    """The names, best first, each word typed being like a word of the name; none when nothing is near.

    ``names``: each with other forms of it, the likelier ones first. A beginning counts as the whole word.
    """
    wanted = words(typed)
    known: list[dict[str, float]] = [{} for _ in wanted]  # what was measured, for a name's words are few
    found: dict[str, float] = {}
    for forms in names if wanted else ():
        best = max((_score(wanted, _parts(form), known) for form in forms), default=0.0)
        if best:
            found.setdefault(forms[0], best)
    order = sorted(found, key=lambda name: -found[name])  # stable: the likelier first
    return [name for name in order[:MOST] if found[name] >= found[order[0]] - WORSE]


def _parts(form: str) -> list[str]:
    """The words of a name. That of most is quick, for there may be a hundred thousand."""
    return form.casefold().split() if form.isascii() else list(words(form))


def _score(wanted: Sequence[str], parts: Sequence[str], known: list[dict[str, float]]) -> float:
    """How near the words of a name are, from 0 to 1."""
    if not parts or len(parts) > len(wanted) + MORE:
        return 0.0
    total = 0.0
    for word, measured in zip(wanted, known, strict=True):
        best = 0.0
        for part in parts:
            if (score := measured.get(part)) is None:
                score = measured[part] = _alike(word, part)
            best = max(best, score)
        if not best:
            return 0.0
        total += best
    return total / len(wanted)


def _alike(word: str, part: str) -> float:
    part = part.strip(EDGE)
    if part.startswith(word):
        return 1.0 if len(word) > 2 or word == part else 0.0
    if (
        abs(len(word) - len(part)) > LENGTHS
        or len(word) < 3
        or len(set(word) & set(part)) * 2 < len(set(word))
    ):
        return 0.0
    matcher = SequenceMatcher(None, part, word, autojunk=False)
    if matcher.quick_ratio() < CLOSE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= CLOSE else 0.0
