"""Linking what has changed gives what linking everything gives, whatever came and went in between."""

import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from support.by_hand import VERSION, contents, sound
from support.names_at_random import article as mentions_of

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.linking.speakers import link_speakers
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

PUBLIC = (
    "quotes",
    "speakers",
    "statements",
    "mention_groups",
    "blocking_keys",
    "name_records",
    "fingerprints",
    "shingle_hashes",
    "mentions",
    "corrected",
    "inferred",
)
SAID = [
    "We have waited long enough and we will not wait another year for this bridge.",
    "waited long enough and will not wait another year for this bridge",
    "The harbour is safe.",
    "The budget will grow by three percent in the coming year, whatever others may say about it.",
    "It will rain.",
]


def made_up(chance: random.Random, name: str) -> tuple[Article, list[Quote]]:
    """An article with quotations of people who are easily mistaken for each other, a few of nobody."""
    text, quotes = "", []
    for row in mentions_of(chance, name):
        said = chance.choice([*SAID, f"This is {chance.random()}."])
        span = Span(len(text), len(text) + len(said), said)
        text += said + "\n"
        quotes.append(Quote((span,), "direct", speaker=None if chance.random() < 0.15 else row.mention))
    return Article(name, text, f"{name}.txt", published=f"2025-06-{chance.randint(10, 12)}"), quotes


def public(path: Path) -> dict[str, list]:
    return {name: rows for name, rows in contents(path).items() if name in PUBLIC}


@pytest.mark.parametrize("seed", [*range(8), 105])
def test_what_is_linked_step_by_step_is_what_is_linked_at_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    stored: dict[str, tuple[Article, list[Quote]]] = {}
    with Store(tmp_path / "grown.db", create=True) as store:
        for _ in range(25):
            name = f"a{chance.randint(0, 9)}"
            stored[name] = made_up(chance, name)
            save_article(store, *stored[name], version=VERSION)
            if chance.random() < 0.7:
                link(store)
        link(store)
        assert not link(store)
    with Store(tmp_path / "whole.db", create=True) as store:
        for name in sorted(stored, key=lambda name: chance.random()):
            save_article(store, *stored[name], version=VERSION)
        link(store)
    assert public(tmp_path / "grown.db") == public(tmp_path / "whole.db")
    assert sound(tmp_path / "grown.db")
    with Store(tmp_path / "grown.db", create=True) as store:  # another version makes everything anew
        store.db.execute("update settings set value = '0.0.1'")
        store.db.commit()
        assert link(store)
    assert public(tmp_path / "grown.db") == public(tmp_path / "whole.db")


def test_speakers_are_counted(tmp_path: Path) -> None:
    chance = random.Random(7)
    with Store(tmp_path / "quotes.db", create=True) as store:
        for at in range(12):
            save_article(store, *made_up(chance, f"a{at}"), version=VERSION)
            link(store)
        stories = dict(map(tuple, store.db.execute("select id, coalesce(copy_of, id) from articles")))
        assert len(set(stories.values())) < len(stories)  # copies of one story count once
        said: defaultdict[str, Counter[str]] = defaultdict(Counter)  # speaker -> article -> quotations
        for speaker, article in store.db.execute(
            "select speaker, article from quotes where speaker is not null"
        ):
            said[speaker][article] += 1
        expected = {}
        for speaker, articles in said.items():
            of_story: dict[str, int] = {}
            for article, times in articles.items():
                of_story[stories[article]] = max(times, of_story.get(stories[article], 0))
            expected[speaker] = (sum(of_story.values()), len(of_story))
        assert {
            row[0]: row[1:] for row in store.db.execute("select id, quotes, articles from speakers")
        } == expected
        open_ones = "select count(*) from quotes join mentions on quote = id where speaker is null"
        assert store.db.execute(open_ones).fetchone()[0] == 0


def steps_for_one_more(path: Path, articles: int) -> int:
    """Hundreds of steps that SQLite takes to link the speaker of an article that has none of the others'."""
    chance = random.Random(3)
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    with Store(path, create=True) as store:
        for at in range(articles):
            save_article(store, *made_up(chance, f"a{at}"), version=VERSION)
        link(store)
        alone = Quote((Span(0, 8, "Nothing."),), "direct", speaker=Mention("Ada Unheard", "person"))
        save_article(store, Article("one", "Nothing.", "one.txt"), [alone], version=VERSION)
        store.db.set_progress_handler(count, 100)
        with store.transaction():
            link_speakers(store, everything=False)
        store.db.set_progress_handler(None, 0)
    return taken


def test_a_speaker_more_costs_the_same_however_many_there_are(tmp_path: Path) -> None:
    few, many = steps_for_one_more(tmp_path / "few.db", 20), steps_for_one_more(tmp_path / "many.db", 400)
    assert many < few + 20
