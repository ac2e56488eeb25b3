"""Words for people, organisations and documents that say things. Only what reads articles imports this."""

from quotes.lexicon.words import word_map, word_set

# Which of "he", "she", "they" and "it" a pronoun goes with.
PRONOUN_KIND = {
    **dict.fromkeys(("he", "his", "him", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("they", "their", "them", "theirs", "themselves"), "they"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
}
FIRST_PERSON_PRONOUNS = frozenset("i me my mine myself we us our ours ourselves".split())
AUTHOR_PRONOUNS = frozenset("i me my myself".split())
RELATIVE_PRONOUNS = frozenset("who that which whom whose".split())

ROLES = word_set("roles")
UNNAMED = word_set("unnamed")
NO_SPEAKERS = word_set("no_speakers")
TEAMS = word_set("teams")
ORGANISATIONS = word_set("organisations")
PLACES = word_set("places")
KIN = word_set("kin")
MEN = word_set("men")
WOMEN = word_set("women")
COLLECTIVE_NOUNS = frozenset(["people", "police"])  # several persons, without a plural ending
NO_MEN = frozenset(["ombudsman", "talisman"])  # although they end in -sman
ROLE_SYNONYMS = {role: frozenset(titles) for role, titles in word_map("role_synonyms").items()}
DOCUMENTS = word_set("documents")
TITLE_RANKS = word_set("title_ranks")
TITLE_FILLERS = word_set("title_fillers")
