"""The topics of a database: made when they are asked for, of all statements, and stored."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from quotes.errors import MissingExtra
from quotes.linking.embeddings import fill_embeddings
from quotes.linking.link import meaning
from quotes.topics.cluster import can_cluster
from quotes.topics.find import find_topics
from quotes.topics.records import Topic, TopicStatement

if TYPE_CHECKING:
    from quotes.store.database import Store

Report = Callable[[int, int], None]  # how many have been embedded, of how many


def make_topics(store: "Store", report: Report = lambda done, total: None) -> list[Topic]:
    """Find the topics of all statements and store them in place of those of before; returns them, the largest first.

    Quotations that have no embedding get one first, which ``report`` is told of. Raises MissingExtra without SciPy.
    """
    if not can_cluster():  # before what takes long
        raise MissingExtra("Finding topics", "topics")
    fill_embeddings(store, meaning, report)
    topics = find_topics(topic_statements(store))
    with store.transaction():
        store.linking.topics.save(topics)
    return topics


def topic_statements(store: "Store") -> Iterator[TopicStatement]:
    """Every statement that has an embedding, with the article that has it first, copies aside."""
    return store.linking.topics.statements()
