"""What the learned decision on a pair looks at: numbers about two contents of one speaker (see ``decision``).

Five groups: the words that both have, how rare these are, words of similar meaning, what is in quotation marks, and the
time between. The features of the first stage need no embedding; those of the second are computed only where they could
change what comes out. Every feature is rounded, so that the last bit of a logarithm decides nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from math import log1p

from quotes.statements.negation import count_negations
from quotes.statements.normalise import PRONOUN, STOP_WORDS, NormalisedText
from quotes.statements.pair import Pair
from quotes.statements.paraphrase import WordSimilarity, content_surface

DIGITS = 6  # of a feature
NAME_PREFIX = 4  # letters by which names are compared: "America", "American"
FIRST_PERSON = frozenset("i we my our me us mine ours".split())
NO_MARKS = -0.2  # for the share of quoted words that are kept, where none is quoted
MODALS = frozenset("will can may must need might ought should would could".split())
LONGEST_WAIT = 15  # days between two articles, beyond which the number is no matter

Rarity = Callable[[str], float]  # of a stem: the higher, the fewer articles have it


def word_features(pair: Pair, rarity: Rarity) -> dict[str, float]:
    """The features of the first stage: words, marks and time."""
    features = _overlap(pair) | _rare(pair, rarity) | _marks(pair, rarity) | _claims(pair) | _time(pair)
    return {name: round(float(value), DIGITS) for name, value in features.items()}


def meaning_features(pair: Pair, rarity: Rarity, similarity: WordSimilarity) -> dict[str, float]:
    """The features of the second stage, which need embeddings. The cosine is ``pair.nearness``."""
    short, long = content_surface(pair.short), content_surface(pair.long)
    features = {
        "cosine": pair.nearness,
        "soft_short": soft_share(short, long, lambda word: 1.0, similarity),
        "soft_long": soft_share(long, short, lambda word: 1.0, similarity),
        "soft_rare_short": soft_share(short, long, rarity, similarity),
        "soft_rare_long": soft_share(long, short, rarity, similarity),
    }
    return {name: round(float(value), DIGITS) for name, value in features.items()}


def soft_share(
    words: Mapping[str, str], others: Mapping[str, str], weight: Rarity, similarity: WordSimilarity
) -> float:
    """The weighted share of words (stem -> as written) that the others have, by the most similar one. 1 for no word.

    This is BERTScore's greedy matching (Zhang et al. 2020) with one vector per word instead of per token.
    """
    total = found = 0.0
    for stem, word in words.items():
        rare = weight(stem)
        total += rare
        if stem in others:
            found += rare
        else:
            found += rare * max((similarity(word, other) for other in others.values()), default=0.0)
    return found / total if total else 1.0


def _overlap(pair: Pair) -> dict[str, float]:
    """Runs, blocks, windows, and content words in common."""
    short, long, size = pair.short, pair.long, pair.size
    blocks = pair.aligned.blocks
    mine, theirs = _content(short), _content(long)
    in_order = _common_in_order(mine, theirs)
    return {
        "size_short": log1p(size),
        "size_long": log1p(len(long.words)),
        "size_share": size / len(long.words),
        "run": log1p(len(pair.run)),
        "run_content": log1p(pair.run_content),
        "run_share": len(pair.run) / size,
        "run_quoted": pair.run_is_quoted,
        "solid": sum(block.size for block in blocks if block.size >= 5) / size,
        "pieces": sum(block.size for block in blocks if block.size >= 2) / size,
        "cover": pair.cover,
        "content_cover": pair.content_cover,
        "shared": log1p(pair.shared),
        "shared_short": pair.shared / max(1, len(short.content)),
        "shared_long": pair.shared / max(1, len(long.content)),
        "order_short": in_order / max(1, len(mine)),
        "order_long": in_order / max(1, len(theirs)),
        "content_short": log1p(len(short.content)),
        "content_long": log1p(len(long.content)),
    }


def _rare(pair: Pair, rarity: Rarity) -> dict[str, float]:
    """The same, rare words counting more."""
    short, long = pair.short.content, pair.long.content
    shared = sorted((rarity(word) for word in short & long), reverse=True)
    common = sum(shared)
    inside = set(pair.inside)
    whole = sum(map(rarity, sorted(short)))
    return {
        "rare_short": common / max(whole, 1e-9),
        "rare_long": common / max(sum(map(rarity, sorted(long))), 1e-9),
        "rare_sum": common,
        "rare_most": shared[0] if shared else 0.0,
        "rare_two": sum(shared[:2]),
        "rare_window": sum(rarity(word) for word in sorted(short & inside)) / max(whole, 1e-9),
        "rare_run": sum(rarity(word) for word in pair.run if word not in STOP_WORDS),
    }


def _marks(pair: Pair, rarity: Rarity) -> dict[str, float]:
    """What is in quotation marks, and who speaks of himself."""
    short, long = pair.short, pair.long
    quoted, others = sum(short.quoted) / pair.size, sum(long.quoted) / len(long.words)
    weight, size = pair.kept or (0, 0)
    first, second = (not FIRST_PERSON.isdisjoint(text.surface) for text in (short, long))
    mine, theirs = _quoted_content(short), _quoted_content(long)
    return {
        "quoted_least": min(quoted, others),
        "quoted_most": max(quoted, others),
        "verbatim_both": quoted == 1 == others,
        "reported_both": quoted == 0 == others,
        "kept": weight,
        "kept_share": size / pair.size,
        "moved": pair.has_moved_fragment,
        "first_person_both": first and second,
        "first_person_one": first != second,
        "own_short": _kept_share(mine, long, rarity),
        "own_long": _kept_share(theirs, short, rarity),
        "own_both": sum(map(rarity, sorted(mine & theirs))),
    }


def _claims(pair: Pair) -> dict[str, float]:
    """Negations, numbers, names and modal verbs that differ."""
    short, long = pair.short, pair.long
    mine, theirs = _names(short), _names(long)
    words, others = _prefixes(short), _prefixes(long)
    return {
        "negations": abs(count_negations(short.words) - count_negations(long.words)),
        "negations_window": abs(count_negations(short.words) - count_negations(pair.inside)) % 2,
        "numbers_shared": len(short.numbers & long.numbers),
        "numbers_short": len(short.numbers - long.numbers),
        "numbers_long": len(long.numbers - short.numbers),
        "names_shared": len(mine & others) + len(theirs & words),
        "names_short": len(mine - others),
        "names_long": len(theirs - words),
        "modals": len(MODALS.intersection(short.surface) ^ MODALS.intersection(long.surface)),
        "exchanged_words": exchanged_words(pair),
        "cue": pair.cue_shared,
    }


def _time(pair: Pair) -> dict[str, float]:
    days = LONGEST_WAIT if pair.days is None else min(pair.days, LONGEST_WAIT)
    return {
        "days": days,
        "same_day": days == 0,
        "next_day": days <= 1,
        "three_days": days <= 3,
        "undated": pair.days is None,
    }


def exchanged_words(pair: Pair) -> int:
    """How many short stretches of one wording, between words that both have, stand for other content words."""
    count = 0
    for kind, a, b, c, d in pair.aligned.edits:
        if kind == "replace" and b - a <= 3 and d - c <= 3:
            mine = [word for word in pair.short.words[a:b] if word not in STOP_WORDS]
            theirs = [word for word in pair.long.words[c:d] if word not in STOP_WORDS]
            count += bool(mine) and bool(theirs)
    return count


def _content(text: NormalisedText) -> list[str]:
    return [word for word in text.words if word not in STOP_WORDS]


def _quoted_content(text: NormalisedText) -> set[str]:
    flagged = zip(text.words, text.quoted, strict=True)
    return {word for word, quoted in flagged if quoted and word not in STOP_WORDS}


def _kept_share(words: set[str], other: NormalisedText, rarity: Rarity) -> float:
    if not words:
        return NO_MARKS
    whole = sum(map(rarity, sorted(words)))
    return sum(map(rarity, sorted(words & other.content))) / max(whole, 1e-9)


def _names(text: NormalisedText) -> set[str]:
    flagged = zip(text.words, text.name, strict=True)
    return {
        word[:NAME_PREFIX]
        for word, is_name in flagged
        if is_name and word not in STOP_WORDS and word != PRONOUN
    }


def _prefixes(text: NormalisedText) -> set[str]:
    return {word[:NAME_PREFIX] for word in text.words}


def _common_in_order(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for word in a:
        before = 0
        for at, other in enumerate(b, 1):
            here = row[at]
            row[at] = before + 1 if word == other else max(here, row[at - 1])
            before = here
    return row[-1]
