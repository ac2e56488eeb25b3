"""Where a stretch of text ends as a sentence does."""

import pytest

from quotes.text.sentence_ends import Point, ends_sentence


@pytest.mark.parametrize(
    ("words", "points", "in_marks", "expected"),
    [
        ("“The quay is dry.”", (), True, True),
        ("''The quay is dry.''", (), True, True),
        ("«The quay is dry!»", (), True, True),
        ("“He said, ‘dry?’”", (), True, True),
        ("“The quay”.", (), True, False),
        ("“The quay”.", (), False, True),
        ("“The quay,”", (), None, False),
        ("“The quay,”", ("stop", "comma"), None, True),
        ("“The quay –”", ("dash",), True, True),
        ("“The quay”", ("stop", "comma", "dash"), None, False),
        ("The quay is dry. \n", (), False, True),
        ("”", (), None, False),
        ("", (), None, False),
    ],
)
def test_how_a_stretch_ends(
    words: str, points: tuple[Point, ...], in_marks: bool | None, expected: bool
) -> None:
    assert ends_sentence(words, 0, len(words), *points, in_marks=in_marks) is expected
