"""The thresholds of this room, each with its unit and how it was set.

Most were set by hand and kept when the joint F-score on PolNeAR's development articles (content loosely right, source
overlapping) rose or stayed: "dev" below. "sentences": by hand, on sentences of one pattern (``tests/quotations`` and
``tests/data/sentences.jsonl``). "fitted": learned. With other weights the probabilities, and so "dev", shift a little.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The thresholds of decoding, of the passes and of what is kept. Probabilities and shares are from 0 to 1."""

    # decoder: spans of the tagger -> attributions
    join_gap: int = 2  # wordpieces between two fragments of one content with nothing in between; dev
    adjacent_gap: int = 2  # wordpieces between a fragment and a cue right before or after it; sentences
    join_probability: float = 0.15  # of its cue, from which a fragment joins another one; dev
    share_probability: float = 0.02  # of a cue, from which a fragment without one shares it; dev
    cue_probability: float = 0.02  # of its cue, from which a fragment takes it; dev
    no_source_penalty: float = 1.0  # nats off for "this cue has no source"; dev
    other_paragraph_cue_penalty: float = 4.0  # nats off for a cue in another paragraph, which is rare; dev
    other_paragraph_source_penalty: float = 8.0  # nats off for a source in another paragraph; dev
    sure_source: float = 0.95  # probability of a cue's source, from which the cue hardly lacks a content; dev
    sure_source_exponent: float = 0.5  # of the probability of such a cue: half the doubt, in log space; dev
    no_cue_factor: float = 0.5  # on the confidence of a content without a cue; dev

    # decoder, the search for a cue that the tagger missed
    cue_search_radius: int = 25  # wordpieces around the fragment; dev
    cue_distance_penalty: float = 0.02  # nats per wordpiece between fragment and cue; dev
    missed_cue_probability: float = 0.01  # of the label "a cue begins", from which a word is taken; dev
    source_search_radius: int = 12  # wordpieces around such a cue; dev
    missed_source_probability: float = 0.05  # of the label "a source begins", from which a word is taken; dev
    extension_odds: float = 1.0  # nats by which "outside" must beat "inside" to end such a span; dev
    extension_probability: float = 0.2  # of "inside", from which such a span goes on; dev

    # align_with_marks
    quoted_share: float = 0.5  # of a marked stretch that a content must cover to take it whole; dev
    missed_quote_words: int = 8  # from which a marked stretch is content although the tagger saw none; dev
    missed_quote_confidence: float = 0.4  # of such a content; dev
    cueless_words: int = 4  # words below which a content without a cue must end as a sentence does; dev

    # attribute_by_layout
    transcript_turns: int = 4  # by people who speak more than once, from which it is a transcript; sentences
    turn_paragraphs: int = 6  # the most paragraphs of one turn or one answer; sentences
    transcript_turn_paragraphs: int = 40  # of one turn where all is a transcript; sentences
    sure_turns: int = 8  # labels from which all is a transcript; sentences
    turn_share: float = 0.75  # of the paragraphs that are turns, from which all is a transcript; sentences
    timed_turns: int = 2  # labels with a time, or as in a parliament's record, from which; sentences
    answered_questions: int = 3  # labels, one of them a question's, from which it is an interview; sentences
    interview_questions: int = 3  # paragraphs that are questions, from which it is an interview; sentences
    addressed_questions: int = 2  # the same, where each says "you"; sentences
    question_words: int = 60  # the most words of such a paragraph; sentences
    dialogue_turns: int = 2  # lines that open with a dash, from which they are a dialogue; sentences
    name_line_words: int = 14  # the most words of a line that is a name and a role; sentences
    label_words: int = 8  # the most words of a name and a role before a quotation; sentences
    role_words: int = 7  # the most words of a role in a label; sentences
    labelled_confidence: float = 0.8  # of a turn, an answer or a signed quotation; sentences
    announced_confidence: float = 0.6  # of a block without marks after a colon; sentences

    # complete_from_parse
    clause_share: float = 0.5  # of the reported clause, below which a content is completed to it; dev
    # Mean probability that what the clause adds is content, from which it is added; fitted: below it, 4 of 20 such
    # contents of training articles are right with the addition, 14 without
    least_clause_probability: float = 0.25
    claim_confidence: float = 0.1  # from which an attribution keeps its spans from the others; dev

    # attach_relays
    same_words_share: float = 0.5  # of another content, from which an outlet's says the same; sentences

    # filter: what is kept
    sure_act: float = 0.7  # probability of an act by the encoder, where the cue's words tell nothing; dev
    thought_probability: float = 0.5  # from which an indirect content is a thought; fitted
    least_confidence: float = 0.18  # for a content that is not all in quotation marks; dev (F 0.905)
    # The same where thoughts are wanted: they are less certain, and whoever asks for them wants to miss little. Divided
    # by the number of words, since a long content is seldom there by accident; dev, joint F of all 0.772
    least_confidence_with_thoughts: float = 0.3
    # The same where all is wanted; fitted: F of all on training articles 0.893, with 0.3 0.891
    least_confidence_with_all: float = 0.1
    doubtful_outside_penalty: float = 2.0  # nats off for "outside of all spans" where all is wanted; fitted
    least_confidence_of_doubtful: float = 0.5  # as above, for what that adds; fitted (model card)


SETTINGS = Settings()
