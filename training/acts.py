"""The act of gold attributions, by cue words and context: weak labels to train the encoder's head of acts on.

    python acts.py polnear-train OUT.jsonl          (a folder of texts with brat standoff)
    python acts.py world-train OUT.jsonl            (a folder of texts, with world-train.jsonl beside it)

It writes {article, cue: [start, end], act} for each attribution with a cue whose act the words tell. How far the labels
are right was checked by careful reading: ``quotes/model/README.md``.
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from encoder_data import Gold, Offsets, read_attributions

from quotes.lexicon.acts import act_of_cue
from quotes.types import Act

MARK = re.compile(r"[“”\"]|''|``")
NOT_SAID = frozenset(["thinks", "declines"])


class Label(NamedTuple):
    """The act of one attribution, at its cue."""

    article: str
    cue: Offsets
    act: Act


def act_label(cue: str, content: str, *, marked: bool, required: bool | None = None) -> Act | None:
    """The act of a gold attribution, or None where neither the cue's words nor the content tell.

    ``required`` is what the world corpus says of speech: what a reader would call a quotation is no mere thought and no
    refusal, so that "the report considers it safe" is an assertion there.
    """
    act = act_of_cue(cue, content, marked=marked)
    if act is None and (marked or required):
        act = "asserts"
    if required and act in NOT_SAID:
        return "asserts"
    return act


def act_of_gold(text: str, gold: Gold, required: bool | None = None) -> Act | None:
    """The act of an attribution of a text."""
    cue = " ".join(text[start:end] for start, end in gold.cue)
    content = " ".join(text[start:end] for start, end in gold.content)
    before, after = text[max(0, gold.content[0][0] - 2) : gold.content[0][0]], text[gold.content[-1][1] :][:2]
    marked = MARK.search(content) is not None or bool(MARK.search(before) and MARK.search(after))
    return act_label(cue, content, marked=marked, required=required)


def read_world(folder: Path) -> Iterator[tuple[str, str, list[tuple[Gold, bool]]]]:
    """Name, text and attributions, each with whether it is required, of the articles of a world corpus."""
    rows: dict[str, list[tuple[Gold, bool]]] = {}
    for line in folder.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = {
            role: [(row[role]["start"], row[role]["end"])] if row[role] else [] for role in ("cue", "source")
        }
        gold = Gold([(start, end) for start, end in row["spans"]], spans["cue"], spans["source"])
        rows.setdefault(row["article"], []).append((gold, row["required"]))
    for name, golds in sorted(rows.items()):
        yield name, (folder / name).read_bytes().decode("utf-8"), golds


def labels(folder: Path) -> Iterator[Label]:
    """The acts of all attributions of a corpus that have a cue and whose act is told."""
    if folder.with_suffix(".jsonl").exists():
        articles = read_world(folder)
    else:
        articles = (
            (name, text, [(gold, None) for gold in golds]) for name, text, golds in read_attributions(folder)
        )
    for name, text, golds in articles:
        for gold, required in golds:
            act = act_of_gold(text, gold, required) if gold.cue else None
            if act:
                yield Label(name, (gold.cue[0][0], gold.cue[-1][1]), act)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    with args.out.open("w", encoding="utf-8") as out:
        for label in labels(args.corpus):
            print(json.dumps({"article": label.article, "cue": label.cue, "act": label.act}), file=out)


if __name__ == "__main__":
    main()
