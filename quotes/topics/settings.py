"""Numbers of the topics, chosen on news of some forty countries with the measure of ``benchmarks/topics.py``."""

MAX_DISTANCE = 0.5  # mean cosine distance of the stories of two clusters, up to which they are one
MAX_STORIES = 20  # of a topic: one of more is divided, down to a distance of MIN_DISTANCE
DISTANCE_STEP, MIN_DISTANCE = 0.05, 0.3
# Cosine of a statement to the mean of its topic: below it, it only stands in the same article
MIN_NEARNESS = 0.25
MIN_STORIES = 2  # of a topic; one alone is an article
MIN_SPEAKERS = 2  # of a topic
MIN_STATEMENTS = 5  # of a topic; of fewer no words tell what it is
WINDOW = 3000  # stories that are compared with each other at once, those of one time
SCALE = 1000  # of the whole numbers that stand for a unit vector
STATEMENTS_WEIGHT, HEADLINE_WEIGHT = 2, 1  # of the mean of a story's statements, and of its headline
LABEL_WORDS = 3  # words or phrases in the name of a topic
MAX_STORY_SHARE = 0.5  # of all stories: what more of them have tells nothing apart
LONGER_WEIGHT = 0.6  # of each further word of a phrase: "palm oil" says more than "palm"
NAME_WEIGHT = 1.5  # of a name: "Kashmir" says more than "elections"
# Logarithm of all articles by those that have the rarest word of a phrase: below it, it tells no topic
MIN_RARITY = 2.6
MAX_PHRASE = 3  # words of a phrase
PHRASES_EXAMINED = 24  # the most telling of a topic, in which noun phrases are looked for
EXAMPLES = 3  # texts that have a phrase, in which it has to be a noun phrase
MIN_SHARE = 0.5  # of the examples
