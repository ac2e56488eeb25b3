"""Days, months and years in a text, against the day of publication."""

import pytest

from quotes.text.time_expressions import resolve_time, time_expressions

WEDNESDAY = "2024-03-06"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Monday", "2024-03-04"),
        ("Wednesday", "2024-03-06"),
        ("last Wednesday", "2024-02-28"),
        ("next Monday", "2024-03-11"),
        ("yesterday", "2024-03-05"),
        ("last night", "2024-03-05"),
        ("this morning", "2024-03-06"),
        ("last week", "2024"),
        ("this week", "2024-03"),
        ("last month", "2024-02"),
        ("last year", "2023"),
        ("two days ago", "2024-03-04"),
        ("a year ago", "2023"),
        ("Three years ago", "2021"),
        ("twenty-two years ago", "2002"),
        ("a couple of weeks ago", "2024-02"),
        ("in late January", "2024-01"),
        ("In mid-May 2019", "2019-05"),
        ("three months ago", "2023-12"),
        ("on March 3", "2024-03-03"),
        ("Nov. 28", "2023-11-28"),
        ("12 January 2019", "2019-01-12"),
        ("June 5, 2011", "2011-06-05"),
        ("in May", "2023-05"),
        ("in May 2016", "2016-05"),
        ("in 2014", "2014"),
        ("February 30", None),
        ("several years ago", None),
    ],
)
def test_what_an_expression_means(words: str, meant: str | None) -> None:
    assert resolve_time(words, WEDNESDAY) == meant


def test_without_a_day_of_publication_only_what_is_absolute_is_known() -> None:
    assert resolve_time("Monday", None) is None
    assert resolve_time("Monday", "2024-03") is None
    assert resolve_time("on June 5, 2011", None) == "2011-06-05"


def test_what_is_to_come_is_later() -> None:
    assert resolve_time("Friday", WEDNESDAY, ahead=True) == "2024-03-08"


@pytest.mark.parametrize(
    "text", ["since Monday", "until May 3", "by Friday", "before 2014", "after Tuesday", "May we go?"]
)
def test_since_and_until_when_is_not_the_day(text: str) -> None:
    assert time_expressions(text) == []
