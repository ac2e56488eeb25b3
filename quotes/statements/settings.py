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
    # Words kept in marks, or equal; a position repeated later than that is another statement
    paraphrase: int = 21
    learned: int = 10  # other wordings: labelled pairs are no further apart, and later most are said again
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
    min_content_any_time: int = 6  # content words from which equal words are one utterance however long ago
    # conflicts
    min_long_run: int = 8  # words; beside so long a run a conflict must stand in an edit
    min_long_run_share: float = 0.5  # of words in blocks of ``min_block``
    min_block: int = 5  # words of an aligned block that is more than chance
    close_cover: float = 0.6  # share of words in the window: then a conflict is a contradiction
    denied_cover: float = 0.75  # share of words that a denial has in common with what it denies,
    denied_size: float = 0.5  # and the length of the shorter one, as a share of the longer
    denied_content: int = 3  # content words that a denial shares with what it denies
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
    min_kept: int = 4  # weight, in another article: 48 of 49 labelled pairs are one
    min_kept_rarity: float = 7.0  # of its words; below, it may be anybody's phrase ("a big step forward")
    min_words: int = 4  # fewer that are not kept in marks name a thing ("his candidacy") and make no claim
    kept_probability: float = 0.9  # that such a pair is one claim
    # That two quotations of one article are one claim: of 39 that were read and have it three are wrong, of the nine
    # from 0.49 on four
    min_probability_same_article: float = 0.6
    # Weight from which a fragment may be all that two quotations of an article share; else they must be near
    min_topic_kept: int = 3
    # Cosine: 6 of 8 right pairs that were read have it, and none of 6 wrong ones
    min_topic_nearness: float = 0.57
    # moved words
    min_moved_fragment: int = 5  # words
    max_moved_fragment: int = 25  # words
    min_moved_content: int = 2
    min_moved_content_share: float = 0.5  # of the fragment's content words
    min_moved_content_share_verbatim: float = 0.7  # where both are verbatim nobody's reporting changed a word
    min_moved_letters: int = 6  # of the longest word in common
    min_moved_overlap: float = 0.65  # of the fragment's words
    substring_share: float = 0.8  # of words, from which the shorter one counts as a part of the longer


@dataclass(frozen=True, slots=True)
class WordSettings:
    """How near words are in meaning, by the cosine of their embeddings."""

    random_similarity: float = 0.3  # cosine of words picked at random
    min_similarity: float = 0.45  # cosine of words below which nothing counts


@dataclass(frozen=True, slots=True)
class BlockingSettings:
    """Which wordings are compared for what they mean: those that share words that few articles have.

    Of the labelled pairs of one claim that are told as one, 74 of 77 pass, and every pair with three words in a row.
    """

    min_rarity: float = 1.2  # of a word by which others are looked up (see ``PairModel.rarity``)
    min_shared_rarity: float = 2.2  # sum over the words that both have
    # Of the sum over the words of the one that has fewer: where they share a single word, two, or more. The nearest of
    # the 74 that pass have 0.36, 0.23 and 0.18.
    min_shared_shares: tuple[float, ...] = (0.3, 0.2, 0.14)


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """When two clusters become one, beside one sure pair and no contradiction."""

    # Mean probability of the pairs between them: similar wordings must not chain. At 0.4 two more of 173 were mixed;
    # at 0.5 fewer of the planted wordings are found (0.960 of 30,000; 0.963 at 0.45).
    min_mean: float = 0.45


@dataclass(frozen=True, slots=True)
class UnattributedSettings:
    """When words alone tell whose a quotation is: so many in a row as ``FingerprintSettings.guarantee``."""

    min_words_reported: int = 12  # when they are the reporter's
    min_content: int = 3  # content words among them
    min_content_same_story: int = 2  # content words that are enough within one story
    max_sharing: int = 200  # quotations that share a shingle; more of them and it is a formula


@dataclass(frozen=True, slots=True)
class DenialSettings:
    """When one speaker denies what another says (see ``denials``). Rarity is that of ``PairModel.rarity``."""

    min_words: int = 2  # words with meaning of what is denied that the claim has
    min_share: float = 0.8  # of what is denied, by rarity, that the claim has
    min_rarity: float = 4.0  # of what is denied
    min_rarity_beside: float = 2.5  # of what is denied, where the claim stands just before it or behind it
    beside: int = 600  # characters of an article: a paragraph or two
    just_before: int = 200  # characters between a claim and "the allegations": nothing else comes between
    adjacent: int = 100  # the same, from where it hardly matters whom the claim names
    probability: float = 0.9  # that a pair with all this is a denial and what it denies
    # The same, where the denial does not say what it denies: of 16 found 13 are right
    probability_before: float = 0.85


TIME = TimeSettings()
FINGERPRINTS = FingerprintSettings()
EXACT = ExactSettings()
PAIR = PairSettings()
WORDS = WordSettings()
BLOCKING = BlockingSettings()
CLUSTER = ClusterSettings()
UNATTRIBUTED = UnattributedSettings()
DENIAL = DenialSettings()
