"""Articles out of a database, or taken back by their publisher; what was linked with them is linked anew."""

import os
from collections.abc import Iterable

from quotes.corrections.records import Withdraw
from quotes.errors import InvalidCorrection, NotFound
from quotes.linking.decisions import now
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


def withdraw(store: Store, articles: Iterable[str], *, by: str) -> Withdraw:
    """The correction that articles are taken back by their publisher. Raises NotFound, or InvalidCorrection."""
    idents = tuple(dict.fromkeys(articles))
    rows = [store.articles.stored(ident) for ident in idents]
    for ident, row in zip(idents, rows, strict=True):
        if row is None:
            raise NotFound(f"There is no article {ident!r}.", kind="article")
    standing = tuple(row.id for row in rows if row and not row.withdrawn)
    if not standing:
        raise InvalidCorrection("Withdrawn already.")
    return Withdraw(at=now(), by=by, articles=standing)
