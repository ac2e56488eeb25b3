"""Numbers of the topics, chosen on news of some forty countries with the measure of ``benchmarks/topics.py``."""

MAX_DISTANCE = 0.4  # mean cosine distance of the stories of two clusters, up to which they are one
MIN_NEARNESS = (
    0.25  # cosine of a statement to the mean of its topic: below it, it only stands in the same article
)
MIN_STORIES = 2  # of a topic; one alone is an article
MIN_SPEAKERS = 2  # of a topic
WINDOW = 3000  # stories that are compared with each other at once, those of one time
SCALE = 1000  # of the whole numbers that stand for a unit vector
LABEL_WORDS = 3  # words or phrases in the name of a topic
MAX_PHRASE = 3  # words of a phrase
