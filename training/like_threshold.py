"""From which cosine two quotations are near in meaning: what ``search --like`` shows.

    python training/like_threshold.py PAIRS.jsonl TEXTS [TEXTS ...] [--seed 1] [--strangers 200000]

PAIRS has pairs of contents with a label (`same` and `again` are one claim), TEXTS are folders with the articles that
they name. For each cosine it prints, of the labelled pairs from there on, the share that is one claim (they were
picked because they look alike, so this is the hard case); of all that are one claim the share that is found; and of
pairs of contents of different articles and speakers, drawn at random, how many in a thousand are shown as well.
"""

import argparse
import json
import random
from pathlib import Path
from typing import Any

import numpy as np

from quotes.nlp.encoder import encoder
from quotes.store.rows import shown_content

STEPS = [step / 100 for step in range(20, 96, 5)]
ONE_CLAIM = ("same", "again")


def content(side: dict[str, Any], folders: list[Path], texts: dict[str, str]) -> str:
    """The words of one side of a pair, as they are stored."""
    name = side["doc"]
    if name not in texts:
        path = next(folder / f"{name}.txt" for folder in folders if (folder / f"{name}.txt").exists())
        texts[name] = path.read_text(encoding="utf-8")
    return shown_content(texts[name], [(start, end) for start, end in side["spans"]])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strangers", type=int, default=200_000)
    given = parser.parse_args()
    texts: dict[str, str] = {}
    pairs = [json.loads(line) for line in given.pairs.read_text(encoding="utf-8").splitlines()]
    pairs = [pair for pair in pairs if not pair.get("junk") and pair["label"] in (*ONE_CLAIM, "different")]
    sides = [(pair["speaker"], side["doc"], content(side, given.texts, texts)) for pair in pairs
             for side in (pair["a"], pair["b"])]  # fmt: skip
    vectors = encoder().embed([words for _, _, words in sides]).astype(np.float16).astype(np.float32)
    alike = (vectors[0::2] * vectors[1::2]).sum(axis=1)
    one_claim = np.array([pair["label"] in ONE_CLAIM for pair in pairs])
    chance = random.Random(given.seed)
    strangers = []
    while len(strangers) < given.strangers:
        a, b = chance.randrange(len(sides)), chance.randrange(len(sides))
        if sides[a][0] != sides[b][0] and sides[a][1] != sides[b][1]:
            strangers.append((a, b))
    first, second = np.array(strangers).T
    random_pairs = (vectors[first] * vectors[second]).sum(axis=1)
    print(f"{len(pairs)} pairs, {one_claim.sum()} of them one claim; {len(strangers):,} pairs of strangers")
    print("cosine  one claim among alike  found of one claim  strangers in 1,000")
    for step in STEPS:
        shown = alike >= step
        print(
            f"{step:6.2f}  {one_claim[shown].mean():21.3f}  {shown[one_claim].mean():18.3f}  "
            f"{(random_pairs >= step).mean() * 1000:18.2f}"
        )


if __name__ == "__main__":
    main()
