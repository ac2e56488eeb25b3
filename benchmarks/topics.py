"""How well topics hold together, measured by what they were not made of.

    quotes topics news.db
    python benchmarks/topics.py news.db [--distance 0.4 0.5 0.6]

Topics are made of the embeddings of what was said and of headlines. Here the articles of one topic are compared by the
words that stand outside of both: the mean cosine of their TF-IDF vectors, beside that of any two articles. A higher
number means that the articles are about one thing; the share of statements that have a topic says what that costs.
"""

import argparse
import math
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from statistics import mean

from quotes.linking.topics import headlines, noun_phrases, rarity, topic_statements
from quotes.store.database import Store
from quotes.topics import cluster as clustering
from quotes.topics import settings
from quotes.topics.find import find_topics

WORD = re.compile(r"[a-z]{3,}")


def vectors(store: Store) -> dict[str, dict[str, float]]:
    """Unit TF-IDF vectors of the articles' words outside of quotations and headlines."""
    spans = defaultdict(list)
    query = (
        "select quotes.article, start, end from spans join quotes on quotes.id = quote where role = 'content'"
    )
    for article, start, end in store.db.execute(query):
        spans[article].append((start, end))
    counts = {}
    for article, title, text in store.db.execute("select id, coalesce(title, ''), text from articles"):
        for start, end in spans[article]:
            text = text[:start] + " " * (end - start) + text[end:]
        text = text.replace(title, " " * len(title), 1) if title else text
        counts[article] = Counter(WORD.findall(text.lower()))
    frequency = Counter(word for words in counts.values() for word in words)
    made = {}
    for article, words in counts.items():
        row = {w: (1 + math.log(n)) * math.log(len(counts) / frequency[w]) for w, n in words.items()}
        norm = math.sqrt(sum(x * x for x in row.values())) or 1.0
        made[article] = {word: x / norm for word, x in row.items()}
    return made


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """Of two unit vectors."""
    return sum(x * other.get(word, 0.0) for word, x in one.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--distance", type=float, nargs="*", default=[settings.MAX_DISTANCE])
    parser.add_argument("--show", type=int, default=0, help="names of topics to print")
    options = parser.parse_args()
    with Store(options.database) as store:
        statements = list(topic_statements(store))
        called = headlines(store, {one.story for one in statements})
        known = vectors(store)
    story = {one.id: one.story for one in statements}
    some = sorted(known)[:400]
    chance = mean(cosine(known[a], known[b]) for a, b in combinations(some, 2))
    for distance in options.distance:
        clustering.MAX_DISTANCE = distance
        topics = find_topics(statements, called, noun_phrases, rarity)
        pairs = [combinations(sorted({story[key] for key in topic.statements})[:30], 2) for topic in topics]
        means = [mean(cosine(known[a], known[b]) for a, b in some) for some in map(list, pairs) if some]
        covered = sum(len(topic.statements) for topic in topics) / max(1, len(statements))
        print(
            f"distance {distance}: {len(topics)} topics, {covered:.0%} of {len(statements):,} statements, "
            f"articles of a topic {mean(means) if means else 0:.3f}, of any two {chance:.3f}, "
            f"stories a topic {mean(topic.stories for topic in topics) if topics else 0:.1f}"
        )
        for topic in topics[: options.show]:
            print(f"  {topic.stories:3} {len(topic.statements):4} {topic.label}")


if __name__ == "__main__":
    main()
