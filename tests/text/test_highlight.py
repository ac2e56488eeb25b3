import pytest

from quotes.text.highlight import Highlight, segments, window

TEXT = "She said the bridge is safe."


def test_every_character_is_in_one_segment() -> None:
    marks = [
        Highlight("a", "source", 0, 3),
        Highlight("a", "content", 9, 27),
        Highlight("b", "content", 13, 19),
    ]
    found = segments(TEXT, marks)
    assert "".join(segment.text for segment in found) == TEXT
    assert [TEXT[s.start : s.start + len(s.text)] for s in found] == [s.text for s in found]


def test_nested_marks_come_longest_first() -> None:
    outer, inner = Highlight("a", "content", 9, 27), Highlight("b", "content", 13, 19)
    found = {segment.text: segment.highlights for segment in segments(TEXT, [inner, outer])}
    assert found["bridge"] == (outer, inner)
    assert found["the "] == (outer,)
    assert found["She said "] == ()


def test_overlapping_marks_share_a_segment() -> None:
    one, other = Highlight("a", "content", 4, 12), Highlight("b", "content", 9, 19)
    assert [(s.text, s.highlights) for s in segments(TEXT, [one, other])] == [
        ("She ", ()),
        ("said ", (one,)),
        ("the", (other, one)),
        (" bridge", (other,)),
        (" is safe.", ()),
    ]


@pytest.mark.parametrize(("start", "end"), [(3, 3), (99, 120), (-9, 0)])
def test_highlights_outside_and_empty_ones_are_ignored(start: int, end: int) -> None:
    assert segments(TEXT, [Highlight("a", "cue", start, end)]) == segments(TEXT, [])


def test_marks_that_stick_out_are_cut() -> None:
    mark = Highlight("a", "content", 20, 999)
    assert [s.text for s in segments(TEXT, [mark]) if s.highlights] == ["is safe."]


def test_no_text() -> None:
    assert segments("", [Highlight("a", "cue", 0, 3)]) == []


def test_window_ends_between_words_or_lines() -> None:
    text = "First line here.\nBefore it “go” after it\nLast line here."
    start = text.index("“go”")
    left, right = window(text, start, start + 4, context=14)
    assert text[left:right] == "Before it “go” after it"
    left, right = window(text, start, start + 4, context=8)
    assert text[left:right] == "it “go” after"
    assert window(text, start, start + 4, context=500) == (0, len(text))
    assert window("x" * 90, 40, 50, context=10) == (30, 60)
