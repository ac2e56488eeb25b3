"""The topics of a database: made when they are asked for, of all statements, and stored."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.errors import MissingExtra
from quotes.linking.embeddings import fill_embeddings
from quotes.linking.link import meaning
from quotes.statements.decision import pair_model
from quotes.statements.normalise import stem
from quotes.topics.cluster import can_cluster
from quotes.topics.find import find_topics
from quotes.topics.records import Headline, Topic, TopicStatement

if TYPE_CHECKING:
    from quotes.store.database import Store

NAMING = frozenset(("NOUN", "PROPN", "ADJ", "VERB"))  # parts of speech in a label: "rising prices"
Report = Callable[[int, int], None]  # how many have been embedded, of how many


def make_topics(store: "Store", report: Report = lambda done, total: None) -> list[Topic]:
    """Find the topics of all statements and store them in place of those of before; returns them, the largest first.

    Quotations that have no embedding get one first, which ``report`` is told of. Raises MissingExtra without SciPy.
    """
    if not can_cluster():  # before what takes long
        raise MissingExtra("Finding topics", "topics")
    fill_embeddings(store, meaning, report)
    statements = list(topic_statements(store))
    topics = find_topics(
        statements, headlines(store, {one.story for one in statements}), noun_phrases, rarity
    )
    with store.transaction():
        store.linking.topics.save(topics)
    return topics


def topic_statements(store: "Store") -> Iterator[TopicStatement]:
    """Every statement that has an embedding, with the article that has it first, copies aside."""
    return store.linking.topics.statements()


def headlines(store: "Store", stories: Iterable[str]) -> list[Headline]:
    """The headlines of articles with their embeddings."""
    texts = {story: text for story, text in store.linking.topics.headlines(stories) if text}
    made = meaning().embed(texts)
    return [Headline(story, texts[story], made[story]) for story in sorted(made)]


def rarity(word: str) -> float:
    """How rare a word is in the news that the decisions on statements were learned from."""
    return min(pair_model().rarity(form) for form in (word, stem(word)))


@lru_cache(maxsize=10_000)
def noun_phrases(text: str) -> tuple[str, ...]:
    """The noun phrases of a text, from the embedded model's parse: whole names and compounds, without what determines
    them ("the"); with adjectives and without.
    """
    from quotes.nlp.plain_doc import plain_doc  # the model is loaded for labels only

    found: list[str] = []
    for chunk in plain_doc(text).noun_chunks:
        tokens = [token for token in chunk if token.i <= chunk.root.i]
        while tokens and tokens[0].pos_ not in NAMING:
            tokens = tokens[1:]
        number = chunk.doc[chunk.root.i + 1 : chunk.root.i + 2]
        if tokens and number and number[0].head.i == chunk.root.i and number[0].text.isdigit():
            found.append(f"{chunk.root.text} {number[0].text}")  # "Article 370"
            continue
        if not tokens or any(token.pos_ not in NAMING for token in tokens):
            continue
        while tokens:
            found.append(" ".join(token.text for token in tokens))
            if tokens[0].pos_ not in ("ADJ", "VERB"):
                break
            tokens = tokens[1:]
    return tuple(found)
