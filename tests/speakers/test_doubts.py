"""Namesakes in one entry, and one person in two: what is suggested, and for which reasons."""

from pathlib import Path

import pytest

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.linking.speaker_doubts import suggested_speakers
from quotes.speakers.doubts import Profile, SpeakerDoubt, speaker_doubts
from quotes.speakers.namesakes import Appearance
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span


def seen(
    article: str, description: str | None = None, pronouns: str | None = None, *company: str, **more
) -> Appearance:  # type: ignore[no-untyped-def]
    return Appearance(article, description=description, pronouns=pronouns, company=frozenset(company), **more)


def person(name: str, *appearances: Appearance, kind: str = "person") -> Profile:
    return Profile(name.lower().replace(" ", "-"), name, kind, appearances)


def only(*profiles: Profile) -> SpeakerDoubt | None:
    doubts = speaker_doubts(profiles)
    assert doubts == speaker_doubts(reversed(profiles))
    assert len(doubts) < 2
    return doubts[0] if doubts else None


def test_he_and_she_are_perhaps_two() -> None:
    doubt = only(person("Robin Tarn", seen("a", None, "he"), seen("b", None, "she"), seen("c", None, "she")))
    assert doubt is not None
    assert (doubt.kind, doubt.other) == ("namesakes", None)
    assert doubt.evidence[0] == "he and she"
    assert set(doubt.articles) in ({"b", "c"}, {"a"})


def test_two_roles_in_two_papers_without_company_are_perhaps_two() -> None:
    one = seen("a", "goalkeeper", None, "bo", publication="Courier")
    other = seen("b", "mayor of Hull", None, "al", publication="Echo")
    doubt = only(person("Ann Lee", one, other))
    assert doubt is not None
    assert doubt.articles == ("b",)
    assert doubt.evidence == (
        "“goalkeeper” and “mayor of Hull”",
        "nobody else is quoted in both",
        "Courier and Echo",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (seen("a", "Chinese Foreign Minister"), seen("b", "China’s foreign minister")),
        (seen("a", "President", "he"), seen("b", "French President", "he")),
        (seen("a", "goalkeeper", None, "bo"), seen("b", "captain", None, "bo")),
        (seen("a"), seen("b", "mayor")),
    ],
)
def test_what_fits_is_no_doubt(one: Appearance, other: Appearance) -> None:
    assert only(person("Ann Lee", one, other)) is None


def test_the_court_of_two_papers_is_perhaps_that_of_two_countries() -> None:
    papers = [seen(name, publication=name) for name in ("Courier", "Echo")]
    assert only(person("Supreme Court", *papers, kind="organisation")) is not None
    assert only(person("Supreme Court of Norway", *papers, kind="organisation")) is None


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Manuel Torres", "Manuel Torres Vela", "all of one name is in the other"),
        ("J. Marsh", "Jane Marsh", "names that can be one person's"),
        ("Cara Brandt", "Cara Brand", "surnames of one letter's difference"),
        ("Park Beom-kye", "Park Beom-gye", "given names that are spelt alike"),
    ],
)
def test_names_that_are_perhaps_one_persons(first: str, second: str, reason: str) -> None:
    role, company = "justice minister", "bo-lind"
    doubt = only(
        person(first, seen("a", role, None, company)), person(second, seen("b", role, None, company))
    )
    assert doubt is not None
    assert (doubt.kind, {doubt.speaker, doubt.other}) == (
        "one-person",
        {name.lower().replace(" ", "-") for name in (first, second)},
    )
    assert doubt.evidence[0] == reason
    assert "both justice, minister" in doubt.evidence


def test_he_and_she_of_one_surname_are_not_one() -> None:
    role = "justice minister"
    assert (
        only(person("J. Marsh", seen("a", role, "he")), person("Jane Marsh", seen("b", role, "she"))) is None
    )
    assert only(person("Ann Marsh", seen("a", role)), person("Bea Marsh", seen("b", role))) is None


def test_a_database_is_asked_and_copies_say_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "quotes.db", create=True) as store:
        said = {
            "a": ("he", "The ferry is late again."),
            "b": ("she", "Goats eat paper whenever nobody looks."),
        }
        for ident, (pronouns, text) in said.items():
            quote = Quote(
                (Span(0, len(text), text),), "indirect", speaker=Mention("Robin Tarn", "person", pronouns=pronouns),
                attribution="name", confidence=0.9,
            )  # fmt: skip
            save_article(store, Article(ident, text, ident), [quote], version="1")
        link(store)
        [row] = suggested_speakers(store)
        assert (row["kind"], row["speaker_name"], row["other"]) == ("namesakes", "Robin Tarn", None)
        assert suggested_speakers(store, kind="one-person") == []
        assert suggested_speakers(store, limit=0) == []
