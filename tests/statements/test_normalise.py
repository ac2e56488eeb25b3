"""Words as they are compared: numbers, spans of time, names and what turns a claim round."""

import pytest

from quotes.statements.compare import compare_pair
from quotes.statements.normalise import normalise
from quotes.statements.pair import Pair


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("it took two decades", "it took twenty years"),
        ("they had waited a decade", "they had waited ten years"),
        ("half a year passed", "six months passed"),
        ("half an hour passed", "thirty minutes passed"),
        ("two centuries of peace", "two hundred years of peace"),
        ("the Republican Party must win", "the GOP must win"),
        ("the senate turned down his bill", "the senate rejected his bill"),
        ("the coach steps down", "the coach resigns"),
        ("the abbot remained silent", "the abbot said nothing"),
        ("a $1.2m yacht", "a 1.2 million dollars yacht"),
        ("US$3 billion for the port", "3 bn dollars for the port"),
        ("€40 a day", "40 euros a day"),
        ("twice as tall", "two times as tall"),
        ("a smoke-free station", "a without smoke station"),
    ],
)
def test_the_same_in_other_words_is_compared_as_one(one: str, other: str) -> None:
    assert normalise(one, direct=True).words == normalise(other, direct=True).words


@pytest.mark.parametrize("vague", ["tens of thousands of sheep", "hundreds of sheep", "decades of drought"])
def test_a_vague_number_is_no_figure(vague: str) -> None:
    assert not normalise(vague, direct=True).numbers


def test_what_only_names_a_thing_is_not_merged_with_what_is_said_of_it() -> None:
    thing, claim = (
        normalise(text, direct=False)
        for text in ("the ferry strike", "that the ferry strike was over by Monday")
    )
    decision = compare_pair(Pair(thing, claim, 0.9, days=0))
    assert not decision.same
    assert decision.likely > 0


def has_conflict(one: str, other: str) -> bool:
    pair = Pair(normalise(one, direct=False), normalise(other, direct=False), days=1)
    return compare_pair(pair).conflict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("he is not just a coward, he is a cheat", "that he is a coward and a cheat"),
        ("she wants a safe harbour for small boats", "to provide a safe harbour for the small boats"),
        ("that the Republican candidate was unfit to lead", "Ilse Marr is unfit to lead"),
        ("that the goats were fed before the vet came", "the vet came after the goats had been fed"),
        ("the dam broke 30 years ago and then 20 years ago", "that the dam broke twice, 20 years ago and 50"),
    ],
)
def test_what_is_no_conflict(one: str, other: str) -> None:
    assert not has_conflict(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("that the goats were fed before the vet came", "the goats were fed after the vet came"),
        ("the dam broke 30 years ago", "that the dam broke 20 years ago"),
        ("he is not a coward", "that he is a coward"),
        (
            "the bishop had never said “we shall sell every bell in this valley by Easter”",
            "“we shall sell every bell in this valley by Easter”",
        ),
        ("the decree shields shepherds from wolves", "that the decree shields wolves from shepherds"),
        ("the mill would close if the river froze", "the mill would close"),
        ("that, if the river froze, the mill would close", "the mill would close"),
        ("Democrats would lose the valley", "that Republicans would lose the valley"),
        ("he would resign if he lost", "that he would resign"),
    ],
)
def test_what_is_one(one: str, other: str) -> None:
    assert has_conflict(one, other)
