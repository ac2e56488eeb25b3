"""Statements -> topics."""

from collections.abc import Iterable

from quotes.topics.cluster import clusters, stories_of
from quotes.topics.label import labels, slug
from quotes.topics.records import Topic, TopicStatement
from quotes.topics.settings import MIN_SPEAKERS, MIN_STORIES


def find_topics(statements: Iterable[TopicStatement]) -> list[Topic]:
    """The topics of statements, the one with most stories first, whatever the order in which statements come.

    Statements that stand alone with what they are about have none. Raises MissingExtra without SciPy.
    """
    found = [
        cluster
        for cluster in clusters(statements)
        if stories_of(cluster) >= MIN_STORIES
        and len({one.speaker for one in cluster} - {None}) >= MIN_SPEAKERS
    ]
    found.sort(key=lambda cluster: (-stories_of(cluster), -len(cluster), min(one.id for one in cluster)))
    topics: list[Topic] = []
    taken: set[str] = set()
    for cluster, words in zip(found, labels(found), strict=True):
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
