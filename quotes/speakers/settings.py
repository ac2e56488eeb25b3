"""Thresholds of linking speakers, each with its unit and how it was set."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeakerSettings:
    """All were set by hand while looking at the half "building" of the linked names that the tests have."""

    # Clusters that a surname can mean, beyond which only its own article tells: bounds the time of linking.
    max_short_name_candidates: int = 200
    min_phonetic_surname: int = 6  # letters of a surname from which a slip is told from another name
    min_hyphenated_part: int = 3  # letters of a part of a hyphenated surname that counts as a surname
    min_role_noun: int = 3  # letters of a description's head noun
    # Probability from which two appearances under one name are told as perhaps two people: of those of one person in
    # two articles between 1 and 2 in 100 are told.
    min_namesakes: float = 0.84


SETTINGS = SpeakerSettings()

# For one person (below 0: for two), in hundredths of a nat; fitted by training/train_namesakes.py. All its articles are
# of one year, so what years say was set by hand.
NAMESAKE_WEIGHTS = {
    "bias": -32,
    "he_and_she": -171,
    "one_pronoun": 85,
    "roles_differ": -82,
    "role_words": 287,
    "places_differ": -75,
    "one_place": 275,
    "company_differs": -95,
    "one_company": 53,
    "publications_differ": -9,
    "years_apart": -50,
}
