"""What the learned decision on a pair looks at: numbers about two contents of one speaker (see ``decision``).

Five groups: the words that both have, how rare these are, words of similar meaning, what is in quotation marks, and the
time between. The features of the first stage need no embedding; those of the second are computed only where they could
change what comes out. Every feature is rounded, so that the last bit of a logarithm decides nothing.
"""

from collections.abc import Callable, Mapping
from math import log1p

from quotes.statements.contradiction import NAME_PREFIX, negated, prefixes, substituted
from quotes.statements.negation import count_negations
from quotes.statements.normalise import PRONOUN, STOP_WORDS, NormalisedText
from quotes.statements.pair import Pair
from quotes.statements.paraphrase import WordSimilarity, content_surface

FEATURE_DIGITS = 6  # decimals of a feature
FIRST_PERSON = frozenset("i we my our me us mine ours".split())
MODALS = frozenset("will can may must need might ought should would could".split())
NO_MARKS = -0.2  # for the share of quoted words that are kept, where none is quoted
ONLY_NAMES = 0.5  # for the share of words that are no names, where there are only names
LONGEST_WAIT = 15  # days between two articles, beyond which the number is no matter
MEAN_DAYS = 3  # between the articles of a labelled pair (3.4): taken where an article has no date

Rarity = Callable[[str], float]  # of a stem: the higher, the fewer articles have it


def word_features(pair: Pair, rarity: Rarity) -> dict[str, float]:
    """The features of the first stage: words, how rare they are, claims, marks and time."""
    if pair.word_features is None:
        numbers = (
            _words(pair) | _rare_words(pair, rarity) | _claims(pair) | _marks(pair, rarity) | _time(pair)
        )
        pair.word_features = {name: round(float(value), FEATURE_DIGITS) for name, value in numbers.items()}
    return pair.word_features


def meaning_features(pair: Pair, rarity: Rarity, similarity: WordSimilarity) -> dict[str, float]:
    """The features of the second stage, which need embeddings. The cosine is ``pair.nearness``."""
    short, long = content_surface(pair.short), content_surface(pair.long)
    features = {
        "cosine": pair.nearness,
        "soft": soft_share(short, long, lambda word: 1.0, similarity),
        "soft_rare": soft_share(short, long, rarity, similarity),
        "plain_soft": _plain_share(pair.short, long, rarity, similarity),
    }
    return {name: round(float(value), FEATURE_DIGITS) for name, value in features.items()}


def _plain_share(
    text: NormalisedText, others: Mapping[str, str], rarity: Rarity, similarity: WordSimilarity
) -> float:
    """The share of what is no name: claims about one person have the name in common, and need have no more."""
    flagged = zip(text.words, text.surface, text.capital, strict=True)
    plain = {word: seen for word, seen, capital in flagged if not capital and word in text.content}
    return soft_share(plain, others, rarity, similarity) if plain else ONLY_NAMES


def soft_share(
    words: Mapping[str, str], others: Mapping[str, str], weight: Rarity, similarity: WordSimilarity
) -> float:
    """The weighted share of words (stem -> as written) that the others have, by the most similar one. 1 for no word.

    This is BERTScore's greedy matching (Zhang et al. 2020) with one vector per word instead of per token.
    """
    total = kept = 0.0
    for stem, word in words.items():
        rare = weight(stem)
        total += rare
        if stem in others:
            kept += rare
        else:
            kept += rare * max((similarity(word, other) for other in others.values()), default=0.0)
    return kept / total if total else 1.0


def _words(pair: Pair) -> dict[str, float]:
    return {
        "size_short": log1p(pair.size),
        "size_long": log1p(len(pair.long.words)),
        "run": log1p(len(pair.run)),
        "cover": pair.cover,
        "shared": log1p(pair.shared),
    }


def _rare_words(pair: Pair, rarity: Rarity) -> dict[str, float]:
    short = pair.short.content
    whole = max(weight_of(short, rarity), 1e-9)
    return {"rare_window": weight_of(short & set(pair.inside), rarity) / whole}


def weight_of(words: "frozenset[str] | set[str]", rarity: Rarity) -> float:
    """The sum of the rarities, in an order that does not vary."""
    return sum(map(rarity, sorted(words)))


def _claims(pair: Pair) -> dict[str, float]:
    """Negations, numbers, names and modal verbs that differ."""
    short, long = pair.short, pair.long
    return {
        "negated": negated(pair),
        "substituted": substituted(pair),
        "negations": abs(count_negations(short.words) - count_negations(long.words)),
        "numbers_shared": len(short.numbers & long.numbers),
        "numbers_long": len(long.numbers - short.numbers),
        "names_long": len(_names(long) - prefixes(short)),
        "modals": len(MODALS.intersection(short.surface) ^ MODALS.intersection(long.surface)),
    }


def _marks(pair: Pair, rarity: Rarity) -> dict[str, float]:
    """What is in quotation marks, and whether one of them alone has the speaker's "I"."""
    short, long = pair.short, pair.long
    quoted, others = sum(short.quoted) / pair.size, sum(long.quoted) / len(long.words)
    weight, size, _ = pair.kept or (0, 0, ())
    return {
        "quoted_least": min(quoted, others),
        "quoted_most": max(quoted, others),
        "verbatim_both": quoted == 1 == others,
        "kept": weight,
        "kept_share": size / pair.size,
        "moved": pair.has_moved_fragment,
        "first_person_one": FIRST_PERSON.isdisjoint(short.surface) != FIRST_PERSON.isdisjoint(long.surface),
        "own_short": _kept_share(_quoted_content(short), long, rarity),
        "own_long": _kept_share(_quoted_content(long), short, rarity),
    }


def _time(pair: Pair) -> dict[str, float]:
    days = MEAN_DAYS if pair.days is None else min(pair.days, LONGEST_WAIT)
    return {"days": days, "next_day": days <= 1}


def _quoted_content(text: NormalisedText) -> set[str]:
    flagged = zip(text.words, text.quoted, strict=True)
    return {word for word, quoted in flagged if quoted and word not in STOP_WORDS}


def _kept_share(words: set[str], other: NormalisedText, rarity: Rarity) -> float:
    if not words:
        return NO_MARKS
    return weight_of(words & other.content, rarity) / max(weight_of(words, rarity), 1e-9)


def _names(text: NormalisedText) -> set[str]:
    return {
        word[:NAME_PREFIX]
        for word, is_name in zip(text.words, text.name, strict=True)
        if is_name and word not in STOP_WORDS and word != PRONOUN
    }
