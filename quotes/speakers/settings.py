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


SETTINGS = SpeakerSettings()
