"""Whether two contents of one speaker are one claim: the decision on a pair.

First the objections (see ``contradiction``): a claim turned round, other numbers, other names stand against all
evidence. Then what needs no learning, a long run of the same words, at any time. What is near in time is decided by the
learned model (see ``decision``), in two stages, the second of which needs embeddings: it is asked for only where the
first has not ruled the pair out, so that most quotations need none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from logging import DEBUG

from quotes.log import logger
from quotes.statements.contradiction import OBJECTIONS, conditional, turned
from quotes.statements.decision import pair_model
from quotes.statements.features import meaning_features, weight_of, word_features
from quotes.statements.pair import Pair
from quotes.statements.settings import FINGERPRINTS, PAIR

LOG = logger(__name__)
# Probability of a long run of the same words: 98 of 99 labelled pairs that have one are one claim
SURE = 0.98


@dataclass(frozen=True, slots=True)
class Decision:
    """What two wordings have to do with each other."""

    probability: float = 0.0  # that they are one claim
    is_substring: bool = False  # the shorter one is, word by word, part of the longer
    conflict: bool = False  # they speak of the same thing and contradict each other
    verbatim: bool = False  # so long a run of the same words that chance is out of the question
    likely: float = 0.0  # probability that they are one claim, for what is told but not merged
    denied: float = 0.0  # probability that one denies what the other says
    # Probability that they are one claim on two occasions, too far apart for one statement
    again: float = 0.0

    @property
    def same(self) -> bool:
        """Whether they are one claim, nearly surely."""
        return self.probability >= pair_model().merge and not self.conflict

    @property
    def perhaps(self) -> bool:
        """Whether they are likely to be one claim."""
        return self.likely >= pair_model().perhaps and not self.conflict


UNDECIDED = Decision()


def compare_words(pair: Pair) -> Decision | None:
    """The decision on a pair by its words alone; None where that depends on what they mean."""
    if not pair.size:
        return UNDECIDED
    if any(objection(pair) for objection in OBJECTIONS):
        return _conflict(pair)
    for evidence in VERBATIM_EVIDENCE:
        if decision := evidence(pair):
            _trace(pair, evidence)
            return decision
    if pair.same_article:  # says other things in other words: only what it quotes twice is asked about
        return None if pair.kept else UNDECIDED
    model = pair_model()
    if not pair.in_paraphrase_time:
        again = model.words.probability(word_features(pair, model.rarity))
        return Decision(again=again if again >= model.merge else 0.0)
    if model.words.probability(word_features(pair, model.rarity)) < model.second_stage:
        return UNDECIDED
    return None


def compare_meaning(pair: Pair) -> Decision:
    """The decision on a pair that ``compare_words`` leaves open. ``pair.cosine`` is known where that is possible."""
    if pair.same_article and pair.nearness < PAIR.min_topic_nearness and _is_topic(pair):
        return UNDECIDED
    model = pair_model()
    features = word_features(pair, model.rarity) | meaning_features(pair, model.rarity, pair.similarity)
    substring = pair.cover >= PAIR.substring_share
    names_a_thing = pair.size < PAIR.min_words and not pair.kept
    if not pair.in_learned_time:
        return Decision(again=0.0 if names_a_thing else model.likely.probability(features))
    probability = 0.0 if names_a_thing else model.meaning.probability(features)
    if pair.same_article and probability < PAIR.min_probability_same_article:
        probability = 0.0
    return Decision(
        probability, substring and pair.run_content >= 2, likely=model.likely.probability(features)
    )


def compare_pair(pair: Pair) -> Decision:
    """The decision on a pair of contents by one speaker."""
    decision = compare_words(pair)
    return compare_meaning(pair) if decision is None else decision


def _conflict(pair: Pair) -> Decision:
    """The decision on a pair that an objection holds against."""
    _trace(pair, _conflict)
    alike = pair.cover >= PAIR.denied_cover and pair.size >= PAIR.denied_size * len(pair.long.words)
    if not (alike and turned(pair)) or conditional(pair) or pair.shared < PAIR.denied_content:
        return Decision(conflict=True)
    model = pair_model()
    features = word_features(pair, model.rarity) | {"negated": 0.0, "negations": 0.0}
    return Decision(conflict=True, denied=model.words.probability(features))


def _trace(pair: Pair, reason: Callable[[Pair], object]) -> None:
    if LOG.isEnabledFor(DEBUG):
        LOG.debug("%s: %s | %s", reason.__name__, " ".join(pair.short.words), " ".join(pair.long.words))


# The evidence. Each returns a decision, or None where it does not hold.


def verbatim_run(pair: Pair) -> Decision | None:
    """A long run of the same words, most of the shorter one, or some of it quoted."""
    run, content = len(pair.run), pair.run_content
    if run < PAIR.min_run:
        return None
    if pair.in_fragment_time:
        enough = content >= PAIR.min_run_content
    else:
        enough = content >= PAIR.min_content_any_time and run >= FINGERPRINTS.guarantee
    if not enough:
        return None
    despite_new = run >= PAIR.min_run_despite_new and content >= PAIR.min_run_content_despite_new
    if pair.new_share > PAIR.max_new_share and not despite_new:
        return None
    share = max(run, pair.in_blocks) / pair.size
    quoted = share >= PAIR.min_quoted_share and pair.run_is_quoted
    if not (quoted or run >= PAIR.min_sure_run):
        return None
    verbatim = run >= PAIR.min_verbatim_run and (content >= PAIR.min_verbatim_content or _is_equal(pair))
    return Decision(SURE, share >= PAIR.substring_share, verbatim=verbatim)


def _is_equal(pair: Pair) -> bool:
    """Whether all words are equal, and the speaker's own in both."""
    return pair.short.words == pair.long.words and all(pair.short.quoted) and all(pair.long.quoted)


def words_with_gaps(pair: Pair) -> Decision | None:
    """All words of the shorter one in their order, in pieces of two or more: an ellipsis may hide words."""
    in_pieces = sum(block.size for block in pair.aligned.blocks if block.size >= PAIR.min_gap_block)
    claims = all(pair.short.quoted) and not all(pair.short.capital)
    names_a_thing = pair.size < PAIR.min_words and not claims
    if in_pieces != pair.size or not pair.run_is_quoted or names_a_thing:
        return None
    if not pair.in_fragment_time and len(pair.run) < FINGERPRINTS.guarantee:
        return None
    if not pair.in_paraphrase_time:
        least = PAIR.min_content_any_time
    else:
        least = PAIR.min_gap_content if any(pair.short.quoted) else PAIR.min_gap_content_reported
    return Decision(SURE, True) if pair.short.content_count >= least else None


def kept_fragment(pair: Pair) -> Decision | None:
    """A whole long fragment in quotation marks that the other has word by word; in one article only all of one."""
    if not pair.in_fragment_time or not pair.kept:
        return None
    weight, size, fragment = pair.kept
    if pair.same_article:
        return Decision(PAIR.kept_probability, True) if size == pair.size >= PAIR.long_fragment else None
    rare = weight_of(frozenset(fragment) & pair.long.content, pair_model().rarity)
    if weight < PAIR.min_kept or rare < PAIR.min_kept_rarity:
        return None
    return Decision(PAIR.kept_probability, size == pair.size)


def _is_topic(pair: Pair) -> bool:
    """Whether a few words that are kept in marks are all that two wordings have in common."""
    if not pair.kept or pair.kept[0] >= PAIR.min_topic_kept:
        return False
    return (pair.short.content & pair.long.content).issubset(pair.kept[2])


VERBATIM_EVIDENCE: tuple[Callable[[Pair], Decision | None], ...] = (
    verbatim_run,
    words_with_gaps,
    kept_fragment,
)
