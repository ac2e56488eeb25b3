"""How far the rules of coreference look, each number with its unit; what counts how much is learned (``ranker``)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the rules look, and from what length on they trust a word. By hand on 42 articles of PolNeAR dev."""

    sentences_back: int = 5  # for noun phrases that can be meant, and the antecedent of a pronoun
    speakers_back: int = 8  # quotations whose speakers are candidates
    speakers_ahead: int = 3  # the same after a quotation
    entities: int = 30  # candidates, the last mentioned first
    short_name_tokens: int = 60  # within which a surname more likely means whom the article has just named
    description_tokens: int = 14  # of a title or an apposition, at most
    unnamed_source_tokens: int = 16  # of a source shown in its own words, at most
    list_items: int = 20  # of one list, at most
    misspelt_surname_letters: int = 7  # from which one with a letter wrong is a misspelling, no other name


@dataclass(frozen=True, slots=True)
class Confidence:
    """Probabilities, from 0 to 1, at which something is decided; fitted with the ranker's on train."""

    min_speaker: float = 0.3  # below it the speaker is open
    min_carried: float = 0.65  # the same for a quotation without a source: whoever is introduced before it
    by_layout: float = 0.6  # at least that, for a signature and a label of an interview: too few to train on
    # From which a noun phrase without a name is linked to another referent than its own words
    min_link: float = 0.65
    min_rival: float = 0.001  # of a candidate by the first pass, to be looked at in the second
    min_candidate: float = 0.05  # of the next candidates, to be kept
    # Of a resolved "she", to count as a pronoun that the article uses for its speaker
    min_pronoun_vote: float = 0.5


DISTANCE = Distance()
CONFIDENCE = Confidence()
CANDIDATES_KEPT = 3  # beside the speaker
