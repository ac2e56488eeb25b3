"""What one of several processes does that write to one database: store articles, link, correct, search."""

import random
import sys
from pathlib import Path

from quotes.errors import QuotesError
from quotes.linking import decisions
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span
from support.by_hand import VERSION

NAMES = ("Ann Okoro", "Okoro", "Tom Lind", "Thomas Lind", "Dana Holt", "Ben Holt", "Holt")
SAID = ("The bridge is closed.", "Nobody may cross it now.", "We wait for the ferry of the harbour.")


def article(number: int) -> tuple[Article, list[Quote]]:
    """An article of three quotations, the same for a number every time."""
    chance = random.Random(number)
    text, quotes = "", []
    for said in SAID:
        speaker = Mention(chance.choice(NAMES), "person")
        span = Span(len(text), len(text) + len(said), said)
        quotes.append(Quote((span,), "direct", speaker=speaker, attribution="name"))
        text += f"{said}\n"
    day = f"2025-06-{1 + number % 28:02}"
    return Article(f"article-{number:04}", text, f"{number}.txt", published=day), quotes


def write(path: Path, numbers: list[int], *, seed: int, corrects: bool) -> None:
    """Store the articles, and link and search now and then; rename a speaker and undo that, if ``corrects``."""
    chance = random.Random(seed)
    for number in numbers:
        with Store(path, create=True) as store:
            save_article(store, *article(number), version=VERSION)
            if chance.random() < 0.3:
                link(store)
        with Store(path) as store:
            assert store.search("bridge")
            if corrects and chance.random() < 0.2:
                try:
                    correction = decisions.rename(store, "ann-okoro", f"Ann {number}", by="ed")
                except QuotesError:  # nobody has quoted her yet
                    continue
                decisions.decide(store, [correction])
                decisions.undo(store, correction.id, by="ed")
    with Store(path, create=True) as store:
        link(store)
        store.analyze()


if __name__ == "__main__":
    database, first, last, seed, corrects = sys.argv[1:]
    order = list(range(int(first), int(last)))
    random.Random(int(seed)).shuffle(order)
    write(Path(database), order, seed=int(seed), corrects=corrects == "corrects")
