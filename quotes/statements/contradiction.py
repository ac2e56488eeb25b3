"""What speaks against two wordings being one utterance: a claim turned round, other numbers, other names."""

from itertools import pairwise

from quotes.statements.normalise import ANTONYMS, NEGATIONS, PRONOUN, STOP, UNITS, Wording, is_number
from quotes.text.alignment import Alignment, Block


def negations(words: tuple[str, ...]) -> int:
    """How many of the words deny something."""
    return sum(word in NEGATIONS for word in words)


def is_turned(
    short: Wording, long: Wording, aligned: Alignment, long_run: bool, start: int, end: int
) -> bool:
    """Whether one says what the other denies: an odd number of negations more, or a word for its opposite."""
    while (
        start > 0 and long.sentence[start - 1] == long.sentence[start] and end - start < len(short.words) + 6
    ):
        start -= 1  # the "not" may stand before the words they share
        if long.words[start] in NEGATIONS:
            break
    if not long_run:
        theirs = long.words[start:end]
        extra = {
            frozenset((x, y)) for x in set(short.words) - set(theirs) for y in set(theirs) - set(short.words)
        }
        odd = (negations(short.words) - negations(theirs)) % 2 == 1
        return odd != bool(extra & ANTONYMS)
    for tag, i, j, m, n in aligned.edits:
        if (
            tag == "equal"
            or max(j - i, n - m) > 4
            or (tag != "replace" and (j in (len(short.words),) or i == 0))
        ):
            continue
        mine, theirs = short.words[i:j], long.words[m:n]
        if (negations(mine) - negations(theirs)) % 2:
            return True
        if any(frozenset((x, y)) in ANTONYMS for x in mine for y in theirs):
            return True
    return False


def other_numbers(short: Wording, inside: tuple[str, ...], long: Wording) -> bool:
    """Whether each has a number that the other has not; ``inside``: where the longer one speaks of the same."""
    mine = short.numbers
    if not mine or not long.numbers:
        return False
    theirs = long.numbers & frozenset(inside)
    return bool(_unmatched(mine, long.numbers)) and bool(_unmatched(theirs, mine))


def _unmatched(some: frozenset[str], others: frozenset[str]) -> set[str]:
    """Numbers without a counterpart; "34" counterparts "34.5"."""
    whole = {other.partition(".")[0] for other in others}
    return {n for n in some - others if n not in whole and n.partition(".")[0] not in others}


def _names(words: tuple[str, ...], flags: tuple[bool, ...]) -> set[str]:
    some = zip(words, flags, strict=True)
    return {word[:4] for word, named in some if named and len(word) > 1 and word not in STOP}


def other_names(short: Wording, long: Wording, start: int, end: int) -> bool:
    """Whether both name somebody or something and nothing of it is common."""
    mine = _names(short.words, short.name)
    theirs = _names(long.words[start:end], long.name[start:end]) if mine else set()
    if not theirs:
        return False
    everywhere = {word[:4] for word in long.words}, {word[:4] for word in short.words}
    return not mine & everywhere[0] and not theirs & everywhere[1]


def replaced(short: Wording, long: Wording, aligned: Alignment) -> bool:
    """Whether a name or a number stands where the other has a different one, beside words they share."""
    blocks = aligned.blocks
    if not blocks:
        return False
    head = Block(max(0, blocks[0].a - 3), max(0, blocks[0].b - 3), 0)
    last = blocks[-1].a + blocks[-1].size, blocks[-1].b + blocks[-1].size
    tail = Block(min(len(short.words), last[0] + 3), min(len(long.words), last[1] + 3), 0)
    for left, right in pairwise([head, *blocks, tail]):
        mine = slice(left.a + left.size, right.a)
        theirs = slice(left.b + left.size, right.b)
        if not 0 < mine.stop - mine.start <= 3 or not 0 < theirs.stop - theirs.start <= 3:
            continue
        if left.size + right.size < 3:
            continue
        x = _names(short.words[mine], short.capital[mine]) - {word[:4] for word in long.words}
        y = _names(long.words[theirs], long.capital[theirs]) - {word[:4] for word in short.words}
        if x and y and PRONOUN not in long.words[theirs] + short.words[mine]:
            return True
        p = frozenset(word for word in short.words[mine] if is_number(word))
        q = frozenset(word for word in long.words[theirs] if is_number(word))
        if p and q and _unmatched(p, q) and _unmatched(q, p):
            return True
        counted = {word for word in short.words[mine] if word in UNITS}
        if counted and not counted & set(long.words[theirs]) and not UNITS.isdisjoint(long.words[theirs]):
            return True
    return False


def exchanged(short: Wording, long: Wording) -> bool:
    """Whether two words have changed places and nothing else has: "the pilot blamed the tower", not the passive."""
    some, others = ([word for word in one.words if word not in STOP] for one in (short, long))
    if len(some) != len(others) or ("by" in short.words) != ("by" in long.words):
        return False
    apart = [at for at, (x, y) in enumerate(zip(some, others, strict=True)) if x != y]
    if len(apart) != 2 or apart[1] - apart[0] < 2:
        return False
    first, last = apart
    return some[first] == others[last] and some[last] == others[first]
