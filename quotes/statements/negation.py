"""Whether of two wordings one says what the other denies: by negations, or a word for its opposite."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from quotes.statements.normalise import ANTONYMS, NEGATIONS, STOP_WORDS, NormalisedText, stem
from quotes.statements.settings import PAIR
from quotes.text.alignment import Alignment

ADDING = frozenset("just merely only".split())  # after "not", which then denies little

# Words of order: what one says of two things in their order, the other says of them in the other order
CONVERSES = {
    stem(word): stem(other)
    for pair in (("before", "after"), ("above", "below"), ("earlier", "later"))
    for word, other in (pair, pair[::-1])
}
CONTRAST = "but"  # a "not" before it denies nothing behind it


def count_negations(words: Iterable[str]) -> int:
    """How many of the words deny something."""
    return sum(word in NEGATIONS for word in words)


def differ_in_polarity(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one has an odd number of negations more than the other, and none of "not only", which may be left out."""
    if (count_negations(words) - count_negations(others)) % 2 == 0:
        return False
    return not any(
        word == "not" and after in ADDING for text in (words, others) for word, after in pairwise(text)
    )


def is_window_turned(short: NormalisedText, long: NormalisedText, window: tuple[int, int]) -> bool:
    """Whether a text is turned round in a window of a longer one: a negation more, or antonyms, but not both."""
    start, end = window
    longest = len(short.words) + PAIR.negation_reach
    while start > 0 and long.sentence[start - 1] == long.sentence[start] and end - start < longest:
        start -= 1  # the "not" may stand before the words they share
        if long.words[start] in NEGATIONS:
            break
    inside = _behind_contrast(long.words[start:end], short.content)
    mine, theirs = set(short.words), set(inside)
    apart = mine - theirs - _told_from_the_other_end(short.words, inside)
    return differ_in_polarity(short.words, inside) != _has_antonyms(apart, theirs - mine)


def _told_from_the_other_end(words: Sequence[str], others: Sequence[str]) -> set[str]:
    """Words of order that are no antonyms of the other's: "the bell rang before she left", "she left after it rang"."""
    found = set()
    for word in CONVERSES.keys() & set(words):
        if CONVERSES[word] in others:
            left, right = _content_around(words, word)
            other_left, other_right = _content_around(others, CONVERSES[word])
            crossed = len(left & other_right) + len(right & other_left)
            if crossed > len(left & other_left) + len(right & other_right):
                found.add(word)
    return found


def _content_around(words: Sequence[str], word: str) -> tuple[set[str], set[str]]:
    """The words with meaning before a word and behind it."""
    at = words.index(word)
    return set(words[:at]) - STOP_WORDS, set(words[at + 1 :]) - STOP_WORDS


def _behind_contrast(words: Sequence[str], content: frozenset[str]) -> Sequence[str]:
    """The words behind "but" where none of the content stands before it: "nobody cared, but I was against it"."""
    if CONTRAST in words:
        at = words.index(CONTRAST)
        if content.isdisjoint(words[:at]):
            return words[at + 1 :]
    return words


def is_edit_turned(short: NormalisedText, long: NormalisedText, aligned: Alignment) -> bool:
    """Whether one edit between two texts turns a claim round. What is cut off at an end is no edit, unless it denies
    what follows: "she had never said" before her words.
    """
    for kind, i, j, m, n in aligned.edits:
        if kind == "insert" and i == 0 and n < len(long.words) and _denies_what_follows(long, m, n):
            return True
        if kind == "equal" or max(j - i, n - m) > PAIR.max_edit:
            continue
        if kind != "replace" and (i == 0 or j == len(short.words)):
            continue
        mine, theirs = short.words[i:j], long.words[m:n]
        if differ_in_polarity(mine, theirs) or _has_antonyms(mine, theirs):
            return True
    return False


def _denies_what_follows(text: NormalisedText, start: int, end: int) -> bool:
    """Whether the last words of a stretch, of the sentence that goes on behind it, have a negation."""
    first = max(start, end - PAIR.fragment_lead)
    lead = [
        word
        for at, word in enumerate(text.words[first:end], first)
        if text.sentence[at] == text.sentence[end]
    ]
    return count_negations(lead) % 2 == 1


def _has_antonyms(words: Iterable[str], others: Iterable[str]) -> bool:
    return any(not ANTONYMS[word].isdisjoint(others) for word in words if word in ANTONYMS)
