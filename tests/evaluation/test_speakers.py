"""Figures of speakers."""

import json
from pathlib import Path

import pytest

from quotes.evaluation.gold import Annotation, annotation, read_gold
from quotes.evaluation.metrics import Figures, measure, table
from quotes.evaluation.speaker_figures import speaker_table
from quotes.evaluation.speakers import measure_speakers, source_form

TEXT = "Mayor Ana Ruiz said it rained. She said it was late. The mayor said it was dark. Snow fell, I hear."
RAIN, LATE, DARK, SNOW = (20, 29), (40, 51), (68, 79), (81, 90)
RUIZ = {"speaker": "Ana Ruiz", "speaker_type": "person"}


def known() -> list[Annotation]:
    return [
        Annotation((RAIN,), ((0, 14),), ((15, 19),), **RUIZ),
        Annotation((LATE,), ((31, 34),), ((35, 39),), **RUIZ),
        Annotation((DARK,), ((53, 62),), ((63, 67),), names=("the mayor",), **RUIZ),
        Annotation((SNOW,), ((92, 93),), speaker="Una Reporter"),
    ]


def found(content: tuple[int, int], name: str | None, sure: float = 0.9) -> Annotation:
    return Annotation(
        (content,), speaker=name, speaker_type="person", speaker_confidence=sure if name else None
    )


def test_right_of_found_and_of_all_by_form() -> None:
    mine = [found(RAIN, "Ruiz"), found(LATE, "Bo Lind"), found(DARK, "Ana Ruiz")]
    figures = measure_speakers([(TEXT, mine, known())])
    assert figures.counts["all"] == [4, 3, 2]
    assert figures.counts["name"] == figures.counts["nominal"] == [1, 1, 1]
    assert figures.counts["pronoun"] == [2, 1, 0]
    assert figures.counts["first person"] == [1, 0, 0]
    assert figures.counts["SPEECH"] == [3, 3, 2]
    assert figures.right_of_all() == 0.5
    assert figures.right_of_found("first person") == 0.0


@pytest.mark.parametrize(
    ("name", "links"), [("Ana Ruiz", (1.0, 1.0)), ("The mayor", (0.0, 0.0)), ("Bo Lind", (0.0, 0.0))]
)
def test_own_words_are_right_and_no_link(name: str, links: tuple[float, float]) -> None:
    figures = measure_speakers([(TEXT, [found(DARK, name)], known())])
    assert figures.counts["nominal"] == [1, 1, int(name != "Bo Lind")]
    assert figures.links == links


def test_calibration_compares_what_is_promised_with_what_is_right() -> None:
    mine = [found(RAIN, "Ruiz", 0.95), found(LATE, "Bo Lind", 0.55), found(DARK, None)]
    figures = measure_speakers([(TEXT, mine, known())])
    assert figures.confidences == [(0.95, True), (0.55, False)]
    assert figures.calibration_error == pytest.approx((0.05 + 0.55) / 2)
    assert any("calibration error 0.300" in line for line in speaker_table(figures))


def test_neither_unsure_speakers_nor_what_need_not_be_found_count() -> None:
    gold = [
        Annotation((RAIN,), ((0, 14),), speaker="Ana Ruiz", required=True),
        Annotation((LATE,), ((31, 34),), speaker="Ana Ruiz", required=False),
        Annotation((DARK,), ((53, 62),), speaker="Ana Ruiz", required=True, unsure=True),
    ]
    assert measure_speakers([(TEXT, [], gold)]).counts["all"] == [1, 0, 0]


def test_forms_of_sources() -> None:
    assert source_form("", "Ana Ruiz") == "none"
    assert source_form("Mayor Ana Ruiz", "Ana Ruiz") == "name"
    assert source_form("The mayor", "Ana Ruiz") == "nominal"
    assert source_form("The bank", "The bank") == "nominal"


@pytest.mark.parametrize("kind", ["person", "document"])
def test_labels_of_speakers_alone_are_read(tmp_path: Path, kind: str) -> None:
    row = {"article": "one", "spans": [RAIN], "source": "Mayor Ana Ruiz", "source_spans": [[0, 14]]}
    row |= {"cue": "said", "cue_spans": [[15, 19]], "speaker": "Ana Ruiz", "type": kind, "also": ["Ruiz"]}
    row |= {"unsure": True}
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    [text] = read_gold(tmp_path / "gold.jsonl")
    [quote] = text.quotes
    assert (quote.type, quote.speaker_type, quote.unsure) == (None, kind, True)
    assert measure([(TEXT, [], text.quotes, ())]).counts["all"].known == 1
    assert (quote.source, quote.cue) == (((0, 14),), ((15, 19),))


def test_a_line_of_the_export_is_read_with_its_speaker() -> None:
    row = {"spans": [RAIN], "type": "indirect", "source": None, "cue": None, "speaker_confidence": 0.7}
    row |= {"speaker": {"id": "ana-ruiz", "name": "Ana Ruiz", "type": "person"}}
    quote = annotation(row)
    assert (quote.speaker, quote.speaker_type, quote.speaker_confidence, quote.type) == (
        "Ana Ruiz", "person", 0.7, "indirect",
    )  # fmt: skip


def test_the_table_has_speakers_where_they_are_known() -> None:
    figures = Figures(speakers=measure_speakers([(TEXT, [found(RAIN, "Ruiz")], known())]))
    lines = list(table(figures))
    assert any(line.split()[:3] == ["name", "1", "1"] for line in lines)
    assert not any(line.startswith("speakers") for line in table(Figures()))
