"""Are requests, promises, denials... found and called so? On the labelled cues of ``acts.jsonl``.

    python benchmarks/acts.py CORPORA/attribution [--show]

Everything is kept (``load(keep="all")``). Per act: how many cues are labelled so, the share that is found, the share of
these with that act, the share of all with that act, with its 95% interval over articles. --show prints what is wrong.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from compare import drawn_articles, interval

import quotes

LABELS = Path(__file__).with_name("acts.jsonl")


def judge(corpora: Path) -> dict[str, list[tuple[str, str, str | None, str]]]:
    """Per article: the cue, its act, the act that was found (None: nothing was), and the content."""
    by_article: dict[tuple[str, str], list[dict[str, str | int]]] = defaultdict(list)
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        by_article[row["corpus"], row["article"]].append(row)
    nlp = quotes.load(keep="all", coreference="none")
    result = {}
    for (corpus, article), rows in sorted(by_article.items()):
        text = (corpora / corpus / f"{article.removesuffix('.txt')}.txt").read_bytes().decode("utf-8")
        told = nlp(text)._.quotes
        result[f"{corpus}/{article}"] = [_judge_cue(text, row, told) for row in rows]
    return result


def _judge_cue(text: str, row: dict, told: tuple[quotes.Quote, ...]) -> tuple[str, str, str | None, str]:  # type: ignore[type-arg]
    """A labelled cue beside the first quotation whose cue shares a character with it."""
    start, end = row["start"], row["end"]
    near = [quote for quote in told if quote.cue and quote.cue.start < end and start < quote.cue.end]
    content = near[0].text if near else text[end : end + 60]
    return text[start:end], row["act"], near[0].act if near else None, content


def _counts(rows: list[tuple[str, str, str | None, str]], act: str) -> tuple[int, int, int]:
    """How many cues of an article have this act, how many of these were found, and with it."""
    told = [other for _, own, other, _ in rows if own == act]
    return len(told), sum(other is not None for other in told), told.count(act)


def main() -> None:
    """Command line: the folder of the corpora."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    judged = judge(options.corpora)
    draws = drawn_articles(len(judged))
    for act in sorted({act for rows in judged.values() for _, act, _, _ in rows}):
        each = np.array([_counts(rows, act) for rows in judged.values()])
        known, found, right = each.sum(0)
        drawn = draws @ each
        of_all = interval(drawn[:, 2] / np.maximum(drawn[:, 0], 1))
        print(f"{act:9}{known:4} cues  found {found / known:.3f}  right of found {right / found:.3f}"
              f"  of all {right / known:.3f}  ({of_all})")  # fmt: skip
    if options.show:
        for article, rows in judged.items():
            for cue, act, other, content in rows:
                if other != act:
                    print(f"{article}: {act}, found {other}: {cue!r} {content!r}")


if __name__ == "__main__":
    main()
