"""Who denied what somebody else said: which statements are tied, whatever came first."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from support.by_hand import VERSION

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

WHO = {
    "Lind": Mention("Tove Lind", "person", "auditor", ("Lind",)),
    "Moberg": Mention("Jan Moberg", "person", "mayor of Skerrow", ("Moberg",)),
    "Okoro": Mention("Ann Okoro", "person", None, ("Okoro",)),
}


@dataclass(frozen=True)
class Said:
    """A quotation as ``Lind [said] <content>``: the article has just these words."""

    who: str
    cue: str
    content: str
    act: str = "asserts"
    day: str = "2031-05-04"
    article: str = "a"


def articles(said: Iterable[Said]) -> list[tuple[Article, list[Quote]]]:
    texts: dict[str, str] = {}
    quotes: dict[str, list[Quote]] = {}
    days: dict[str, str] = {}
    for one in said:
        text = texts.get(one.article, "")
        start = len(text)
        cue = start + len(one.who) + 1
        content = cue + len(one.cue) + 1
        texts[one.article] = text + f"{one.who} {one.cue} {one.content}.\n"
        days[one.article] = one.day
        quotes.setdefault(one.article, []).append(
            Quote(
                (Span(content, content + len(one.content), one.content),),
                "indirect",
                source=Span(start, start + len(one.who), one.who),
                cue=Span(cue, cue + len(one.cue), one.cue),
                speaker=WHO[one.who],
                attribution="name",
                confidence=0.95,
                act=one.act,  # type: ignore[arg-type]
            )
        )
    return [
        (Article(name, text, f"{name}.txt", name, "Courier", None, days[name] or None), quotes[name])
        for name, text in texts.items()
    ]


def links(path: Path, batches: Iterable[Iterable[tuple[Article, list[Quote]]]]) -> set[tuple[str, ...]]:
    """The contents of statements of two speakers that are tied, after each batch was stored and linked."""
    with Store(path, create=True) as store:
        for batch in batches:
            for article, quotes in batch:
                save_article(store, article, quotes, version=VERSION)
            link(store)
        rows = store.db.execute(
            "select one.text, two.text, kind from statement_links join statements as one on one.id = statement "
            "join statements as two on two.id = other where one.speaker <> two.speaker"
        ).fetchall()
    assert {row[2] for row in rows} <= {"contradicts"}
    return {tuple(sorted(row[:2])) for row in rows}


CLAIM = Said("Lind", "accused Moberg of", "hiding the ferry inspection report")
DENIAL = Said("Moberg", "denied", "hiding the inspection report", "denies")
TIED = {("hiding the ferry inspection report", "hiding the inspection report")}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([CLAIM, DENIAL], TIED),
        ([DENIAL, CLAIM], TIED),
        ([CLAIM, replace(DENIAL, article="b", day="2031-05-20")], TIED),
        ([CLAIM, replace(DENIAL, article="b", day="2031-08-20")], set()),  # another affair by then
        ([CLAIM, replace(DENIAL, article="b", day="")], set()),
        ([CLAIM, replace(DENIAL, who="Okoro")], set()),  # she was accused of nothing
        ([CLAIM, replace(DENIAL, act="asserts")], set()),
        ([replace(CLAIM, act="asks"), DENIAL], set()),  # nobody said so
        ([replace(CLAIM, content="hiding the budget report"), DENIAL], set()),
        ([replace(CLAIM, who="Moberg", cue="told Moberg about"), DENIAL], set()),
        (
            [replace(CLAIM, cue="said that", content="Moberg was not hiding the inspection report"), DENIAL],
            set(),
        ),
        (
            [
                Said("Lind", "said that", "Moberg took 40,000 crowns from the shipyard"),
                Said("Moberg", "denied that", "he took 90,000 crowns from the shipyard", "denies"),
            ],
            set(),
        ),
        (
            [
                Said("Lind", "reported that", "Moberg was writing a thriller"),
                Said("Moberg", "denied", "Lind's claim that he was writing a thriller", "denies"),
            ],
            {("Lind's claim that he was writing a thriller", "Moberg was writing a thriller")},
        ),
    ],
)
def test_who_denied_it(tmp_path: Path, said: list[Said], expected: set[tuple[str, ...]]) -> None:
    assert links(tmp_path / "quotes.db", [articles(said)]) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([CLAIM, Said("Moberg", "denied", "the allegations", "denies")], CLAIM.content),
        ([CLAIM, Said("Moberg", "denied", "any wrongdoing", "denies")], CLAIM.content),
        ([CLAIM, Said("Moberg", "rejected", "that", "denies")], CLAIM.content),
        ([Said("Moberg", "denied", "the allegations", "denies"), CLAIM], None),  # others, before
        ([CLAIM, Said("Okoro", "denied", "any wrongdoing", "denies")], None),
        ([CLAIM, Said("Moberg", "said", "the pier was open"), Said("Moberg", "denied", "the claim", "denies")],
         CLAIM.content),
        ([Said("Lind", "said", "the pier was open"), Said("Moberg", "denied", "any wrongdoing", "denies")], None),
        ([CLAIM, Said("Moberg", "denied", "the allegations", "denies", article="b")], None),
        ([Said("Lind", "said", "the pier was open"), Said("Moberg", "rejected", "those claims", "denies")],
         "the pier was open"),
        ([Said("Lind", "said", "the pier was open"),
          Said("Moberg", "rejected", "the claims as nonsense", "denies")], "the pier was open"),
        ([Said("Lind", "said", "the pier was open"), Said("Lind", "added", "it was safe"),
          Said("Moberg", "disputed", "this", "denies")], "it was safe"),
    ],
)  # fmt: skip
def test_a_denial_that_does_not_say_of_what(tmp_path: Path, said: list[Said], expected: str | None) -> None:
    found = links(tmp_path / "quotes.db", [articles(said)])
    assert found == ({tuple(sorted((expected, said[-1].content)))} if expected else set())


def test_what_came_first_decides_nothing(tmp_path: Path) -> None:
    chance = random.Random(7)
    claims = [
        "selling the pier lease to relatives",
        "hiding the inspection report",
        "paying divers in oysters",
    ]
    said = []
    for number in range(12):
        claim, day = claims[number % 3], f"2031-05-{chance.randint(1, 28):02}"
        if number % 4:
            said.append(Said("Moberg", "denied", claim, "denies", day, f"d{number}"))
        else:
            who = chance.choice(["Lind", "Okoro"])
            said.append(Said(who, "accused Moberg of", claim, day=day, article=f"c{number}"))
    stored = articles(said)
    whole = links(tmp_path / "whole.db", [stored])
    assert whole
    for turn in range(2):
        chance.shuffle(stored)
        assert links(tmp_path / f"{turn}.db", [[one] for one in stored]) == whole


def test_a_denial_goes_when_the_claim_goes(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    stored = articles([CLAIM, replace(DENIAL, article="b")])
    assert links(path, [stored]) == TIED
    other = articles([replace(CLAIM, content="closing the ferry line")])
    assert links(path, [other]) == set()
    assert links(path, [stored[:1]]) == TIED
