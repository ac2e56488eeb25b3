"""Is one state of the pipeline better than another, or were these articles just kind to it?

    quotes evaluate GOLD --thoughts --export before.jsonl      (and after.jsonl, with the other state)
    python benchmarks/compare.py GOLD before.jsonl after.jsonl

Prints each figure before and after, and the difference with its 95% interval: articles are drawn with replacement
and both states are measured on the same draws (the paired bootstrap of Berg-Kirkpatrick, Burkett and Klein 2012).
"""

import argparse
from pathlib import Path

import numpy as np
from by_article import article_name, by_article

from quotes.evaluation.gold import Annotation, GoldText, annotation, read_gold
from quotes.evaluation.metrics import SUBSETS, measure

DRAWS = 2000
MEASURES = ("loose", "strict", "joint")


def read_export(path: Path) -> dict[str, list[Annotation]]:
    """What was found, by the name of the article."""
    return {name: [annotation(row) for row in rows] for name, rows in by_article(path).items()}


def counts(known: list[GoldText], found: dict[str, list[Annotation]]) -> np.ndarray:
    """Per article, figure: right, found, known."""
    rows = []
    for text in known:
        figures = measure([(text.read(), found.get(article_name(text.path), []), text.quotes, text.discard)])
        row = [
            (getattr(count, name), count.found, count.known)
            for count in (figures.counts[subset] for subset in SUBSETS)
            for name in MEASURES
        ]
        rows.append([*row, tuple(figures.characters)])
    return np.array(rows)


def f_scores(total: np.ndarray) -> np.ndarray:
    """F of summed counts [..., 3]."""
    right, found, known = np.moveaxis(total, -1, 0)
    return 2 * right / np.maximum(found + known, 1)


def main() -> None:
    """Command line: the known quotations, and the exports of two states."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    options = parser.parse_args()
    known = read_gold(options.gold)
    before, after = (counts(known, read_export(path)) for path in (options.before, options.after))
    draws = np.random.default_rng(1).multinomial(len(known), np.full(len(known), 1 / len(known)), DRAWS)
    change = f_scores(np.einsum("da,afc->dfc", draws, after)) - f_scores(
        np.einsum("da,afc->dfc", draws, before)
    )
    low, high = np.percentile(change, [2.5, 97.5], axis=0)
    names = [f"{subset} {name}" for subset in SUBSETS for name in MEASURES] + ["characters"]
    print(f"{'F':16}{'before':>8}{'after':>8}{'change':>9}   95% interval")
    old, new = f_scores(before.sum(0)), f_scores(after.sum(0))
    for n, name in enumerate(names):
        print(f"{name:16}{old[n]:8.3f}{new[n]:8.3f}{new[n] - old[n]:+9.3f}   {low[n]:+.3f} … {high[n]:+.3f}")


if __name__ == "__main__":
    main()
