"""Where contents begin and end, by marks alone."""

import pytest

from quotes.quotations.attribution import Attribution
from quotes.quotations.edges import trim_to_marks
from quotes.quotations.endings import SECOND_SPEAKER
from quotes.text.quotation_marks import pairs


def trimmed(text: str, fragments: list[str], cue: str | None) -> list[list[str]]:
    spans = [(text.index(part), text.index(part) + len(part)) for part in fragments]
    offsets = (text.rindex(cue), text.rindex(cue) + len(cue)) if cue else None
    found = trim_to_marks(text, [Attribution(tuple(spans), offsets)], [p for p in pairs(text) if not p.depth])
    return [[text[a:b] for a, b in one.content] for one in found]


@pytest.mark.parametrize(
    ("text", "fragments", "cue", "expected"),
    [
        ("Moe left, and “I stay,” said Lie.", ["and “I stay,”"], "said", [["“I stay,”"]]),
        ("Moe told it twice: “Never.”", ["it twice: “Never.”"], "told", [["“Never.”"]]),
        (
            "Moe had two words for them: “Never again.”",
            ["them", "“Never again.”"],
            "for",
            [["“Never again.”"]],
        ),
        ("Is it? “It is,” Moe said.", ["Is it? “It is,”"], "said", [["“It is,”"]]),
        ("A bus came. “Ours?” asked Moe.", ["A bus came", "“Ours?”"], "asked", [["“Ours?”"]]),
        ("“Ours?” “No,” said Moe.", ["“Ours?” “No,”"], "said", [["“Ours?”"], ["“No,”"]]),
        (
            "“Ours,” said Moe. And from the quay: “No.”",
            ["“Ours,”", "“No.”"],
            "said",
            [["“Ours,”"], ["“No.”"]],
        ),
        (
            "Moe called him a “fool,” “vain” and “dull.”",
            ["him a “fool,” “vain” and “dull.”"],
            "called",
            [["him a “fool,” “vain” and “dull.”"]],
        ),
        ("Moe called it “ours” and left.", ["it “ours”"], "called", [["it “ours”"]]),
        (
            "“Ours,” said Moe. “All of it.”",
            ["“Ours,”", "“All of it.”"],
            "said",
            [["“Ours,”", "“All of it.”"]],
        ),
    ],
)
def test_marks(text: str, fragments: list[str], cue: str, expected: list[list[str]]) -> None:
    assert trimmed(text, fragments, cue) == expected


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("the quay is closed and so did Lie", "the quay is closed"),
        ("it would blow on, as did the pilots", "it would blow on"),
        ("it would blow on, as did the pilot, Ada Lie", "it would blow on"),
        ("the quay was safe, a version that the pilots denied", "the quay was safe"),
        ("the mayor would leave, citing two pilots close to her", "the mayor would leave"),
        ("it was a version that the pilots denied", "it was a version that the pilots denied"),
        ("the quay is closed and so is the mill", "the quay is closed and so is the mill"),
        ("she did as she was told", "she did as she was told"),
    ],
)
def test_another_speaker(content: str, kept: str) -> None:
    assert SECOND_SPEAKER.sub("", content) == kept
