"""Whether two contents of one speaker report the same utterance: the decision on a pair.

First the objections (see ``contradiction``): a claim turned round, other numbers, other names stand against all
evidence. Then the evidence, the surest first, as the comparison levels of record linkage (Linacre et al. 2022,
"Splink"): a long run of words in common, words with gaps, the speaker's own quoted words found in the other wording,
most words of the shorter in a narrow window of the longer, a paraphrase. The first evidence that holds decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from logging import DEBUG

from quotes.log import logger
from quotes.statements.contradiction import OBJECTIONS
from quotes.statements.pair import Pair
from quotes.statements.paraphrase import is_paraphrase
from quotes.statements.settings import FINGERPRINTS, PAIR, SCORE, TIME

LOG = logger(__name__)


@dataclass(frozen=True, slots=True)
class Decision:
    """What two wordings have to do with each other."""

    same: bool
    score: float = 0.0  # 0 to 1, to rank the pairs that are the same
    is_substring: bool = False  # the shorter one is, word by word, part of the longer
    conflict: bool = False  # they speak of the same thing and contradict each other
    verbatim: bool = False  # so long a run of the same words that chance is out of the question
    related: bool = False  # not surely the same, but close in meaning and in words
    unrelated: bool = False  # not only different words: they do not even speak of similar things


UNDECIDED = Decision(False)
RELATED = Decision(False, related=True)
UNRELATED = Decision(False, unrelated=True)


def compare_pair(pair: Pair) -> Decision:
    """The decision on a pair of contents by one speaker."""
    if not pair.size:
        return UNDECIDED
    for objection in OBJECTIONS:
        if objection(pair):
            _trace(pair, objection)
            close = pair.cover >= PAIR.close_cover or pair.nearness >= PAIR.close_cosine
            return Decision(False, conflict=close)
    for evidence in EVIDENCE:
        if decision := evidence(pair):
            _trace(pair, evidence)
            return decision
    if (
        pair.nearness >= PAIR.related_cosine
        and pair.shared >= PAIR.related_content
        and pair.shared >= PAIR.related_content_share * len(pair.short.content)
    ):
        return RELATED
    return UNDECIDED if pair.nearness >= PAIR.unrelated_cosine else UNRELATED


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
    if not (quoted or run >= PAIR.min_sure_run or _is_reported_run(pair, share)):
        return None
    verbatim = run >= PAIR.min_verbatim_run and (content >= PAIR.min_verbatim_content or _is_equal(pair))
    base, weight = SCORE.verbatim_run
    return Decision(True, base + weight * share, share >= PAIR.substring_share, verbatim=verbatim)


def _is_reported_run(pair: Pair, share: float) -> bool:
    """Whether a run in the reporter's words is nearly all there is, soon after, and of one meaning."""
    return (
        share >= PAIR.min_reported_share
        and pair.run_content >= PAIR.min_reported_content
        and pair.nearness >= PAIR.min_reported_cosine
        and pair.in_paraphrase_time
    )


def _is_equal(pair: Pair) -> bool:
    """Whether all words are equal, and the speaker's own in both."""
    return pair.short.words == pair.long.words and all(pair.short.quoted) and all(pair.long.quoted)


def words_with_gaps(pair: Pair) -> Decision | None:
    """All words of the shorter one in their order, in pieces of two or more: an ellipsis may hide words."""
    in_pieces = sum(block.size for block in pair.aligned.blocks if block.size >= PAIR.min_gap_block)
    if in_pieces != pair.size or not pair.run_is_quoted:
        return None
    if not pair.in_fragment_time and len(pair.run) < FINGERPRINTS.guarantee:
        return None
    if not pair.in_paraphrase_time:
        least = PAIR.min_content_any_time
    else:
        least = PAIR.min_gap_content if any(pair.short.quoted) else PAIR.min_gap_content_reported
    return Decision(True, SCORE.words_with_gaps, True) if pair.short.content_count >= least else None


def kept_fragment(pair: Pair) -> Decision | None:
    """A whole fragment in quotation marks that the other one has word by word."""
    if not pair.in_fragment_time or pair.nearness < PAIR.min_kept_cosine or not pair.kept:
        return None
    weight, size = pair.kept
    if pair.same_article:
        on_occasion = True
    elif pair.days is not None:
        on_occasion = pair.days <= TIME.occasion
    else:
        # two words, as "rigged economy", are a topic when nothing tells that they were said on one occasion
        alone = pair.shared <= PAIR.topic_words or pair.nearness < PAIR.min_cosine_apart
        on_occasion = not (size <= PAIR.topic_words and alone)
    soon = PAIR.min_kept_soon if pair.in_paraphrase_time else PAIR.min_kept
    if weight < (PAIR.min_kept_on_occasion if on_occasion else soon):
        return None
    base, factor = SCORE.kept_fragment
    return Decision(True, base + factor * pair.nearness, size == pair.size)


def moved_fragment(pair: Pair) -> Decision | None:
    """Most words of a longer fragment in quotation marks, in another order, within days."""
    if pair.same_article or (pair.days is not None and pair.days > TIME.occasion):
        return None
    near = pair.nearness >= PAIR.min_moved_fragment_cosine and pair.has_neighbours
    if not near or not pair.has_moved_fragment:
        return None
    base, factor = SCORE.moved_fragment
    return Decision(True, base + factor * pair.nearness)


def moved_words(pair: Pair) -> Decision | None:
    """Most words of the shorter one, in another order, in a narrow window of the longer; one of them quoted."""
    if pair.same_article or not pair.in_paraphrase_time or pair.nearness < PAIR.min_cosine_apart:
        return None
    if pair.shared < PAIR.min_cover_content or not (any(pair.short.quoted) or any(pair.long.quoted)):
        return None
    if pair.cover < PAIR.min_cover or pair.content_cover < PAIR.min_content_cover:
        return None
    if pair.cosine is None and not pair.has_neighbours:
        return None
    base, factor = SCORE.moved_words
    return Decision(True, base + factor * pair.cover, pair.cover >= PAIR.substring_share)


def paraphrase(pair: Pair) -> Decision | None:
    """Other words of the same meaning (see ``is_paraphrase``)."""
    if pair.same_article or not pair.in_paraphrase_time or pair.cosine is None:
        return None
    if not is_paraphrase(pair.short, pair.long, pair.cosine, pair.similarity):
        return None
    by_cosine, by_share = SCORE.paraphrase
    return Decision(True, by_cosine * pair.cosine + by_share * pair.shared / len(pair.short.content))


EVIDENCE: tuple[Callable[[Pair], Decision | None], ...] = (
    verbatim_run,
    words_with_gaps,
    kept_fragment,
    moved_fragment,
    moved_words,
    paraphrase,
)
