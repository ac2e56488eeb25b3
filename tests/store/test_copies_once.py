"""Copies of one story are counted once, for speakers as for statements."""

from pathlib import Path

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

BODY = " ".join(
    f"Paragraph {n} tells of the harbour, its {n} cranes and the {n} ships that wait." for n in range(60)
)


def article(ident: str, words: str, day: str, body: str = BODY) -> tuple[Article, list[Quote]]:
    quote = Quote(
        (Span(0, len(words), words),), "direct", speaker=Mention("Dana Holt", "person"),
        attribution="name", confidence=0.9, speaker_confidence=0.9,
    )  # fmt: skip
    return Article(ident, f"{words} {body}", f"{ident}.txt", published=day), [quote]


def test_a_speaker_is_quoted_once_in_a_story_and_its_copy(tmp_path: Path) -> None:
    words = "The pier will be rebuilt before the winter comes."
    with Store(tmp_path / "quotes.db", create=True) as store:
        for one in (article("a", words, "2024-03-01"), article("b", words, "2024-03-02")):
            save_article(store, *one, version="1")
            link(store)
        assert [row[0] for row in store.db.execute("select copy_of from articles order by id")] == [None, "a"]
        (row,) = store.db.execute("select quotes, articles from speakers")
        assert tuple(row) == (1, 1)
        save_article(
            store,
            *article("c", "Nobody asked for a second pier.", "2024-03-03", "A short text."),
            version="1",
        )
        link(store)
        (row,) = store.db.execute("select quotes, articles from speakers")
        assert tuple(row) == (2, 2)


def test_what_a_copy_has_is_counted_in_the_story(tmp_path: Path) -> None:
    words = "The pier will be rebuilt before the winter comes."
    with Store(tmp_path / "quotes.db", create=True) as store:
        for ident in "abc":
            save_article(store, *article(ident, words, f"2024-03-0{'abc'.index(ident) + 1}"), version="1")
        save_article(
            store, *article("d", "Nobody waits for the pier.", "2024-03-04", "A short text."), version="1"
        )
        link(store)
        counts = store.counts()
        assert (counts["quotes"], counts["direct"], counts["in_copies"], counts["articles"]) == (2, 2, 2, 4)
        found = store.search("pier")
        assert [row["copy_of"] for row in sorted(found, key=lambda row: row["id"])] == [None, "a", "a", None]
        among = store.lookup.speakers(among=store.finder.search_for("pier", {}))
        assert [(row["quotes"], row["articles"]) for row in among] == [(2, 2)]
