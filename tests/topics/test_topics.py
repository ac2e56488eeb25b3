"""Topics of statements whose embeddings are made here: which stories are one topic, and what it is called."""

import random
from dataclasses import replace

import numpy as np
import pytest

from quotes.topics import cluster
from quotes.topics.find import find_topics
from quotes.topics.label import slug
from quotes.topics.records import Headline, TopicStatement

ABOUT = {  # a direction in which what is said about it points, and what is said
    "ferry": (0, "the night ferry to Skerrow would stop for good"),
    "herring": (1, "herring quotas had been cut again by the Commission"),
    "bridge": (2, "a toll bridge across the sound was too expensive"),
}


def said(about: str, story: str, n: int, speaker: str | None = "ann", noise: float = 0.2) -> TopicStatement:
    """A statement whose embedding points where others about the same do, more or less."""
    direction, words = ABOUT[about]
    rng = np.random.default_rng([ord(char) for char in f"{about}{story}{n}"])
    vector = rng.standard_normal(16) * noise
    vector[direction] += 1
    embedding = (vector / np.linalg.norm(vector)).astype(np.float16).tobytes()
    return TopicStatement(f"{story}-{n}", story, f"2031-0{1 + n % 3}-11", speaker, f"{words} {n}", embedding)


@pytest.fixture
def statements() -> list[TopicStatement]:
    made = []
    for about, stories in (("ferry", 4), ("herring", 3), ("bridge", 1)):
        for story in range(stories):
            made += [said(about, f"{about}{story}", n, speaker=f"speaker{n}") for n in range(3)]
    return made


def test_stories_about_one_thing_are_a_topic_and_a_lone_story_is_none(
    statements: list[TopicStatement],
) -> None:
    topics = find_topics(statements)
    assert [topic.stories for topic in topics] == [4, 3]
    assert [len(topic.statements) for topic in topics] == [12, 9]
    ferry, herring = topics
    assert all(ident.startswith("ferry") for ident in ferry.statements)
    assert "ferry" in ferry.label.lower()
    assert "Skerrow" in ferry.label  # as it is written
    assert "herring" in herring.label.lower()
    assert ferry.id == slug(ferry.label)
    assert ferry.speakers == 3


def test_one_speaker_alone_makes_no_topic() -> None:
    alone = [said("ferry", f"ferry{story}", n) for story in range(3) for n in range(3)]
    assert find_topics(alone) == []
    two = [*alone, said("ferry", "ferry1", 7, speaker="bo")]
    assert len(find_topics(two)) == 1


def test_the_order_of_statements_does_not_matter(statements: list[TopicStatement]) -> None:
    first = find_topics(statements)
    for seed in range(3):
        random.Random(seed).shuffle(statements)
        assert find_topics(statements) == first


def test_windows_of_time_give_the_same_topics(
    statements: list[TopicStatement], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = find_topics(statements)
    monkeypatch.setattr(cluster, "WINDOW", 4)
    assert [topic.statements for topic in find_topics(statements)] == [topic.statements for topic in first]


def test_what_only_stands_in_the_same_article_has_no_topic(statements: list[TopicStatement]) -> None:
    far = np.zeros(16)
    far[9] = 1.0
    other = TopicStatement(
        "ferry0-9", "ferry0", "2031-01-11", "cy", "it was her birthday", far.astype(np.float16).tobytes()
    )
    for topic in find_topics([*statements, other]):
        assert other.id not in topic.statements


def test_nothing_gives_nothing() -> None:
    assert find_topics([]) == []


def test_two_topics_of_one_name_have_two_ids(
    monkeypatch: pytest.MonkeyPatch, statements: list[TopicStatement]
) -> None:
    monkeypatch.setattr("quotes.topics.find.labels", lambda found, *others: [("boats",) for _ in found])
    assert [topic.id for topic in find_topics(statements)] == ["boats", "boats-2"]


@pytest.mark.parametrize(("label", "ident"), [("Île, U.S.", "ile-u-s"), ("漁業", "漁業"), ("!!", "topic")])
def test_slugs(label: str, ident: str) -> None:
    assert slug(label) == ident


def test_labels_are_noun_phrases_and_what_nothing_names_is_no_topic(statements: list[TopicStatement]) -> None:
    def noun_phrases(text: str) -> list[str]:
        return ["ferry", "Skerrow"] if "ferry" in text else []

    [ferry] = find_topics(statements, noun_phrases=noun_phrases)
    assert set(ferry.words) == {"ferry", "Skerrow"}
    assert ferry.id == slug(ferry.label)


def test_a_word_that_all_stories_have_names_no_topic(statements: list[TopicStatement]) -> None:
    everywhere = [replace(one, text=f"Parliament heard that {one.text}") for one in statements]
    assert all("parliament" not in topic.label.lower() for topic in find_topics(everywhere))


def test_headlines_bring_stories_together() -> None:
    angle = np.arccos(0.4)  # of what is said in two stories: too far apart for one topic
    directions = {"one": (1.0, 0.0), "two": (np.cos(angle), np.sin(angle))}

    def embedding(*numbers: float) -> bytes:
        return np.array([*numbers, *[0.0] * (16 - len(numbers))]).astype(np.float16).tobytes()

    told = [
        TopicStatement(f"{story}-{who}", story, "2031-02-11", who, "the quay is shut", embedding(*direction))
        for story, direction in directions.items()
        for who in ("ann", "bo", "cy")
    ]
    assert find_topics(told) == []
    alike = [Headline(story, "Quay shut", embedding(0.0, 0.0, 1.0)) for story in directions]
    [topic] = find_topics(told, alike)
    assert topic.stories == 2
    other = [alike[0], Headline("two", "Rain", embedding(0.0, 0.0, 0.0, 1.0))]
    assert find_topics(told, other) == []


def test_stories_that_have_no_telling_word_in_common_are_no_topic(statements: list[TopicStatement]) -> None:
    apart = {"herring0": "the herring is gone", "herring1": "a quota was cut", "herring2": "nets stay dry"}
    told = [replace(one, text=apart.get(one.story, one.text)) for one in statements]
    assert [topic.stories for topic in find_topics(told)] == [4]


def test_words_that_are_everywhere_in_news_name_no_topic(statements: list[TopicStatement]) -> None:
    def rarity(word: str) -> float:
        return 1.0 if word == "ferry" else 5.0

    ferry = find_topics(statements, rarity=rarity)[0]
    assert "ferry" not in [word.lower() for word in ferry.words]


def test_a_person_is_told_by_the_whole_name(statements: list[TopicStatement]) -> None:
    told = [replace(one, text=f"{one.text}, as Okoro had said") for one in statements if "ferry" in one.story]
    told[0] = replace(told[0], text=f"{told[0].text}, and Mary Okoro knew")
    rest = [one for one in statements if "ferry" not in one.story]
    assert "Mary Okoro" in find_topics([*told, *rest])[0].words
