import json
from pathlib import Path

import pytest
from support.by_hand import FERRY

from quotes.errors import QuotesError
from quotes.evaluation.gold import Annotation, GoldText, SpanOffsets, annotation, read_gold
from quotes.evaluation.metrics import (
    Count,
    characters,
    content_type,
    count_opening_marks,
    is_speech,
    jaccard,
    measure,
    pair,
    prf,
    table,
)


def at(part: str, text: str = FERRY) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def known(content: str, source: str | None, cue: str | None, text: str = FERRY) -> Annotation:
    def edges(part: str | None) -> SpanOffsets:
        return (at(part, text),) if part else ()

    return Annotation(edges(content), edges(source), edges(cue))


WAITED = Annotation((at("“We waited,”"), at("“and nobody came.”")), (at("Mayor Ann Okoro"),), (at("said"),))
FARCE = known("the plan “a farce”", "The drivers' union", "called")
TRAFFIC = known("traffic has doubled since 2015", "the Harbour Office", "According to")


def one(found: list[Annotation], gold: list[Annotation], discard: SpanOffsets = (), text: str = FERRY):
    return measure([(text, found, gold, discard)]).counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We waited,”", "Wewaited"),
        (" that nobody came. ", "nobodycame"),
        ("That was all", "wasall"),
        ("thatched roofs", "thatchedroofs"),
        ("—“Go!” she—", "Go!”she"),
        ("“…", "…"),
        ("“”", ""),
        ("that", "that"),
    ],
)
def test_characters_that_count(text: str, expected: str) -> None:
    assert "".join(text[i] for i in sorted(characters(text, ((0, len(text)),)))) == expected


def test_characters_of_several_spans_and_beyond_the_end() -> None:
    assert characters("ab cd", ((0, 1), (3, 99))) == {0, 3, 4}


def test_jaccard() -> None:
    assert jaccard(frozenset({1, 2, 3}), frozenset({2, 3, 4})) == 0.5
    assert jaccard(frozenset(), frozenset()) == 0.0


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("“We waited,”", "direct"),
        ("''We waited,''", "direct"),
        ('"We waited".', "direct"),
        ("the plan “a farce”", "mixed"),
        ("“We waited,” for long", "mixed"),
        ("nobody came", "indirect"),
        ("‘nobody’ came", "indirect"),
    ],
)
def test_type_of_a_known_content(content: str, expected: str) -> None:
    assert content_type(content, ((0, len(content)),)) == expected


def test_speech_has_a_mark_or_a_speech_verb() -> None:
    assert count_opening_marks("a “b” ''c'' \"d\"") == 1 + 2 + 2
    assert is_speech(FERRY, WAITED)
    assert is_speech(FERRY, FARCE)
    assert is_speech(FERRY, TRAFFIC)
    believed = "Okoro believes that nobody came."
    assert not is_speech(believed, known("nobody came", "Okoro", "believes", believed))
    colon = "Okoro: nobody came"
    assert is_speech(colon, known("nobody came", "Okoro", ":", colon))


def test_the_best_pairs_come_first_and_nothing_is_used_twice() -> None:
    found = [frozenset(range(10)), frozenset(range(8))]
    gold = [frozenset(range(8)), frozenset(range(20, 30))]
    assert pair(found, gold) == [(1, 0)]
    assert pair(found[:1], gold) == [(0, 0)]
    assert pair(found[:1], gold, least=0.9) == []


def test_everything_right() -> None:
    gold = [WAITED, FARCE, TRAFFIC]
    counts = one(gold, gold)
    assert counts["all"] == counts["SPEECH"] == Count(known=3, found=3, loose=3, strict=3, joint=3, cue=3)
    assert counts["direct"] == counts["mixed"] == counts["indirect"] == Count(1, 1, 1, 1, 1, 1)
    assert counts["all"].scores(3) == (1, 1, 1)


def test_a_longer_content_matches_loosely_only() -> None:
    longer = known("traffic has doubled since 2015.\n", "the Harbour Office", "According to")
    assert one([longer], [TRAFFIC])["indirect"].strict == 1  # a full stop and a line break do not count
    shorter = known("traffic has doubled", "the Harbour Office", "According to")
    assert one([shorter], [TRAFFIC])["indirect"] == Count(1, 1, 1, 0, 1, 1)
    assert one([known("According to the Harbour Office, traffic", None, None)], [TRAFFIC])["all"] == Count(
        1, 1
    )


def test_source_and_cue_must_overlap_or_both_be_missing() -> None:
    other = Annotation(TRAFFIC.content, (at("Mayor"),), (at("said"),))
    assert one([other], [TRAFFIC])["all"] == Count(1, 1, 1, 1, 0, 0)
    part = Annotation(TRAFFIC.content, (at("Office"),), ())
    assert one([part], [TRAFFIC])["all"] == Count(1, 1, 1, 1, 1, 0)
    bare = Annotation(TRAFFIC.content)
    assert one([bare], [bare])["all"] == Count(1, 1, 1, 1, 1, 1)
    assert one([part], [bare])["all"] == Count(1, 1, 1, 1, 0, 1)


def test_wrong_ones_count_by_their_own_type() -> None:
    wrong = annotation({"spans": [at("traffic has doubled since 2015")], "type": "mixed", "cue": None})
    counts = one([wrong], [WAITED])
    assert (counts["mixed"].found, counts["direct"].found, counts["SPEECH"].found) == (1, 0, 0)
    assert (counts["direct"].known, counts["all"].found) == (1, 1)


def test_right_ones_count_by_the_known_type() -> None:
    mistyped = annotation({"spans": [list(at("the plan “a farce”"))], "type": "indirect"})
    counts = one([mistyped], [FARCE])
    assert (counts["mixed"].found, counts["mixed"].loose, counts["indirect"].found) == (1, 1, 0)


def test_nested_and_discarded_findings_are_neither_right_nor_wrong() -> None:
    nested = known("2015", None, None)
    assert one([TRAFFIC, nested], [TRAFFIC])["all"].found == 1
    assert (
        one([FARCE, TRAFFIC], [TRAFFIC], discard=(at(FERRY[FERRY.index("The drivers") :]),))["all"].found == 0
    )


def test_nothing_at_all_divides_by_nothing() -> None:
    assert prf(0, 0, 0) == (0, 0, 0)
    assert len(list(table(measure([])))) == 9


def test_table_shows_the_figures() -> None:
    lines = list(table(measure([(FERRY, [WAITED, FARCE], [WAITED, TRAFFIC], ())])))
    every = next(line for line in lines if line.startswith("all"))
    assert every.split() == ["all", "2", "2", *["0.500"] * 9, "1.000"]


# gold files

ANN = """T1\tContent {0};{1}\t“We waited,” “and
nobody came.”
T2\tSource {2}\tMayor Ann Okoro
T3\tCue {3}\tsaid
T4\tContent {4}\ttraffic
T5\tDiscard {5}\tHarbour ferry
T6\tSource 1 2\tx
E1\tAttribution:T3 Content:T1 Cue1:T3 Source:T2
E2\tAttribution:T6 Source:T6
E3\tAttribution:T9 Content2:T4 Cue:T99
#1\tAnnotatorNotes E1\tsure
"""


def brat() -> str:
    parts = (
        "“We waited,”",
        "“and nobody came.”",
        "Mayor Ann Okoro",
        "said",
        "traffic has doubled",
        "Harbour ferry",
    )
    return ANN.format(*("{} {}".format(*at(part)) for part in parts))


def test_brat_folder(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(FERRY)
    (tmp_path / "ferry_b.ann").write_text("")
    (tmp_path / "ferry_a.ann").write_text(brat())
    (tmp_path / "alone.txt").write_text("No annotation, he said.")
    (found,) = read_gold(tmp_path)
    assert found == GoldText(
        tmp_path / "ferry.txt", (WAITED, Annotation((at("traffic has doubled"),))), (at("Harbour ferry"),)
    )
    assert found.read() == FERRY


def test_json_lines_beside_their_texts(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "ferry.txt").write_text(FERRY)
    cue = {"text": "called", "start": at("called")[0], "end": at("called")[1]}
    rows = [
        {
            "article": "texts/ferry.txt",
            "spans": [at("the plan “a farce”")],
            "type": "mixed",
            "cue": cue,
            "source": None,
        },
        {"article": "texts/ferry.txt", "spans": [at("“We waited,”"), at("“and nobody came.”")]},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n")
    (found,) = read_gold(path)
    assert found.quotes == (
        Annotation((at("the plan “a farce”"),), (), (at("called"),), "mixed"),
        Annotation(WAITED.content),
    )
    assert found.read() == FERRY


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('{"article": "ferry.txt"}', "line 1 is no quotation"),
        ("not JSON", "line 1 is no quotation"),
        ('{"article": "gone.txt", "spans": [[0, 1]]}', "there is no text gone.txt"),
        ("\n", "has no known quotations"),
    ],
)
def test_bad_gold(tmp_path: Path, data: str, message: str) -> None:
    (tmp_path / "ferry.txt").write_text(FERRY)
    path = tmp_path / "gold.jsonl"
    path.write_text(data)
    with pytest.raises(QuotesError, match=message):
        read_gold(path)


def test_no_gold(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="no known quotations"):
        read_gold(tmp_path)
    with pytest.raises(QuotesError, match="No such file"):
        read_gold(tmp_path / "gone")
    (tmp_path / "ferry.txt").write_text(FERRY)
    (tmp_path / "ferry_a.ann").write_text("T1\tContent nine ten\tx\n")
    with pytest.raises(QuotesError, match=r"ferry_a\.ann: .*nine"):
        read_gold(tmp_path)
