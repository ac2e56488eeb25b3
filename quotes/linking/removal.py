"""Articles out of a database, or marked as withdrawn; what was linked with them is linked anew."""

import os
from collections.abc import Iterable

from quotes.linking.link import link
from quotes.store.database import Store


def articles_meant(store: Store, words: str) -> list[str]:
    """The ids of the articles that somebody means: by an id, an address, a file or a folder; none where none fits."""
    if found := store.articles.meant(words):
        return found
    file, inner, part = words.partition("::")
    paths = {os.path.realpath(file) + inner + part, words.rstrip("/")}
    return list(
        dict.fromkeys(article for path in sorted(paths) for _, article in store.articles.sources_under(path))
    )


def remove_articles(store: Store, articles: Iterable[str]) -> int:
    """Take articles out and link what is left; the number of articles. Raises DatabaseError when it cannot."""
    number = 0
    with store.transaction():
        for article in articles:
            store.remove_article(article)
            number += 1
    link(store)
    return number


def withdraw_articles(store: Store, articles: Iterable[str]) -> int:
    """Mark articles as withdrawn by their publisher; the number of those that were not."""
    with store.transaction():
        return sum(store.articles.withdraw(article) for article in articles)
