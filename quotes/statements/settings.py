"""Thresholds of statements, each with its unit and how it was set.

Words are stems as ``normalise`` gives them; content words are those that are not stop words. Unless something else is
said, a threshold was set by hand on the pairs of half "fit" of the labelled pairs that the tests have, then loosened
while looking at 184 labelled pairs of contents from other articles (docs/quality.md); half "held" of the tests' pairs
was labelled before that and only measured.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeSettings:
    """How many days apart two reports of one utterance may be published."""

    fragment: int = 60  # words that both have
    paraphrase: int = 21  # a position repeated later than that is another statement
    occasion: int = 3  # a few words: as long as one occasion is in the news


@dataclass(frozen=True, slots=True)
class FingerprintSettings:
    """Runs of words by which texts find each other. They trade the size of the index for what is found."""

    ngram: int = 4  # words that a fingerprint stands for
    guarantee: int = 8  # words in a row that are sure to share a fingerprint
    min_words: int = 4  # of fewer words no fingerprint is made


@dataclass(frozen=True, slots=True)
class ExactSettings:
    """When equal words are one utterance, beside ``PairSettings.min_content_any_time``. Counts are content words."""

    min_content_any_time_reported: int = 8  # of the reporter's words: they may be a standing position
    min_content_fragment: int = 4  # of the speaker's own: so many within ``TimeSettings.fragment``
    min_content: int = 2  # fewer only within ``TimeSettings.occasion``, and never where there is no date


@dataclass(frozen=True, slots=True)
class PairSettings:
    """The evidence that two wordings report one utterance. Shares are of the shorter one's words, 0 to 1."""

    unknown_cosine: float = 0.5  # taken where an embedding is missing
    prefilter_cosine: float = 0.25  # below, only wordings with three equal words in a row are compared
    min_content_any_time: int = 6  # content words from which equal words are one utterance however long ago
    # what is neither the same nor in conflict
    related_cosine: float = 0.6
    related_content: int = 3  # content words in common
    related_content_share: float = 0.4
    unrelated_cosine: float = 0.3  # below, two wordings go together only as parts of a third, word by word
    # conflicts
    min_long_run: int = 8  # words; beside so long a run a conflict must stand in an edit
    min_long_run_share: float = 0.5  # of words in blocks of ``min_block``
    min_block: int = 5  # words of an aligned block that is more than chance
    close_cover: float = 0.6  # share of words in the window, or
    close_cosine: float = 0.6  # so much: then a conflict is a contradiction
    # weight of a kept fragment beside which a negation elsewhere is no matter
    kept_outweighs_negation: int = 3
    max_edit: int = 4  # words of an edit that turns a claim round
    negation_reach: int = 6  # words that a window may grow by to have the "not" before it
    fragment_lead: int = 3  # words before a fragment in which a negation counts
    max_substitution: int = 3  # words of a substitution of a name or a number
    min_substitution_context: int = 3  # equal words beside it
    min_exchange_distance: int = 2  # content words between two that changed places
    # verbatim run
    min_run: int = 6  # words
    min_run_content: int = 3
    max_new_share: float = 0.25  # of the shorter one's content words that the longer has not
    min_run_despite_new: int = 10  # words; with ``min_run_content_despite_new`` new words are no matter
    min_run_content_despite_new: int = 5
    min_quoted_share: float = 0.5  # of words in the run, when some of it is quoted
    min_reported_share: float = 0.8  # when none is
    min_reported_content: int = 4
    min_reported_cosine: float = 0.5
    min_sure_run: int = 15  # words: enough whatever is quoted
    min_verbatim_run: int = 8  # words so many that chance is out of the question,
    min_verbatim_content: int = 4  # with so many content words
    # words with gaps
    min_gap_block: int = 2  # words between two gaps
    min_gap_content: int = 2  # within ``TimeSettings.paraphrase``, when some of the shorter is quoted
    min_gap_content_reported: int = 4  # else: two words of the reporter's ("illegal immigration") are a topic
    # kept fragment. Weight: content words, one more for a fragment of ``long_fragment``
    long_fragment: int = 4  # words
    min_fragment: int = 2  # words
    min_fragment_content: int = 2  # of a fragment shorter than ``long_fragment``
    min_kept_cosine: float = 0.3
    min_kept_on_occasion: int = 2  # weight, on one occasion
    min_kept_soon: int = 3  # weight, within ``TimeSettings.paraphrase``
    min_kept: int = 4  # weight, later
    topic_words: int = 2  # of a fragment that is a topic ("rigged economy") where little else is common
    # moved words
    min_moved_fragment_cosine: float = 0.25
    min_moved_fragment: int = 5  # words
    max_moved_fragment: int = 25  # words
    min_moved_content: int = 2
    min_moved_content_share: float = 0.5  # of the fragment's content words
    min_moved_content_share_verbatim: float = 0.7  # where both are verbatim nobody's reporting changed a word
    min_moved_letters: int = 6  # of the longest word in common
    min_moved_overlap: float = 0.65  # of the fragment's words
    min_cover: float = 0.66  # share of words in the window
    min_content_cover: float = 0.7
    min_cover_content: int = 3  # content words in common
    min_cosine_apart: float = 0.5  # of wordings that have no two neighbouring words in common
    substring_share: float = 0.8  # of words, from which the shorter one counts as a part of the longer


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """How pairs that are the same are ranked, 0 to 1: a base, and a weight of what varies. Set by hand."""

    verbatim_run: tuple[float, float] = (0.9, 0.1)  # weight of the share of words in the run
    words_with_gaps: float = 0.9
    kept_fragment: tuple[float, float] = (0.7, 0.2)  # weight of the cosine
    moved_fragment: tuple[float, float] = (0.55, 0.2)  # weight of the cosine
    moved_words: tuple[float, float] = (0.5, 0.3)  # weight of the share of words in the window
    paraphrase: tuple[float, float] = (
        0.5,
        0.2,
    )  # weights of the cosine, of the share of common content words


@dataclass(frozen=True, slots=True)
class ParaphraseSettings:
    """When other words say the same. ``closeness`` is a sum: cosine + half of one coverage + a quarter of the other."""

    random_similarity: float = 0.3  # cosine of words picked at random
    min_word_similarity: float = 0.45  # cosine of words below which nothing counts
    min_content: int = 4  # content words of the shorter one
    min_cosine: float = 0.55  # of the embeddings of the wholes
    min_shared: float = 0.3  # share of the shorter one's content words that both must have as they are
    min_closeness: float = 1.24
    min_closeness_long: float = 1.16  # fitted again to the weights of 2026-11
    # content words from which ``min_closeness_long`` holds: less is in common by chance
    long_content: int = 8


@dataclass(frozen=True, slots=True)
class UnattributedSettings:
    """When words alone tell whose a quotation is: so many in a row as ``FingerprintSettings.guarantee``."""

    min_words_reported: int = 12  # when they are the reporter's
    min_content: int = 3  # content words among them
    min_content_same_story: int = 2  # content words that are enough within one story
    shingle: int = 5  # words in a row by which a group is looked up
    max_sharing: int = 200  # quotations that share a shingle; more of them and it is a formula


TIME = TimeSettings()
FINGERPRINTS = FingerprintSettings()
EXACT = ExactSettings()
PAIR = PairSettings()
SCORE = ScoreSettings()
PARAPHRASE = ParaphraseSettings()
UNATTRIBUTED = UnattributedSettings()
