"""What speaks against two wordings being one utterance: a claim turned round, other numbers, other names."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from quotes.statements.normalise import (
    CONTRASTS,
    PARTIES,
    PRONOUN,
    STOP_WORDS,
    UNITS,
    NormalisedText,
    is_number,
)
from quotes.statements.pair import Pair
from quotes.statements.settings import PAIR
from quotes.text.alignment import Block

CONDITIONS = frozenset("if provided unless".split())  # as they stand: "provide" is none
# What may put the same condition in other words: "may hinge on", "once they had agreed"
CONDITION_WORDS = CONDITIONS.union(
    "assuming condition conditional conditions contingent depend depended dependent depending depends exchange hinge "
    "hinged hinges once pending return until when".split()
)
JOINING = frozenset("a an and nor or the".split())  # what stands between two that may stand in any order
NAME_PREFIX = 4  # letters by which names are compared: "America", "American"


def negated(pair: Pair) -> bool:
    """Whether one says what the other denies, by its words or by its cue.

    A negation elsewhere is no matter where a whole fragment in quotation marks is kept.
    """
    turned = pair.has_turned_words and not (pair.kept and pair.kept[0] >= PAIR.kept_outweighs_negation)
    return turned != pair.flipped


def other_numbers(pair: Pair) -> bool:
    """Whether both have numbers and none in common, where the longer one speaks of the same."""
    mine, theirs = pair.short.numbers, pair.long.numbers
    inside = theirs & frozenset(pair.inside)
    if not mine or not inside:
        return False
    return _unmatched(mine, theirs) == mine and _unmatched(inside, mine) == inside


def _unmatched(numbers: frozenset[str], others: frozenset[str]) -> set[str]:
    """Numbers without a counterpart; "34" counterparts "34.5"."""
    whole = {other.partition(".")[0] for other in others}
    return {n for n in numbers - others if n not in whole and n.partition(".")[0] not in others}


def _names(words: Sequence[str], flags: Sequence[bool]) -> set[str]:
    """The names among the words, as far as they are compared; no party, which may describe whom the other names."""
    flagged = zip(words, flags, strict=True)
    return {
        word[:NAME_PREFIX]
        for word, is_name in flagged
        if is_name and len(word) > 1 and word not in STOP_WORDS and word not in PARTIES
    }


def other_names(pair: Pair) -> bool:
    """Whether both name somebody or something and nothing of it is common, unless a long run of words is."""
    if pair.has_long_run:
        return False
    start, end = pair.window
    mine = _names(pair.short.words, pair.short.name)
    theirs = _names(pair.long.words[start:end], pair.long.name[start:end]) if mine else set()
    if not theirs:
        return False
    return mine.isdisjoint(prefixes(pair.long)) and theirs.isdisjoint(prefixes(pair.short))


def prefixes(text: NormalisedText) -> set[str]:
    """The beginnings of all words, as far as names are compared by them."""
    return {word[:NAME_PREFIX] for word in text.words}


def substituted(pair: Pair) -> bool:
    """Whether a name, a number or the like stands where the other has a different one, beside words they share."""
    return any(
        context >= PAIR.min_substitution_context and _differ(pair, mine, theirs)
        for mine, theirs, context in _gaps(pair)
    )


def _gaps(pair: Pair) -> Iterator[tuple[slice, slice, int]]:
    """The stretches of a few words in the place of each other: where, and how many equal words are beside them."""
    blocks = pair.aligned.blocks
    if not blocks:
        return
    longest, last = PAIR.max_substitution, blocks[-1]
    head = Block(max(0, blocks[0].a - longest), max(0, blocks[0].b - longest), 0)
    tail = Block(
        min(pair.size, last.a + last.size + longest),
        min(len(pair.long.words), last.b + last.size + longest),
        0,
    )
    for left, right in pairwise([head, *blocks, tail]):
        mine = slice(left.a + left.size, right.a)
        theirs = slice(left.b + left.size, right.b)
        if 0 < mine.stop - mine.start <= longest and 0 < theirs.stop - theirs.start <= longest:
            yield mine, theirs, left.size + right.size


def _differ(pair: Pair, mine: slice, theirs: slice) -> bool:
    """Whether two stretches of a few words have different names, numbers, units, or words that exclude each other."""
    short, long = pair.short, pair.long
    said, others = short.words[mine], long.words[theirs]
    if PRONOUN not in said and PRONOUN not in others:
        names = _names(said, short.capital[mine]) - prefixes(long)
        if names and _names(others, long.capital[theirs]) - prefixes(short):
            return True
    x, y = frozenset(filter(is_number, said)), frozenset(filter(is_number, others))
    if _unmatched(x, y) and _unmatched(y, x):
        return True
    if any(_exclude(word, other) for word in said for other in others):
        return not any(word in others for word in said if word in CONTRASTS)
    units = UNITS.intersection(said)
    return bool(units) and units.isdisjoint(others) and not UNITS.isdisjoint(others)


def replaced(pair: Pair) -> bool:
    """Whether two short claims are equal but for a few words, which have nothing to do with those in their place.

    Who tells a claim in other words hardly keeps all the rest: "teach children how to cook", "how to swim". What begins
    a claim is often put in other words, and a fragment in quotation marks that both have outweighs this. So does a long
    claim. Words are compared by their embeddings, so without these nothing is said.
    """
    short, long = pair.short, pair.long
    if pair.kept or pair.size >= PAIR.min_sure_run or not pair.similarity.embed:
        return False
    mine, theirs = short.content - long.content, long.content - short.content
    if not 0 < len(mine) <= PAIR.max_substitution or not 0 < len(theirs) <= PAIR.max_substitution:
        return False
    for one, other, context in _gaps(pair):
        if context >= PAIR.min_substitution_context and one.start and other.start:
            said, others = short.surface[one], long.surface[other]
            if mine.issubset(short.words[one]) and theirs.issubset(long.words[other]):
                return not any(
                    pair.similarity(x, y)
                    for x, stem in zip(said, short.words[one], strict=True)
                    for y, another in zip(others, long.words[other], strict=True)
                    if stem in mine and another in theirs
                )
    return False


def _exclude(word: str, other: str) -> bool:
    """Whether one of them rules the other out: "northern", "southern"."""
    return word != other and other in CONTRASTS.get(word, ())


def exchanged(pair: Pair) -> bool:
    """Whether two words have changed places and nothing else has: "the pilot blamed the tower", not the passive."""
    short, long = pair.short, pair.long
    if short.content_count != long.content_count or ("by" in short.words) != ("by" in long.words):
        return False
    mine, theirs = ([word for word in text.words if word not in STOP_WORDS] for text in (short, long))
    apart = [at for at, (x, y) in enumerate(zip(mine, theirs, strict=True)) if x != y]
    if len(apart) != 2:
        return False
    first, last = apart
    between = short.words[short.words.index(mine[first]) + 1 : short.words.index(mine[last])]
    if last - first < PAIR.min_exchange_distance and JOINING.issuperset(between):
        return False
    return mine[first] == theirs[last] and mine[last] == theirs[first]


def conditional(pair: Pair) -> bool:
    """Whether one reports on a condition what the other reports without: "he would resign if the vote was lost"."""
    if any(pair.short.quoted) or any(pair.long.quoted):
        return False
    start, end = pair.window
    sentence = pair.long.sentence
    while start > 0 and sentence[start - 1] == sentence[start]:
        start -= 1  # "if the vote was lost, he would resign"
    mine, theirs = pair.short.surface, pair.long.surface[start:end]
    return any(
        not CONDITIONS.isdisjoint(one) and CONDITION_WORDS.isdisjoint(other)
        for one, other in ((mine, theirs), (theirs, mine))
    )


def turned(pair: Pair) -> bool:
    """Whether one denies what the other says, of the same thing: further apart the learned model weighs a negation."""
    return (pair.cover >= PAIR.close_cover or pair.has_long_run or pair.flipped) and negated(pair)


OBJECTIONS: tuple[Callable[[Pair], bool], ...] = (
    turned,
    other_numbers,
    other_names,
    substituted,
    replaced,
    exchanged,
    conditional,
)
