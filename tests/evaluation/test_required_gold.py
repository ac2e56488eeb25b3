"""``quotes evaluate`` on gold that says what must be found, against figures counted by hand."""

import json
from pathlib import Path

from support.commands import run

TEXT = (
    "“The reservoir is half empty,” engineer Petra Voss said on Monday. She added that the pipes had leaked "
    "for years.\n\n"
    "Mayor Idris Bello denied that the town had known about it. “Nobody told us,” he said.\n\n"
    "Critics said that the town had read the report and that the mayor had signed it.\n"
)


def row(words: str, source: str | None, speaker: str, kind: str, *, required: bool = True) -> dict:
    """A line of gold."""
    start = TEXT.index(words)
    at = None
    if source:
        near = TEXT.rindex(source, 0, start) if kind == "indirect" else TEXT.index(source, start)
        at = {"text": source, "start": near, "end": near + len(source)}
    return {
        "article": "dam.txt", "spans": [[start, start + len(words)]], "kind": kind, "cue": None, "source": at,
        "speaker": speaker, "also": [], "required": required,
    }  # fmt: skip


def figures(folder: Path, gold: list[dict]) -> dict[str, list[str]]:
    """The numbers of the table of quotations, by the first word of their line."""
    (folder / "dam.txt").write_text(TEXT, encoding="utf-8")
    lines = folder / "dam.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in gold), encoding="utf-8")
    table = run("evaluate", lines).stdout.partition("\n\n")[0].splitlines()
    return {cells[0]: cells[1:] for line in table if (cells := line.split())}


GOLD = [
    row("“The reservoir is half empty,”", "engineer Petra Voss", "Petra Voss", "direct"),
    row("the pipes had leaked for years", "She", "Petra Voss", "indirect"),
    row("the town had known about it", "Mayor Idris Bello", "Idris Bello", "indirect", required=False),
    row("“Nobody told us,”", "he", "Idris Bello", "direct"),
    row("the town had read the report and that the mayor had signed it", "Critics", "critics", "indirect"),
]


def test_all_of_it_is_right(tmp_path: Path) -> None:
    told = figures(tmp_path, GOLD)
    assert told["all"] == ["4", "4", "1.000", "1.000", "1.000", "1.000", "1.000"]
    assert told["direct"] == told["indirect"] == ["2", "2", "1.000", "1.000", "1.000", "1.000", "1.000"]


def test_what_is_wrong_counts_as_it_should(tmp_path: Path) -> None:
    """Of five known two are missed, one has other edges, one another source; two of five found are wrong."""
    gold = [
        row("“The reservoir is half empty,”", "engineer Petra Voss", "Petra Voss", "direct"),
        row("had leaked for years", "She", "Petra Voss", "indirect"),  # a third of what is found is too much
        {**row("“Nobody told us,”", "he", "Idris Bello", "direct"), "source": GOLD[4]["source"]},
        row("signed", None, "critics", "indirect"),  # hardly a tenth of what is found, so it is missed
        row("on Monday", None, "nobody", "indirect"),
    ]
    told = figures(tmp_path, gold)
    known, found, loose, strict, joint = 5, 5, 3, 2, 2
    assert told["all"][:2] == [str(known), str(found)]
    f = [f"{2 * right / (known + found):.3f}" for right in (loose, strict, joint)]
    assert told["all"][2:] == [f"{loose / found:.3f}", f"{loose / known:.3f}", *f]


def test_what_lies_within_a_longer_content_counts_neither_way(tmp_path: Path) -> None:
    whole = TEXT.index("Mayor"), TEXT.index(" “Nobody")
    longer = {
        **row("“Nobody told us,”", "he", "Idris Bello", "direct"),
        "spans": [list(whole)],
        "required": False,
    }
    told = figures(tmp_path, [*GOLD[:2], *GOLD[3:], longer])
    assert told["all"][:4] == ["4", "4", "1.000", "1.000"]
