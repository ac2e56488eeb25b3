"""Statements -> topics."""

from collections.abc import Iterable

from quotes.topics.cluster import clusters, stories_of
from quotes.topics.label import NounPhrases, Rarity, labels, slug
from quotes.topics.records import Headline, Topic, TopicStatement
from quotes.topics.settings import MIN_RARITY, MIN_SPEAKERS, MIN_STATEMENTS, MIN_STORIES


def find_topics(
    statements: Iterable[TopicStatement],
    headlines: Iterable[Headline] = (),
    noun_phrases: NounPhrases | None = None,
    rarity: Rarity = lambda word: MIN_RARITY,
) -> list[Topic]:
    """The topics of statements, the one with most stories first, whatever the order in which statements come.

    ``headlines``: of their stories. ``noun_phrases``: those of a text; without it any words may be a label.
    ``rarity``: of words in news of any kind. Statements that stand alone with what they are about have none. Raises
    MissingExtra without SciPy.
    """
    statements, headlines = list(statements), list(headlines)
    found = [
        cluster
        for cluster in clusters(statements, headlines)
        if stories_of(cluster) >= MIN_STORIES
        and len(cluster) >= MIN_STATEMENTS
        and len({one.speaker for one in cluster} - {None}) >= MIN_SPEAKERS
    ]
    found.sort(key=lambda cluster: (-stories_of(cluster), -len(cluster), min(one.id for one in cluster)))
    topics: list[Topic] = []
    taken: set[str] = set()
    for cluster, words in zip(found, labels(found, statements, headlines, noun_phrases, rarity), strict=True):
        if not words:  # nothing tells it from others: no topic
            continue
        label = ", ".join(words)
        ident, number = slug(label), 1
        while ident in taken:
            number += 1
            ident = f"{slug(label)}-{number}"
        taken.add(ident)
        speakers = len({one.speaker for one in cluster} - {None})
        idents = tuple(sorted(one.id for one in cluster))
        topics.append(
            Topic(ident, label[:1].upper() + label[1:], words, idents, stories_of(cluster), speakers)
        )
    return topics
