"""Known names that resemble a mistyped one ("Did you mean ...?")."""

from collections.abc import Iterable, Sequence

from quotes.names.person import name_words
from quotes.text.alignment import similarity

EDGE_PUNCTUATION = ".,;:'\"()[]"
# Set by hand on the slips of tests/cli/test_who.py.
MIN_SIMILARITY = 0.75  # of two words: share of letters in common (Ratcliff and Obershelp's measure)
MAX_LENGTH_DIFFERENCE = 3  # letters
MAX_SUGGESTIONS = 3  # names
SCORE_TOLERANCE = 0.02  # below the best name's score, and still suggested
MAX_EXTRA_WORDS = 2  # words that a name may have besides those typed


def suggest(typed: str, names: Iterable[Sequence[str]]) -> list[str]:
    """The names that ``typed`` may have been meant for, best first; none where nothing is similar.

    Every word typed must resemble a word of the name; the beginning of a word counts as the word. ``names``: each
    name with its other forms, the likelier names first.

    >>> suggest("hasett", [["Kevin Hassett"], ["Angela Merkel", "Merkel"]])
    ['Kevin Hassett']
    """
    wanted = name_words(typed)
    # names have few different words: measure each once
    measured: list[dict[str, float]] = [{} for _ in wanted]
    scores: dict[str, float] = {}
    for forms in names if wanted else ():
        best = max((_score(wanted, _form_words(form), measured) for form in forms), default=0.0)
        if best:
            scores.setdefault(forms[0], best)
    order = sorted(scores, key=lambda name: -scores[name])  # stable: the likelier first
    return [name for name in order[:MAX_SUGGESTIONS] if scores[name] >= scores[order[0]] - SCORE_TOLERANCE]


def _form_words(form: str) -> list[str]:
    """The words of a form. ASCII takes the quick way, for there may be a hundred thousand names."""
    return form.casefold().split() if form.isascii() else list(name_words(form))


def _score(wanted: Sequence[str], parts: Sequence[str], measured: list[dict[str, float]]) -> float:
    """The similarity of a name to the words typed, from 0 to 1: the mean of their best matches."""
    if not parts or len(parts) > len(wanted) + MAX_EXTRA_WORDS:
        return 0.0
    total = 0.0
    for word, known in zip(wanted, measured, strict=True):
        best = 0.0
        for part in parts:
            if (score := known.get(part)) is None:
                score = known[part] = _similarity(word, part)
            best = max(best, score)
        if not best:
            return 0.0
        total += best
    return total / len(wanted)


def _similarity(word: str, part: str) -> float:
    """The similarity of a typed word to a word of a name; 0 below ``MIN_SIMILARITY``."""
    part = part.strip(EDGE_PUNCTUATION)
    if part.startswith(word):
        return 1.0 if len(word) > 2 or word == part else 0.0
    if (
        abs(len(word) - len(part)) > MAX_LENGTH_DIFFERENCE
        or len(word) < 3
        or len(set(word) & set(part)) * 2 < len(set(word))
    ):
        return 0.0
    return similarity(part, word, MIN_SIMILARITY)
