"""Gold that says what must be found."""

import json
from pathlib import Path

from quotes.evaluation.gold import Annotation, read_gold
from quotes.evaluation.metrics import required_table
from quotes.evaluation.names import is_same_name
from quotes.evaluation.required import measure_required

TEXT = "Ruiz said the road was closed. Lind hopes it will open. Cole left the room."
ROAD, OPEN, ROOM = (10, 29), (42, 54), (66, 74)


def test_what_need_not_be_found_counts_neither_way() -> None:
    known = [
        Annotation((ROAD,), ((0, 4),), type="indirect", required=True, act="asserts", speaker="Ruiz"),
        Annotation((OPEN,), ((31, 35),), type="indirect", required=False, act="thinks", speaker="Lind"),
    ]
    found = [
        Annotation((ROAD,), ((0, 4),), type="indirect", act="asserts"),
        Annotation((OPEN,), ((31, 35),), type="indirect", act="asserts"),
        Annotation((ROOM,), ((56, 60),), type="indirect", act="asserts"),
    ]
    figures = measure_required([(TEXT, found, known)])
    every = figures.counts["all"]
    assert (every.known, every.found, every.loose, every.strict, every.joint) == (1, 2, 1, 1, 1)
    assert figures.acts == {"asserts": [1, 1, 1], "thinks": [1, 1, 0]}
    assert any(line.startswith("all") for line in required_table(figures))


def test_without_a_source_the_speaker_must_be_right() -> None:
    known = [Annotation((ROAD,), type="indirect", required=True, speaker="Ana Ruiz")]
    for speaker, joint in (("Ruiz", 1), ("Lind", 0), (None, 0)):
        found = [Annotation((ROAD,), ((0, 4),), type="indirect", speaker=speaker)]
        assert measure_required([(TEXT, found, known)]).counts["all"].joint == joint


def test_names() -> None:
    assert is_same_name("Mr Ruiz", ["Ruiz"])
    assert not is_same_name("Ann", ["Ann Okoro"])
    assert not is_same_name(None, ["Ann Okoro"])


def test_texts_may_lie_in_a_folder_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(TEXT, encoding="utf-8")
    row = {"article": "one.txt", "spans": [ROAD], "kind": "indirect", "cue": None, "source": None}
    row |= {"speaker": "Ruiz", "also": ["the mayor"], "required": True, "act": "asserts"}
    (tmp_path / "news.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    [text] = read_gold(tmp_path / "news.jsonl")
    [quote] = text.quotes
    assert (quote.type, quote.required, quote.act, quote.speaker) == ("indirect", True, "asserts", "Ruiz")
    assert quote.names == ("the mayor",)
